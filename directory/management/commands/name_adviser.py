"""manage.py name_adviser EMAIL: this person may hold approvals for survivors; --end: no longer."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from directory.actions.name_adviser import name_adviser, thank_adviser
from directory.actions.refused import Refused
from safety.viewer import Tier, Viewer


class Command(BaseCommand):
    """For whoever operates the site; the adviser has an account already."""

    help = "Name a survivors' adviser, whose question has to be answered before an organization is let in."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who, and whether it ends."""
        parser.add_argument("email", help="the address of the account")
        parser.add_argument("--end", action="store_true", help="this person advises no longer")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what is so now. Raises CommandError, and nothing is changed."""
        person = User.objects.get_queryset().with_email(options["email"]).first()
        if person is None:
            raise CommandError("There is no account of this address.")
        act = thank_adviser if options["end"] else name_adviser
        try:
            act(user=person.pk, viewer=Viewer(tier=Tier.CUSTODIAN), now=timezone.now())
        except Refused as refused:
            raise CommandError(f"Nothing was changed: {refused}") from None
        self.stdout.write("Thanked." if options["end"] else "Named.")
