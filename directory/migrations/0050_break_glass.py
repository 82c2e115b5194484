"""Break-glass: a steward reads what only an organization itself sees, for a reason and half an hour (0052)."""

import datetime
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


def _to(target: str, **more: bool) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=target, **more
    )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0049_named_and_blocked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="BreakGlass",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", _to(settings.AUTH_USER_MODEL, null=True)),
                ("opened_by", _to(settings.AUTH_USER_MODEL)),
                ("organization", _to("directory.organization")),
            ],
            options={
                "db_table": "break_glass",
                "ordering": ("opened_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__gt", models.F("opened_at")),
                            (
                                "until__lte",
                                models.expressions.CombinedExpression(
                                    models.F("opened_at"), "+", models.Value(datetime.timedelta(minutes=30))
                                ),
                            ),
                        ),
                        name="break_glass_ends_soon",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="break_glass_ended_by_somebody",
                    ),
                ],
            },
        ),
        sql_beside(__file__, "0050_break_glass"),
    ]
