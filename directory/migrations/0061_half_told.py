"""Which texts wait for their other language lies in an index for each, the longest unchanged first."""

from functools import reduce
from operator import or_

from django.db import migrations, models

TRANSLATED = ("name", "description", "eligibility_description", "application_process", "fees_description")


def _half_told(told: str, untold: str) -> models.Q:
    pairs = (models.Q((f"{name}{untold}", "")) & ~models.Q((f"{name}{told}", "")) for name in TRANSLATED)
    return reduce(or_, pairs)


def _index(name: str, told: str, untold: str) -> models.Index:
    first = models.F("last_modified").asc(nulls_first=True)
    return models.Index(first, "id", name=name, condition=_half_told(told, untold))


class Migration(migrations.Migration):

    dependencies = [("directory", "0060_calls_in_order")]

    operations = [
        migrations.AddIndex("service", _index("service_without_french", "", "_fr")),
        migrations.AddIndex("service", _index("service_without_english", "_fr", "")),
    ]
