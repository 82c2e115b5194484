"""Block lists: who stands on one finds what everybody finds, and can't tell that there is a list."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.block_organizations import block_organization, unblock_organization
from directory.actions.refused import Refused
from directory.finding.trail import of_all, of_organization
from directory.models.blocked_organization import BlockedOrganization
from directory.models.listing import Listing
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.models.service import Service
from directory.models.vetted_listing import VettedListing
from directory.rules.standing import Kind
from safety.audit import AuditEntry
from safety.notices import Notice
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.closed_cast import Told, house_of, leads, named, shelter, shown, told_at_desk, words
from tests.directory.conftest import MakeService
from tests.directory.test_invitations import prove_again
from tests.directory.vetted_cast import CANARIES
from tests.roles import RoleClient


@pytest.fixture
def house(make_service: MakeService) -> Service:
    """A shelter that vetted organizations find."""
    make_service("Drop-in")
    return shown(shelter(make_service("Marrowgate", needs=["legal_advice", "emergency_shelter"])), "vetted")


@pytest.fixture
def worker(house: Service, navigator: User, steward: User) -> Viewer:
    """Nadia, of another vetted organization."""
    return house_of(navigator, "Alder House", steward)


@pytest.fixture
def lead(house: Service, keeper: User) -> Viewer:
    """Kim, who leads the shelter's organization."""
    assert house.organization is not None
    return leads(keeper, house.organization)


def block(lead: Viewer, whom: Viewer) -> bool:
    return block_organization(blocked=whom.organization, viewer=lead, now=timezone.now())  # type: ignore[arg-type]


def all_told(client: RoleClient, house: Service, keys: list[object]) -> Told:
    return told_at_desk(client, [house.pk], keys)  # type: ignore[arg-type]


@pytest.mark.promise(27)
@pytest.mark.parametrize("kind", [Kind.COMMUNITY, Kind.ENFORCEMENT])
@pytest.mark.parametrize("place", ["vetted", "named"])
def test_what_a_blocked_organization_is_told_is_to_the_byte_what_it_is_told_of_nothing(
    place: str, kind: Kind, house: Service, lead: Viewer, outsider: User, steward: User, sign_in: SignIn
) -> None:
    """Promise 27: every answer at the desk is the same as once the listing is gone: pages, counts, facets, beds."""
    viewer = house_of(outsider, "Stone House", steward, kind)
    if place == "named" or kind is Kind.ENFORCEMENT:
        named(shown(house, place), viewer, by=steward)
    client = sign_in(outsider)
    keys: list[object] = list(VettedListing.objects.values_list("pk", flat=True))
    assert any(word in words(all_told(client, house, keys)) for word in CANARIES)
    block(lead, viewer)
    blocked = all_told(client, house, keys)
    shown(house)
    assert blocked == all_told(client, house, keys)
    assert not any(word in words(blocked) for word in CANARIES)


@pytest.mark.promise(27)
def test_of_a_public_listing_the_blocked_see_what_everybody_sees(
    house: Service, worker: Viewer, lead: Viewer, navigator: User, steward: User, sign_in: SignIn
) -> None:
    """Promise 27: no beds, no direct lines; as of a listing that never had any."""
    from directory.actions.project_listings import project_services
    from directory.models.bed_report import BedReport
    from directory.models.contact import Contact

    shown(house, "site")
    client = sign_in(navigator)
    keys: list[object] = list(Listing.objects.order_by("pk").values_list("pk", flat=True))

    def told() -> Told:
        found = all_told(client, house, keys)
        return {name: answer for name, answer in found.items() if not name.startswith(("answer", "number"))}

    block(lead, worker)
    blocked = told()
    BedReport.objects.all().delete()
    Contact.objects.all().delete()
    project_services([house.pk])
    assert blocked == told()
    assert "Marrowgate" in words(blocked)
    assert not any(word in words(blocked) for word in CANARIES[:3])


@pytest.mark.promise(27)
def test_others_find_as_before_and_off_the_list_all_is_back(
    house: Service,
    worker: Viewer,
    lead: Viewer,
    navigator: User,
    outsider: User,
    steward: User,
    sign_in: SignIn,
) -> None:
    """Promise 27: a block changes nothing for anybody else."""
    house_of(outsider, "Stone House", steward)
    keys: list[object] = list(VettedListing.objects.values_list("pk", flat=True))
    before = words(all_told(sign_in(outsider), house, keys))
    block(lead, worker)
    assert words(all_told(sign_in(outsider), house, keys)).count("Marrowgate") == before.count("Marrowgate")
    unblock_organization(blocked=worker.organization, viewer=lead)  # type: ignore[arg-type]
    assert "Marrowgate" in words(all_told(sign_in(navigator), house, keys))


