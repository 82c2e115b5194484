"""What a listing's words may mean, as numbers beside its tags."""

import django.contrib.postgres.fields
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0022_found_from_afar")]
    operations = [
        migrations.CreateModel(
            name="Concept",
            fields=[
                ("number", models.AutoField(primary_key=True, serialize=False)),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), unique=True),
                ),
                ("lexemes_en", django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ("lexemes_fr", django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ("is_ready", models.BooleanField(default=False)),
            ],
            options={"db_table": "concept", "ordering": ("number",)},
        ),
        migrations.AddField(
            model_name="listing",
            name="concepts",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), null=True),
        ),
        sql_beside(__file__, "0023_concepts"),
    ]
