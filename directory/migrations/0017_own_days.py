"""Own days of a schedule. The portal may write them by the rights that every new table gets; the public role nothing."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from safety.migration_sql import sql_beside

TIME = r"^([01]\d|2[0-3]):[0-5]\d$"


class Migration(migrations.Migration):
    dependencies = [("directory", "0016_documents_as_text")]
    operations = [
        migrations.CreateModel(
            name="ScheduleDay",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("on", models.DateField()),
                ("opens_at", models.TextField(blank=True)),
                ("closes_at", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("note_fr", models.TextField(blank=True)),
                (
                    "schedule",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_days",
                        to="directory.schedule",
                    ),
                ),
            ],
            options={
                "db_table": "schedule_day",
                "ordering": ("schedule", "on", "opens_at"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("schedule", "on", "opens_at"), name="schedule_day_begins_once_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=Q(opens_at="", closes_at="") | Q(opens_at__regex=TIME, closes_at__regex=TIME),
                        name="schedule_day_has_two_times_or_none",
                    ),
                ],
            },
        ),
        sql_beside(__file__, "0017_own_days"),
    ]
