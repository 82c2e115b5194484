"""The app of people who sign in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Named so that INSTALLED_APPS may name the package alone."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever delivers letters knows how to write this app's."""
        import accounts.forgotten_password
        import accounts.lost_factor  # noqa: F401  # models are loaded by now
