"""Which files of the tree were written by hand, and how long they are."""

from collections.abc import Iterator
from pathlib import Path

LONGEST = 400
CODE = {".py", ".html", ".css", ".js", ".sql", ".toml", ".md", ".json"}
MADE = {".git", ".venv", ".local", "node_modules", "vendor", "collected", "__pycache__", "requirements"}
MADE |= {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}


def hand_written(root: Path) -> Iterator[Path]:
    """Files that a person writes; lock files, caches and third parties' assets are left out."""
    for path in sorted(root.iterdir()):
        if path.name in MADE:
            continue
        if path.is_dir():
            yield from hand_written(path)
        elif path.suffix in CODE and path.name != "package-lock.json":
            yield path


def too_long(root: Path) -> list[tuple[str, int]]:
    """(name, lines) of code files over the limit. Data in fixtures and generated migrations may be longer."""
    found = []
    for path in hand_written(root):
        name = path.relative_to(root)
        is_data = "fixtures" in name.parts or path.suffix in {".md", ".json"}
        is_generated = "migrations" in name.parts and path.suffix == ".py"
        lines = path.read_text(encoding="utf-8", errors="replace").count("\n")
        if lines > LONGEST and not is_data and not is_generated:
            found.append((str(name), lines))
    return found
