# ruff: noqa: F811  # fixtures of another file, by their names
"""The wall in the database, read from its catalogues: whatever is added to the schema stands behind it from then on.

Every table, view, materialized view, sequence, function and default is looked at, in every schema, whoever made it.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from safety.db import SHUT, refuse_open_functions
from tests import databases
from tests.safety.test_roles import READ_MODEL, clone, owner, public, wrapper  # noqa: F401  # fixtures

pytestmark = pytest.mark.promise(3)
METADATA = {"spatial_ref_sys", "geometry_columns", "geography_columns"}
"""PostGIS tells everybody about projections, and about columns that the reader may read."""
OURS = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%%'"
RIGHTS_SQL = f"""
SELECT c.relname, c.relkind::text, "right" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
       unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) "right"
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {OURS}
   AND (has_table_privilege(%(role)s, c.oid, "right")
        OR ("right" IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
            AND has_any_column_privilege(%(role)s, c.oid, "right")))
"""
SEQUENCES_SQL = f"""
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {OURS} AND CASE c.relkind WHEN 'S' THEN has_sequence_privilege(%(role)s, c.oid, 'USAGE, SELECT, UPDATE') END
"""
FUNCTIONS_SQL = f"""
SELECT p.oid::regprocedure::text, p.prosecdef, p.proowner = 'relais_owner'::regrole
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE has_function_privilege(%(role)s, p.oid, 'EXECUTE')
   AND (p.prosecdef OR ({OURS} AND p.proowner = 'relais_owner'::regrole))
"""
PLACES_SQL = f"""
SELECT 'schema ' || n.nspname FROM pg_namespace n WHERE has_schema_privilege(%(role)s, n.oid, 'CREATE')
UNION ALL SELECT 'schema ' || n.nspname FROM pg_namespace n
 WHERE {OURS} AND n.nspname <> 'public' AND has_schema_privilege(%(role)s, n.oid, 'USAGE')
UNION ALL SELECT 'database ' || d.datname FROM pg_database d
 WHERE d.datname = current_database() AND has_database_privilege(%(role)s, d.oid, 'CREATE, TEMPORARY')
UNION ALL SELECT 'tablespace ' || t.spcname FROM pg_tablespace t
 WHERE has_tablespace_privilege(%(role)s, t.oid, 'CREATE')
UNION ALL SELECT 'server ' || s.srvname FROM pg_foreign_server s WHERE has_server_privilege(%(role)s, s.oid, 'USAGE')
UNION ALL SELECT 'setting ' || a.parname FROM pg_parameter_acl a
UNION ALL SELECT 'large object ' || l.oid FROM pg_largeobject_metadata l
UNION ALL SELECT 'function ' || p.oid::regprocedure::text FROM pg_proc p
 WHERE (p.proname = ANY(%(shut)s) OR p.proname IN ('pg_read_file', 'pg_ls_dir', 'lo_import', 'lo_export'))
   AND has_function_privilege(%(role)s, p.oid, 'EXECUTE')
UNION ALL SELECT 'member of ' || r.rolname FROM pg_roles r
 WHERE r.rolname <> %(role)s AND pg_has_role(%(role)s, r.oid, 'MEMBER')
"""
DEFAULTS_SQL = """
SELECT d.defaclobjtype::text, coalesce(n.nspname, 'everywhere'),
       CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END, a.privilege_type
  FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace, aclexplode(d.defaclacl) a
 WHERE a.grantee <> d.defaclrole
"""
EVERYBODY_SQL = f"""
SELECT 'relation ' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
 WHERE a.grantee = 0 AND {OURS} AND c.relowner = 'relais_owner'::regrole
UNION ALL SELECT 'column ' || c.relname || '.' || t.attname FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(t.attacl) a WHERE a.grantee = 0 AND {OURS}
UNION ALL SELECT 'function ' || p.oid::regprocedure::text
  FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
 WHERE a.grantee = 0 AND p.proowner = 'relais_owner'::regrole
