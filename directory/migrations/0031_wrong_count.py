"""What visitors say is wrong, as sums of a day for each listing."""

from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0030_truth_asked'),
    ]

    operations = [
        migrations.CreateModel(
            name='WrongCount',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('listing_id', models.UUIDField()),
                ('on', models.DateField()),
                ('what', models.CharField(max_length=10)),
                ('times', models.PositiveIntegerField(default=0)),
            ],
            options={
                'db_table': 'wrong_count',
                'ordering': ('on', 'listing_id', 'what'),
                'constraints': [models.UniqueConstraint(fields=('listing_id', 'on', 'what'), name='wrong_counted_once_a_day')],
            },
        ),
        sql_beside(__file__, "0031_wrong_count"),
    ]
