"""The index of what is near holds nothing else."""

from django.db import migrations

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0037_told_answers")]
    operations = [sql_beside(__file__, "0038_near_alone")]
