"""What workers heard when they asked, until the keeper of the listing decides."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0036_beds_today'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ToldAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('service_id', models.UUIDField()),
                ('dimension', models.CharField(max_length=30)),
                ('term', models.CharField(max_length=40)),
                ('told_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('is_confirmed', models.BooleanField(null=True)),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('told_for', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
            options={
                'db_table': 'told_answer',
                'ordering': ('told_at', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('service_id', 'dimension', 'term'), name='told_answer_waits_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('is_confirmed', None)), models.Q(('decided_at__isnull', False), ('is_confirmed__isnull', False)), _connector='OR'), name='told_answer_is_decided_whole')],
            },
        ),
        sql_beside(__file__, "0037_told_answers"),
    ]
