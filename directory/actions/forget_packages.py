"""Packages of open data that were written before a place was protected go at once, not at the next request.

They lie in temporary folders of this host's processes (directory/api/hsds/package.py); other hosts find out by the
state of open data when they are asked for the package.
"""

import tempfile
from contextlib import suppress
from pathlib import Path

from django.db import transaction

FOLDER = "relais-open-data-"
"""What the names of those folders begin with."""


def forget_packages() -> int:
    """Remove every written package on this host; how many went. Who reads one at this moment has it to the end."""
    found = list(Path(tempfile.gettempdir()).glob(f"{FOLDER}*/*.zip"))
    for path in found:
        with suppress(OSError):  # another process was first, or it is another user's
            path.unlink()
    return len(found)


def forget_packages_on_commit() -> None:
    """As soon as what was protected is protected for everybody."""
    transaction.on_commit(forget_packages)
