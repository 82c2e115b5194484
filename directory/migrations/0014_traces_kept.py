"""What leads to a protected door is kept as digests, and who opened a place on purpose is remembered."""

import django.db.models.deletion
from django.db import migrations, models

from safety.migration_sql import sql_beside

KINDS = [
    ("phrase", "words in a text"),
    ("number", "a coordinate in a text"),
    ("door", "the whole door"),
    ("id", "the id that a publisher gave the place"),
]


class Migration(migrations.Migration):
    dependencies = [("directory", "0013_quicker_imports")]
    operations = [
        migrations.CreateModel(
            name="OpenedPlace",
            fields=[
                (
                    "location",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="opened",
                        serialize=False,
                        to="directory.location",
                    ),
                ),
                ("opened_by", models.UUIDField(blank=True, null=True)),
                ("opened_at", models.DateTimeField()),
            ],
            options={"db_table": "opened_place", "ordering": ("location",)},
        ),
        migrations.CreateModel(
            name="DoorTrace",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=KINDS, max_length=6)),
                ("words", models.PositiveSmallIntegerField(default=0)),
                ("digest", models.BinaryField()),
                (
                    "location",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="door_traces",
                        to="directory.location",
                    ),
                ),
            ],
            options={
                "db_table": "door_trace",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("location", "kind", "digest"), name="door_trace_kept_once"
                    )
                ],
            },
        ),
        sql_beside(__file__, "0014_traces_kept"),
    ]
