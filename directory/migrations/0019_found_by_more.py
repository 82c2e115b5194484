"""Listings say whom they take, when they are open and how long their check holds: columns that a search compares."""

import django.contrib.postgres.fields
from django.db import migrations, models

import directory.models.listing


class Migration(migrations.Migration):
    dependencies = [("directory", "0018_focus_and_synonyms")]
    operations = [
        migrations.AddField(
            "listing",
            "stated",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), default=list, size=None
            ),
        ),
        migrations.AddField("listing", "week", directory.models.listing.MultirangeField(null=True)),
        migrations.AddField("listing", "odd_hours", models.JSONField(null=True)),
        migrations.AddField("listing", "on_holidays", models.CharField(default="ask", max_length=10)),
        migrations.AddField("listing", "by_appointment", models.BooleanField(default=False)),
        migrations.AddField("listing", "fresh_until", models.DateField(null=True)),
        # What has no place is judged in a fixed order, so many of each reach.
        migrations.RunSQL(
            "CREATE INDEX listing_of_province ON listing (province, tie) WHERE point IS NULL AND reach <> 'country';"
            "CREATE INDEX listing_of_country ON listing (tie) WHERE point IS NULL AND reach = 'country'",
            "DROP INDEX listing_of_province, listing_of_country",
        ),
        migrations.RunSQL(
            "ALTER TABLE listing ALTER stated SET DEFAULT '{}', ALTER on_holidays SET DEFAULT 'ask',"
            " ALTER by_appointment SET DEFAULT false",
            "ALTER TABLE listing ALTER stated DROP DEFAULT, ALTER on_holidays DROP DEFAULT,"
            " ALTER by_appointment DROP DEFAULT",
        ),
    ]
