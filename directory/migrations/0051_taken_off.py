"""Since when stewards show none of an organization's listings."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0050_break_glass")]
    operations = [
        migrations.AddField("organization", "taken_off_on", models.DateField(blank=True, null=True)),
    ]
