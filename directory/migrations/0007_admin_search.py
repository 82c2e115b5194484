"""Terms that are offered no longer; indexes with which stewards find one record among 100,000."""

from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_protected_places")]
    operations = [
        migrations.AddField(
            model_name="need", name="is_offered", field=models.BooleanField(default=True)
        ),
        sql_beside(__file__, "0007_admin_search"),
    ]
