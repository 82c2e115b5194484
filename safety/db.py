"""Which database serves whom, and the refusal to serve on a role that walls don't hold."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

PRIVILEGE_SQL = """
SELECT current_user, r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relowner = r.oid AND n.nspname = 'public')
  FROM pg_roles r WHERE r.rolname = current_user
"""


def public_database() -> str:
    """The alias that public doors query, with `.using(...)`: SELECT on the read model and no more."""
    return str(settings.PUBLIC_DATABASE_ALIAS)


def refuse_privileged_role(connection: BaseDatabaseWrapper) -> None:
    """Raise ImproperlyConfigured if this connection's role is a superuser, skips row-level security or owns tables."""
    with connection.cursor() as cursor:
        cursor.execute(PRIVILEGE_SQL)
        role, is_superuser, skips_rows, owns_tables = cursor.fetchone()
    faults = [
        name
        for name, is_so in (
            ("is a superuser", is_superuser),
            ("has BYPASSRLS", skips_rows),
            ("owns the tables", owns_tables),
        )
        if is_so
    ]
    if faults:
        raise ImproperlyConfigured(
            f"The database role {role} (alias {connection.alias}) {' and '.join(faults)}: row-level "
            "security would not hold. Serve as relais_portal and relais_public."
        )


def refuse_privileged_roles() -> None:
    """Check every alias at start-up and leave no connection open behind (the server forks afterwards)."""
    for connection in connections.all():
        try:
            refuse_privileged_role(connection)
        finally:
            connection.close()
            if hasattr(connection, "close_pool"):
                connection.close_pool()
