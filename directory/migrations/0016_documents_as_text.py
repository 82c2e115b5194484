"""Documents that nobody looks into are kept as text; what was written before is as readable."""

from django.db import migrations, models

import directory.models.json_text


class Migration(migrations.Migration):
    dependencies = [("directory", "0015_conflicts_reopened")]
    operations = [
        migrations.AlterField("listingpage", "en", directory.models.json_text.JsonTextField()),
        migrations.AlterField("listingpage", "fr", directory.models.json_text.JsonTextField()),
        migrations.AlterField("hsdsdocument", "document", directory.models.json_text.JsonTextField()),
        migrations.AddField("hsdsdocument", "words_digest", models.UUIDField(null=True)),
    ]
