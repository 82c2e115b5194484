"""`make check` and `make test`: every check by name, two at a time, each failure with its own words.

checks.py quick    formats, lint, types, contracts, migrations, words, architecture
checks.py all      the same, then all tests
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
# Two at a time, a file to a worker: what a file shares (a site, a browser) is made once. The browser's tests run by
# themselves, for their event loop and Django's connections don't share a process.
WORKERS = ["-n", "2", "--dist", "loadfile"]
TESTS = {
    "everything but the browser": ["pytest", "-q", *WORKERS, "--ignore", "tests/browser"],
    "in the browser": ["pytest", "-q", *WORKERS, "tests/browser"],
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
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local", "PYTHONPATH": str(ROOT)}


def quick() -> int:
    """Every quick check, whatever the others say; 1 if one failed."""
    failed = 0
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        for name, seconds, told in pool.map(lambda item: _check(*item), QUICK.items()):
            print(f"{'FAIL' if told else 'ok  '} {name} ({seconds:.1f} s)", flush=True)
            if told:
                failed += 1
                print(told + "\n", flush=True)
    print(f"check: {len(QUICK) - failed} of {len(QUICK)} passed", flush=True)
    return 1 if failed else 0


def tests() -> int:
    """All tests, the browser's included."""
    environment = _environment() | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    codes = []
    for name, words in TESTS.items():
        print(f"tests: {name}", flush=True)
        codes.append(subprocess.run(_command(words), cwd=ROOT, check=False, env=environment).returncode)
    return max(codes)


def main() -> int:
    """Entry. A prepared database is needed by the checks that look at migrations."""
    prepared = subprocess.run(_command(["python", "manage.py", "prepare"]), cwd=ROOT, check=False)
    if prepared.returncode:
        return prepared.returncode
    if sys.argv[1:] == ["quick"]:
        return quick()
    if sys.argv[1:] == ["all"]:
        return max(quick(), tests())
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main())
