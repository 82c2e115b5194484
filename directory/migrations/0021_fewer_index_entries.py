"""Records leave fewer traces in indexes: of a link that is empty none, of what stewards seldom look for none."""

from django.db import migrations

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0020_help_counts")]
    operations = [sql_beside(__file__, "0021_fewer_index_entries")]
