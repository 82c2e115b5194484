"""The lowest app: what every other one leans on."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Named so that INSTALLED_APPS may name the package alone; registers the system checks."""

    name = "safety"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Checks are registered by being imported, which Django allows only once the apps stand."""
        from safety import checks  # noqa: F401  # imported for its registration, not before now
