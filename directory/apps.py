"""The app of organizations, services and places, and of finding them."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Finds the models by their files: `__init__.py` stays empty."""

    name = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Import every module of `directory.models`, then let Django count them."""
        package = import_module("directory.models")
        for module in iter_modules(package.__path__):
            import_module(f"directory.models.{module.name}")
        super().import_models()

    def ready(self) -> None:
        """Register the system checks, who writes letters, and the stewards' pages."""
        import_module("directory.checks")
        for writer in ("invite_members", "tell_people", "announce_renewals", "ask_still_true"):
            import_module(f"directory.actions.{writer}")
        pages = import_module("directory.admin")
        for module in iter_modules(pages.__path__):
            import_module(f"directory.admin.{module.name}")
