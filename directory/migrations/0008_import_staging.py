"""Staging tables of an import: made for one transaction by a function, since serving roles make nothing."""

from django.db import migrations

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_admin_search")]
    operations = [sql_beside(__file__, "0008_import_staging")]
