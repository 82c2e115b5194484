"""`make check` and `make test`: every check by name, two at a time, each failure with its own words.

checks.py quick    formats, lint, types, contracts, migrations, words, architecture
checks.py all      the same, then all tests
checks.py promises the tests that prove promises, and what they prove
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
QUICK: dict[str, list[str]] = {
    "types of rules": ["mypy"],
    "words in French": ["python", "deploy/local/words.py"],
    "templates": ["djlint", "templates", "--check", "--lint"],
    "import contracts": ["lint-imports", "--no-logo"],
    "system checks": ["python", "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "architecture": ["pytest", "-q", "tests/test_architecture.py", "-p", "no:cacheprovider"],
}
# What all tests clone is made beside the quick checks, instead of by the first test while the others wait for it.
TEMPLATES = "from tests import databases; databases.template(with_demo=True)"
PREPARING = {"databases for the tests": ["python", "-c", TEMPLATES]}
# Two at a time. Tests lie side by side as they stand in their files, so that what a file shares is made once; whoever
# is done takes over half of what the other still has. In the browser a file stays with one worker, for its letters go
# to one folder. Those run by themselves: their event loop and Django's connections don't share a process.
TWO = ["pytest", "-q", "-n", "2", "--dist"]
TESTS = {
    "everything but the browser": [*TWO, "worksteal", "--ignore", "tests/browser"],
    "in the browser": [*TWO, "loadfile", "tests/browser"],
}

PROMISES = {
    "promises, without the browser": [
        *TESTS["everything but the browser"],
        "-m",
        "promise",
        "--promises=keep",
    ],
    "promises, in the browser": [*TESTS["in the browser"], "-m", "promise", "--promises=tell"],
}


def _command(words: list[str]) -> list[str]:
    return [str(BIN / words[0]), *words[1:]]


def _check(name: str, words: list[str]) -> tuple[str, float, str]:
    """Name, seconds, and what it printed if it failed."""
    begun = time.monotonic()
    done = subprocess.run(
        _command(words), cwd=ROOT, capture_output=True, text=True, check=False, env=_environment()
    )
    told = f"{done.stdout}{done.stderr}".strip() if done.returncode else ""
    if done.returncode and not told:
        told = f"exit code {done.returncode}"
    return name, time.monotonic() - begun, told


def _environment() -> dict[str, str]:
    """Compiled modules are kept, whatever the machine says: Python is started some two hundred times."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "DJANGO_SETTINGS_MODULE": "config.settings.local", "PYTHONPATH": str(ROOT)}


def run(checks: dict[str, list[str]]) -> int:
    """Each of them, whatever the others say; 1 if one failed."""
    failed = 0
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        for name, seconds, told in pool.map(lambda item: _check(*item), checks.items()):
            print(f"{'FAIL' if told else 'ok  '} {name} ({seconds:.1f} s)", flush=True)
            if told:
                failed += 1
                print(told + "\n", flush=True)
    print(f"check: {len(checks) - failed} of {len(checks)} passed", flush=True)
    return 1 if failed else 0


def tests(runs: dict[str, list[str]]) -> int:
    """One run after another, whatever the first says; the worst of their exit codes."""
    environment = _environment() | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    codes = []
    for name, words in runs.items():
        print(f"tests: {name}", flush=True)
        codes.append(subprocess.run(_command(words), cwd=ROOT, check=False, env=environment).returncode)
    return max(codes)


def main() -> int:
    """Entry. The clone's own database may be empty: migrations are compared with the models, not with it."""
    if sys.argv[1:] == ["quick"]:
        return run(QUICK)
    if sys.argv[1:] == ["all"]:
        return max(run(PREPARING | QUICK), tests(TESTS))
    if sys.argv[1:] == ["promises"]:
        return tests(PROMISES)
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main())
