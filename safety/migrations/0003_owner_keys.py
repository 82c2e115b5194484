"""Wrapped data keys, and tombstones that stay."""

from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("safety", "0002_audit")]
    operations = [
        migrations.CreateModel(
            name="OwnerKey",
            fields=[
                ("owner", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField(null=True)),
                ("kek_id", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("shredded_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "owner_key",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(wrapped__isnull=False, shredded_at__isnull=True)
                        | models.Q(wrapped__isnull=True, shredded_at__isnull=False, kek_id=""),
                        name="owner_key_is_wrapped_or_shredded",
                    )
                ],
            },
        ),
        sql_beside(__file__, "0003_owner_keys"),
    ]
