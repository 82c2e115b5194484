"""First of all migrations: what is needed of the database is there, and what each role gets by default."""

from typing import Any

from django.db import migrations

from safety.migration_sql import sql_beside

EXTENSIONS = ("postgis", "intarray", "unaccent", "pg_trgm")
ROLES = ("relais_portal", "relais_public")


def refuse_unprepared(apps: Any, schema_editor: Any) -> None:
    """Say what an administrator must run; extensions need a superuser, and we are not one."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        extensions = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT rolname FROM pg_roles")
        roles = {name for (name,) in cursor.fetchall()}
    orders = [f"CREATE EXTENSION {e};" for e in EXTENSIONS if e not in extensions]
    orders += [f"CREATE ROLE {r} LOGIN NOSUPERUSER NOBYPASSRLS;" for r in ROLES if r not in roles]
    if orders:
        raise RuntimeError(
            "This database is not prepared. A superuser must run in it, once:\n" + "\n".join(orders)
        )


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    run_before = [
        ("contenttypes", "0001_initial"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(refuse_unprepared, migrations.RunPython.noop),
        sql_beside(__file__, "0001_roles"),
    ]
