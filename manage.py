#!/usr/bin/env python3
"""Runs Relais's commands: in this clone's virtual environment, with the database role that a command needs."""

import os
import sys
from pathlib import Path

# These change the schema; everything else runs as relais_portal (docs/adr/0017).
OWNER_COMMANDS = {"migrate", "prepare"}


def enter_environment() -> None:
    """Start again with this clone's own Python where another was used and ours is there."""
    own = Path(__file__).resolve().parent / ".venv"
    if Path(sys.prefix) != own and (own / "bin/python").exists() and "RELAIS_PYTHON" not in os.environ:
        os.environ["RELAIS_PYTHON"] = "own"
        os.execv(own / "bin/python", [str(own / "bin/python"), *sys.argv])


def main() -> None:
    """Entry of every command."""
    enter_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ["RELAIS_DATABASE_ROLE"] = "owner"
    from django.core.management import execute_from_command_line  # after the role is chosen

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
