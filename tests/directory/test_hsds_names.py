"""HSDS's own words are the names of our columns (the whole comparison: make conformance)."""

import pytest

from tests.hsds_columns import columns_of

WRITTEN_DOWN = {
    "address": "id location_id attention address_1 address_2 city region state_province postal_code country",
    "service_at_location": "id service_id location_id description",
    "language": "id service_id location_id phone_id name code note",
    "schedule": "valid_from valid_to dtstart until count wkst freq interval byday opens_at closes_at",
}


@pytest.mark.parametrize("entity", sorted(WRITTEN_DOWN))
def test_an_entity_bears_the_standards_names(entity: str) -> None:
    assert set(WRITTEN_DOWN[entity].split()) <= columns_of(entity)
