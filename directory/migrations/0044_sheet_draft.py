"""What an uploaded sheet would change, until its person says yes (docs/adr/0048)."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0043_moved_listings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="SheetDraft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("sealed", models.BinaryField()),
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
                        related_name="sheet_drafts",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "db_table": "sheet_draft",
                "ordering": ("made_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "made_by"), name="sheet_draft_one_of_a_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))), name="sheet_draft_ends"
                    ),
                ],
            },
        ),
        sql_beside(__file__, "0044_sheet_draft"),
    ]
