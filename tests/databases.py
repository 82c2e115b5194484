"""Databases for tests: a template made once for each state of migrations and fixtures, clones in a moment."""

import hashlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from config.settings.environment import ROOT, read_local

SOURCES = (
    "*/migrations/**/*",
    "fixtures/**/*.toml",
    "directory/actions/load_places.py",
    "directory/actions/place_packages.py",
    "directory/rules/place*.py",
    "directory/rules/synonyms.py",
    "directory/actions/tag_concepts.py",
    "cms/actions/keep_home.py",
    "requirements/run.txt",
    "directory/models/*.py",
    "config/settings/base.py",
    "deploy/local/roles.py",
)


# Who is a person's or a program's: the server's own workers bear no name of a role, or their administrator's.
LEAVE = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = %s AND usename IN ('relais_owner', 'relais_portal', 'relais_public')"
)
# The door that two test runs at once pass one by one: both may find the template missing.
MAKING = 7301


def _digest(*more: str) -> str:
    """Twelve hex digits of everything that a fresh database is made from."""
    found = hashlib.sha256()
    for pattern in (*SOURCES, *more):
        for path in sorted(ROOT.glob(pattern)):
            if path.suffix in {".py", ".sql", ".toml", ".txt"}:
                found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:12]


def address(variable: str, database: str) -> str:
    """This clone's database address of a role, with another database in it."""
    return urlunsplit(urlsplit(read_local(variable))._replace(path=f"/{database}"))


@contextmanager
def _owner() -> Iterator[psycopg.Connection]:
    with psycopg.connect(read_local("OWNER_DATABASE_URL"), autocommit=True) as connection:
        yield connection


def _execute(statement: str, *names: str) -> None:
    with _owner() as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _exists(name: str) -> bool:
    with _owner() as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def drop(name: str) -> None:
    """Remove a database, whoever of ours is still connected; the server itself sends its vacuum away, FORCE may not."""
    with suppress(psycopg.errors.InvalidCatalogName), _owner() as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name)))
        connection.execute(LEAVE, [name])
    _execute("DROP DATABASE IF EXISTS {}", name)


def copy(template: str, name: str) -> None:
    """Clone `template` as files, which spares the log; roles that serve may connect, nobody else."""
    _execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
    _execute("REVOKE ALL ON DATABASE {} FROM PUBLIC", name)
    _execute("GRANT CONNECT ON DATABASE {} TO relais_portal, relais_public", name)


def environment(database: str) -> dict[str, str]:
    """The environment in which a command or the site runs on `database` with the three real roles."""
    names = ("DATABASE_URL", "OWNER_DATABASE_URL", "PUBLIC_DATABASE_URL")
    made = {name: address(name, database) for name in names}
    return {**os.environ, **made, "DJANGO_SETTINGS_MODULE": "config.settings.local"}


def _prepare(database: str, *options: str) -> None:
    command = [sys.executable, "manage.py", "prepare", *options]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(database), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"preparing {database} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


def template(*, with_demo: bool) -> str:
    """The name of a prepared database (vocabulary and gazetteer in it, and the demo if asked); made if missing."""
    more = (
        (
            *("directory/demo/*.py", "directory/actions/*.py", "directory/finding/*.py", "accounts/demo.py"),
            *("cms/actions/*.py", "cms/rules/*.py", "cms/words.py"),
        )
        if with_demo
        else ()
    )
    kind = "demo" if with_demo else "plain"
    name = f"relais_made_{kind}_{_digest(*more)}"
    if _exists(name):
        return name
    base = template(with_demo=False) if with_demo else "relais_template"
    with _owner() as door:
        door.execute("SELECT pg_advisory_lock(%s)", [MAKING])
        if not _exists(name):
            _make(name, kind, base, "--small-demo" if with_demo else "--without-demo")
    return name


def _make(name: str, kind: str, base: str, option: str) -> None:
    """Under a draft's name until it is whole, so that a killed run leaves no half template."""
    _drop_outdated(kind)
    draft = f"{name}_draft"
    drop(draft)
    copy(base, draft)
    _prepare(draft, option)
    _execute("ALTER DATABASE {} RENAME TO {}", draft, name)


def _drop_outdated(kind: str) -> None:
    with _owner() as connection:
        like = f"relais_made_{kind}_%"
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like])
        names = [name for (name,) in rows.fetchall()]
    for name in names:
        drop(name)


def tell_whole_demo(name: str) -> None:
    """Add the whole demonstration, the made country too, to a fresh clone: half a minute."""
    _prepare(name)


@contextmanager
def cloned(*, with_demo: bool = False) -> Iterator[str]:
    """A fresh database of one's own, dropped at the end."""
    name = f"relais_test_{os.getpid()}_{secrets.token_hex(3)}"
    copy(template(with_demo=with_demo), name)
    try:
        yield name
    finally:
        drop(name)


def made_by_this_clone() -> Path:
    """Where this clone's cluster notes its addresses; tests say what to run where it is missing."""
    return ROOT / ".local" / "environment.json"
