"""The three roles, the template database and the site's database in this clone's cluster.

Extensions need a superuser, so they are made once, in a template that relais_owner owns. Passwords are
random, made at the first start, kept in `.local/secrets.json` (0600); they reach psql by its input, never by
its arguments.
"""

import base64
import hashlib
import json
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

import place

DATABASE = "relais"
TEMPLATE = "relais_template"
ROLES = ("relais_admin", "relais_owner", "relais_portal", "relais_public")
EXTENSIONS = ("postgis", "intarray", "unaccent", "pg_trgm")

ROLE_SQL = """
SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE', :'role')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \\gexec
SELECT format('ALTER ROLE %I PASSWORD %L', :'role', :'password') \\gexec
"""
SERVER_SQL = """
ALTER ROLE relais_owner CREATEDB;
GRANT relais_portal, relais_public TO relais_owner;
ALTER ROLE relais_portal SET statement_timeout = '15s';
ALTER ROLE relais_public SET statement_timeout = '5s';
-- What somebody searches must not be readable in the list of running statements.
ALTER ROLE relais_public SET track_activities = off;
ALTER ROLE relais_portal SET track_activities = off;
REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC;
"""
DATABASE_SQL = """
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO relais_owner;
GRANT USAGE ON SCHEMA public TO relais_portal, relais_public;
"""
# Said again of what was made before it was known: safety.db.SHUT says why, and refuses to serve without it.
SHUT_SQL = """
DO $$
DECLARE
    open_to_all regprocedure;
BEGIN
    FOR open_to_all IN
        SELECT p.oid FROM pg_proc p WHERE p.proname IN (
            'lo_create', 'lo_creat', 'lo_from_bytea', 'lo_open', 'lo_put', 'lowrite', 'lo_unlink', 'st_estimatedextent',
            '_postgis_stats', '_postgis_selectivity', '_postgis_join_selectivity', '_postgis_index_extent')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', open_to_all);
    END LOOP;
END $$;
"""


def kept_secrets() -> dict[str, str]:
    """Every secret of this clone by name; made whole at the first call."""
    path = place.LOCAL / "secrets.json"
    if path.exists():
        return dict(json.loads(path.read_text(encoding="utf-8")))
    made = {role: secrets.token_urlsafe(24) for role in ROLES}
    made["SECRET_KEY"] = secrets.token_urlsafe(64)
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    made["PORTAL_KEYS"] = f"local-{time.strftime('%Y%m%d')}:{key}"
    place.write_private(path, json.dumps(made, indent=1))
    return made


def passwords() -> dict[str, str]:
    """Role name to password, as this clone made them."""
    return {role: kept_secrets()[role] for role in ROLES}


def _url(role: str) -> str:
    return f"postgresql://{role}:{passwords()[role]}@/{DATABASE}?host={place.socket_folder()}"


def environment() -> dict[str, str]:
    """The settings that the site reads (contract: Environment), for this clone's own cluster."""
    return {
        "DATABASE_URL": _url("relais_portal"),
        "OWNER_DATABASE_URL": _url("relais_owner"),
        "PUBLIC_DATABASE_URL": _url("relais_public"),
        "SECRET_KEY": kept_secrets()["SECRET_KEY"],
        "PORTAL_KEYS": kept_secrets()["PORTAL_KEYS"],
    }


def _psql(bin_folder: Path, sql: str, database: str = "postgres") -> str:
    words = ["-XqAt", "-v", "ON_ERROR_STOP=1", "-h", str(place.socket_folder())]
    done = subprocess.run(
        [str(bin_folder / "psql"), *words, "-U", "relais_admin", "-d", database],
        input=sql,
        env={**os.environ, "PGPASSWORD": passwords()["relais_admin"]},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"roles: the database refused:\n{done.stderr}")
    return done.stdout.strip()


def _databases(bin_folder: Path) -> set[str]:
    return set(_psql(bin_folder, "SELECT datname FROM pg_database;").split())


def _make_roles(bin_folder: Path) -> None:
    for role in ROLES[1:]:
        head = f"\\set role {role}\n\\set password '{passwords()[role]}'\n"
        _psql(bin_folder, head + ROLE_SQL)
    _psql(bin_folder, SERVER_SQL)


def _make_template(bin_folder: Path) -> None:
    draft = f"{TEMPLATE}_draft"
    _psql(bin_folder, f"DROP DATABASE IF EXISTS {draft};")
    _psql(bin_folder, f"CREATE DATABASE {draft} OWNER relais_owner TEMPLATE template0;")
    extensions = "".join(f"CREATE EXTENSION {name};\n" for name in EXTENSIONS)
    _psql(bin_folder, extensions + DATABASE_SQL + SHUT_SQL, draft)
    _psql(bin_folder, f"ALTER DATABASE {draft} RENAME TO {TEMPLATE};")


def _make_database(bin_folder: Path) -> None:
    _psql(bin_folder, f"CREATE DATABASE {DATABASE} OWNER relais_owner TEMPLATE {TEMPLATE};")
    _psql(bin_folder, f"REVOKE CONNECT, TEMPORARY ON DATABASE {DATABASE} FROM PUBLIC;")
    _psql(bin_folder, f"GRANT CONNECT ON DATABASE {DATABASE} TO relais_portal, relais_public;")


def _shut(bin_folder: Path) -> None:
    """What everybody could call is shut in databases of before, once for each wording of it."""
    said = place.LOCAL / "shut"
    digest = hashlib.sha256(SHUT_SQL.encode()).hexdigest()
    if said.exists() and said.read_text(encoding="utf-8") == digest:
        return
    for name in (TEMPLATE, DATABASE):
        _psql(bin_folder, SHUT_SQL, name)
    _psql(bin_folder, f"REVOKE CONNECT, TEMPORARY ON DATABASE {TEMPLATE} FROM PUBLIC;")
    place.write_private(said, digest)


def ensure(bin_folder: Path) -> None:
    """Make what is missing of roles, template and database; of what is there only what was open is shut."""
    there = _databases(bin_folder)
    if TEMPLATE not in there:
        _make_roles(bin_folder)
        _make_template(bin_folder)
    if DATABASE not in there:
        _make_database(bin_folder)
    _shut(bin_folder)
    place.write_private(place.LOCAL / "environment.json", json.dumps(environment(), indent=1))
