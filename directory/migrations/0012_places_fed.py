"""Where a place was taken from, the names that an operator's file gave it, and whether its point is doubtful."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0011_count_records")]
    operations = [
        migrations.AddField(
            "place",
            "source",
            models.CharField(
                choices=[
                    ("package", "a package of the site"),
                    ("names_file", "an operator's file of geographical names"),
                ],
                default="package",
                max_length=10,
            ),
        ),
        migrations.AddField(
            "place",
            "fed_names",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField("place", "is_unsure", models.BooleanField(default=False)),
    ]
