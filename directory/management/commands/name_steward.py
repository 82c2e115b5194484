"""manage.py name_steward EMAIL: this person is a steward, the first one too; --end: no longer."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from directory.actions.name_steward import name_steward, thank_steward
from directory.actions.refused import Refused
from safety.viewer import Tier, Viewer


class Command(BaseCommand):
    """For whoever operates the site. An account is made where there is none: its password comes by mail."""

    help = "Name a steward, with an account where there is none; the person asks for a password by mail."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who, and whether it ends."""
        parser.add_argument("email", help="the address that this person signs in with")
        parser.add_argument("--end", action="store_true", help="this person is a steward no longer")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what is so now. Raises CommandError, and nothing is changed."""
        act = thank_steward if options["end"] else name_steward
        try:
            act(email=options["email"], viewer=Viewer(tier=Tier.CUSTODIAN), now=timezone.now())
        except (Refused, ValueError) as refused:
            raise CommandError(f"Nothing was changed: {refused}") from None
        self.stdout.write(
            "Thanked." if options["end"] else "Named. A password comes by mail: “A new password”."
        )
