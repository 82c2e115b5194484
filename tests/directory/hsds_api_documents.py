"""A small open data read model made by hand: two organizations, three services, an open place and a protected one."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.contrib.gis.geos import Point
from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from directory.models.coverage import Coverage
from directory.models.hsds_document import HsdsDocument, HsdsTotal

SPACE = UUID("7d6f7f0e-3a0c-4b59-9f2f-6f2f6a1b0c11")
START = datetime(2026, 5, 1, 12, tzinfo=UTC)
KINGSTON = (-76.48, 44.23)
WINNIPEG = (-97.14, 49.9)
TAXONOMY = {"name": "Kinds of help", "description": ""}
SCHEDULE = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}
STREET = {"address_1": "1 Canary Street", "city": "Kingston", "state_province": "ON"}
STREET |= {"postal_code": "", "country": "CA", "address_type": "physical"}


def id_of(name: str) -> UUID:
    """The id of the record that the tests call so."""
    return uuid5(SPACE, name)


def _with_id(name: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(id_of(name))} | facts


def put(
    entity: str, name: str, facts: dict[str, Any], words: str = "", day: int = 0, **columns: Any
) -> HsdsDocument:
    """One document, `day` days after START, found by `words`."""
    vector = SearchVector(Value(words or name), config="relais_en")
    vector += SearchVector(Value(words or name), config="relais_fr")
    return HsdsDocument.objects.create(
        entity=entity,
        id=id_of(name),
        document=_with_id(name, facts),
        search=vector,
        modified_at=START + timedelta(days=day),
        **columns,
    )


def tagged(*terms: str) -> list[dict[str, Any]]:
    """Attributes as documents hold them."""
    return [
        _with_id(
            f"tag {term}",
            {
                "taxonomy_term": _with_id(
                    term,
                    {
                        "name": term,
                        "description": "",
                        "taxonomy_detail": _with_id("taxonomy", TAXONOMY),
                    },
                )
            },
        )
        for term in terms
    ]


def count_totals() -> None:
    """What the projector keeps beside the documents."""
    HsdsTotal.objects.all().delete()
    for entity in HsdsDocument.objects.order_by("entity").values_list("entity", flat=True).distinct():
        HsdsTotal.objects.create(entity=entity, total=HsdsDocument.objects.filter(entity=entity).count())


def _service(name: str, words: str, day: int, organization: str, terms: tuple[str, ...], **more: Any) -> None:
    facts = {"name": name, "status": "active", "schedules": [_with_id(f"hours of {name}", SCHEDULE)]}
    facts |= {"minimum_age": 16, "attributes": tagged(*terms)}
    put(
        "service",
        name,
        facts,
        words,
        day,
        organization_id=id_of(organization),
        term_ids=[id_of(term) for term in terms],
        taxonomy_ids=[id_of("taxonomy")],
        **more,
    )


def _at(name: str, service: str, location: str, point: tuple[float, float], term: str, **more: Any) -> None:
    put(
        "service_at_location",
        name,
        more,
        words=service,
        day=2,
        service_id=id_of(service),
        location_id=id_of(location),
        term_ids=[id_of(term)],
        taxonomy_ids=[id_of("taxonomy")],
        point=Point(*point, srid=4326),
    )


def fill() -> None:
    """The whole small model; nothing else is in it."""
    HsdsDocument.objects.all().delete()
    Coverage.objects.all().delete()
    put("taxonomy", "taxonomy", TAXONOMY)
    put("taxonomy_term", "legal", {"name": "legal", "description": ""}, taxonomy_id=id_of("taxonomy"))
    under = {"name": "clinic", "description": "", "parent_id": str(id_of("legal"))}
    put("taxonomy_term", "clinic", under, taxonomy_id=id_of("taxonomy"), parent_id=id_of("legal"))
    house = {"name": "House", "description": "", "parent_organization_id": str(id_of("nobody"))}
    put("organization", "House", house, term_ids=[id_of("legal"), id_of("clinic")])
    put("organization", "Refuge", {"name": "Refuge", "description": ""}, term_ids=[id_of("clinic")])
    outreach = {"name": "Outreach", "description": ""}
    put("program", "Outreach", outreach, organization_id=id_of("House"))
    _service("Advice", "legal advice conseils", 1, "House", ("legal",), program_id=id_of("Outreach"))
    _service("Meals", "warm meals repas", 2, "House", ("clinic",))
    _service("Shelter", "quiet shelter refuge", 3, "Refuge", ("clinic",))
    open_place = {"location_type": "physical", "name": "Hall", "latitude": 44.23, "longitude": -76.48}
    open_place |= {"addresses": [_with_id("street", STREET)]}
    put("location", "Hall", open_place, organization_id=id_of("House"))
    put("location", "Hidden", {"location_type": "physical"}, organization_id=id_of("Refuge"))
    _at("Advice at Hall", "Advice", "Hall", KINGSTON, "legal", description="Second floor")
    _at("Meals at Hall", "Meals", "Hall", KINGSTON, "clinic")
    area = {"service_areas": [_with_id("area", {"name": "Winnipeg"})]}
    _at("Shelter at Hidden", "Shelter", "Hidden", WINNIPEG, "clinic", **area)
    count_totals()


@pytest.fixture
def documents(db: None) -> None:
    """The small model."""
    fill()
