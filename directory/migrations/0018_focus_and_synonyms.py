"""Searchers get to know for whom services are made, and the words that mean the same; the public role reads both."""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0017_own_days")]
    operations = [
        migrations.CreateModel(
            name="Focus",
            fields=[
                ("slug", models.SlugField(max_length=60, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(unique=True)),
                ("position", models.PositiveIntegerField()),
                ("name", models.TextField()),
                ("name_fr", models.TextField()),
                ("description", models.TextField(blank=True)),
                ("description_fr", models.TextField(blank=True)),
                ("is_offered", models.BooleanField(default=True)),
            ],
            options={"db_table": "focus", "ordering": ("position", "slug")},
        ),
        migrations.CreateModel(
            name="SynonymGroup",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("loaded", models.CharField(max_length=16)),
                ("is_used", models.BooleanField(default=True)),
            ],
            options={"db_table": "synonym_group", "ordering": ("words", "id")},
        ),
        sql_beside(__file__, "0018_focus_and_synonyms"),
    ]
