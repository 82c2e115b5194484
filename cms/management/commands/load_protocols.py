"""manage.py load_protocols: the starting protocols and trainings, in both languages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.actions.load_protocols import load_protocols
from cms.rules.content import ContentFault
from safety.viewer import VISITOR


class Command(BaseCommand):
    """Can be run again: it leaves alone what somebody edited in the CMS."""

    help = "Add the starting protocols and trainings as live pages that still need a review, and say so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the files are."""
        parser.add_argument("folder", nargs="?", default=str(settings.FIXTURES / "protocols"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prints what was done. Raises CommandError, and nothing is changed."""
        folder = Path(options["folder"])
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        try:
            self.stdout.write(f"protocols: {load_protocols(folder=folder, viewer=VISITOR)}")
        except ContentFault as fault:
            raise CommandError(f"Nothing was loaded: {fault}") from None
