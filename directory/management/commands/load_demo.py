"""manage.py load_demo: a country of made-up services and the demo people, so that a fresh clone shows something."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.demo import DemoRefused, demo_password, refuse_unless_demo_is_allowed
from directory.actions.load_demo import load_demo
from directory.actions.load_demo_people import load_demo_people
from directory.demo.reading import DemoFault
from safety.viewer import VISITOR


class Command(BaseCommand):
    """Can be run again: it adds what is missing and changes nothing."""

    help = (
        "Add the demonstration set: made-up services, marked as such wherever they are shown, and the demo people."
        " Refused wherever real people are served."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--small leaves out what is generated."""
        parser.add_argument("--small", action="store_true", help="only the hand-written organizations")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prints how many services came; the password of the demo people is in the file that the settings name."""
        try:
            refuse_unless_demo_is_allowed()
            demo_password()  # Before the first row: where it can't be kept nothing is loaded.
            added = load_demo(
                folder=settings.FIXTURES / "demo",
                today=timezone.localdate(),
                viewer=VISITOR,
                with_story=not options["small"],
            )
            load_demo_people(now=timezone.now())
        except (DemoFault, DemoRefused) as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(f"demo: {added} services loaded" if added else "demo: nothing to add")
