"""First of all migrations: what is needed of the database is there, and what each role gets by default."""

from typing import Any

from django.db import migrations

from safety.db import missing_preparations, unprepared
from safety.migration_sql import sql_beside


def refuse_unprepared(apps: Any, schema_editor: Any) -> None:
    """Say what an administrator must run; extensions need a superuser, and we are not one."""
    if orders := missing_preparations(schema_editor.connection):
        raise RuntimeError(unprepared(orders))


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
