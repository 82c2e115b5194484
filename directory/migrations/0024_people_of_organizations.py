"""Who works for which organization here, and which organizations are let in."""

import directory.rules.standing
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0023_concepts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('keeper', 'keeps the listings true'), ('worker', 'searches and sends referrals'), ('lead', 'looks after members and agreements')], max_length=10)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='directory.organization')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'membership',
                'ordering': ('began_at', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user', 'organization'), name='membership_once_at_a_time'), models.CheckConstraint(condition=models.Q(('role__in', ['keeper', 'worker', 'lead'])), name='membership_role_known'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('began_at')), _connector='OR'), name='membership_ends_after_it_began')],
            },
        ),
        migrations.CreateModel(
            name='VettingDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(max_length=12)),
                ('kind', models.CharField(max_length=12)),
                ('until', models.DateField(null=True)),
                ('reason', models.TextField()),
                ('appeal', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField(null=True)),
                ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vetting_decisions', to='directory.organization')),
            ],
            options={
                'db_table': 'vetting_decision',
                'ordering': ('decided_at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['approved', 'conditional', 'declined', 'suspended', 'expired'])), name='vetting_outcome_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['community', 'health', 'legal', 'government', 'enforcement'])), name='vetting_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', [directory.rules.standing.Standing['APPROVED'], directory.rules.standing.Standing['CONDITIONAL']]), _negated=True), ('until__isnull', False), _connector='OR'), name='vetting_lets_in_until_a_day'), models.CheckConstraint(condition=models.Q(('agreed_by', models.F('decided_by')), _negated=True), name='vetting_takes_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_at', None), ('agreed_by', None)), models.Q(('agreed_at__gte', models.F('decided_at')), ('agreed_by__isnull', False)), _connector='OR'), name='vetting_agreed_by_somebody_at_some_time'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='vetting_says_why')],
            },
        ),
        sql_beside(__file__, "0024_people_of_organizations"),
    ]
