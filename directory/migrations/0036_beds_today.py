"""Beds today, and the links by which a night desk says how many (docs/adr/0046)."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0035_vetted_listings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BedReport',
            fields=[
                ('service_id', models.UUIDField(primary_key=True, serialize=False)),
                ('band', models.CharField(max_length=10)),
                ('reported_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'bed_report',
                'ordering': ('reported_at', 'service_id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('band__in', ('none', 'few', 'several'))), name='bed_report_band_known')],
            },
        ),
        migrations.CreateModel(
            name='NightLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('service_id', models.UUIDField(db_index=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='night_links', to='directory.organization')),
            ],
            options={
                'db_table': 'night_link',
                'ordering': ('made_at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='night_link_ends_after_it_began')],
            },
        ),
        sql_beside(__file__, "0036_beds_today"),
    ]
