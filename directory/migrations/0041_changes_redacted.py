"""Words of changes that tell the door of a place which became protected are erased, one by one, and the trail says so."""

from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0040_unlisted"), ("safety", "0002_audit")]
    operations = [
        migrations.AddField("proposedchange", "redacted_at", models.DateTimeField(null=True)),
        sql_beside(__file__, "0041_changes_redacted"),
    ]
