"""What was found at providers' websites."""

from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0046_phone_marks'),
    ]

    operations = [
        migrations.CreateModel(
            name='WebsiteCheck',
            fields=[
                ('url', models.TextField(primary_key=True, serialize=False)),
                ('checked_on', models.DateField()),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('since', models.DateField(null=True)),
                ('failed_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'website_check',
                'ordering': ('url',),
            },
        ),
        sql_beside(__file__, "0047_website_checks"),
    ]
