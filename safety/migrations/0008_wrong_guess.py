"""Who guesses at signed links is counted for an hour, under a mark that nobody can read back (docs/adr/0052)."""

from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("safety", "0007_notice_set_aside")]
    operations = [
        migrations.CreateModel(
            name="WrongGuess",
            fields=[
                ("mark", models.BinaryField(primary_key=True, serialize=False)),
                ("times", models.PositiveSmallIntegerField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "wrong_guess", "ordering": ("until",)},
        ),
        sql_beside(__file__, "0008_wrong_guess"),
    ]
