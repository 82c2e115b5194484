"""Who was asked whether what is told is still true."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0029_proposed_change'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TruthAsked',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'truth_asked',
                'ordering': ('asked_at', 'id'),
                'indexes': [models.Index(fields=['organization', 'asked_at'], name='truth_asked_of_whom')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('asked_at'))), name='truth_asked_before_it_expires')],
            },
        ),
        sql_beside(__file__, "0030_truth_asked"),
    ]
