"""Walls around protected places: a published area and nothing finer."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Lower

from directory.rules.areas import areas_of
from directory.rules.places import Place
from safety.migration_sql import sql_beside

TEXTS = (
    "url", "name", "alternate_name", "description", "transportation", "external_identifier",
    "external_identifier_type", "given_id",
)


def _areas_and_members(apps: Any) -> dict[int, str]:
    """Write the areas of the places that are here (none in a fresh database); the slug of each place's."""
    place, area = apps.get_model("directory", "Place"), apps.get_model("directory", "Area")
    found = areas_of(
        Place(p.id, p.name, p.name_fr, p.province, p.latitude, p.longitude, p.population, p.zone, p.kind)
        for p in place.objects.order_by("id")
    )
    names = ("slug", "name", "name_fr", "province", "zone", "people", "latitude", "longitude")
    area.objects.bulk_create(
        [area(**{name: getattr(told, name) for name in names}) for told in found.areas], ignore_conflicts=True
    )
    places = list(place.objects.order_by("id"))
    for row in places:
        row.area_id = found.area_of.get(row.id)
    place.objects.bulk_update(places, ["area"], batch_size=1000)
    return found.area_of


def keep_areas_only(apps: Any, schema_editor: Any) -> None:
    """Protected places that are here already: their community's area instead of the community, and no text."""
    area_of = _areas_and_members(apps)
    location = apps.get_model("directory", "Location")
    for row in location.objects.filter(is_protected=True).order_by("id"):
        row.area_id = area_of.get(row.community_id)
        row.placed_by = "area" if row.area_id else "nothing"
        row.community_id, row.latitude, row.longitude, row.written, row.flags = None, None, None, {}, []
        for name in TEXTS:
            setattr(row, name, "")
        row.save()
    hidden = location.objects.filter(is_protected=True).values("id")
    apps.get_model("directory", "Accessibility").objects.filter(location_id__in=hidden).delete()
    apps.get_model("directory", "Attribute").objects.filter(link_id__in=hidden).delete()
    apps.get_model("directory", "Metadata").objects.filter(resource_id__in=hidden).delete()
    # What waits for the commit would forbid the next change of the table.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def know_no_areas(apps: Any, schema_editor: Any) -> None:
    """Back: the community isn't known any more, so such a place is placed by nothing."""
    hidden = apps.get_model("directory", "Location").objects.filter(is_protected=True)
    hidden.update(area=None, placed_by="nothing")
    apps.get_model("directory", "CommunityDisclosure").objects.all().delete()
    apps.get_model("directory", "Place").objects.update(area=None)
    apps.get_model("directory", "Area").objects.all().delete()
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_open_data")]
    operations = [
        migrations.RemoveConstraint("area", "area_has_people_enough"),
        migrations.RemoveConstraint("location", "location_protected_has_no_geometry"),
        migrations.AlterField(
            "communitydisclosure",
            "place",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="directory.place",
            ),
        ),
        migrations.AddConstraint(
            "area",
            models.CheckConstraint(
                condition=models.Q(
                    ("people__gte", 5000), ("is_by_agreement", True), ("slug", Lower(models.F("province"))),
                    _connector="OR",
                ),
                name="area_has_people_enough",
            ),
        ),
        migrations.RunPython(keep_areas_only, know_no_areas),
        migrations.AddConstraint(
            "communitydisclosure",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place__isnull", False), ("withdrawn_at", None)),
                    models.Q(("place", None), ("withdrawn_at__isnull", False)),
                    _connector="OR",
                ),
                name="community_disclosure_forgets_what_was_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            "communitydisclosure",
            models.CheckConstraint(
                condition=models.Q(("warned_at__lte", models.F("asked_at"))),
                name="community_disclosure_was_warned_of",
            ),
        ),
        migrations.AddConstraint(
            "location",
            models.CheckConstraint(
                condition=models.Q(
                    ("is_protected", False),
                    models.Q(
                        ("alternate_name", ""), ("community", None), ("description", ""),
                        ("external_identifier", ""), ("external_identifier_type", ""), ("flags", []),
                        ("given_id", ""), ("latitude", None), ("longitude", None), ("name", ""),
                        ("placed_by__in", ["area", "nothing"]), ("transportation", ""), ("url", ""),
                        ("written", {}),
                    ),
                    _connector="OR",
                ),
                name="location_protected_has_only_its_area",
            ),
        ),
        migrations.AddConstraint(
            "location",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("area__isnull", False), ("is_protected", True), ("placed_by", "area")),
                    models.Q(models.Q(("placed_by", "area"), _negated=True), ("area", None)),
                    _connector="OR",
                ),
                name="location_has_an_area_if_protected",
            ),
        ),
        sql_beside(__file__, "0006_protected_places"),
    ]
