"""A lost second factor is renewed by others, through a door that opens for a day."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside

PERSON = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": settings.AUTH_USER_MODEL}


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_cache")]

    operations = [
        migrations.CreateModel(
            name="FactorRenewal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=300)),
                ("needs_second", models.BooleanField()),
                ("asked_at", models.DateTimeField()),
                ("opens_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("factor_ended_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("agreed_by", models.ForeignKey(null=True, **PERSON)),
                ("asked_by", models.ForeignKey(**PERSON)),
                ("user", models.ForeignKey(**PERSON)),
            ],
            options={
                "db_table": "factor_renewal",
                "ordering": ("asked_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("used_at", None)),
                        fields=("user",),
                        name="factor_renewal_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by", models.F("user")), _negated=True),
                            models.Q(("agreed_by", models.F("user")), _negated=True),
                        ),
                        name="factor_renewal_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by", None),
                            models.Q(("agreed_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="factor_renewal_by_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("needs_second", False),
                            ("opens_at", None),
                            ("agreed_by__isnull", False),
                            _connector="OR",
                        ),
                        name="factor_renewal_of_a_steward_agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expires_at", None), ("opens_at", None)),
                            ("expires_at__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="factor_renewal_opens_for_a_while",
                    ),
                ],
            },
        ),
        sql_beside(__file__, "0003_factor_renewal"),
    ]
