"""Answers to "Did this help?", as sums of a day for each listing."""

from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0019_found_by_more")]
    operations = [
        migrations.CreateModel(
            name="HelpCount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("listing_id", models.UUIDField()),
                ("on", models.DateField()),
                ("yes", models.PositiveIntegerField(default=0)),
                ("no", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "help_count",
                "ordering": ("on", "listing_id"),
                "constraints": [
                    models.UniqueConstraint(fields=("listing_id", "on"), name="help_counted_once_a_day")
                ],
            },
        ),
        sql_beside(__file__, "0020_help_counts"),
    ]
