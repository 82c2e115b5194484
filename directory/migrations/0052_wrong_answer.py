"""What stewards did about what visitors say is wrong."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0051_taken_off"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WrongAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("listing_id", models.UUIDField()),
                ("on", models.DateField()),
                ("what", models.CharField(max_length=10)),
                ("times", models.PositiveIntegerField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "wrong_answer",
                "ordering": ("answered_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("listing_id", "on", "what", "times"), name="wrong_answered_once_for_a_sum"
                    )
                ],
            },
        ),
        sql_beside(__file__, "0052_wrong_answer"),
    ]
