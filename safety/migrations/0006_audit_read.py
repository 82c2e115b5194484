"""The trail is read by moment, and by organization."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("safety", "0005_notice_once")]
    operations = [
        migrations.AddIndex(
            "auditentry", models.Index(fields=["organization", "at"], name="audit_entry_under_a_hat")
        ),
        migrations.AddIndex("auditentry", models.Index(fields=["at", "id"], name="audit_entry_by_moment")),
    ]
