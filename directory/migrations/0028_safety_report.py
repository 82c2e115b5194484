"""Reports that somebody was not safe at an organization."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0027_vetting_hold'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SafetyReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('channel', models.CharField(max_length=10)),
                ('received_at', models.DateTimeField()),
                ('judgement', models.CharField(blank=True, max_length=12)),
                ('sealed_why', models.BinaryField(default=bytes)),
                ('judged_at', models.DateTimeField(null=True)),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.vettingdecision')),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='safety_reports', to='directory.organization')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'safety_report',
                'ordering': ('received_at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['form', 'phone', 'mail', 'in_person'])), name='safety_report_channel_known'), models.CheckConstraint(condition=models.Q(models.Q(('channel', 'form'), ('recorded_by', None)), models.Q(models.Q(('channel', 'form'), _negated=True), ('recorded_by__isnull', False)), _connector='OR'), name='safety_report_written_down_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('judged_at', None), ('judged_by', None), ('judgement', '')), models.Q(('judged_at__gte', models.F('received_at')), ('judged_by__isnull', False), ('judgement__in', ['credible', 'not_credible', 'facts_only'])), _connector='OR'), name='safety_report_judged_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('judgement', 'credible'), _negated=True), ('organization__isnull', False), _connector='OR'), name='safety_report_credible_is_about_somebody')],
            },
        ),
        sql_beside(__file__, "0028_safety_report"),
    ]
