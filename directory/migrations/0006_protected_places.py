"""Walls around protected places: a published area and nothing finer."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_open_data")]
    operations = []
