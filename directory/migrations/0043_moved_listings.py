"""Where the address of a double leads; since when a pair is asked about, and until when it rests."""

import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0042_organization_telling'),
    ]

    operations = [
        migrations.CreateModel(
            name='MovedListing',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('from_id', models.UUIDField(db_index=True)),
                ('service_id', models.UUIDField(db_index=True)),
                ('listing_id', models.UUIDField()),
            ],
            options={
                'db_table': 'moved_listing',
                'ordering': ('id',),
            },
        ),
        migrations.AddField(
            model_name='sameservice',
            name='suggested_at',
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                db_default=django.db.models.functions.datetime.Now(),
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name='sameservice',
            name='later_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='sameservice',
            name='likeness',
            field=models.CharField(
                choices=[
                    ('given_id', 'the same id from two publishers'),
                    ('phone_name', 'the same phone and name'),
                    ('steward', 'a steward said so'),
                    ('alike', 'a protected place, and one that looks like it'),
                    ('two_of_3', 'two of phone, name and place agree'),
                ],
                max_length=10,
            ),
        ),
        sql_beside(__file__, "0043_moved_listings"),
    ]