def test_only_who_leads_it_keeps_the_list(
    house: Service, worker: Viewer, lead: Viewer, keeper: User, steward: User
) -> None:
    for viewer in (
        Viewer(user=steward.pk),
        Viewer(user=steward.pk, organization=lead.organization),
        Viewer(),
    ):
        with pytest.raises((PermissionDenied, Refused)):
            block(viewer, worker)
    assert house.organization is not None
    leads(keeper, house.organization, Role.KEEPER)
    with pytest.raises(PermissionDenied):
        block(lead, worker)
    leads(keeper, house.organization)
    with pytest.raises(Refused):
        block(lead, lead)
    assert block(lead, worker)
    assert not block(lead, worker)
    with pytest.raises(DatabaseError), transaction.atomic():
        BlockedOrganization.objects.update(blocked_at=timezone.now())
    assert unblock_organization(blocked=worker.organization, viewer=lead)  # type: ignore[arg-type]
    assert not unblock_organization(blocked=worker.organization, viewer=lead)  # type: ignore[arg-type]


def test_nobody_is_told_but_the_trail_of_whoever_blocked(
    house: Service,
    worker: Viewer,
    lead: Viewer,
    keeper: User,
    navigator: User,
    steward: User,
    sign_in: SignIn,
) -> None:
    """It leaves a row; the lead reads it with the name, the blocked and stewards don't, and no letter goes out."""
    block(lead, worker)
    (entry,) = AuditEntry.objects.filter(action="block_organization")
    assert (entry.organization, entry.subject_id) == (lead.organization, lead.organization)
    assert json.loads(entry.details) == {"organization": str(worker.organization)}
    assert entry.pk in {one.pk for one in of_organization(lead.organization).entries}  # type: ignore[arg-type]
    assert entry.pk not in {one.pk for one in of_organization(worker.organization).entries}  # type: ignore[arg-type]
    assert entry.pk not in {one.pk for one in of_all().entries}
    assert entry.pk not in {one.pk for one in of_all(subject=worker.organization).entries}
    assert not Notice.objects.exists()
    desk = sign_in(keeper)
    prove_again(desk)
    assert "An organization was put on your block list" in desk.get(reverse("trail")).text
    assert "Alder House" in desk.get(reverse("trail")).text
    review = sign_in(steward)
    prove_again(review)
    for address in (reverse("review_trail"), f"{reverse('review_trail')}?subject={worker.organization}"):
        assert "block list" not in review.get(address).text


def test_the_page_puts_on_and_takes_off_after_fresh_proof(
    house: Service, worker: Viewer, lead: Viewer, keeper: User, steward: User, sign_in: SignIn
) -> None:
    desk, address = sign_in(keeper), reverse("block_list")
    assert address in desk.get("/en/desk/").text
    prove_again(desk)
    looked = desk.post(address, {"look": "ALDER"})
    assert f'value="{worker.organization}"' in looked.text
    assert "Put “Alder House” on the list" in looked.text
    desk.post(address, {"block": str(worker.organization)})
    assert "Alder House" in desk.get(address).text
    desk.post(address, {"unblock": str(worker.organization)})
    assert not BlockedOrganization.objects.exists()
    for sent in ({}, {"block": "x"}, {"block": str(house.pk)}, {"unblock": "\x00"}):
        assert desk.post(address, sent).status_code == 302
    assert desk.post(address, {"look": "a"}).status_code == 400
    review = sign_in(steward)
    prove_again(review)
    assert review.get(address).status_code == 403


def test_a_password_of_long_ago_is_asked_for_again(
    house: Service, worker: Viewer, lead: Viewer, keeper: User, sign_in: SignIn
) -> None:
    from tests.directory.test_invitations import grow_old

    desk = sign_in(keeper)
    grow_old(desk)
    assert "reauthenticate" in desk.get(reverse("block_list"))["Location"]
    desk.post(reverse("block_list"), {"block": str(worker.organization)})
    assert not BlockedOrganization.objects.exists()


def test_an_organization_keeps_its_list_while_it_is_shut_out(
    house: Service, worker: Viewer, lead: Viewer, steward: User
) -> None:
    """Its listings may still be shown: whom it shut out of them stays so, and may be added to."""
    assert block(lead, worker)
    assert Organization.objects.filter(pk=worker.organization).exists()
