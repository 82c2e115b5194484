"""Listings that name organizations: who finds them at the desk, by every way, and who finds no trace of them."""

import json
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.name_organizations import name_organization, unname_organization
from directory.actions.refused import Refused
from directory.finding.answer import Answer, answer, known_values
from directory.finding.seers import window_of
from directory.finding.windows import EVERYBODY, SEEN, Window, through
from directory.models.listing import Listing
from directory.models.membership import Role
from directory.models.named_organization import NamedOrganization
from directory.models.organization import Organization
from directory.models.proposed_change import ProposedChange
from directory.models.service import Reach, Service
from directory.models.vetted_listing import VettedListing
from directory.rules.query import read
from directory.rules.standing import Kind
from safety.audit import AuditEntry
from safety.notices import Notice
from safety.viewer import Tier, Viewer
from tests.cast import SignIn
from tests.directory.closed_cast import house_of, leads, named, shelter, shown, shut_out, told_at_desk, words
from tests.directory.conftest import MakeService
from tests.directory.read_model import read_model
from tests.directory.test_invitations import prove_again
from tests.directory.test_profile_pages import fields_of
from tests.directory.vetted_cast import CANARIES
from tests.roles import RoleClient


@pytest.fixture
def house(make_service: MakeService) -> Service:
    """A shelter that only those find whom it names: at a place, with a contact and a bed."""
    make_service("Drop-in")
    return shown(shelter(make_service("Marrowgate", needs=["legal_advice", "emergency_shelter"])), "named")


@pytest.fixture
def worker(house: Service, navigator: User, steward: User) -> Viewer:
    """Nadia, of a vetted organization."""
    return house_of(navigator, "Alder House", steward)


@pytest.fixture
def officer(house: Service, outsider: User, steward: User) -> Viewer:
    """Otto, of a police service that was let in."""
    return house_of(outsider, "Harbour Police", steward, Kind.ENFORCEMENT)


@pytest.fixture
def keeps(house: Service, keeper: User, steward: User) -> Viewer:
    """Kim, who keeps the shelter's listing."""
    assert house.organization is not None
    return leads(keeper, house.organization, Role.KEEPER)


def found(window: Window, **asked: str) -> Answer:
    pairs = [("near", "Kingston, ON"), *asked.items()]
    reading = read(pairs, known_values(), at_desk=window.tier >= Tier.VETTED)
    return answer(reading, "en", datetime.now(UTC), window)


def names(told: Answer) -> list[str]:
    return sorted(result.facts["name"] for result in (*told.results, *told.elsewhere))


def everything(client: RoleClient, house: Service) -> str:
    keys = [
        *VettedListing.objects.values_list("pk", flat=True),
        *Listing.objects.values_list("pk", flat=True),
    ]
    return words(told_at_desk(client, [house.pk], keys))


@pytest.mark.promise(2)
def test_it_is_in_no_public_table(make_service: MakeService) -> None:
    """Promise 2: what names its finders stands in tables that the public role can't read."""
    make_service("Drop-in")
    before = read_model()
    shown(shelter(make_service("Marrowgate", reach=Reach.PROVINCE, province="ON")), "named", "open_data")
    assert read_model() == before
    assert VettedListing.objects.count() == 1


@pytest.mark.promise(2)
def test_only_those_find_it_whom_it_names(
    house: Service, worker: Viewer, steward: User, navigator: User, sign_in: SignIn
) -> None:
    """Promise 2: of a listing for named organizations a vetted worker finds nothing, until it names hers."""
    client = sign_in(navigator)
    assert not any(word in everything(client, house) for word in CANARIES)
    assert found(window_of(worker, datetime.now(UTC))).total == 1
    named(house, worker, by=steward)
    assert all(word in everything(client, house) for word in CANARIES)
    told = found(window_of(worker, datetime.now(UTC)), beds="tonight")
    assert names(told) == ["Marrowgate"]
    assert told.results[0].facts["beds"]["band"] == "few"
    assert told.facets["legal_advice"] == 1


