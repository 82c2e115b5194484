"""Beds today: who may say it, by which doors, who sees it, and where nothing of it may stand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.refused import Refused
from directory.actions.report_beds import (
    GOOD_FOR,
    make_night_link,
    report_beds,
    report_beds_by_link,
    revoke_night_link,
    token_of,
)
from directory.actions.vet_organization import Proposal, decide_vetting
from directory.models.bed_report import BedReport, NightLink
from directory.models.listing import Listing
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.models.service import Service
from directory.rules.standing import Kind, Standing
from safety.audit import AuditEntry
from safety.throttle import DEFAULT_LIMITS
from safety.viewer import Tier, Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.read_model import read_model
from tests.directory.test_invitations import grow_old, prove_again
from tests.directory.vetted_cast import decided, employed
from tests.roles import RoleClient, role

NOW = timezone.now()


@pytest.fixture
def shelter(make_service: MakeService) -> Service:
    """A shelter with beds, at a protected place."""
    return make_service("Birch shelter", needs=["emergency_shelter"], place={"is_protected": True})


@pytest.fixture
def house(shelter: Service, steward: User) -> Organization:
    """Its organization, let in."""
    decided(shelter.organization, steward)
    return shelter.organization


def acting(user: User, house: Organization, as_: Role = Role.KEEPER, tier: Tier = Tier.VETTED) -> Viewer:
    employed(user, house, as_)
    return Viewer(user=user.pk, organization=house.pk, tier=tier)


def band_of(service: Service) -> str:
    return BedReport.objects.filter(service_id=service.pk).values_list("band", flat=True).first() or ""


def page(answer: HttpResponse) -> str:
    return answer.content.decode()


# Who may


@pytest.mark.parametrize("as_", list(Role))
def test_each_member_may_say_it_and_it_leaves_a_row(
    as_: Role, shelter: Service, house: Organization, keeper: User
) -> None:
    who = acting(keeper, house, as_)
    report_beds(service=shelter.pk, band="few", viewer=who, now=NOW)
    report_beds(service=shelter.pk, band="none", viewer=who, now=NOW)
    assert band_of(shelter) == "none"
    rows = AuditEntry.objects.filter(action="report_beds", subject_id=shelter.pk)
    assert [row.facts()["band"] for row in rows.order_by("at", "id")] == ["few", "none"]
    assert {row.actor for row in rows} == {keeper.pk}


def test_nobody_says_it_of_anothers_service(
    shelter: Service, house: Organization, make_service: MakeService, keeper: User, steward: User
) -> None:
    other = make_service("Cedar shelter", needs=["emergency_shelter"])
    decided(other.organization, steward)
    who = acting(keeper, other.organization)
    for service in (shelter.pk, uuid4()):
        with pytest.raises(Refused, match="not there any more"):
            report_beds(service=service, band="few", viewer=who, now=NOW)
    claimed = Viewer(user=steward.pk, organization=house.pk, tier=Tier.VETTED)
    with pytest.raises(PermissionDenied):  # who is no member, whatever is claimed
        report_beds(service=shelter.pk, band="few", viewer=claimed, now=NOW)
    assert not BedReport.objects.exists()


@pytest.mark.promise(21)
def test_an_organization_that_is_shut_out_says_nothing_and_what_it_said_is_gone(
    shelter: Service, house: Organization, keeper: User, steward: User
) -> None:
    who = acting(keeper, house)
    link = make_night_link(service=shelter.pk, viewer=who, now=NOW)
    report_beds(service=shelter.pk, band="few", viewer=who, now=NOW)
    proposal = Proposal(Standing.SUSPENDED, Kind.COMMUNITY, "A credible report.")
    decide_vetting(organization=house.pk, proposal=proposal, viewer=Viewer(user=steward.pk), now=NOW)
    assert not BedReport.objects.exists()
    with pytest.raises(PermissionDenied):
        report_beds(service=shelter.pk, band="few", viewer=who, now=NOW)
    with pytest.raises(Refused):
        report_beds_by_link(token=token_of(link), band="few", now=NOW)
    assert not BedReport.objects.exists()


def test_only_keepers_and_leads_make_links_and_take_them_back(
    shelter: Service, house: Organization, keeper: User, intake: User
) -> None:
    worker, lead = acting(intake, house, Role.WORKER), acting(keeper, house, Role.LEAD)
    with pytest.raises(PermissionDenied):
        make_night_link(service=shelter.pk, viewer=worker, now=NOW)
    link = make_night_link(service=shelter.pk, viewer=lead, now=NOW)
    with pytest.raises(PermissionDenied):
        revoke_night_link(link=link.pk, viewer=worker, now=NOW)
    revoke_night_link(link=link.pk, viewer=lead, now=NOW)
    with pytest.raises(Refused):
        revoke_night_link(link=link.pk, viewer=lead, now=NOW)
    actions = AuditEntry.objects.filter(subject_id=shelter.pk).order_by("at", "id")
    assert list(actions.values_list("action", flat=True)) == ["make_night_link", "revoke_night_link"]


def test_a_service_has_five_links_at_most(shelter: Service, house: Organization, keeper: User) -> None:
    who = acting(keeper, house)
    for _ in range(5):
        make_night_link(service=shelter.pk, viewer=who, now=NOW)
    with pytest.raises(Refused, match="many links"):
        make_night_link(service=shelter.pk, viewer=who, now=NOW)


# The link


@pytest.fixture
def link(shelter: Service, house: Organization, keeper: User) -> NightLink:
    """A link of the night desk."""
    return make_night_link(service=shelter.pk, viewer=acting(keeper, house), now=NOW)


def night(link: NightLink) -> str:
    return reverse("night_beds", args=[token_of(link)])


def test_a_night_desk_says_it_without_signing_in(link: NightLink, shelter: Service) -> None:
    client = Client()
    shown = client.get(night(link))
    assert "Birch shelter" in page(shown)
    assert band_of(shelter) == ""
    said = client.post(night(link), {"band": "several"})
    assert "3 beds or more" in page(said)
    assert band_of(shelter) == "several"
    assert client.cookies == {}
    assert said["Referrer-Policy"] == "no-referrer"
    assert said["Cache-Control"] == "no-store"
    row = AuditEntry.objects.get(action="report_beds")
    assert (row.actor, row.organization, row.facts()["link"]) == (None, link.organization_id, str(link.pk))


def test_it_tells_nothing_of_what_was_reported(link: NightLink) -> None:
    client = Client()
    before = page(client.get(night(link)))
    for band in ("none", "few", "several"):
        client.post(night(link), {"band": band})
        assert page(Client().get(night(link))) == before


def test_a_stolen_link_changes_that_band_and_nothing_else(
    link: NightLink, shelter: Service, make_service: MakeService
) -> None:
    other = make_service("Cedar shelter", needs=["emergency_shelter"])
    sent = {
        "band": "few",
        "service": str(other.pk),
        "service_id": str(other.pk),
        "name": "Stolen",
        "link": "x",
    }
    before = read_model()
    Client().post(night(link), sent)
    assert list(BedReport.objects.values_list("service_id", "band")) == [(shelter.pk, "few")]
    assert Service.objects.get(pk=shelter.pk).name == "Birch shelter"
    assert read_model() == before
    Client().post(night(link), {"band": "hundred"})
    assert band_of(shelter) == "few"


def _over(link: NightLink) -> None:
    NightLink.objects.filter(pk=link.pk).update(revoked_at=NOW)


def _late(link: NightLink) -> None:
    with role("relais_owner"):
        NightLink.objects.filter(pk=link.pk).update(
            made_at=NOW - GOOD_FOR - timedelta(days=1), expires_at=NOW - timedelta(seconds=1)
        )


def _moved(link: NightLink) -> None:
    service = Service.objects.get(pk=link.service_id)
    other = Organization.objects.create(publisher=service.publisher, name="Another")
    Service.objects.filter(pk=service.pk).update(organization=other)


@pytest.mark.promise(23)
@pytest.mark.parametrize("spoil", [_over, _late, _moved])
def test_a_link_that_is_over_says_nothing(
    spoil: Callable[[NightLink], None], link: NightLink, shelter: Service
) -> None:
    spoil(link)
    for answer in (Client().get(night(link)), Client().post(night(link), {"band": "few"})):
        assert answer.status_code == 410
        assert "Birch" not in page(answer)
    assert band_of(shelter) == ""


@pytest.mark.promise(23)
def test_an_altered_link_opens_nothing_and_all_wrong_ones_answer_alike(link: NightLink) -> None:
    good = token_of(link)
    key, _, signature = good.partition(":")
    wrong = [f"{uuid4().hex}:{signature}", f"{key}:{signature[::-1]}", key, "nothing"]
    told = {page(Client().get(reverse("night_beds", args=[token]))).replace(token, "") for token in wrong}
    assert len(told) == 1
    assert Client().get(reverse("night_beds", args=[good])).status_code == 200


def test_another_site_can_press_no_button(link: NightLink, shelter: Service) -> None:
    answer = Client().post(night(link), {"band": "few"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert band_of(shelter) == ""


def test_pressing_is_limited() -> None:
    assert DEFAULT_LIMITS["/en/beds/"] == DEFAULT_LIMITS["/fr/lits/"] == 12
    assert reverse("night_beds", args=["x"]).startswith("/en/beds/")


def test_who_serves_makes_no_link_another_services(link: NightLink) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        NightLink.objects.filter(pk=link.pk).update(service_id=uuid4())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM night_link")


# The desk


def test_it_is_two_taps_from_the_desk(
    shelter: Service, house: Organization, keeper: User, sign_in: SignIn
) -> None:
    acting(keeper, house)
    client = sign_in(keeper)
    assert 'href="/en/desk/beds/"' in page(client.get("/en/desk/"))
    shown = page(client.get("/en/desk/beds/"))
    assert f'action="/en/desk/beds/{shelter.pk}/"' in shown
    assert "Beds: not reported" in shown
    told = client.post(f"/en/desk/beds/{shelter.pk}/", {"band": "few"}, follow=True)
    assert "Reported: 1 or 2 beds." in page(told)
    assert band_of(shelter) == "few"


def test_the_desk_makes_a_link_that_works_and_takes_it_back(
    shelter: Service, house: Organization, keeper: User, sign_in: SignIn
) -> None:
    acting(keeper, house)
    client = sign_in(keeper)
    prove_again(client)
    shown = page(client.post(f"/en/desk/beds/{shelter.pk}/link/", follow=True))
    link = NightLink.objects.get()
    assert night(link) in shown
    client.post(f"/en/desk/beds/link/{link.pk}/revoke/")
    assert Client().get(night(link)).status_code == 410


def test_others_find_no_buttons_there(
    shelter: Service, house: Organization, outsider: User, navigator: User, steward: User, sign_in: SignIn
) -> None:
    other = Organization.objects.create(publisher=house.publisher, name="Alder House")
    decided(other, steward)
    employed(navigator, other)
    for user in (outsider, navigator, steward):
        client = sign_in(user)
        assert "Birch" not in page(client.get("/en/desk/beds/"))
        client.post(f"/en/desk/beds/{shelter.pk}/", {"band": "few"})
        client.post(f"/en/desk/beds/{shelter.pk}/link/")
    assert not BedReport.objects.exists()
    assert not NightLink.objects.exists()


# Where nothing of it may stand


@pytest.mark.promise(2)
def test_a_report_changes_no_public_byte(
    shelter: Service, house: Organization, keeper: User, visitor: RoleClient
) -> None:
    key = Listing.objects.get(service_id=shelter.pk).pk
    paths = [
        f"/en/listing/{key}/",
        "/api/search?near=Kingston,+ON",
        f"/hsds/services/{shelter.pk}",
        "/hsds/services",
    ]
    paths += ["/hsds/service_at_locations", "/api/schema"]

    def told(now: datetime) -> list[tuple[int, bytes, str | None]]:
        answers = [visitor.get(path) for path in paths]
        return [(a.status_code, a.content, a.headers.get("ETag")) for a in answers]

    tables, public = read_model(), told(NOW)
    report_beds(service=shelter.pk, band="several", viewer=acting(keeper, house), now=NOW)
    assert read_model() == tables
    assert told(NOW) == public


@pytest.mark.promise(17)
@pytest.mark.parametrize("seconds", [0, 7200], ids=["just signed in", "two hours ago"])
def test_a_link_is_read_and_made_by_whoever_proved_once_more_who_they_are(
    shelter: Service, house: Organization, keeper: User, sign_in: SignIn, seconds: int
) -> None:
    """It works without an account, and for longer than a session that somebody found open or stole."""
    link = make_night_link(service=shelter.pk, viewer=acting(keeper, house), now=NOW)
    client = sign_in(keeper)
    grow_old(client, seconds)
    shown = page(client.get("/en/desk/beds/"))
    assert token_of(link) not in shown
    assert "Say once more who you are" in shown
    asked = client.post(f"/en/desk/beds/{shelter.pk}/link/")
    assert asked["Location"] == "/en/desk/beds/prove/"
    assert "/accounts/" in client.get(asked["Location"])["Location"]
    assert NightLink.objects.count() == 1
    assert client.post(f"/en/desk/beds/{shelter.pk}/", {"band": "few"}).status_code == 302
    assert band_of(shelter) == "few", "beds need no proof: they are said at night, in a hurry"
    prove_again(client)
    assert token_of(link) in page(client.get("/en/desk/beds/"))
    client.post(f"/en/desk/beds/{shelter.pk}/link/")
    assert NightLink.objects.count() == 2
