"""What each database role may do, tried with its own sign-in over its own connection."""

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.contrib.gis.db.backends.postgis.base import DatabaseWrapper
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from config.settings.environment import LOCAL, ROOT, database
from safety.db import refuse_privileged_role, refuse_writing_role
from tests import databases

READ_MODEL = {
    "listing", "listing_page", "coverage", "hsds_document", "hsds_total", "need", "focus", "synonym_group", "concept",
    "listing_word", "moved_listing", "place", "edition", "attached_file", "edition_paper",
}  # fmt: skip
# PostGIS and its like belong to the administrator, who made the extensions; everything else is ours.
OURS_SQL = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm')
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1
"""


@pytest.fixture(scope="module")
def clone(django_db_setup: None) -> Iterator[str]:
    """A database that the three real roles sign in to."""
    with databases.cloned() as name:
        yield name


@contextmanager
def signed_in(variable: str, name: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(databases.address(variable, name), autocommit=True) as found:
        yield found


@pytest.fixture
def public(clone: str) -> Iterator[psycopg.Connection]:
    with signed_in("PUBLIC_DATABASE_URL", clone) as found:
        yield found


@pytest.fixture
def portal(clone: str) -> Iterator[psycopg.Connection]:
    with signed_in("DATABASE_URL", clone) as found:
        yield found


@pytest.fixture
def owner(clone: str) -> Iterator[psycopg.Connection]:
    with signed_in("OWNER_DATABASE_URL", clone) as found:
        yield found


def tables(owner: psycopg.Connection) -> list[str]:
    return [name for (name,) in owner.execute(OURS_SQL)]


def is_refused(connection: psycopg.Connection, statement: str, *names: str) -> bool:
    try:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


@pytest.mark.promise(3)
def test_the_public_role_reads_the_read_model_and_nothing_else(
    public: psycopg.Connection, owner: psycopg.Connection
) -> None:
    found = tables(owner)
    assert {"accounts_user", "audit_entry", "service", "address", "django_session", "owner_key"} <= set(found)
    readable = {t for t in found if not is_refused(public, "SELECT * FROM {} LIMIT 1", t)}
    assert readable == READ_MODEL


@pytest.mark.promise(3)
def test_the_public_role_reads_no_single_column_elsewhere(
    public: psycopg.Connection, owner: psycopg.Connection
) -> None:
    for table in set(tables(owner)) - READ_MODEL:
        row = public.execute("SELECT has_any_column_privilege(%s, 'SELECT')", [table]).fetchone()
        assert row == (False,), table


@pytest.mark.promise(3)
@pytest.mark.parametrize("statement", ["INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_public_role_writes_nowhere(
    public: psycopg.Connection, owner: psycopg.Connection, statement: str
) -> None:
    for table in tables(owner):
        assert is_refused(public, statement, table), (statement, table)


@pytest.mark.promise(3)
def test_the_public_role_changes_no_column_anywhere(
    public: psycopg.Connection, owner: psycopg.Connection
) -> None:
    columns_sql = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 LIMIT 1"
    for table in tables(owner):
        (column,) = owner.execute(columns_sql, [table]).fetchone() or ("",)
        assert is_refused(public, "UPDATE {} SET {} = DEFAULT", table, column), table


@pytest.mark.promise(3)
@pytest.mark.parametrize("role", ["PUBLIC_DATABASE_URL", "DATABASE_URL"])
@pytest.mark.parametrize(
    "statement", ["CREATE TABLE mine (x int)", "CREATE TEMPORARY TABLE mine (x int)", "CREATE SCHEMA mine"]
)
def test_no_serving_role_makes_anything(clone: str, role: str, statement: str) -> None:
    with signed_in(role, clone) as connection:
        assert is_refused(connection, statement)


@pytest.mark.promise(3)
def test_no_serving_role_becomes_another(public: psycopg.Connection, portal: psycopg.Connection) -> None:
    for connection in (public, portal):
        for name in ("relais_owner", "relais_admin"):
            assert is_refused(connection, "SET ROLE {}", name)
    assert is_refused(public, "SET ROLE relais_portal")


@pytest.mark.promise(3)
def test_everybody_has_no_right_on_our_tables_schema_and_functions(owner: psycopg.Connection) -> None:
    everybody = """
    SELECT 'table ' || c.relname FROM pg_class c, aclexplode(c.relacl) a
     WHERE a.grantee = 0 AND c.relname = ANY(%(tables)s)
    UNION ALL SELECT 'schema ' || n.nspname FROM pg_namespace n, aclexplode(n.nspacl) a
     WHERE a.grantee = 0 AND n.nspname = 'public'
    UNION ALL SELECT 'function ' || p.proname
      FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
     WHERE a.grantee = 0 AND p.proowner = 'relais_owner'::regrole
    UNION ALL SELECT 'database' FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
     WHERE a.grantee = 0 AND d.datname = current_database()
    """
    assert owner.execute(everybody, {"tables": tables(owner)}).fetchall() == []


@pytest.mark.promise(16)
@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
def test_the_desk_adds_to_the_audit_trail_and_changes_nothing_of_it(
    portal: psycopg.Connection, table: str
) -> None:
    for statement in ("UPDATE {} SET hash = NULL", "DELETE FROM {}", "TRUNCATE {}"):
        if "hash" in statement and table == "audit_entry":
            statement = "UPDATE {} SET action = 'other'"
        assert is_refused(portal, statement, table), statement
    assert is_refused(portal, "INSERT INTO audit_link DEFAULT VALUES")


def test_the_desk_reads_which_migrations_ran_and_writes_none(portal: psycopg.Connection) -> None:
    assert not is_refused(portal, "SELECT * FROM django_migrations")
    for statement in (
        "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
        "UPDATE django_migrations SET app = 'a'",
        "DELETE FROM django_migrations",
        "TRUNCATE django_migrations",
    ):
        assert is_refused(portal, statement), statement


def wrapper(url: str) -> BaseDatabaseWrapper:
    return DatabaseWrapper({**connections.settings["default"], **database(url, "a test")}, "default")


@contextmanager
def role_made_by_the_administrator(clone: str, rights: str) -> Iterator[str]:
    """The address of a new role with `rights` (SQL after CREATE ROLE); removed at the end."""
    password = json.loads((LOCAL / "secrets.json").read_text(encoding="utf-8"))["relais_admin"]
    parts = urlsplit(databases.address("OWNER_DATABASE_URL", clone))
    host = parts.netloc.rpartition("@")[2]
    admin = urlunsplit(parts._replace(netloc=f"relais_admin:{password}@{host}"))
    name = f"relais_test_{secrets.token_hex(4)}"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'made-up' {rights}")
        connection.execute(f"GRANT CONNECT ON DATABASE {clone} TO {name}")
        try:
            yield urlunsplit(parts._replace(netloc=f"{name}:made-up@{host}"))
        finally:
            connection.execute(f"DROP OWNED BY {name}")
            connection.execute(f"DROP ROLE {name}")


@pytest.mark.promise(4)
@pytest.mark.parametrize(
    ("rights", "fault"),
    [
        ("SUPERUSER", "is a superuser"),
        ("BYPASSRLS", "has BYPASSRLS"),
        ("CREATEROLE", "may make roles"),
        ("NOINHERIT IN ROLE relais_owner", "owns the tables"),
        ("NOINHERIT IN ROLE relais_admin", "is a superuser"),
    ],
)
def test_a_role_that_the_walls_do_not_hold_is_refused(
    clone: str, django_db_blocker: Any, rights: str, fault: str
) -> None:
    with (
        role_made_by_the_administrator(clone, rights) as url,
        django_db_blocker.unblock(),
        closing(wrapper(url)) as connection,
        pytest.raises(ImproperlyConfigured, match=fault),
    ):
        refuse_privileged_role(connection)


@pytest.mark.promise(4)
def test_an_owner_who_plays_a_serving_role_is_refused(clone: str, django_db_blocker: Any) -> None:
    url = databases.address("OWNER_DATABASE_URL", clone) + "&options=-c%20role%3Drelais_portal"
    with (
        django_db_blocker.unblock(),
        closing(wrapper(url)) as connection,
        pytest.raises(ImproperlyConfigured, match="owns the tables"),
    ):
        refuse_privileged_role(connection)


@pytest.mark.promise(3)
@pytest.mark.parametrize(("variable", "writes"), [("PUBLIC_DATABASE_URL", False), ("DATABASE_URL", True)])
def test_serving_roles_pass_and_the_public_doors_refuse_one_that_writes(
    clone: str, django_db_blocker: Any, variable: str, writes: bool
) -> None:
    url = databases.address(variable, clone)
    expected = pytest.raises(ImproperlyConfigured, match="may write") if writes else nullcontext()
    with django_db_blocker.unblock(), closing(wrapper(url)) as connection:
        refuse_privileged_role(connection)
        with expected:
            refuse_writing_role(connection)


def start_site(clone: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """Import the WSGI application as gunicorn does."""
    environment = databases.environment(clone) | changed
    command = [sys.executable, "-W", "error", "-c", "import config.wsgi"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.promise(4)
def test_the_site_does_not_start_as_the_owner_and_says_why(clone: str) -> None:
    done = start_site(clone, DATABASE_URL=databases.address("OWNER_DATABASE_URL", clone))
    assert done.returncode != 0
    assert "relais_owner" in done.stderr
    assert "owns the tables: row-level security would not hold" in done.stderr


@pytest.mark.promise(3)
def test_the_site_does_not_start_when_public_pages_would_have_the_rights_of_the_desk(clone: str) -> None:
    done = start_site(clone, PUBLIC_DATABASE_URL=databases.address("DATABASE_URL", clone))
    assert done.returncode != 0
    assert "PUBLIC_DATABASE_URL must name relais_public" in done.stderr


def test_the_site_starts_on_its_serving_roles(clone: str) -> None:
    done = start_site(clone)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.promise(3)
def test_the_public_role_runs_nothing_with_the_owners_rights(
    public: psycopg.Connection, owner: psycopg.Connection
) -> None:
    ours = owner.execute(
        "SELECT p.oid FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner"
        " WHERE p.prosecdef AND r.rolname = 'relais_owner' AND p.prorettype <> 'trigger'::regtype"
    ).fetchall()
    assert ours
    for (function,) in ours:
        row = public.execute("SELECT has_function_privilege(%s::oid, 'EXECUTE')", [function]).fetchone()
        assert row == (False,), function
