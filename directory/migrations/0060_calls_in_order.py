"""What nobody ever checked says whether it is the only help, and the stewards' call list lies in indexes in its order."""

from django.db import migrations, models

from safety.migration_sql import sql_beside

NEVER_CHECKED = models.Q(assured_date=None, unlisted_on=None)


class Migration(migrations.Migration):

    dependencies = [("directory", "0058_found_at")]

    operations = [
        migrations.AddField("service", "is_only_help", models.BooleanField(blank=True, null=True)),
        migrations.AddField("service", "help_judged_on", models.DateField(blank=True, null=True)),
        migrations.AddIndex(
            "service", models.Index("copied_on", "id", name="service_never_checked", condition=NEVER_CHECKED)
        ),
        migrations.AddIndex(
            "service",
            models.Index(
                "copied_on",
                "id",
                name="service_only_help",
                condition=NEVER_CHECKED & models.Q(is_only_help=True),
            ),
        ),
        migrations.AddIndex(
            "service",
            models.Index(
                models.F("help_judged_on").asc(nulls_first=True),
                "id",
                name="service_help_to_judge",
                condition=NEVER_CHECKED,
            ),
        ),
        migrations.AddIndex(
            "service",
            models.Index(
                "unlisted_on", "id", name="service_gone", condition=models.Q(unlisted_on__isnull=False)
            ),
        ),
        sql_beside(__file__, "0060_calls_in_order"),
    ]
