"""Applications to be let in, the stewards' checklist, and what organizations signed."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0025_invitation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='VettingApplication',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('began_at', models.DateTimeField()),
                ('saved_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('began_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vetting_applications', to='directory.organization')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sponsor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'vetting_application',
                'ordering': ('began_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='VettingCheck',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('point', models.CharField(max_length=16)),
                ('is_done', models.BooleanField()),
                ('sealed', models.BinaryField(default=bytes)),
                ('checked_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='directory.vettingapplication')),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'vetting_check',
                'ordering': ('checked_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='VettingPaper',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('paper', models.CharField(choices=[('mou', 'Memorandum of understanding'), ('conduct', 'Code of conduct'), ('tells', 'What it tells police, immigration and child protection'), ('training', 'Privacy training')], max_length=10)),
                ('version', models.CharField(blank=True, max_length=20)),
                ('on', models.DateField()),
                ('until', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vetting_papers', to='directory.organization')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'vetting_paper',
                'ordering': ('recorded_at', 'id'),
            },
        ),
        migrations.AddConstraint(
            model_name='vettingapplication',
            constraint=models.UniqueConstraint(condition=models.Q(('sent_at', None), ('withdrawn_at', None)), fields=('organization',), name='vetting_application_one_draft'),
        ),
        migrations.AddConstraint(
            model_name='vettingapplication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('sent_by', None)), models.Q(('sent_at__gte', models.F('began_at')), ('sent_by__isnull', False)), _connector='OR'), name='vetting_application_sent_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='vettingapplication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__gte', models.F('began_at')), ('withdrawn_by__isnull', False)), _connector='OR'), name='vetting_application_withdrawn_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='vettingapplication',
            constraint=models.CheckConstraint(condition=models.Q(('sponsor', models.F('organization')), _negated=True), name='vetting_application_sponsor_is_another'),
        ),
        migrations.AddConstraint(
            model_name='vettingcheck',
            constraint=models.CheckConstraint(condition=models.Q(('point__in', ['identity', 'services', 'references', 'privacy_lead', 'tells', 'conduct', 'mou', 'training'])), name='vetting_check_point_known'),
        ),
        migrations.AddConstraint(
            model_name='vettingpaper',
            constraint=models.CheckConstraint(condition=models.Q(('paper__in', ['mou', 'conduct', 'tells', 'training'])), name='vetting_paper_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='vettingpaper',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('on'))), name='vetting_paper_ends_after_it_began'),
        ),
        sql_beside(__file__, "0026_vetting_application"),
    ]
