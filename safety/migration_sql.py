"""Migrations whose SQL stands beside them in `migrations/sql/`, forward and undone."""

from pathlib import Path

from django.db import migrations


def sql_beside(migration_file: str, name: str) -> migrations.RunSQL:
    """The operation that runs `sql/NAME.sql`, and `sql/NAME_undo.sql` when it is taken back."""
    folder = Path(migration_file).parent / "sql"
    forward = (folder / f"{name}.sql").read_text(encoding="utf-8")
    undo = (folder / f"{name}_undo.sql").read_text(encoding="utf-8")
    return migrations.RunSQL(forward, undo)
