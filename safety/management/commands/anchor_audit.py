"""`manage.py anchor_audit`: notes outside the database where the audit chain stands."""

from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from safety.audit import AnchorFault, write_anchor


class Command(BaseCommand):
    """Appends a line to the anchor file; does nothing where the chain has not grown."""

    help = "Appends sequence, hash and time of the newest audit link to the anchor file."
    requires_system_checks: ClassVar[list[str]] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print what was anchored; raise CommandError where the chain contradicts the file."""
        try:
            anchor = write_anchor(connections["default"])
        except (AnchorFault, OSError) as fault:
            raise CommandError(f"Nothing was anchored: {fault}.") from None
        self.stdout.write(f"Anchored link {anchor.seq}." if anchor else "Nothing new to anchor.")
