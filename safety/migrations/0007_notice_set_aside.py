"""A letter that nobody can deliver, and that somebody has seen to."""

from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('safety', '0006_audit_read'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='set_aside_at',
            field=models.DateTimeField(null=True),
        ),
        sql_beside(__file__, "0007_notice_set_aside"),
    ]
