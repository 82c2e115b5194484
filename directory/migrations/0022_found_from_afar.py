"""What has no point is found by tags of where it reaches, and what it covers."""

from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0021_fewer_index_entries'),
    ]

    operations = [
        migrations.AddField(
            model_name='coverage',
            name='is_afar',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='coverage',
            index=models.Index(models.F('place'), condition=models.Q(('is_afar', True)), name='coverage_afar'),
        ),
        sql_beside(__file__, "0022_found_from_afar"),
    ]
