"""Listings with a canary in every text of every record: open, protected, for vetted or named ones, and kept back."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import models

from directory.actions.keep_address import Street, keep_protected_address
from directory.actions.load_vocabulary import term_id
from directory.actions.project_listings import project_services
from directory.models.accessibility import Accessibility
from directory.models.address import Address
from directory.models.contact import Contact
from directory.models.cost_option import CostOption
from directory.models.funding import Funding
from directory.models.language import Language
from directory.models.location import Location, PlacedBy
from directory.models.metadata import Metadata, MetaTableDescription
from directory.models.organization import Organization
from directory.models.organization_identifier import OrganizationIdentifier
from directory.models.phone import Phone
from directory.models.program import Program
from directory.models.publisher import Publisher
from directory.models.record import BESIDE_HSDS, HsdsRecord
from directory.models.required_document import RequiredDocument
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_area import ServiceArea
from directory.models.service_at_location import ServiceAtLocation
from directory.models.service_capacity import ServiceCapacity, Unit
from directory.models.taxonomy import Attribute, Taxonomy, TaxonomyTerm
from directory.models.url import Url
from safety.tiers import TABLE
from safety.viewer import Tier, Viewer
from tests.canaries.rights import needed
from tests.canaries.words import Aviary
from tests.directory.conftest import community

TOWN = "Kingston, ON"
ADDRESSES = {"url", "uri", "website", "logo", "source_url", "schedule_link", "term_uri"}
MAILBOXES = {"email", "assurer_email"}
AS_IS: dict[str, str] = {
    **dict.fromkeys(("address.country", "address.address_type", "location.location_type"), ""),
    **dict.fromkeys(
        (
            f"schedule.{n}"
            for n in ["freq", "wkst", "interval", "count", "timezone", "until", "byday", "zone"]
        ),
        "",
    ),
    **dict.fromkeys((f"schedule.{n}" for n in ["byweekno", "bymonthday", "byyearday", "attending_type"]), ""),
    **dict.fromkeys(
        (f"schedule.{n}" for n in ["valid_from", "valid_to", "dtstart", "opens_at", "closes_at"]), ""
    ),
    **dict.fromkeys(("cost_option.valid_from", "cost_option.valid_to", "phone.extension"), ""),
    **dict.fromkeys(("service_area.extent", "service_area.extent_type", "service.province"), ""),
    "address.state_province": "ON",
    "phone.type": "voice",
    "language.code": "fra",
    "cost_option.currency": "CAD",
    "metadata.last_action_date": "2026-01-01",
    "attribute.link_type": "service",
    "attribute.link_entity": "service",
    "taxonomy_term.taxonomy": "canaries",
    "taxonomy_term.language": "en",
}
"""Texts that are codes, days or outlines: what stands there instead; nothing: what the model begins with."""


@dataclass
class House:
    """An organization with one service at one place. `tier`: who may find it at all; `publish_to`: what was agreed."""

    key: str
    publish_to: list[str]
    is_protected: bool = False
    tier: Tier = Tier.PUBLIC
    organization: Organization = field(init=False)
    service: Service = field(init=False)
    site: ServiceAtLocation = field(init=False)
    records: dict[str, HsdsRecord] = field(default_factory=dict)


def houses() -> list[House]:
    """One of each kind. What is for vetted organizations says yes to open data too: the stricter is meant.

    `named`: for named organizations, and none is named.
    """
    return [
        House("open", ["site", "open_data"]),
        House("protected", ["site", "open_data"], is_protected=True),
        House("vetted", ["vetted", "open_data"], tier=Tier.VETTED),
        House("back", [], tier=Tier.CUSTODIAN),
        House("named", ["named"], tier=Tier.CUSTODIAN),
    ]


class Planter:
    """Plants one house after another."""

    def __init__(self, aviary: Aviary) -> None:
        self.aviary = aviary
        facts = {"name": "Feed", "may_redistribute": True}
        self.publisher, _ = Publisher.objects.get_or_create(slug="canaries", defaults=facts)

    def house(self, house: House) -> House:
        """An organization, a service and a place, with all that can hang on them."""
        agreed = {"publish_to": house.publish_to}
        # A place that is not known yet is protected or not by what the house is: its organization comes first.
        house.organization = self._record(house, Organization, **agreed)
        program = self._record(house, Program, organization=house.organization)
        links = {"organization": house.organization, "program": program}
        house.service = self._record(house, Service, **links, **agreed)
        location = self._location(house)
        both = {"service": house.service, "location": location}
        house.site = self._record(house, ServiceAtLocation, **both)
        self._people(house, location)
        self._facts(house, location)
        self._words(house)
        if house.is_protected:
            self._sealed_street(house, location)
        project_services([house.service.pk])
        return house

    def _record(
        self, house: House, model: type[HsdsRecord], at_least: Tier = Tier.PUBLIC, **links: Any
    ) -> Any:
        """A record whose every text is a canary, under the tier that the table gives to it."""
        made = model(publisher=self.publisher, **links)
        whose = house.organization.pk if model is not Organization else made.pk
        for one in model._meta.concrete_fields:
            what = f"{model._meta.db_table}.{one.name}"
            is_text = isinstance(one, models.TextField | models.CharField) and not one.choices
            if one.name in BESIDE_HSDS or not is_text or one.name in links:
                continue
            if what in AS_IS:
                setattr(made, one.name, AS_IS[what] or getattr(made, one.name))
                continue
            by = needed(what, is_protected=house.is_protected, at_least=at_least)
            if by is not None:
                facts = {"whose": whose, "needed": max(by, house.tier), "alone": by}
                setattr(made, one.name, self._value(what, one.name, **facts))
        made.save(force_insert=True)
        house.records.setdefault(model._meta.db_table, made)
        return made

    def _value(self, what: str, name: str, **facts: Any) -> str:
        if what == "phone.number":
            return self.aviary.phone(what, **facts)
        word = self.aviary.word(what, **facts)
        if name in ADDRESSES:
            return f"https://{word}.example/"
        return f"{word}@canary.example" if name in MAILBOXES else word

    def _location(self, house: House) -> Location:
        town = community(*TOWN.split(", "))
        if house.is_protected:
            where: dict[str, Any] = {
                "placed_by": PlacedBy.AREA,
                "area_id": town.area_id,
                "is_protected": True,
            }
        else:
            facts = {"whose": house.organization.pk, "needed": house.tier, "alone": Tier.PUBLIC}
            point = {
                name: getattr(self.aviary, name)(f"location.{name}", **facts)
                for name in ("latitude", "longitude")
            }
            where = {"placed_by": PlacedBy.COORDINATES, "community": town, **point}
        return self._record(house, Location, organization=house.organization, **where)

    def _people(self, house: House, location: Location) -> None:
        """Somebody to turn to on each of the four things that may have one, with a line of their own."""
        owners = {
            "organization": house.organization,
            "service": house.service,
            "service_at_location": house.site,
            "location": location,
        }
        for name, owner in owners.items():
            contact = self._record(house, Contact, **{name: owner})
            # The line of a person is theirs: it hangs on a contact (phone.contact of the table).
            self._record(house, Phone, TABLE["phone.contact"].open or Tier.CUSTODIAN, contact=contact)
            self._record(house, Phone, **{name: owner})

    def _facts(self, house: House, location: Location) -> None:
        service = {"service": house.service}
        unit = self._record(house, Unit)
        self._record(house, Schedule, **service, byday="MO", opens_at="09:00", closes_at="17:00")
        self._record(house, Language, **service)
        self._record(house, RequiredDocument, **service)
        self._record(house, CostOption, **service, amount=Decimal(5))
        self._record(house, Funding, **service)
        self._record(house, Url, **service)
        self._record(house, Funding, organization=house.organization)
        self._record(house, OrganizationIdentifier, organization=house.organization)
        self._record(house, Metadata, resource_id=house.service.pk, resource_type="service")
        self._record(house, MetaTableDescription)
        by = needed("service_capacity.available", is_protected=house.is_protected) or Tier.CUSTODIAN
        facts = {"whose": house.organization.pk, "needed": max(by, house.tier), "alone": by}
        amount = self.aviary.amount("service_capacity.available", **facts)
        self._record(house, ServiceCapacity, **service, unit=unit, available=Decimal(amount))
        if not house.is_protected:
            self._record(house, ServiceArea, **service)
            self._record(house, Address, location=location)
            self._record(house, Accessibility, location=location)

    def _words(self, house: House) -> None:
        """Its publisher's own term, and our own by which it is found."""
        taxonomy = self._record(house, Taxonomy)
        term = self._record(house, TaxonomyTerm, taxonomy_detail=taxonomy)
        tie: dict[str, Any] = {"link_id": house.service.pk, "link_entity": "service"}
        self._record(house, Attribute, taxonomy_term=term, **tie)
        for number, need in enumerate(("emergency_shelter", "legal_advice"), 1):
            mine = {"taxonomy_term_id": term_id(need), "position": number}
            Attribute.objects.create(publisher=self.publisher, **mine, **tie)

    def _sealed_street(self, house: House, location: Location) -> None:
        """Where the organization chose to keep one."""
        names = ("address_1", "city", "attention", "address_2", "region", "postal_code")
        by = needed("address.address_1", is_protected=True)
        facts: dict[str, Any] = {"whose": house.organization.pk, "needed": by, "alone": by}
        words = {name: self.aviary.word(f"address.{name}", **facts) for name in names}
        viewer = Viewer(user=uuid4(), organization=house.organization.pk)
        street = Street(state_province="ON", **words)
        keep_protected_address(location_id=location.pk, street=street, viewer=viewer)
