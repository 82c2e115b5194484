"""The table of who sees which field, read as a reader of it would: is it whole, and in the right order?"""

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import models

from directory import checks
from directory.models.record import HsdsRecord
from safety import tiers
from safety.tiers import TABLE, Disclosure, may_see
from safety.viewer import VISITOR, Tier, Viewer

pytestmark = pytest.mark.promise(2)
ADDRESS = [name for name in TABLE if name.startswith("address.")]
WHERE_IT_IS = [
    *ADDRESS,
    *("location.latitude", "location.longitude", "location.description", "location.alternate_name"),
    *("location.transportation", "location.external_identifier", "location.url"),
    *("location.name", "location.community", "service_at_location.description", "accessibility.description"),
    *("service_area.description", "service_area.extent", "service_area.uri"),
]


def test_each_tier_stands_above_the_one_before() -> None:
    assert Tier.PUBLIC < Tier.VETTED < Tier.PARTY < Tier.CUSTODIAN
    assert len(Tier) == 4


def test_a_viewer_of_whom_nothing_is_known_stands_at_the_public_tier() -> None:
    assert Viewer(None, None, Tier.PUBLIC) == VISITOR


def test_a_viewer_cannot_be_raised_afterwards() -> None:
    with pytest.raises(AttributeError):
        VISITOR.tier = Tier.CUSTODIAN  # type: ignore[misc]


@pytest.mark.parametrize("field", WHERE_IT_IS)
def test_nobody_in_public_nor_among_the_vetted_sees_where_a_protected_place_is(field: str) -> None:
    assert not may_see(field, Tier.PUBLIC, is_protected=True)
    assert not may_see(field, Tier.VETTED, is_protected=True)


@pytest.mark.parametrize(
    "field",
    [
        *("location.latitude", "location.longitude", "location.external_identifier", "location.name"),
        *("location.community", "location.transportation", "accessibility.details", "service_area.extent"),
    ],
)
def test_what_is_not_kept_of_a_protected_place_nobody_sees_at_all(field: str) -> None:
    assert not any(may_see(field, tier, is_protected=True) for tier in Tier)


@pytest.mark.parametrize("field", ["address.address_1", "location.latitude", "service.name", "phone.number"])
def test_everybody_finds_an_open_place(field: str) -> None:
    assert all(may_see(field, tier, is_protected=False) for tier in Tier)


@pytest.mark.parametrize("field", ["service.name", "phone.number", "location.area"])
def test_everybody_may_reach_a_protected_place(field: str) -> None:
    assert all(may_see(field, tier, is_protected=True) for tier in Tier)


def test_the_street_of_a_protected_place_is_for_the_other_party_of_a_referral() -> None:
    assert may_see("address.address_1", Tier.PARTY, is_protected=True)


@pytest.mark.parametrize("field", ["", "address", "address.planted", "listing.name", "service.NAME"])
def test_a_field_that_nobody_decided_about_is_shown_to_nobody(field: str) -> None:
    for tier in Tier:
        assert not may_see(field, tier, is_protected=False)
        assert not may_see(field, tier, is_protected=True)


@pytest.mark.parametrize("field", sorted(TABLE))
def test_protecting_a_place_never_shows_more(field: str) -> None:
    for tier in Tier:
        if may_see(field, tier, is_protected=True):
            assert may_see(field, tier, is_protected=False)


@pytest.mark.parametrize("field", sorted(TABLE))
def test_a_higher_tier_never_sees_less(field: str) -> None:
    for is_protected in (True, False):
        seen = [may_see(field, tier, is_protected=is_protected) for tier in Tier]
        assert seen == sorted(seen)


def records() -> list[type[models.Model]]:
    found = apps.get_app_config("directory").get_models()
    return [model for model in found if issubclass(model, HsdsRecord)]


def test_every_field_of_every_record_has_its_line() -> None:
    assert {"organization", "service", "location", "address", "phone"} <= {
        m._meta.db_table for m in records()
    }
    assert checks.untiered_fields(records()) == []


def test_a_planted_field_without_a_line_is_found_and_stops_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(TABLE, "address.address_1")
    assert checks.untiered_fields(records()) == ["address.address_1"]
    assert [e.id for e in run_checks() if "address.address_1" in str(e.msg)] == ["directory.E001"]
    assert not may_see("address.address_1", Tier.CUSTODIAN, is_protected=False)


def test_the_table_has_no_line_for_a_field_that_does_not_exist() -> None:
    real = {f"{m._meta.db_table}.{f.name}" for m in apps.get_models() for f in m._meta.concrete_fields}
    assert [name for name in TABLE if name not in real] == []


def test_a_disclosure_says_both_open_and_protected() -> None:
    assert Disclosure._fields == ("open", "protected")
    assert Disclosure(Tier.PUBLIC, Tier.PARTY) == tiers.STREET


FREE_TEXT_OF_A_PLACE = [
    "service.source_url",
    "schedule.notes",
    "schedule.schedule_link",
    "language.note",
    "attribute.value",
    "attribute.label",
]


@pytest.mark.parametrize("field", FREE_TEXT_OF_A_PLACE)
def test_what_may_lead_to_a_protected_door_is_not_public_and_that_of_an_open_one_is(field: str) -> None:
    assert may_see(field, Tier.PUBLIC, is_protected=False)
    assert not may_see(field, Tier.PUBLIC, is_protected=True)
    assert may_see(field, Tier.VETTED, is_protected=True)


NEVER_PUBLIC = [
    "service.assurer_email",
    "service.source_key",
    "contact.name",
    "contact.email",
    "phone.contact",
    "metadata.previous_value",
    "service_capacity.available",
    "organization.tax_id",
]


@pytest.mark.parametrize("field", NEVER_PUBLIC)
@pytest.mark.promise(2)
def test_what_concerns_people_and_work_behind_the_door_is_never_public(field: str) -> None:
    assert not may_see(field, Tier.PUBLIC, is_protected=False)
    assert not may_see(field, Tier.PUBLIC, is_protected=True)
