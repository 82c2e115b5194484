"""Where a steward found the number that was called back, where none was known that people told."""

from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [("directory", "0057_vetting_no_objection")]

    operations = [
        migrations.AddField("proposedchange", "found_at", models.TextField(blank=True, default="")),
        sql_beside(__file__, "0058_found_at"),
    ]
