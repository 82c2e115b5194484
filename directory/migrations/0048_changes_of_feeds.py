"""A change may come from a feed: it waits for a call-back as one that somebody typed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0047_website_checks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='proposedchange',
            name='made_by',
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name='proposedchange',
            name='feed',
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.publisher'
            ),
        ),
        migrations.AddConstraint(
            model_name='proposedchange',
            constraint=models.CheckConstraint(
                condition=models.Q(made_by__isnull=True, feed__isnull=False)
                | models.Q(made_by__isnull=False, feed__isnull=True),
                name='change_is_somebodys',
            ),
        ),
    ]
