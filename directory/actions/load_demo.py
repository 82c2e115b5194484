"""Loads the demonstration: made-up organizations, each record marked by a publisher that says so."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.demo import refuse_unless_demo_is_allowed
from directory.actions.load_demo_more import add_access, add_more
from directory.actions.load_demo_rows import DEMO, Rows, demo_id
from directory.actions.own_terms import FOCUS, term_id
from directory.actions.project_listings import project_services
from directory.demo.reading import (
    DemoFault,
    DemoOrganization,
    DemoPhone,
    DemoPlace,
    DemoService,
    read_demo,
    weekly_hours,
)
from directory.demo.story_country import tell_story
from directory.demo.story_words import read_words
from directory.finding.languages import known_languages
from directory.models.address import Address
from directory.models.language import Language
from directory.models.location import Location, PlacedBy
from directory.models.need import Need
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.place import Place
from directory.models.publisher import Publisher
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute, TaxonomyTerm
from safety import audit
from safety.viewer import Viewer

SERVICE_FACTS = [
    "name",
    "name_fr",
    "description",
    "description_fr",
    "email",
    "url",
    "status",
    "reach",
    "province",
    "application_process",
    "application_process_fr",
    "fees_description",
    "fees_description_fr",
    "eligibility_description",
    "eligibility_description_fr",
    "minimum_age",
    "maximum_age",
    "alert",
    "alert_fr",
]
ORGANIZATION_FACTS = ["name", "name_fr", "description", "description_fr", "website", "email"]


def _facts(row: DemoOrganization | DemoService, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _add_organization(rows: Rows, row: DemoOrganization) -> None:
    facts = _facts(row, ORGANIZATION_FACTS) | {"governed_by_id": _governor(row)}
    key = rows.add(Organization, "organization", row.key, **facts)
    _add_phones(rows, row.phones, ("organization", row.key), organization_id=key)
    places = {p.key: _add_place(rows, row, p, key) for p in row.place}
    for service in row.service:
        _add_service(rows, row, service, places)


def _governor(row: DemoOrganization) -> uuid.UUID | None:
    return demo_id("organization", row.governed_by) if row.governed_by else None


def _add_place(rows: Rows, row: DemoOrganization, place: DemoPlace, organization: uuid.UUID) -> uuid.UUID:
    community, path = rows.communities[place.community], (row.key, place.key)
    where = _only_its_area(community) if place.is_protected else _where(place, community)
    key = rows.add(Location, "location", *path, organization_id=organization, **where)
    if place.address_1:
        facts = {"city": community.name, "state_province": community.province}
        rows.add(Address, "address", *path, location_id=key, address_1=place.address_1, **facts)
    add_access(rows, place, path, key)
    return key


def _only_its_area(community: Place) -> dict[str, Any]:
    """All that is kept of a protected place."""
    return {"is_protected": True, "area_id": community.area_id, "placed_by": PlacedBy.AREA}


def _where(place: DemoPlace, community: Place) -> dict[str, Any]:
    return {
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "placed_by": PlacedBy.COMMUNITY if place.latitude is None else PlacedBy.COORDINATES,
        "community": community,
    }


def _add_service(
    rows: Rows, row: DemoOrganization, service: DemoService, places: dict[str, uuid.UUID]
) -> None:
    path, days = (row.key, service.key), service.checked_days_ago
    key = rows.add(
        Service,
        "service",
        *path,
        organization_id=demo_id("organization", row.key),
        governed_by_id=_governor(row),
        last_modified=timezone.now(),
        assured_date=None if days is None else rows.today - timedelta(days=days),
        **_facts(service, SERVICE_FACTS),
    )
    for name in service.places:
        ends = {"service_id": key, "location_id": places[name]}
        rows.add(ServiceAtLocation, "service_at_location", *path, name, **ends)
    _add_phones(rows, service.phones, ("service", *path), service_id=key)
    _add_schedules(rows, service, path, key)
    known = known_languages()
    for code in service.languages:
        rows.add(Language, "language", *path, code, service_id=key, code=code, name=known[code].name)
    for slug in service.needs:
        ends = {"link_id": key, "link_entity": "service", "taxonomy_term_id": term_id(slug)}
        rows.add(Attribute, "attribute", *path, slug, **ends)
    add_more(rows, service, path, key)


def _add_phones(rows: Rows, phones: Iterable[DemoPhone], path: tuple[str, ...], **owner: uuid.UUID) -> None:
    for phone in phones:
        rows.add(Phone, "phone", *path, phone.number, phone.type, **asdict(phone), **owner)


def _add_schedules(rows: Rows, service: DemoService, path: tuple[str, ...], key: uuid.UUID) -> None:
    shared = dict(zip(("valid_from", "valid_to"), service.season, strict=False))
    shared |= {"on_holidays": service.on_holidays}
    for written in service.hours:
        facts = asdict(weekly_hours(written)) | shared
        rows.add(Schedule, "schedule", *path, written, service_id=key, **facts)
    if service.hours_note or service.hours_note_fr:
        note = {"description": service.hours_note, "description_fr": service.hours_note_fr}
        rows.add(Schedule, "schedule", *path, "note", service_id=key, **note)


def _services(organizations: Iterable[DemoOrganization]) -> Iterator[DemoService]:
    for organization in organizations:
        yield from organization.service


def _communities(organizations: Iterable[DemoOrganization]) -> dict[str, Place]:
    """Each named community ("Winnipeg, MB"), the largest of its name. Raises DemoFault for an unknown one."""
    wanted = {place.community for organization in organizations for place in organization.place}
    wanted |= {name for service in _services(organizations) for name in service.covers}
    names = [label.rpartition(", ")[0] for label in wanted]
    found = Place.objects.filter(kind="community", name__in=names).order_by("population", "id")
    by_label = {f"{place.name}, {place.province}": place for place in found}
    _refuse_unknown("community", wanted - by_label.keys())
    return by_label


def _refuse_unknown(what: str, names: set[str]) -> None:
    if names:
        raise DemoFault(f"unknown {what}: {', '.join(sorted(names))}. Run manage.py prepare first.")


def _check_words(organizations: list[DemoOrganization]) -> None:
    """Needs and languages must be those of the vocabulary; a group is no need of a service."""
    kinds = set(Need.objects.exclude(parent="").values_list("slug", flat=True))
    _refuse_unknown("need", {n for s in _services(organizations) for n in s.needs} - kinds)
    people = set(TaxonomyTerm.objects.filter(taxonomy=FOCUS).values_list("code", flat=True))
    _refuse_unknown("focus", {f for s in _services(organizations) for f in s.focus} - people)
    spoken = {code for s in _services(organizations) for code in s.languages}
    _refuse_unknown("language", spoken - known_languages().keys())


def _not_yet_there(organizations: list[DemoOrganization]) -> list[DemoOrganization]:
    keys = {demo_id("organization", o.key): o for o in organizations}
    there = set(Organization.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return [o for key, o in keys.items() if key not in there]


def _told(folder: Path, today: date, *, with_story: bool) -> list[DemoOrganization]:
    told = read_demo(folder)
    return [*told, *tell_story(read_words(folder / "words"), told, today=today)] if with_story else told


@transaction.atomic
def load_demo(*, folder: Path, today: date, viewer: Viewer, with_story: bool = False) -> int:
    """Add the organizations of `folder`'s TOML files that aren't there yet; returns how many services came.

    `with_story` adds the made country around them (story_country.py). What is there stays as it is, also where
    somebody edited it. Checked days count back from `today`. Raises DemoFault for a file that can't be used,
    DemoRefused where demonstration data is not allowed.
    """
    refuse_unless_demo_is_allowed()
    organizations = _not_yet_there(_told(folder, today, with_story=with_story))
    if not organizations:
        return 0
    _check_words(organizations)
    # Open data shows the demonstration too, marked, so that whoever writes a program has something to read.
    publisher = {
        "name": "Demonstration",
        "name_fr": "Démonstration",
        "is_demo": True,
        "may_redistribute": True,
    }
    Publisher.objects.get_or_create(slug=DEMO, defaults=publisher)
    rows = Rows(today, _communities(organizations))
    for organization in organizations:
        _add_organization(rows, organization)
    rows.write()
    services = [s.pk for s in rows.made[Service]]
    project_services(services)
    counts = {"organizations": len(organizations), "services": len(services)}
    audit.record(viewer, action="load_demo", subject_type="publisher", details=counts)
    return len(services)
