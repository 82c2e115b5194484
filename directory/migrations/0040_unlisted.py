"""Since when a service is shown nowhere because nobody confirms it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0039_listing_words")]
    operations = [
        migrations.AddField("service", "unlisted_on", models.DateField(blank=True, null=True)),
    ]
