"""What a feed offers against what was confirmed is open once, whatever was decided of it before, however long it is."""

import django.db.models.functions.text
from django.db import migrations, models

DECISIONS = [
    ("", "open"),
    ("keep", "what was confirmed stays"),
    ("take", "what the feed says is taken"),
    ("same", "the feed says the same by now"),
    ("past", "the feed says something else by now"),
]


class Migration(migrations.Migration):
    dependencies = [("directory", "0014_traces_kept")]
    operations = [
        migrations.RemoveConstraint("importconflict", "import_conflict_told_once"),
        migrations.AlterField(
            "importconflict",
            "decision",
            models.CharField(blank=True, choices=DECISIONS, default="", max_length=4),
        ),
        migrations.AddIndex(
            "importconflict",
            models.Index(fields=["record_id", "field"], name="import_conflict_of_a_record"),
        ),
        migrations.AddConstraint(
            "importconflict",
            models.UniqueConstraint(
                *map(models.F, ("publisher", "entity", "record_id", "field")),
                django.db.models.functions.text.MD5("offered"),
                condition=models.Q(decision=""),
                name="import_conflict_open_once",
            ),
        ),
    ]
