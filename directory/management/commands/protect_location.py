"""manage.py protect_location ID: a public place becomes a protected one, and its door is forgotten everywhere."""

import argparse
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from directory.actions.protect_location import Protection, protect_location
from directory.actions.refused import Refused
from directory.models.location import Location
from safety.viewer import Tier, Viewer


def location_id(text: str) -> UUID:
    """An id as it is typed."""
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError("the id of a location, as in the administration") from None


class Command(BaseCommand):
    """There is no way back: to publish the place again, its organization types it in again."""

    help = "Protect a place: its street, point, identifiers, directions and history go, everywhere."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which place."""
        parser.add_argument("location", type=location_id, help="the id of the location")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what its keeper should read over; nothing of what went. Raises CommandError, and nothing is changed."""
        try:
            done = protect_location(location_id=options["location"], viewer=Viewer(tier=Tier.CUSTODIAN))
        except Location.DoesNotExist:
            raise CommandError(f"There is no location {options['location']}.") from None
        except Refused as refused:
            raise CommandError(f"Nothing was changed: {refused}") from None
        self._tell(done)

    def _tell(self, done: Protection) -> None:
        self.stdout.write(f"Protected. Published area: {done.area or 'none, no community is known'}.")
        self.stdout.write(f"{done.removed} records removed, {len(done.cut)} texts cut.")
        for cut in done.cut:
            self.stdout.write(f"  read over: {cut.entity} {cut.record_id}")
        for phone in done.numbers:
            self.stdout.write(f"  not toll-free, may tell the town: phone {phone}")
        for place in done.twins:
            self.stdout.write(f"  the same place under another record, protected too: location {place}")
        for place in done.shared:
            self.stdout.write(f"  the same street or point, left as it is: location {place}")
