"""manage.py rebuild_listings: the read model anew, from the records."""

from typing import Any

from django.core.management.base import BaseCommand

from directory.actions.project_in_parts import rebuild


class Command(BaseCommand):
    """Can be run at any time and again; each listing changes at once, the whole over a while."""

    help = "Make the read model of listings anew from the records."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prints how many listings there are."""
        self.stdout.write(f"{rebuild()} listings")
