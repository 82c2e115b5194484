"""What an export at a tier may tell: which records at all, and which of their fields where a place is protected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from directory.hsds.export_tables import Column, Row, model_of
from directory.hsds.export_withheld import Ids, ids_of, withheld_records
from directory.models.hsds_document import HsdsDocument
from directory.models.location import Location
from directory.models.service import Service
from directory.models.service_area import ServiceArea
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.hsds_shape import ENTITIES
from directory.rules.hsds_values import WITHHELD
from safety.tiers import may_see
from safety.viewer import Tier

OF_A_LOCATION = ("address", "accessibility")
CHANGED = ("metadata.previous_value", "metadata.replacement_value")
OPEN_DATA = (
    "organization", "service", "location", "service_at_location", "program", "taxonomy", "taxonomy_term",
)  # fmt: skip
"""Entities of which open data has a document each: at the public tier no other record of them is told."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Asked for every record and field that leaves. `publisher`: only what that source gave ("" for all).

    `protected` and `withheld` name, by entity, the records that a protected place concerns, and those whose
    organization took them off the site.
    """

    tier: Tier
    publisher: str = ""
    protected: Mapping[str, Ids] = field(default_factory=dict)
    withheld: Mapping[str, Ids] = field(default_factory=dict)

    def tells_of(self, entity: str) -> bool:
        """True if any record of that kind is told at this tier."""
        return may_see(f"{entity}.id", self.tier, is_protected=False)

    def records(self, entity: str) -> QuerySet[Any]:
        """The records that may be told, of every publisher, unordered. Raises LookupError for an unknown entity."""
        records = model_of(entity).objects.all()
        if not self.tells_of(entity):
            return records.none()
        if self.tier == Tier.PUBLIC and entity in OPEN_DATA:
            records = records.filter(id__in=HsdsDocument.objects.filter(entity=entity).values("id"))
        return records.exclude(id__in=gone) if (gone := self.withheld.get(entity)) else records

    @property
    def own(self) -> Q:
        """The condition of being one of the publisher's own records."""
        return Q(publisher=self.publisher) if self.publisher else Q()

    def is_protected(self, entity: str, row: Row) -> bool:
        """True if a protected place is behind this record; for metadata: behind the record it tells of."""
        if entity == "metadata":
            return any(row["resource_id"] in ids for ids in self.protected.values())
        return row["id"] in self.protected.get(entity, ())

    def tells(self, entity: str, column: Column, row: Row) -> bool:
        """True if this field of this record is told."""
        protected = self.is_protected(entity, row)
        if not may_see(column.tiered, self.tier, is_protected=protected):
            return False
        return not (protected and column.tiered in CHANGED) or self._tells_change(row)

    def written(self, row: Row) -> Mapping[str, Any]:
        """What a publisher wrote where the column says it differently, or nothing.

        Below the custodian the column counts where a claim or a silence would be taken for a fact: a feed's day of
        assurance is no person's, and the moment of a change is Relais's own where the feed told none.
        """
        told: Mapping[str, Any] = row["written"]
        if self.tier == Tier.CUSTODIAN or not told:
            return told
        return {name: text for name, text in told.items() if text and name not in WITHHELD}

    def _tells_change(self, row: Row) -> bool:
        """What a field of a protected record was before is told only where the field itself may be."""
        holders = [entity for entity, ids in self.protected.items() if row["resource_id"] in ids]
        return all(
            may_see(f"{entity}.{row['field_name']}", self.tier, is_protected=True) for entity in holders
        )


def disclosure(tier: Tier, publisher: str = "") -> Disclosure:
    """What may be told at `tier`, as things stand now. Reads which records are protected and withheld."""
    withheld = {} if tier == Tier.CUSTODIAN else withheld_records()
    return Disclosure(tier, publisher, _protected(), withheld)


def _protected() -> dict[str, Ids]:
    """A service counts as protected where any of its places is, an organization likewise, and what hangs on them."""
    places = ids_of(Location.objects.filter(is_protected=True))
    if not places:
        return {}
    services = ids_of(ServiceAtLocation.objects.filter(location__in=places), "service_id")
    at = ids_of(ServiceAtLocation.objects.filter(Q(location__in=places) | Q(service__in=services)))
    return {
        "location": places,
        "service": services,
        "service_at_location": at,
        "organization": ids_of(Location.objects.filter(id__in=places), "organization_id")
        | ids_of(Service.objects.filter(id__in=services), "organization_id"),
        "service_area": ids_of(
            ServiceArea.objects.filter(Q(service__in=services) | Q(service_at_location__in=at))
        ),
        **{entity: ids_of(model_of(entity).objects.filter(location__in=places)) for entity in OF_A_LOCATION},
    }


def open_documents(entity: str, publisher: str = "") -> QuerySet[HsdsDocument]:
    """The open data of an entity: of what `publisher` gave, or all."""
    found = HsdsDocument.objects.filter(entity=entity).order_by("id")
    own = model_of(entity).objects.filter(publisher=publisher)
    return found.filter(id__in=own.values("id")) if publisher else found


def entities_told(shown: Disclosure) -> list[str]:
    """The entities of which records are told, in the standard's order of writing."""
    return [entity for entity in ENTITIES if shown.tells_of(entity)]