@pytest.mark.promise(21)
def test_a_name_taken_back_is_gone_at_the_next_request(
    house: Service, worker: Viewer, keeps: Viewer, navigator: User, sign_in: SignIn
) -> None:
    """Promise 21: also in a session and at a sealed address that were open before."""
    client = sign_in(navigator)
    name_organization(service=house.pk, organization=worker.organization, viewer=keeps, now=timezone.now())  # type: ignore[arg-type]
    location = client.post("/en/desk/find/", {"near": "Kingston, ON"})["Location"]
    key = VettedListing.objects.get().pk
    assert "Marrowgate" in client.get(location).text
    assert client.get(f"/en/desk/listing/{key}/").status_code == 200
    unname_organization(service=house.pk, organization=worker.organization, viewer=keeps)  # type: ignore[arg-type]
    assert "Marrowgate" not in client.get(location).text
    assert client.get(f"/en/desk/listing/{key}/").status_code == 404


@pytest.mark.promise(21)
def test_whoever_is_shut_out_finds_nothing_though_it_is_named(
    house: Service, worker: Viewer, officer: Viewer, steward: User, navigator: User, sign_in: SignIn
) -> None:
    """Promise 21: a name lets nobody in whom stewards shut out, enforcement neither."""
    named(house, worker, officer, by=steward)
    client = sign_in(navigator)
    for viewer in (worker, officer):
        shut_out(viewer, steward)
    assert not any(word in everything(client, house) for word in CANARIES)
    assert (
        window_of(Viewer(user=officer.user, organization=officer.organization), timezone.now()) == EVERYBODY
    )


def test_its_own_people_find_it(house: Service, keeps: Viewer) -> None:
    assert names(found(window_of(keeps, datetime.now(UTC)))) == ["Drop-in", "Marrowgate"]


@pytest.mark.promise(27)
@pytest.mark.parametrize(
    ("places", "sees_listing"), [((), False), (("vetted",), False), (("named",), False), (("site",), True)]
)
def test_enforcement_sees_what_everybody_sees(
    house: Service, officer: Viewer, outsider: User, sign_in: SignIn, places: tuple[str, ...], sees_listing: bool
) -> None:  # fmt: skip
    """Promise 27: by every way, whatever the listing is for, as long as it names nobody."""
    shown(house, *places)
    text = everything(sign_in(outsider), house)
    assert ("Marrowgate" in text) == sees_listing
    assert not any(word in text for word in CANARIES[:3])
    assert window_of(officer, datetime.now(UTC)) == EVERYBODY


@pytest.mark.promise(27)
@pytest.mark.parametrize("place", ["vetted", "named", "site"])
def test_enforcement_that_a_listing_names_sees_that_one_and_no_other(
    house: Service,
    officer: Viewer,
    outsider: User,
    steward: User,
    sign_in: SignIn,
    make_service: MakeService,
    place: str,
) -> None:  # fmt: skip
    """Promise 27: opting in by name opens the fields of that one listing, and nothing of the next."""
    shown(house, place)
    other = shown(shelter(make_service("Stonebridge")), "vetted")
    everybodys = shelter(make_service("Open door"))
    named(house, officer, by=steward)
    told = found(window_of(officer, datetime.now(UTC)))
    assert names(told) == ["Drop-in", "Marrowgate", "Open door"]
    facts = {result.facts["name"]: result.facts for result in told.results}
    assert facts["Marrowgate"]["beds"]["band"] == "few"
    assert facts["Marrowgate"]["vetted"]["contacts"]
    assert (facts["Open door"]["vetted"], facts["Open door"]["beds"]) == ({}, None)
    client = sign_in(outsider)
    assert "and the listings that name them" in client.get("/en/desk/find/").text
    assert "Stonebridge" not in everything(client, other)
    NamedOrganization.objects.all().delete()
    named(everybodys, officer, by=steward)
    assert "Stonebridge" not in everything(client, other)


@pytest.mark.promise(27)
def test_a_block_counts_for_more_than_a_name(
    house: Service, worker: Viewer, officer: Viewer, steward: User
) -> None:
    """Promise 27: who is on the block list of an organization finds nothing of it, named or not."""
    from directory.models.blocked_organization import BlockedOrganization

    named(house, worker, officer, by=steward)
    for viewer in (worker, officer):
        BlockedOrganization.objects.create(
            organization_id=house.organization_id,
            blocked_id=viewer.organization,
            blocked_by=steward,
            blocked_at=datetime.now(UTC),
        )
        assert names(found(window_of(viewer, datetime.now(UTC)))) == ["Drop-in"]


def test_names_of_whoever_had_the_listing_before_count_no_more(
    house: Service, worker: Viewer, steward: User
) -> None:
    named(house, worker, by=steward)
    new = Organization.objects.create(publisher_id="list", name="Another")
    Service.objects.filter(pk=house.pk).update(organization=new)
    assert names(found(window_of(worker, datetime.now(UTC)))) == ["Drop-in"]


