"""Survivors' advisers, and the questions by which they hold an approval."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0026_vetting_application'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Adviser',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'adviser',
                'ordering': ('began_at', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user',), name='adviser_once_at_a_time'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('began_at')), _connector='OR'), name='adviser_ends_after_it_began')],
            },
        ),
        migrations.CreateModel(
            name='VettingHold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('placed_at', models.DateTimeField()),
                ('sealed_answer', models.BinaryField(default=bytes)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vetting_holds', to='directory.organization')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'vetting_hold',
                'ordering': ('placed_at', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('organization', 'placed_by'), name='vetting_hold_one_of_each_adviser'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None)), models.Q(('answered_at__gte', models.F('placed_at')), ('answered_by__isnull', False)), _connector='OR'), name='vetting_hold_answered_by_somebody')],
            },
        ),
        sql_beside(__file__, "0027_vetting_hold"),
    ]
