"""`manage.py rotate_keys`: wraps every data key under the newest key-encryption key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from safety.crypto import KeyringFault
from safety.owner_keys import rewrap_all


class Command(BaseCommand):
    """Can be stopped and run again; readers are served meanwhile."""

    help = "Wraps every owner's data key under the first of PORTAL_KEYS; run before older ones go."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print progress and the end; raise CommandError where a key still needs an older one."""
        try:
            result = rewrap_all(progress=lambda done: self.stdout.write(f"Wrapped anew: {done}"))
        except KeyringFault as fault:
            raise CommandError(str(fault)) from None
        if result.left:
            raise CommandError(
                f"Wrapped anew: {result.done}. Left under other keys: {result.left}. Keep "
                "older entries of PORTAL_KEYS and run this again; without its entry a key is lost."
            )
        self.stdout.write(f"Done. Wrapped anew: {result.done}. None is left under an older key.")
