"""manage.py load_places: the gazetteer of the site's own packages, anew."""

from typing import Any

from django.core.management.base import BaseCommand

from directory.actions.load_places import load_places
from safety.viewer import VISITOR


class Command(BaseCommand):
    """Run again, it changes nothing; what a file of place names gave stays."""

    help = "Renew the communities and postal areas that come with the site, after its packages were renewed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print how many places there are."""
        self.stdout.write(f"{load_places(viewer=VISITOR)} places of the packages loaded")
