"""The administration names many records of a kind as English does."""

from django.db import migrations

PLURALS = {
    "accessibility": "accessibility",
    "servicecapacity": "service capacities",
    "taxonomy": "taxonomies",
}


class Migration(migrations.Migration):
    """Names alone; no table changes."""

    dependencies = [("directory", "0052_wrong_answer")]

    operations = [
        migrations.AlterModelOptions(model, {"ordering": ("position", "id"), "verbose_name_plural": plural})
        for model, plural in PLURALS.items()
    ]
