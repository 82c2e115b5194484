"""Changes of listings: drafts, published, and those that wait for a steward."""

import directory.rules.change_states
import directory.rules.holding
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0028_safety_report'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProposedChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('task', models.CharField(max_length=12)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('hold', models.CharField(blank=True, max_length=6)),
                ('state', models.CharField(max_length=10)),
                ('made_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('called', models.TextField(blank=True)),
                ('spoke_with', models.TextField(blank=True)),
                ('looked_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='directory.organization')),
                ('service', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='directory.service')),
                ('undoes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='directory.proposedchange')),
            ],
            options={
                'db_table': 'proposed_change',
                'ordering': ('-made_at', 'id'),
                'indexes': [models.Index(fields=['service', '-made_at'], name='change_of_a_service'), models.Index(fields=['organization', '-made_at'], name='change_of_an_organization'), models.Index(condition=models.Q(('state', 'held')), fields=['organization', 'service'], name='change_held')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'held', 'published', 'sent_back', 'replaced', 'undone'])), name='change_state_known'), models.CheckConstraint(condition=models.Q(('hold__in', ['', 'review', 'call'])), name='change_hold_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['published', 'undone']), _negated=True), ('hold', directory.rules.holding.Hold['NOTHING']), ('decided_by__isnull', False), _connector='OR'), name='change_held_is_decided'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['published', 'undone']), _negated=True), models.Q(('hold', directory.rules.holding.Hold['CALL']), _negated=True), models.Q(models.Q(('called', ''), _negated=True), models.Q(('spoke_with', ''), _negated=True)), _connector='OR'), name='change_held_for_a_call_is_called'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('made_by')), _negated=True), name='change_takes_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('state', directory.rules.change_states.State['SENT_BACK']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='change_sent_back_says_why')],
            },
        ),
        sql_beside(__file__, "0029_proposed_change"),
    ]
