"""Which database serves whom, and the refusal to serve on a role that walls don't hold."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Who signed in counts, not whom that role plays: it can become every role that it is a member of.
EXTENSIONS = ("postgis", "intarray", "unaccent", "pg_trgm")
ROLES = ("relais_portal", "relais_public")
PRIVILEGE_SQL = """
WITH role AS (SELECT * FROM pg_roles WHERE pg_has_role(session_user, oid, 'MEMBER'))
SELECT session_user,
       EXISTS (SELECT FROM role WHERE rolsuper),
       EXISTS (SELECT FROM role WHERE rolbypassrls),
       EXISTS (SELECT FROM role WHERE rolcreaterole),
       EXISTS (SELECT FROM role JOIN pg_class c ON c.relowner = role.oid
                 JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public')
"""
FAULTS = ("is a superuser", "has BYPASSRLS", "may make roles", "owns the tables")

WRITES_SQL = """
SELECT session_user,
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
                  AND has_table_privilege(session_user, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
"""


SHUT = (
    *("lo_create", "lo_creat", "lo_from_bytea", "lo_open", "lo_put", "lowrite", "lo_unlink"),
    *("st_estimatedextent", "_postgis_stats", "_postgis_selectivity", "_postgis_join_selectivity"),
    "_postgis_index_extent",
)
"""What PostgreSQL and PostGIS let everybody call, and what walks round the rights on tables: large objects can be
written by whoever may only read, and PostGIS tells the statistics of a column of places, to a few metres, to those who
may not read it."""
OPEN_SQL = """
SELECT p.oid::regprocedure::text FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
 WHERE p.proname = ANY(%s) AND a.grantee = 0 AND a.privilege_type = 'EXECUTE' ORDER BY 1
"""


def public_database() -> str:
    """The alias that public doors query, with `.using(...)`: SELECT on the read model and no more."""
    return str(settings.PUBLIC_DATABASE_ALIAS)


def refuse_privileged_role(connection: BaseDatabaseWrapper) -> None:
    """Raise ImproperlyConfigured if the role is, or can become, one that row-level security doesn't hold."""
    with connection.cursor() as cursor:
        cursor.execute(PRIVILEGE_SQL)
        role, *found = cursor.fetchone()
    faults = [fault for fault, is_so in zip(FAULTS, found, strict=True) if is_so]
    if faults:
        raise ImproperlyConfigured(
            f"The database role {role} (alias {connection.alias}) {' and '.join(faults)}: row-level "
            "security would not hold. Serve as relais_portal and relais_public."
        )


def refuse_writing_role(connection: BaseDatabaseWrapper) -> None:
    """Raise ImproperlyConfigured if the role of the public doors may write: PUBLIC_DATABASE_URL names another's."""
    with connection.cursor() as cursor:
        cursor.execute(WRITES_SQL)
        role, writes = cursor.fetchone()
    if writes:
        raise ImproperlyConfigured(
            f"The database role {role} (alias {connection.alias}) may write. Public pages only read: "
            "PUBLIC_DATABASE_URL must name relais_public."
        )


def refuse_privileged_roles() -> None:
    """Check every alias at start-up and leave no connection open behind (the server forks afterwards)."""
    for connection in connections.all():
        try:
            refuse_privileged_role(connection)
            if connection.alias == public_database():
                refuse_writing_role(connection)
                refuse_open_functions(connection)
        finally:
            connection.close()
            if hasattr(connection, "close_pool"):
                connection.close_pool()


def missing_preparations(connection: BaseDatabaseWrapper) -> list[str]:
    """The SQL that a superuser must run in this database before it can be migrated; empty if nothing is missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension UNION ALL SELECT rolname FROM pg_roles")
        there = {name for (name,) in cursor.fetchall()}
    orders = [f"CREATE EXTENSION {name};" for name in EXTENSIONS if name not in there]
    orders += [f"CREATE ROLE {r} LOGIN NOSUPERUSER NOBYPASSRLS;" for r in ROLES if r not in there]
    return orders + orders_to_shut(connection)


def orders_to_shut(connection: BaseDatabaseWrapper) -> list[str]:
    """The SQL by which a superuser takes away from everybody what nobody but the owner of a table should call."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_SQL, [list(SHUT)])
        return [f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC;" for (name,) in cursor.fetchall()]


def refuse_open_functions(connection: BaseDatabaseWrapper) -> None:
    """Raise ImproperlyConfigured, with what to run, while everybody may call what tells where hidden places are."""
    if orders := orders_to_shut(connection):
        raise ImproperlyConfigured(unprepared(orders))


def unprepared(orders: list[str]) -> str:
    """What to tell an administrator."""
    return "This database is not prepared. A superuser must run in it, once:\n" + "\n".join(orders)
