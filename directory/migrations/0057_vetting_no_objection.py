"""Survivors' advisers who have nothing against letting an organization in."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0055_told_corrections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VettingNoObjection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("said_at", models.DateTimeField()),
                ("application", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="no_objections", to="directory.vettingapplication")),
                ("said_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "vetting_no_objection",
                "ordering": ("said_at", "id"),
                "constraints": [models.UniqueConstraint(fields=("application", "said_by"), name="vetting_no_objection_once_by_each")],
            },
        ),
        sql_beside(__file__, "0057_vetting_no_objection"),
    ]
