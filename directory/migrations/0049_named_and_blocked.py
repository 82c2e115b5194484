"""Who may find a listing at the desk: organizations that it names, and none on its organization's block list (0052)."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside

PLACES = [
    ("site", "this site"),
    ("vetted", "vetted organizations"),
    ("named", "organizations that it names"),
    ("open_data", "open data"),
]


def _publish_to() -> django.contrib.postgres.fields.ArrayField:
    each = models.CharField(choices=PLACES, max_length=10)
    return django.contrib.postgres.fields.ArrayField(base_field=each, blank=True, null=True, size=None)


def _to(target: str, related_name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=target
    )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0048_changes_of_feeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField("organization", "publish_to", _publish_to()),
        migrations.AlterField("service", "publish_to", _publish_to()),
        migrations.CreateModel(
            name="NamedOrganization",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("service_id", models.UUIDField()),
                ("named_at", models.DateTimeField()),
                ("named_by", _to(settings.AUTH_USER_MODEL)),
                ("organization", _to("directory.organization", "named_by")),
                ("owner", _to("directory.organization")),
            ],
            options={
                "db_table": "named_organization",
                "ordering": ("named_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("service_id"), models.F("organization"), name="named_organization_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organization_id", models.F("owner_id")), _negated=True),
                        name="named_organization_is_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlockedOrganization",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("blocked_at", models.DateTimeField()),
                ("blocked", _to("directory.organization")),
                ("blocked_by", _to(settings.AUTH_USER_MODEL)),
                ("organization", _to("directory.organization", "block_list")),
            ],
            options={
                "db_table": "blocked_organization",
                "ordering": ("blocked_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organization"), models.F("blocked"), name="blocked_organization_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organization_id", models.F("blocked_id")), _negated=True),
                        name="blocked_organization_is_another",
                    ),
                ],
            },
        ),
        sql_beside(__file__, "0049_named_and_blocked"),
    ]
