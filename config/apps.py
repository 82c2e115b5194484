"""Composes the apps where one shows what another holds; decides nothing."""

from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Once all apps stand, says who fills whose slots (docs/adr/0060)."""

    name = "config"

    def ready(self) -> None:
        """Protocols stand beside listings of the directory, which does not know of them."""
        slots = import_module("directory.views.slots")
        slots.fill_guides(import_module("cms.views.fitting").guides)
