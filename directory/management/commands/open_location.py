"""manage.py open_location ID: a place that an import protected by itself, or that somebody protected, is opened."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.actions.open_location import open_location
from directory.actions.refused import Refused
from directory.management.commands.protect_location import location_id
from directory.models.location import Location
from safety.viewer import Tier, Viewer


class Command(BaseCommand):
    """Its street comes with the next package of its feed, or is typed in."""

    help = "Open a protected place on purpose: imports protect it no longer."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which place."""
        parser.add_argument("location", type=location_id, help="the id of the location")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say that it is done. Raises CommandError, and nothing is changed."""
        try:
            open_location(location_id=options["location"], viewer=Viewer(tier=Tier.CUSTODIAN))
        except Location.DoesNotExist:
            raise CommandError(f"There is no location {options['location']}.") from None
        except Refused as refused:
            raise CommandError(f"Nothing was changed: {refused}") from None
        self.stdout.write("Open. Its street comes with the next package of its publisher, or by hand.")
