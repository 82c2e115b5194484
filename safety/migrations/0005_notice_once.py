"""A letter about one occasion is written once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('safety', '0004_notice'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='once',
            field=models.TextField(default=''),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('once', ''), _negated=True), fields=('kind', 'subject_id', 'once'), name='notice_once'),
        ),
    ]
