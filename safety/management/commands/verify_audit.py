"""`manage.py verify_audit`: computes the audit chain again and names the first bad row."""

from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from safety.audit import Verdict, verify


class Command(BaseCommand):
    """Exits 0 for a whole trail and 1 at the first fault."""

    help = "Computes the audit chain again, beside the anchor file, and names the first bad row."
    requires_system_checks: ClassVar[list[str]] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print how many rows were checked; raise CommandError for a fault."""
        verdict = verify(connections["default"])
        if not verdict.ok:
            raise CommandError(describe(verdict))
        self.stdout.write(
            f"The audit trail is whole: rows checked {verdict.rows}, anchors {verdict.anchors}."
        )
        if verdict.rows and not verdict.anchors:
            self.stderr.write("Nothing is anchored: a cut-off end would not be noticed. Run anchor_audit.")


def describe(verdict: Verdict) -> str:
    """The sentence for a fault: where it is, which entry, and what is wrong."""
    places = []
    if verdict.first_bad_seq is not None:
        places.append(f"link {verdict.first_bad_seq}")
    if verdict.entry is not None:
        places.append(f"entry {verdict.entry}")
    where = f" First bad row: {', '.join(places)}:" if places else ""
    return f"The audit trail was changed.{where} {verdict.reason}. Rows checked: {verdict.rows}."
