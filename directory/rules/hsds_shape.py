"""The shape of HSDS 3.1 as one table: entities, their fields, and how records nest in JSON (3.0 is a part of it).

Field, file and key names are the standard's own. Where the JSON schemas and the tabular package disagree about
what is required, the JSON schemas count; what Relais itself cannot do without is `ESSENTIAL`.
"""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a value is. NUMBER has a numeric column; NUMBER_TEXT is a number whose column keeps it as written."""

    ID = "id"
    REF = "ref"
    TEXT = "text"
    URI = "uri"
    NUMBER = "number"
    NUMBER_TEXT = "number_text"
    DATE = "date"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Field:
    """One plain field: `target` is the entity that a REF names ("" where it may name any)."""

    name: str
    kind: Kind
    target: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    essential: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A JSON key that holds a list of `entity`, whose REF field `by` names the record that holds them."""

    key: str
    entity: str
    by: str


@dataclass(frozen=True, slots=True)
class One:
    """A JSON key that holds the one `entity` that the record's own REF field `by` names."""

    key: str
    entity: str
    by: str


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity: its name (also its table and its schema's file name), its CSV file, its fields and its nesting."""

    name: str
    file: str
    fields: tuple[Field, ...]
    many: tuple[Many, ...] = ()
    one: tuple[One, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field of that name, or nothing."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def refs(self) -> tuple[Field, ...]:
        """The fields that name another record."""
        return tuple(field for field in self.fields if field.kind is Kind.REF)


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


PLACE_TYPES = ("physical", "postal", "virtual")
CHOICES = {
    "service.status": ("active", "inactive", "defunct", "temporarily closed"),
    "location.location_type": PLACE_TYPES,
    "address.address_type": PLACE_TYPES,
    "schedule.wkst": ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    "schedule.freq": ("WEEKLY", "MONTHLY"),
}
REQUIRED = _names(
    "organization.name organization.description service.name service.status location.location_type"
    " address.address_1 address.city address.state_province address.postal_code address.country"
    " address.address_type phone.number program.name program.description taxonomy.name taxonomy.description"
    " taxonomy_term.name taxonomy_term.description organization_identifier.identifier_type"
    " organization_identifier.identifier url.url unit.name service_capacity.available service_capacity.updated"
    " metadata.last_action_date metadata.last_action_type metadata.field_name metadata.previous_value"
    " metadata.replacement_value metadata.updated_by"
)
# Without these a record says nothing: a row that lacks one is refused. What else is missing is kept and flagged.
ESSENTIAL = _names(
    "organization.name service.name service.status location.location_type phone.number program.name"
    " taxonomy.name taxonomy_term.name url.url unit.name organization_identifier.identifier"
    " address.address_1"
)
_TARGETS = {
    "parent_organization_id": "organization",
    "parent_id": "taxonomy_term",
    "link_id": "",
    "resource_id": "",
}
_KINDS = {
    "#": Kind.NUMBER,
    "~": Kind.NUMBER_TEXT,
    "@": Kind.URI,
    "%": Kind.DATE,
    "!": Kind.MOMENT,
}


def _field(entity: str, word: str) -> Field:
    """`word` is a name, with a mark in front that tells its kind."""
    name = word.lstrip("".join(_KINDS))
    full = f"{entity}.{name}"
    if name == "id":
        return Field(name, Kind.ID, required=True)
    if name in _TARGETS or (name.endswith("_id") and name != "tax_id"):
        return Field(name, Kind.REF, target=_TARGETS.get(name, name.removesuffix("_id")))
    kind = _KINDS.get(word[0], Kind.TEXT)
    return Field(name, kind, "", CHOICES.get(full, ()), full in REQUIRED, full in ESSENTIAL)


def _many(words: str) -> tuple[Many, ...]:
    """Each word is `key:entity.ref`."""
    parts = (word.replace(":", ".").split(".") for word in words.split())
    return tuple(Many(key, entity, by) for key, entity, by in parts)


def _one(words: str) -> tuple[One, ...]:
    parts = (word.replace(":", ".").split(".") for word in words.split())
    return tuple(One(key, entity, by) for key, entity, by in parts)


TAGGED = " attributes:attribute.link_id metadata:metadata.resource_id"
HISTORY = " metadata:metadata.resource_id"


def _entity(name: str, file: str, fields: str, many: str = TAGGED, one: str = "") -> Entity:
    made = tuple(_field(name, word) for word in f"id {fields}".split())
    return Entity(name, file, made, _many(many), _one(one))


# The order is that of writing: what is named by others comes first.
_ALL = (
    _entity("taxonomy", "taxonomies.csv", "name description @uri version", HISTORY),
    _entity(
        "taxonomy_term",
        "taxonomy_terms.csv",
        "code name description parent_id taxonomy language taxonomy_id @term_uri",
        HISTORY,
        "taxonomy_detail:taxonomy.taxonomy_id",
    ),
    _entity("unit", "units.csv", "name scheme identifier @uri"),
    _entity(
        "organization",
        "organizations.csv",
        "name alternate_name description email @website tax_status tax_id ~year_incorporated legal_status logo"
        " @uri parent_organization_id",
        "additional_websites:url.organization_id funding:funding.organization_id"
        " contacts:contact.organization_id phones:phone.organization_id locations:location.organization_id"
        " programs:program.organization_id services:service.organization_id"
        " organization_identifiers:organization_identifier.organization_id" + TAGGED,
    ),
    _entity("program", "programs.csv", "organization_id name alternate_name description"),
    _entity(
        "service",
        "services.csv",
        "organization_id program_id name alternate_name description @url email status interpretation_services"
        " application_process fees_description wait_time fees accreditations eligibility_description"
        " #minimum_age #maximum_age %assured_date assurer_email licenses alert !last_modified",
        "additional_urls:url.service_id phones:phone.service_id schedules:schedule.service_id"
        " service_areas:service_area.service_id service_at_locations:service_at_location.service_id"
        " languages:language.service_id funding:funding.service_id cost_options:cost_option.service_id"
        " required_documents:required_document.service_id contacts:contact.service_id"
        " capacities:service_capacity.service_id" + TAGGED,
        "organization:organization.organization_id program:program.program_id",
    ),
    _entity(
        "location",
        "locations.csv",
        "location_type @url organization_id name alternate_name description transportation #latitude"
        " #longitude external_identifier external_identifier_type",
        "languages:language.location_id addresses:address.location_id contacts:contact.location_id"
        " accessibility:accessibility.location_id phones:phone.location_id schedules:schedule.location_id"
        + TAGGED,
    ),
    _entity(
        "service_at_location",
        "service_at_location.csv",
        "service_id location_id description",
        "service_areas:service_area.service_at_location_id contacts:contact.service_at_location_id"
        " phones:phone.service_at_location_id schedules:schedule.service_at_location_id" + TAGGED,
        "location:location.location_id service:service.service_id",
    ),
    _entity(
        "contact",
        "contacts.csv",
        "organization_id service_id service_at_location_id location_id name title department email",
        "phones:phone.contact_id" + TAGGED,
    ),
    _entity(
        "phone",
        "phones.csv",
        "location_id service_id organization_id contact_id service_at_location_id number ~extension type"
        " description",
        "languages:language.phone_id" + TAGGED,
    ),
    _entity(
        "address",
        "addresses.csv",
        "location_id attention address_1 address_2 city region state_province postal_code country address_type",
    ),
    _entity(
        "schedule",
        "schedules.csv",
        "service_id location_id service_at_location_id valid_from valid_to dtstart ~timezone until ~count wkst"
        " freq ~interval byday byweekno bymonthday byyearday description opens_at closes_at @schedule_link"
        " attending_type notes",
    ),
    _entity("language", "languages.csv", "service_id location_id phone_id name code note"),
    _entity(
        "service_area",
        "service_areas.csv",
        "service_id service_at_location_id name description extent extent_type uri",
    ),
    _entity("accessibility", "accessibility.csv", "location_id description details @url"),
    _entity("required_document", "required_documents.csv", "service_id document @uri"),
    _entity(
        "cost_option",
        "cost_options.csv",
        "service_id valid_from valid_to option currency #amount amount_description",
    ),
    _entity("funding", "funding.csv", "organization_id service_id source"),
    _entity(
        "organization_identifier",
        "organization_identifiers.csv",
        "organization_id identifier_scheme identifier_type identifier",
    ),
    _entity("url", "url.csv", "label @url organization_id service_id"),
    _entity(
        "service_capacity",
        "service_capacity.csv",
        "service_id unit_id #available #maximum description updated",
        one="unit:unit.unit_id",
    ),
    _entity(
        "attribute",
        "attributes.csv",
        "link_id taxonomy_term_id link_type link_entity value label",
        HISTORY,
        "taxonomy_term:taxonomy_term.taxonomy_term_id",
    ),
    _entity(
        "metadata",
        "metadata.csv",
        "resource_id resource_type last_action_date last_action_type field_name previous_value"
        " replacement_value updated_by",
        "",
    ),
    _entity("meta_table_description", "meta_table_descriptions.csv", "name language character_set"),
)
ENTITIES: dict[str, Entity] = {entity.name: entity for entity in _ALL}
"""Every entity by its name, in the order in which records are written."""

FILES: dict[str, str] = {entity.file: entity.name for entity in _ALL}
"""The entity of each CSV file of the tabular package."""

# Nesting stops where it would lead back: what each root leaves out, as "entity.key".
LEFT_OUT: dict[str, frozenset[str]] = {
    "service": frozenset({"organization.services", "service_at_location.service"}),
    "organization": frozenset({"service.organization", "service_at_location.service"}),
    "service_at_location": frozenset({"organization.services", "service.service_at_locations"}),
    "location": frozenset(),
    "taxonomy": frozenset(),
    "taxonomy_term": frozenset(),
}
"""The roots that HSDS gives as JSON, and the keys that stay empty in each."""

IN_LISTS: dict[str, frozenset[str]] = {
    "service": frozenset({"service.organization", "service.program"}),
    "organization": frozenset(),
    "service_at_location": frozenset(
        {
            "service_at_location.location",
            "service_at_location.service",
            "service.organization",
            "service.program",
        }
    ),
    "taxonomy": frozenset(),
    "taxonomy_term": frozenset({"taxonomy_term.taxonomy_detail"}),
}
"""The only keys that nest in the pages of a list; all others of its records are plain fields."""
