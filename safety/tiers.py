"""The one table of who sees which field of a listing: field x tier, for an open place and for a protected one.

Each line: HSDS entity and field, the tier from which it is seen where the place is open, and where it is
protected. NOBODY means that it isn't kept for a protected place at all. A field without a line fails `make check`
(directory/checks.py) and is shown to nobody.
"""

from functools import cache
from typing import NamedTuple

from safety.viewer import Tier

NOBODY = None


class Disclosure(NamedTuple):
    """From which tier a field is seen: `open` for open places, `protected` for protected ones."""

    open: Tier | None
    protected: Tier | None


ALWAYS = Disclosure(Tier.PUBLIC, Tier.PUBLIC)
VETTED = Disclosure(Tier.VETTED, Tier.VETTED)
INTERNAL = Disclosure(Tier.CUSTODIAN, Tier.CUSTODIAN)
STREET = Disclosure(Tier.PUBLIC, Tier.PARTY)
GONE_WHEN_PROTECTED = Disclosure(Tier.PUBLIC, NOBODY)
CLOSER_WHEN_PROTECTED = Disclosure(Tier.PUBLIC, Tier.VETTED)


def _each(entity: str, names: str, disclosure: Disclosure) -> dict[str, Disclosure]:
    return {f"{entity}.{name}": disclosure for name in names.split()}


TABLE: dict[str, Disclosure] = {
    **_each("organization", "id name name_fr alternate_name description description_fr", ALWAYS),
    **_each("organization", "website uri logo", ALWAYS),
    **_each("organization", "email", CLOSER_WHEN_PROTECTED),
    **_each("organization", "tax_status tax_id year_incorporated legal_status", VETTED),
    **_each("organization", "parent_organization governed_by", ALWAYS),
    **_each("organization", "publish_to taken_off_on", INTERNAL),
    **_each(
        "service", "id organization program name name_fr alternate_name description description_fr", ALWAYS
    ),
    **_each("service", "url status interpretation_services wait_time", ALWAYS),
    **_each("service", "application_process application_process_fr", ALWAYS),
    **_each("service", "fees fees_description fees_description_fr", ALWAYS),
    **_each("service", "accreditations licenses alert alert_fr", ALWAYS),
    **_each("service", "eligibility_description eligibility_description_fr", ALWAYS),
    **_each("service", "minimum_age maximum_age assured_date", ALWAYS),
    **_each("service_fact", "dimension term stated low high", ALWAYS),
    **_each("service", "email", CLOSER_WHEN_PROTECTED),
    **_each("service", "assurer_email", INTERNAL),
    **_each("service", "last_modified", VETTED),
    **_each("service", "reach province copied_on governed_by", ALWAYS),
    # Where it was copied from, the street may stand for all to read.
    **_each("service", "source_url", CLOSER_WHEN_PROTECTED),
    **_each("service", "source_key publish_to unlisted_on is_only_help help_judged_on", INTERNAL),
    **_each("location", "id organization location_type area is_protected placed_by", ALWAYS),
    **_each("location", "name alternate_name description url community", GONE_WHEN_PROTECTED),
    **_each("location", "transportation latitude longitude", GONE_WHEN_PROTECTED),
    **_each("location", "external_identifier external_identifier_type", GONE_WHEN_PROTECTED),
    **_each("service_at_location", "id service location", ALWAYS),
    **_each("service_at_location", "description", GONE_WHEN_PROTECTED),
    **_each("address", "id location attention address_1 address_2 city region", STREET),
    **_each("address", "state_province postal_code country address_type", STREET),
    **_each("phone", "id organization service location service_at_location", ALWAYS),
    **_each("phone", "contact", VETTED),
    **_each("phone", "number extension type description description_fr", ALWAYS),
    **_each("schedule", "id service location service_at_location", ALWAYS),
    **_each("schedule", "valid_from valid_to dtstart until count wkst freq", ALWAYS),
    # An area may have two clocks: which of them it is tells in which part of it.
    **_each("schedule", "timezone zone", CLOSER_WHEN_PROTECTED),
    **_each("schedule", "interval byday byweekno bymonthday byyearday description", ALWAYS),
    **_each("schedule", "opens_at closes_at attending_type description_fr", ALWAYS),
    **_each("schedule", "hours_of on_holidays", ALWAYS),
    **_each("schedule", "schedule_link notes", CLOSER_WHEN_PROTECTED),
    **_each("language", "id service location phone name code", ALWAYS),
    **_each("language", "note", CLOSER_WHEN_PROTECTED),
    **_each("taxonomy", "id name description uri version", ALWAYS),
    **_each("taxonomy_term", "id code name name_fr description description_fr parent", ALWAYS),
    **_each("taxonomy_term", "taxonomy taxonomy_detail language term_uri hint hint_fr", ALWAYS),
    **_each("program", "id organization name name_fr alternate_name description description_fr", ALWAYS),
    **_each("organization_identifier", "id organization identifier_scheme", VETTED),
    **_each("organization_identifier", "identifier_type identifier", VETTED),
    **_each("url", "id organization service label url", ALWAYS),
    **_each("funding", "id organization service source", VETTED),
    **_each("unit", "id name scheme identifier uri", ALWAYS),
    **_each("service_capacity", "id service unit available maximum description updated", VETTED),
    **_each("service_area", "id service service_at_location name name_fr", ALWAYS),
    **_each("service_area", "description extent extent_type uri", GONE_WHEN_PROTECTED),
    **_each("contact", "id organization service service_at_location location", VETTED),
    **_each("contact", "name title department email", VETTED),
    **_each("accessibility", "id location description description_fr details url", GONE_WHEN_PROTECTED),
    **_each("required_document", "id service document document_fr uri", ALWAYS),
    **_each("cost_option", "id service valid_from valid_to option currency", ALWAYS),
    **_each("cost_option", "amount amount_description", ALWAYS),
    **_each("metadata", "id resource_id resource_type last_action_date last_action_type", INTERNAL),
    **_each("metadata", "field_name previous_value replacement_value updated_by", INTERNAL),
    **_each("meta_table_description", "id name language character_set", ALWAYS),
    **_each("attribute", "id link_id taxonomy_term link_type link_entity", ALWAYS),
    **_each("attribute", "value label", CLOSER_WHEN_PROTECTED),
}


def may_see(field: str, tier: Tier, *, is_protected: bool) -> bool:
    """True if `tier` sees `field` ("entity.name") of a place that is or isn't protected. Unknown fields: False."""
    disclosure = TABLE.get(field)
    if disclosure is None:
        return False
    needed = disclosure.protected if is_protected else disclosure.open
    return needed is not None and tier >= needed


@cache
def fields_seen(tier: Tier, *, is_protected: bool) -> frozenset[str]:
    """All fields ("entity.name") that `tier` sees of a place that is or isn't protected."""
    return frozenset(name for name in TABLE if may_see(name, tier, is_protected=is_protected))
