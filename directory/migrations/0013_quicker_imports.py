"""A million rows are checked against protected places by statement, counted by their links, and indexed once less."""

from django.db import migrations

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0012_places_fed")]
    operations = [sql_beside(__file__, "0013_quicker_imports")]
