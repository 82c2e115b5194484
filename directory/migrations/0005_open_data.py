"""Indexes and rights of the open data and of coverage in the read model."""

from django.db import migrations

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_beside_the_standard")]
    operations = [sql_beside(__file__, "0005_open_data")]
