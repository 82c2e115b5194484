"""The street that an organization keeps of its protected place: sealed, read on record, gone with its key."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from directory.actions.keep_address import (
    Street,
    keep_protected_address,
    read_protected_address,
    remove_protected_address,
)
from directory.actions.project_listings import project_services
from directory.actions.refused import Refused
from directory.models.location import Location
from directory.models.protected_address import ProtectedAddress
from directory.models.service import Service
from safety import owner_keys
from safety.audit import AuditEntry
from safety.crypto import Unreadable
from safety.viewer import Tier, Viewer
from tests.directory.conftest import MakeService
from tests.directory.sweep import found_in_tables

pytestmark = pytest.mark.promise(14)
STREET = Street(address_1="12 Canary Street", city="Kingston", state_province="ON", postal_code="K7L 9Z9")


@pytest.fixture
def house(make_service: MakeService) -> Service:
    return make_service("House", place={"is_protected": True})


def keeper_of(service: Service) -> Viewer:
    return Viewer(user=uuid.uuid4(), organization=service.organization_id)


def place_of(service: Service) -> uuid.UUID:
    return Location.objects.get(services__service=service).pk


def keep(service: Service, street: Street = STREET) -> None:
    keep_protected_address(location_id=place_of(service), street=street, viewer=keeper_of(service))


@pytest.mark.promise(2)
def test_it_is_read_as_it_was_kept_and_stands_in_clear_in_no_table(house: Service) -> None:
    keep(house)
    project_services([house.pk])
    assert read_protected_address(location_id=place_of(house), viewer=keeper_of(house)) == STREET
    assert found_in_tables(["12 Canary", "K7L 9Z9", b"12 Canary".hex()]) == []


def test_a_second_one_takes_the_place_of_the_first(house: Service) -> None:
    keep(house)
    keep(house, Street(address_1="9 Other Street", city="Kingston", state_province="ON"))
    told = read_protected_address(location_id=place_of(house), viewer=keeper_of(house))
    assert told is not None
    assert told.address_1 == "9 Other Street"
    assert ProtectedAddress.objects.count() == 1


@pytest.mark.promise(2)
@pytest.mark.parametrize("tier", [Tier.PUBLIC, Tier.VETTED])
def test_below_the_party_to_a_referral_nobody_reads_it(house: Service, tier: Tier) -> None:
    keep(house)
    stranger = Viewer(user=uuid.uuid4(), organization=uuid.uuid4(), tier=tier)
    with pytest.raises(PermissionDenied):
        read_protected_address(location_id=place_of(house), viewer=stranger)
    party = Viewer(user=uuid.uuid4(), organization=uuid.uuid4(), tier=Tier.PARTY)
    assert read_protected_address(location_id=place_of(house), viewer=party) == STREET
    for act in (remove_protected_address, keep_protected_address):
        more = {"street": STREET} if act is keep_protected_address else {}
        with pytest.raises(PermissionDenied):
            act(location_id=place_of(house), viewer=party, **more)  # type: ignore[operator]


@pytest.mark.promise(16)
def test_each_reading_leaves_one_row_that_tells_nothing_of_it(house: Service) -> None:
    keep(house)
    viewer = keeper_of(house)
    for _ in range(3):
        read_protected_address(location_id=place_of(house), viewer=viewer)
    rows = AuditEntry.objects.filter(action="read_protected_address").order_by("at", "pk")
    assert [(row.actor, row.subject_id, row.facts()) for row in rows] == [
        (viewer.user, place_of(house), {})
    ] * 3


@pytest.mark.promise(15)
def test_with_the_organizations_key_it_is_gone_for_good(house: Service) -> None:
    keep(house)
    owner_keys.shred(house.organization_id, viewer=keeper_of(house))
    with pytest.raises(Unreadable):
        read_protected_address(location_id=place_of(house), viewer=keeper_of(house))
    with pytest.raises(owner_keys.Shredded):
        keep(house)


def test_moved_to_another_place_it_does_not_open(house: Service, make_service: MakeService) -> None:
    keep(house)
    other = make_service("Other house", place={"is_protected": True})
    keep(other)
    sealed = ProtectedAddress.objects.get(location_id=place_of(house)).sealed
    ProtectedAddress.objects.filter(location_id=place_of(other)).update(sealed=sealed)
    with pytest.raises(Unreadable):
        read_protected_address(location_id=place_of(other), viewer=keeper_of(other))


def test_how_long_the_street_is_cannot_be_told_from_outside(
    house: Service, make_service: MakeService
) -> None:
    other = make_service("Other house", place={"is_protected": True})
    keep(house)
    keep(other, Street(address_1="1 A", city="B", state_province="ON"))
    assert len({len(bytes(row.sealed)) for row in ProtectedAddress.objects.all()}) == 1


def test_an_open_place_keeps_none(make_service: MakeService) -> None:
    with pytest.raises(Refused):
        keep(make_service("Clinic"))


def test_it_can_be_taken_away(house: Service) -> None:
    keep(house)
    assert remove_protected_address(location_id=place_of(house), viewer=keeper_of(house))
    assert not ProtectedAddress.objects.exists()
    steward = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
    assert not remove_protected_address(location_id=place_of(house), viewer=steward)
    assert read_protected_address(location_id=place_of(house), viewer=steward) is None
