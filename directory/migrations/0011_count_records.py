"""Tables are counted before much is made of them: a function, since only their owner may."""

from django.db import migrations

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_quick_to_fill")]
    operations = [sql_beside(__file__, "0011_count_records")]