def test_a_statement_that_does_not_say_what_is_seen_can_not_be_read_at_the_desk() -> None:
    with pytest.raises(ValueError, match="which of them are seen"):
        through("SELECT e.id FROM listing e", Window(Tier.VETTED))
    assert through(f"SELECT e.id FROM listing e WHERE true {SEEN}", EVERYBODY).strip().endswith("WHERE true")


def test_a_keeper_names_who_is_vetted_and_a_lead_enforcement(
    house: Service, worker: Viewer, officer: Viewer, keeps: Viewer, keeper: User, steward: User
) -> None:
    def name(viewer: Viewer, whom: Viewer) -> bool:
        return name_organization(
            service=house.pk,
            organization=whom.organization,  # type: ignore[arg-type]
            viewer=viewer,
            now=timezone.now(),
        )

    assert name(keeps, worker)
    assert not name(keeps, worker)
    assert Notice.objects.count() == 1
    with pytest.raises(PermissionDenied):
        name(keeps, officer)
    for nobody in (worker, Viewer(user=steward.pk), Viewer()):
        with pytest.raises((PermissionDenied, Refused)):
            name(nobody, worker)
    assert house.organization is not None
    leads(keeper, house.organization)
    assert name(keeps, officer)
    shut_out(worker, steward)
    NamedOrganization.objects.filter(organization_id=worker.organization).delete()
    for whom in (worker, keeps):
        with pytest.raises(Refused):
            name(keeps, whom)
    entries = AuditEntry.objects.filter(action="name_organization", subject_id=house.pk).order_by("at")
    assert [json.loads(one.details)["organization"] for one in entries] == [
        str(worker.organization),
        str(officer.organization),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        NamedOrganization.objects.update(named_at=datetime.now(UTC))


def test_the_page_names_and_takes_back_and_another_page_asks_for_another_answer(
    house: Service, worker: Viewer, keeps: Viewer, keeper: User, sign_in: SignIn
) -> None:
    desk = sign_in(keeper)
    address = reverse("finders", args=[house.pk])
    prove_again(desk)
    page = desk.get(address).text
    assert "only organizations that it names" in page
    looked = desk.post(address, {"look": "alder"}).text
    assert f'value="{worker.organization}"' in looked
    desk.post(address, {"name": str(worker.organization)})
    assert "Alder House" in desk.get(address).text
    assert NamedOrganization.objects.get().organization_id == worker.organization
    desk.post(address, {"unname": str(worker.organization)})
    assert not NamedOrganization.objects.exists()
    assert reverse("profile_shown", args=[house.pk]) in desk.get(address).text
    who = reverse("profile_shown", args=[house.pk])
    desk.post(who, fields_of(desk.get(who).text) | {"shown": "vetted"})
    assert ProposedChange.objects.get().after == {"service.publish_to": ["vetted"]}
    assert ProposedChange.objects.get().hold
    for sent in ({"name": "x"}, {"answer": "vetted"}, {}, {"unname": "\x00"}):
        assert desk.post(address, sent).status_code == 302
    assert "no such organization" in desk.post(address, {"look": "nobody of this name"}).text


def test_somebody_elses_listing_has_no_such_page(
    house: Service, make_service: MakeService, keeps: Viewer, keeper: User, sign_in: SignIn
) -> None:
    desk = sign_in(keeper)
    prove_again(desk)
    other = make_service("Elsewhere")
    assert desk.get(reverse("finders", args=[other.pk])).status_code == 404
    assert desk.get(reverse("finders", args=[NamedOrganization().pk])).status_code == 404


def test_looking_for_a_name_tells_nothing_of_who_is_hidden(
    house: Service, worker: Viewer, navigator: User, steward: User, sign_in: SignIn, make_service: MakeService
) -> None:
    """An organization of which somebody finds nothing is not found by its name either, as one that isn't there."""
    leads(navigator, Organization.objects.get(pk=worker.organization))
    desk = sign_in(navigator)
    prove_again(desk)
    address = reverse("block_list")
    asked = [desk.post(address, {"look": name}).text for name in ("Marrowgate House", "Nothing like it")]
    assert "Marrowgate House</strong>" not in asked[0]
    assert "no such organization" in asked[0]
    named(house, worker, by=steward)
    assert "Marrowgate House</strong>" in desk.post(address, {"look": "Marrowgate House"}).text
    assert "Drop-in House</strong>" in desk.post(address, {"look": "drop-in h"}).text
