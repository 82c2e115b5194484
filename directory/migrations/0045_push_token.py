"""Keys by which a publisher's own program pushes changes of its listings (docs/adr/0048)."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0044_sheet_draft"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="PushToken",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                (
                    "scope",
                    models.CharField(
                        choices=[("try", "try it out: nothing is changed"), ("change", "change listings")],
                        max_length=10,
                    ),
                ),
                ("hashed", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("last_used_on", models.DateField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="push_tokens",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "db_table": "push_token",
                "ordering": ("made_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["try", "change"])), name="push_token_scope_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))), name="push_token_ends"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hashed__regex", "^[0-9a-f]{64}$")), name="push_token_is_hashed"
                    ),
                ],
            },
        ),
        sql_beside(__file__, "0045_push_token"),
    ]
