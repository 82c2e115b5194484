"""A steward corrects a listing whose organization has nobody here, and says who told it, how, and when."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0053_plural_names")]
    operations = [
        migrations.AddField(
            "proposedchange", "told_by", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "proposedchange",
            "told_via",
            models.CharField(blank=True, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField("proposedchange", "told_on", models.DateField(null=True)),
        migrations.AddConstraint(
            "proposedchange",
            models.CheckConstraint(
                condition=models.Q(told_via="", told_by="", told_on__isnull=True)
                | (~models.Q(told_via="") & ~models.Q(told_by="") & models.Q(told_on__isnull=False)),
                name="change_told_is_told_whole",
            ),
        ),
    ]
