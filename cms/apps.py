"""The app of protocols, trainings, standards, news and voices, written in Wagtail and read as editions."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Finds the models by their files, and listens to what Wagtail publishes."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Import every module of `cms.models`, then let Django count them."""
        package = import_module("cms.models")
        for module in iter_modules(package.__path__):
            import_module(f"cms.models.{module.name}")
        super().import_models()

    def ready(self) -> None:
        """Publishing in Wagtail makes an edition, taking off withdraws it: by whatever door it happens.

        And says who writes letters about reviews, in the place of Wagtail's own.
        """
        import_module("cms.actions.watch_reviews")
        import_module("cms.actions.tell_reviewers").tell_reviewers()
        import_module("cms.actions.hear_wagtail").listen()
