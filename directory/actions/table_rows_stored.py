"""Turns the records of a list into unsaved models, each under its lasting id."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from directory.models.address import Address
from directory.models.language import Language
from directory.models.location import Location, PlacedBy
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.record import HsdsRecord
from directory.models.required_document import RequiredDocument
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute
from directory.rules.places import Gazetteer, Place
from directory.rules.table_ids import record_id
from directory.rules.table_places import placement
from directory.rules.table_records import LocationFacts, OrganizationFacts, Record
from directory.rules.table_rows import organization_of

Model = type[HsdsRecord]


@dataclass(slots=True)
class Built:
    """Unsaved models by their class and id; `services_of` says which services each of them describes.

    `places` are the ids that the places of these services have, or would have; `doubts` tell by the row's key what
    was not believed of its place, or not known. `towns` are the community and the city as written of protected
    places: in memory alone.
    """

    publisher: str
    models: dict[Model, dict[uuid.UUID, HsdsRecord]] = field(default_factory=lambda: defaultdict(dict))
    services_of: dict[uuid.UUID, set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))
    places: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    towns: dict[uuid.UUID, tuple[int | None, str]] = field(default_factory=dict, repr=False)

    @property
    def services(self) -> set[uuid.UUID]:
        """Ids of all services."""
        return set(self.models[Service])

    def add(self, model: HsdsRecord, service: uuid.UUID) -> None:
        """Keep a model that describes `service`."""
        self.models[type(model)][model.pk] = model
        self.services_of[model.pk].add(service)


def build(
    publisher: str,
    records: Sequence[tuple[int, Record]],
    terms: Mapping[str, uuid.UUID],
    gazetteer: Gazetteer,
    default: Place | None,
    areas: Mapping[int, str],
) -> Built:
    """Return everything that `records` say, placed by the gazetteer; `areas` has the slug of each place's area."""
    builder = _Builder(Built(publisher), terms, gazetteer, default, areas)
    organizations = organization_of(record for _, record in records)
    for number, record in records:
        builder.add(number, record, organizations[record.organization.key])
    return builder.built


@dataclass(slots=True)
class _Builder:
    built: Built
    terms: Mapping[str, uuid.UUID]
    gazetteer: Gazetteer
    default: Place | None
    areas: Mapping[int, str]

    def _id(self, entity: str, record: Record, *parts: str) -> uuid.UUID:
        return record_id(self.built.publisher, entity, record.key, *parts)

    def add(self, number: int, record: Record, organization: OrganizationFacts) -> None:
        """Build one record and all that hangs on it."""
        service = self._id("service", record)
        owner = self._organization(number, organization, service)
        self.built.add(
            Service(
                id=service,
                publisher_id=self.built.publisher,
                position=number,
                organization_id=owner,
                source_key=record.key,
                **asdict(record.service),
            ),
            service,
        )
        self.built.places[self._id("location", record)] = service
        if record.location is not None:
            self._place(number, record, record.location, owner)
        for model in (*self._phones(record), *self._schedules(record), *self._words(record)):
            self.built.add(model, service)

    def _organization(self, number: int, facts: OrganizationFacts, service: uuid.UUID) -> uuid.UUID:
        values = asdict(facts)
        id_ = record_id(self.built.publisher, "organization", values.pop("key"))
        organization = Organization(id=id_, publisher_id=self.built.publisher, position=number, **values)
        self.built.add(organization, service)
        return id_

    def _place(self, number: int, record: Record, facts: LocationFacts, owner: uuid.UUID) -> None:
        service, id_ = self._id("service", record), self._id("location", record)
        location = Location(
            id=id_,
            publisher_id=self.built.publisher,
            position=number,
            organization_id=owner,
            location_type=facts.location_type,
            description=facts.description,
            is_protected=facts.is_protected,
            **self._where(record, facts),
        )
        site = ServiceAtLocation(
            id=self._id("service_at_location", record),
            publisher_id=self.built.publisher,
            service_id=service,
            location_id=id_,
        )
        self.built.add(location, service)
        self.built.add(site, service)
        if facts.address is not None and not facts.is_protected:
            self.built.add(self._address(record, facts), service)

    def _where(self, record: Record, facts: LocationFacts) -> dict[str, Any]:
        """Where the place stands; of a protected one only the area of its community."""
        placed = placement(facts, self.gazetteer, self.default)
        if placed.doubt:
            self.built.doubts[record.key] = placed.doubt
        if not facts.is_protected:
            return {
                "latitude": placed.latitude,
                "longitude": placed.longitude,
                "placed_by": placed.placed_by,
                "community_id": placed.community,
            }
        self.built.towns[self._id("location", record)] = (placed.community, facts.city)
        area = self.areas.get(placed.community) if placed.community is not None else None
        return {"area_id": area, "placed_by": PlacedBy.AREA if area else PlacedBy.NOTHING}

    def _address(self, record: Record, facts: LocationFacts) -> Address:
        values = asdict(facts)["address"]
        values.pop("note")
        return Address(
            id=self._id("address", record),
            publisher_id=self.built.publisher,
            location_id=self._id("location", record),
            **values,
        )

    def _phones(self, record: Record) -> Iterable[Phone]:
        for position, phone in enumerate(record.phones):
            yield Phone(
                id=self._id("phone", record, phone.number, phone.extension),
                publisher_id=self.built.publisher,
                position=position,
                service_id=self._id("service", record),
                **asdict(phone),
            )

    def _schedules(self, record: Record) -> Iterable[Schedule]:
        for position, schedule in enumerate(record.schedules):
            values = asdict(schedule)
            yield Schedule(
                id=self._id("schedule", record, *values.values()),
                publisher_id=self.built.publisher,
                position=position,
                service_id=self._id("service", record),
                **values,
            )

    def _words(self, record: Record) -> Iterable[HsdsRecord]:
        service = self._id("service", record)
        for position, language in enumerate(record.languages):
            yield Language(
                id=self._id("language", record, language.name),
                publisher_id=self.built.publisher,
                position=position,
                service_id=service,
                **asdict(language),
            )
        for position, paper in enumerate(record.documents):
            yield RequiredDocument(
                id=self._id("required_document", record, paper.document),
                publisher_id=self.built.publisher,
                position=position,
                service_id=service,
                **asdict(paper),
            )
        for position, slug in enumerate(record.needs):
            yield Attribute(
                id=self._id("attribute", record, slug),
                publisher_id=self.built.publisher,
                position=position,
                link_entity="service",
                link_id=service,
                taxonomy_term_id=self.terms[slug],
            )