"""


def holes(connection: psycopg.Connection) -> list[str]:
    """What the public role could do that it may not, as words."""
    role = {"role": "relais_public", "shut": list(SHUT)}
    found = [
        f"{right} on {name}"
        for name, kind, right in connection.execute(RIGHTS_SQL, role)
        if right != "SELECT" or name not in READ_MODEL | METADATA or (name in READ_MODEL and kind != "r")
    ]
    found += [f"sequence {name}" for (name,) in connection.execute(SEQUENCES_SQL, role)]
    found += [f"function {name}" for name, *_ in connection.execute(FUNCTIONS_SQL, role)]
    found += [name for (name,) in connection.execute(PLACES_SQL, role)]
    found += [f"everybody: {name}" for (name,) in connection.execute(EVERYBODY_SQL)]
    for kind, where, who, right in connection.execute(DEFAULTS_SQL):
        if who != "relais_portal":
            found.append(f"default {right} on {kind} {where} for {who}")
    return found


def test_the_public_role_has_select_on_the_read_model_and_nothing_else_anywhere(
    owner: psycopg.Connection,
) -> None:
    """Promise 3: every object of every schema, those that are added later too."""
    assert holes(owner) == []
    readable = {
        name
        for name, _kind, right in owner.execute(RIGHTS_SQL, {"role": "relais_public"})
        if right == "SELECT"
    }
    assert readable - METADATA == READ_MODEL


@contextmanager
def undone(connection: psycopg.Connection, *statements: str) -> Iterator[None]:
    """The schema with something added, until the end of the block."""
    with connection.transaction(force_rollback=True):
        for statement in statements:
            connection.execute(statement)
        yield


ADDED = [
    "CREATE TABLE planted (id bigserial PRIMARY KEY, street text)",
    "CREATE VIEW planted AS SELECT email FROM accounts_user",
    "CREATE MATERIALIZED VIEW planted AS SELECT email FROM accounts_user",
    "CREATE SEQUENCE planted",
    "CREATE FUNCTION planted() RETURNS text LANGUAGE sql AS 'SELECT email FROM accounts_user LIMIT 1'",
    "CREATE FUNCTION planted() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT email FROM accounts_user LIMIT 1'",
    "CREATE PROCEDURE planted() LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM notice'",
    "CREATE TABLE planted (day date) PARTITION BY RANGE (day)",
]


@pytest.mark.parametrize("statement", ADDED)
def test_what_is_added_to_the_schema_stands_behind_the_wall_by_itself(
    owner: psycopg.Connection,
    statement: str,
) -> None:
    """Promise 3: the defaults give it to the desk and to nobody else."""
    with undone(owner, statement):
        assert holes(owner) == []


VIEW = "CREATE VIEW planted AS SELECT email FROM accounts_user"
DEFINER = (
    "CREATE FUNCTION planted() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT current_user::text'"
)
HOLES = [
    (("GRANT SELECT ON service TO relais_public",), "SELECT on service"),
    (("GRANT SELECT (email) ON accounts_user TO relais_public",), "SELECT on accounts_user"),
    (("GRANT UPDATE (words) ON listing TO relais_public",), "UPDATE on listing"),
    (("GRANT INSERT ON notice TO PUBLIC",), "INSERT on notice"),
    (("GRANT TRUNCATE ON place TO relais_public",), "TRUNCATE on place"),
    ((VIEW, "GRANT SELECT ON planted TO relais_public"), "SELECT on planted"),
    ((DEFINER, "GRANT EXECUTE ON FUNCTION planted() TO relais_public"), "function planted()"),
    ((DEFINER, "GRANT EXECUTE ON FUNCTION planted() TO PUBLIC"), "everybody: function planted()"),
    (("CREATE SEQUENCE planted", "GRANT USAGE ON SEQUENCE planted TO relais_public"), "sequence planted"),
    (
        ("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO relais_public",),
        "default SELECT on r",
    ),
    (
        ("ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC", DEFINER),
        "everybody: function planted()",
    ),
]


@pytest.mark.parametrize(("statements", "told"), HOLES, ids=[told for _statements, told in HOLES])
def test_a_hole_in_the_wall_is_found(
    owner: psycopg.Connection, statements: tuple[str, ...], told: str
) -> None:
    with undone(owner, *statements):
        assert any(hole.startswith(told) for hole in holes(owner)), holes(owner)


NEVER_DELETED = {
    *("audit_entry", "audit_link", "owner_key", "notice", "django_migrations"),
    *(
        "membership",
        "vetting_decision",
        "vetting_application",
        "vetting_check",
        "vetting_paper",
        "vetting_hold",
    ),
    *("adviser", "safety_report", "proposed_change", "invitation", "push_token", "night_link", "told_answer"),
    *("phone_mark", "truth_asked", "help_count", "wrong_count"),
}
"""What stays once it was written, for who asks later what happened."""
APPENDED = {"audit_entry": {"SELECT", "INSERT"}, "audit_link": {"SELECT"}, "django_migrations": {"SELECT"}}


def _rights(owner: psycopg.Connection, role: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, _kind, right in owner.execute(RIGHTS_SQL, {"role": role}):
        found.setdefault(name, set()).add(right)
    return found


@pytest.mark.promise(16)
def test_the_desk_empties_no_table_and_takes_nothing_out_of_what_is_kept(owner: psycopg.Connection) -> None:
    """Promise 16: and the trail it only adds to."""
    rights = _rights(owner, "relais_portal")
    shape = {name: told & {"TRUNCATE", "REFERENCES", "TRIGGER"} for name, told in rights.items()}
    assert {name: told for name, told in shape.items() if told} == {}
    assert {name for name in NEVER_DELETED if "DELETE" in rights[name]} == set()
    assert {name: rights[name] for name in APPENDED} == APPENDED


def test_what_runs_with_the_owners_rights_is_pinned_and_for_the_desk_alone(owner: psycopg.Connection) -> None:
    """A function that runs as its owner looks names up where nobody else can put some."""
    definers = owner.execute(
        "SELECT p.oid::regprocedure::text, p.proconfig FROM pg_proc p"
        " WHERE p.prosecdef AND p.proowner = 'relais_owner'::regrole"
    ).fetchall()
    assert len(definers) > 3
    for name, settings in definers:
        (path,) = [one for one in settings or [] if one.startswith("search_path=")]
        assert path.startswith("search_path=pg_catalog"), name
        assert path.endswith("pg_temp"), name
    foreign = owner.execute(
        f"SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        f" WHERE p.prosecdef AND {OURS} AND p.proowner <> 'relais_owner'::regrole"
    ).fetchall()
    assert [name for (name,) in foreign if not name.startswith("st_estimatedextent(")] == []
    assert not [hole for hole in holes(owner) if "estimatedextent" in hole], (
        "which everybody may call by PostGIS's habit"
    )


HIDDEN = (
    "CREATE TABLE planted AS"
    " SELECT ST_SetSRID(ST_MakePoint(-76.4853, 44.2312), 4326) AS point FROM generate_series(1, 3)",
    "CREATE INDEX planted_point ON planted USING gist (point)",
    "ANALYZE planted",
)
ASKED = (
    "SELECT ST_EstimatedExtent('public', 'planted', 'point')",
    "SELECT _postgis_stats('planted', 'point')",
    "SELECT _postgis_index_extent('planted', 'point')",
    "SELECT _postgis_selectivity('planted', 'point', ST_MakeEnvelope(-77, 44, -76, 45, 4326))",
)


@pytest.fixture
def hidden(owner: psycopg.Connection) -> Iterator[None]:
    """A table with one place, which the public role may not read."""
    for statement in HIDDEN:
        owner.execute(statement)
    yield
    owner.execute("DROP TABLE planted")


@pytest.mark.promise(1)
@pytest.mark.parametrize("statement", ["SELECT * FROM planted", *ASKED])
def test_postgis_does_not_tell_where_hidden_places_are(
    public: psycopg.Connection,
    hidden: None,
    statement: str,
) -> None:
    """Promises 1 and 3: its statistics know a column of points to a few metres, and by its own habit tell everybody."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        public.execute(statement)


def test_a_site_whose_database_lets_everybody_ask_does_not_start_and_says_what_to_run(
    clone: str,
    owner: psycopg.Connection,
    django_db_blocker: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = databases.address("PUBLIC_DATABASE_URL", clone)
    with django_db_blocker.unblock(), closing(wrapper(url)) as connection:
        refuse_open_functions(connection)
        monkeypatch.setattr("safety.db.SHUT", ("st_extent",))
        with pytest.raises(
            ImproperlyConfigured, match=r"REVOKE EXECUTE ON FUNCTION st_extent\(geometry\) FROM PUBLIC;"
        ):
            refuse_open_functions(connection)
