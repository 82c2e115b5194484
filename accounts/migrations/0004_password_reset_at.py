"""When somebody chose a password through a letter: it does not count beside the mailbox for a week."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_factor_renewal")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="password_reset_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
