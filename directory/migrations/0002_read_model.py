"""Indexes, rights and walls of the read model; a protected place refuses a street in the database itself."""

from django.db import migrations

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_hsds_core")]
    operations = [sql_beside(__file__, "0002_read_model")]
