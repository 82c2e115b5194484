"""Are all words translated? Collects them anew in a copy of the tree and looks at what is left in English.

Nothing in the tree is touched: who writes a new word must run `make words` and translate it.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("accounts", "cms", "config", "directory", "gaps", "referrals", "safety", "templates", "locale")
LANGUAGE = "fr"


def _copied(root: Path, target: Path) -> None:
    for name in SOURCES:
        if (root / name).is_dir():
            shutil.copytree(root / name, target / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))


def _collect(folder: Path) -> None:
    command = ["-m", "django", "makemessages", "-l", LANGUAGE, "--no-location", "--no-obsolete"]
    (folder / "locale").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": _path()},
    )
    if done.returncode:
        raise RuntimeError(f"makemessages failed:\n{done.stdout}{done.stderr}")


def _path() -> str:
    import os  # only here: the rest of the environment would bring settings along

    return os.environ["PATH"]


def _fault(entry: polib.POEntry) -> str:
    if entry.fuzzy:
        return f"fuzzy: {entry.msgid!r}"
    if entry.msgid_plural and not all(entry.msgstr_plural.values()):
        return f"untranslated plural: {entry.msgid!r}"
    if not entry.msgid_plural and not entry.msgstr.strip():
        return f"untranslated: {entry.msgid!r}"
    return ""


def faults(root: Path) -> list[str]:
    """One line for each word of the tree at `root` that has no French, or a French nobody confirmed."""
    with tempfile.TemporaryDirectory() as folder:
        _copied(root, Path(folder))
        _collect(Path(folder))
        found = Path(folder) / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
        entries = polib.pofile(str(found)) if found.exists() else []
        return [line for entry in entries if not entry.obsolete and (line := _fault(entry))]


def main() -> int:
    """Entry; 1 and the words where any is left."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    found = faults(root)
    for line in found:
        print(f"words: {line}")
    if found:
        print(f"words: {len(found)} without French. Run `make words`, then translate them in locale/fr.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
