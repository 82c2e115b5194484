"""People who are asked to join an organization."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0024_people_of_organizations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('role', models.CharField(choices=[('keeper', 'keeps the listings true'), ('worker', 'searches and sends referrals'), ('lead', 'looks after members and agreements')], max_length=10)),
                ('language', models.CharField(max_length=2)),
                ('invited_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='directory.organization')),
            ],
            options={
                'db_table': 'invitation',
                'ordering': ('invited_at', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('revoked_at', None)), fields=('organization', 'email'), name='invitation_asks_an_address_once'), models.CheckConstraint(condition=models.Q(('role__in', ['keeper', 'worker', 'lead'])), name='invitation_role_known'), models.CheckConstraint(condition=models.Q(('language__in', ['en', 'fr'])), name='invitation_language_known'), models.CheckConstraint(condition=models.Q(('accepted_at', None), ('revoked_at', None), _connector='OR'), name='invitation_ends_one_way')],
            },
        ),
        sql_beside(__file__, "0025_invitation"),
    ]
