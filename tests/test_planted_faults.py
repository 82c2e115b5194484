"""`make check` fails on each of these: each check is run on a copy of the tree with faults planted in it.

Faults that one check has to find stand in one copy, and each must be told by name; that the same check passes on the
tree as it is, `make test` sees before the tests begin.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings.environment import ROOT, read_local
from deploy.local.checks import QUICK

APPS = ("config", "gaps", "cms", "referrals", "directory", "accounts", "safety")
Plant = Callable[[Path], None]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The tree as it is, with what checks remember of it: that holds where a source is the same to the byte."""
    made = shutil.ignore_patterns("collected")
    for name in (*APPS, "templates", "locale", "fixtures", "tests", "deploy", "static"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=made)
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in (".mypy_cache", ".import_linter_cache"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def run_check(name: str, tree: Path) -> subprocess.CompletedProcess[str]:
    """The check of that name, as `make check` runs it, in `tree`."""
    program, *words = QUICK[name]
    addresses = ("DATABASE_URL", "OWNER_DATABASE_URL", "PUBLIC_DATABASE_URL", "SECRET_KEY", "PORTAL_KEYS")
    own = {variable: read_local(variable) for variable in addresses}
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.local", "PYTHONPATH": str(tree)}
    command = [str(Path(sys.executable).parent / program), *words]
    environment = {**os.environ, **own, **settings, "RELAIS_PYTHON": "own"}
    return subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def append(path: str, text: str) -> Plant:
    def plant(tree: Path) -> None:
        with (tree / path).open("a", encoding="utf-8") as out:
            out.write(text)

    return plant


def replace(path: str, old: str, new: str) -> Plant:
    def plant(tree: Path) -> None:
        text = (tree / path).read_text(encoding="utf-8")
        assert old in text, f"{path} no longer holds {old!r}"
        (tree / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return plant


FIELD = "    name = models.TextField()\n"
NEW_FIELD = FIELD + "    nickname = models.TextField(blank=True)\n"
# What is planted: the check that must fail, what it must say, and how the fault is made.
FAULTS: dict[str, tuple[str, str, Plant]] = {
    "an upward import": (
        "import contracts",
        "safety.viewer -> directory.policies",
        append("safety/viewer.py", "\nimport directory.policies\n"),
    ),
    "a rule that imports Django": (
        "import contracts",
        "directory.rules.tags -> django",
        append("directory/rules/tags.py", "\nimport django\n"),
    ),
    "siblings that meet": (
        "import contracts",
        "cms -> referrals",
        append("cms/__init__.py", "import referrals\n"),
    ),
    "a missing migration": (
        "migrations",
        "Add field nickname to need",
        replace("directory/models/need.py", FIELD, NEW_FIELD),
    ),
    "an untranslated string": (
        "words in French",
        "Nobody translated this",
        append("templates/languages.html", '{% load i18n %}{% translate "Nobody translated this" %}\n'),
    ),
    "a fuzzy string": (
        "words in French",
        "fuzzy: 'Leave this site'",
        replace(
            "locale/fr/LC_MESSAGES/django.po",
            'msgid "Leave this site"',
            '#, fuzzy\nmsgid "Leave this site"',
        ),
    ),
    "a tiered field without a tier": (
        "system checks",
        "organization.nickname has no tier",
        replace("directory/models/organization.py", FIELD, NEW_FIELD),
    ),
    "a file over 400 lines": (
        "architecture",
        "safety/viewer.py",
        append("safety/viewer.py", "# one more line\n" * 400),
    ),
    "an inline style": (
        "architecture",
        "languages.html",
        append("templates/languages.html", '<p style="color:red">x</p>\n'),
    ),
    "an untyped rule": (
        "types of rules",
        "tags.py",
        append("directory/rules/tags.py", "\ndef f(x):\n    return x\n"),
    ),
    "a badly formatted file": (
        "format",
        "safety/viewer.py",
        append("safety/viewer.py", "x   =  1\n"),
    ),
}


CHECKS = sorted({name for name, _words, _plant in FAULTS.values()})


@pytest.mark.parametrize("name", CHECKS)
def test_the_check_finds_what_is_planted(name: str, copy: Path) -> None:
    planted = {fault: rest for fault, (check, *rest) in FAULTS.items() if check == name}
    for _words, plant in planted.values():
        plant(copy)
    done = run_check(name, copy)
    told = done.stdout + done.stderr
    assert done.returncode != 0, told
    assert [fault for fault, (words, _plant) in planted.items() if words not in told] == [], told
