"""The words of what listings are called, for whoever types one a little otherwise."""

from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0038_near_alone")]
    operations = [
        migrations.CreateModel(
            name="ListingWord",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
                ("listings", models.IntegerField()),
            ],
            options={"db_table": "listing_word", "ordering": ("word",)},
        ),
        sql_beside(__file__, "0039_listing_words"),
    ]
