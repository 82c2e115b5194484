"""Calls that led nowhere."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside

PERSON = {'on_delete': django.db.models.deletion.PROTECT, 'related_name': '+', 'to': settings.AUTH_USER_MODEL}


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0045_push_token'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PhoneMark',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('service_id', models.UUIDField(db_index=True)),
                ('number', models.TextField()),
                ('heard', models.CharField(choices=[('no_answer', 'no_answer'), ('out', 'out')], max_length=10)),
                ('on', models.DateField()),
                ('marked_at', models.DateTimeField()),
                ('marked_by', models.ForeignKey(**PERSON)),
                ('cleared_at', models.DateTimeField(null=True)),
                ('cleared_by', models.ForeignKey(null=True, **PERSON)),
            ],
            options={
                'db_table': 'phone_mark',
                'ordering': ('marked_at', 'id'),
                'constraints': [
                    models.UniqueConstraint(
                        condition=models.Q(('cleared_at', None)),
                        fields=('service_id', 'number', 'on', 'marked_by'),
                        name='phone_marked_once_a_day',
                    )
                ],
            },
        ),
        sql_beside(__file__, "0046_phone_marks"),
    ]
