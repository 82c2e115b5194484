"""Who may read an edition, and what of it may change."""

from django.db import migrations

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("cms", "0001_pages"), ("directory", "0002_read_model"), ("safety", "0001_roles")]
    operations = [sql_beside(__file__, "0002_editions")]
