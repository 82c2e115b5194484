"""The audit trail: entries, the chain that the database closes at commit, and who may add to it."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("safety", "0001_roles")]
    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("actor", models.UUIDField(null=True)),
                ("organization", models.UUIDField(null=True)),
                ("action", models.TextField()),
                ("subject_type", models.TextField()),
                ("subject_id", models.UUIDField(null=True)),
                ("details", models.TextField(default="{}")),
            ],
            options={
                "db_table": "audit_entry",
                "indexes": [
                    models.Index(
                        fields=["subject_type", "subject_id", "at"], name="audit_entry_of_a_subject"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditLink",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link",
                        to="safety.auditentry",
                    ),
                ),
            ],
            options={"db_table": "audit_link"},
        ),
        sql_beside(__file__, "0002_audit"),
    ]
