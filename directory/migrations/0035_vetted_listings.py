"""What only vetted organizations find, in tables that the public role can't read (docs/adr/0046)."""

import directory.models.json_text
import directory.models.listing
import django.contrib.gis.db.models.fields
import django.contrib.postgres.fields
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from safety.migration_sql import sql_beside


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0032_names_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='VettedFacts',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('service_id', models.UUIDField(db_index=True)),
                ('en', directory.models.json_text.JsonTextField()),
                ('fr', directory.models.json_text.JsonTextField()),
            ],
            options={
                'db_table': 'vetted_facts',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='VettedListing',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('service_id', models.UUIDField(db_index=True)),
                ('organization_id', models.UUIDField()),
                ('point', django.contrib.gis.db.models.fields.PointField(geography=True, null=True, spatial_index=False, srid=4326)),
                ('has_exact_point', models.BooleanField(default=False)),
                ('reach', models.CharField(max_length=10)),
                ('province', models.CharField(blank=True, max_length=2)),
                ('zone', models.CharField(max_length=40)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ('stated', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ('week', directory.models.listing.MultirangeField(null=True)),
                ('odd_hours', models.JSONField(null=True)),
                ('on_holidays', models.CharField(default='ask', max_length=10)),
                ('by_appointment', models.BooleanField(default=False)),
                ('fresh_until', models.DateField(null=True)),
                ('search_en', django.contrib.postgres.search.SearchVectorField(null=True)),
                ('search_fr', django.contrib.postgres.search.SearchVectorField(null=True)),
                ('concepts', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), null=True, size=None)),
                ('words', models.TextField(blank=True)),
                ('checked_on', models.DateField(null=True)),
                ('is_demo', models.BooleanField(default=False)),
                ('tie', models.IntegerField()),
            ],
            options={
                'db_table': 'vetted_listing',
                'ordering': ('tie', 'id'),
            },
        ),
        migrations.CreateModel(
            name='VettedListingPage',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('en', directory.models.json_text.JsonTextField()),
                ('fr', directory.models.json_text.JsonTextField()),
            ],
            options={
                'db_table': 'vetted_listing_page',
                'ordering': ('id',),
            },
        ),
        migrations.AlterField(
            model_name='organization',
            name='publish_to',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('site', 'this site'), ('vetted', 'vetted organizations'), ('open_data', 'open data')], max_length=10), blank=True, null=True, size=None),
        ),
        migrations.AlterField(
            model_name='service',
            name='publish_to',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('site', 'this site'), ('vetted', 'vetted organizations'), ('open_data', 'open data')], max_length=10), blank=True, null=True, size=None),
        ),
        migrations.CreateModel(
            name='VettedCoverage',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('listing_id', models.UUIDField(db_index=True)),
                ('kind', models.CharField(choices=[('country', 'all of Canada'), ('province', 'a province or territory'), ('community', 'a community'), ('polygon', 'an outline')], max_length=10)),
                ('province', models.CharField(blank=True, max_length=2)),
                ('is_afar', models.BooleanField(default=False)),
                ('outline', django.contrib.gis.db.models.fields.MultiPolygonField(blank=True, geography=True, null=True, srid=4326)),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.place')),
            ],
            options={
                'db_table': 'vetted_coverage',
                'ordering': ('listing_id', 'id'),
                'indexes': [models.Index(models.F('place'), condition=models.Q(('is_afar', True)), name='vetted_coverage_afar')],
            },
        ),
        sql_beside(__file__, "0035_vetted_listings"),
    ]
