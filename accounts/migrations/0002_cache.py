"""The table behind Django's cache: made by a migration, so that no command has to be remembered."""

from django.db import migrations

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people")]
    operations = [sql_beside(__file__, "0002_cache")]
