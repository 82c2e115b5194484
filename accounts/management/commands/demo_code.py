"""manage.py demo_code EMAIL: the second factor of a demo person, as their telephone would show it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.demo import DemoRefused, demo_code


class Command(BaseCommand):
    """Prints six digits and nothing else; knows no real person."""

    help = "Print the second factor of the moment of a demo person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The address, as it is typed at sign-in."""
        parser.add_argument("email")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Exit code 1 and one sentence for anybody who is not a demo person."""
        try:
            self.stdout.write(demo_code(options["email"]))
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from None
