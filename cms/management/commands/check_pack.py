"""`manage.py check_pack FILE [--key KEY]`: whether a pack is ours and as it was made."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.rules.packs import faults
from safety.signing import is_signed, public_keys

WRONG = {
    "unreadable": "It is no whole zip file. Take it anew.",
    "unsigned": "Its list ({file}) is not signed by this key. Don't go by it.",
    "missing": "{file} is missing.",
    "changed": "{file} was changed after it was signed.",
    "added": "{file} is not of this pack.",
}


class Command(BaseCommand):
    """Check a pack."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The pack, and a public key other than the site's own."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, help="a public key as PEM; else the keys of this site")

    def handle(self, *args: Any, file: Path, key: Path | None, **options: Any) -> None:
        """Say what is wrong, and end with 1; or that nothing is."""
        try:
            raw, keys = file.read_bytes(), [key.read_bytes()] if key else public_keys()
            wrong = faults(raw, lambda text, mark: any(is_signed(text, mark, pem) for pem in keys))
        except (OSError, ValueError) as error:
            raise CommandError(f"{error}") from None
        for kind, name in wrong:
            self.stderr.write(WRONG[kind].format(file=name))
        if wrong:
            raise CommandError(f"{file} is not as it was made.")
        self.stdout.write(f"{file}: signed, whole and unchanged.")
