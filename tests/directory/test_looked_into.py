"""An organization that is suspended is recommended to nobody: its listings warn, come last, and stay findable."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from directory.actions.project_listings import rebuild_listings
from directory.actions.refused import Refused
from directory.actions.report_safety import Judged, Told, judge_report, receive_report
from directory.actions.take_off import put_listings_back, take_listings_off
from directory.actions.vet_organization import Proposal, agree_to_vetting, decide_vetting
from directory.models.listing import Listing
from directory.models.organization import Organization
from directory.models.service import Service
from directory.rules.safety_reports import Judgement
from directory.rules.standing import Kind, Standing
from directory.views import sealed
from safety.audit import AuditEntry
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.read_model import documents, read_model
from tests.directory.test_search import api, names
from tests.directory.vetting import UNTIL, by, door, let_in, proved_anew
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name
from tests.roles import RoleClient

ALWAYS = [("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")]
NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)
ENGLISH = "We are looking into this organization and can’t recommend it today."
FEARED = {"name": "Near refuge", "town": "Kingston, ON", "hours": ALWAYS, "phone": "613-555-0142"}


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment when all of these doors are open."""
    monkeypatch.setattr(sealed, "now", lambda: NOON)


@pytest.fixture
def feared(make_service: MakeService) -> Service:
    """In Kingston, open all day; others are farther, and one serves the country."""
    make_service("Far refuge", "Belleville, ON", hours=ALWAYS, phone="613-555-0150")
    make_service("National talk", "", reach="country", hours=ALWAYS, phone="613-555-0151")
    make_service(
        "Feared line", "", reach="country", hours=ALWAYS, assured_date=NOON.date(), phone="613-555-0152"
    )
    return make_service(**FEARED)


def decide(service: Service, steward: User, outcome: Standing) -> None:
    proposal = Proposal(outcome, Kind.COMMUNITY, "We look into it.")
    decide_vetting(
        organization=organization(service).pk, proposal=proposal, viewer=by(steward), now=timezone.now()
    )


def organization(service: Service) -> Organization:
    assert service.organization
    return service.organization


def page(browser: RoleClient, service: Service, language: str = "en") -> str:
    id_ = Listing.objects.get(service_id=service.pk).pk
    return browser.get(f"/{language}/{'fiche' if language == 'fr' else 'listing'}/{id_}/").content.decode()


def result(browser: RoleClient, name: str, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = next(
        one for one in api(browser, near="Kingston", **asked)["results"] if one["service"] == name
    )
    return found


def test_a_credible_report_stops_recommending_with_the_judgement_itself(
    visitor: RoleClient, feared: Service, steward: User, second: User
) -> None:
    before = page(visitor, feared)
    assert ENGLISH not in before
    assert "Open now" in before
    told = receive_report(told=Told("Near refuge", "Not safe."), now=timezone.now())
    judged = Judged(Judgement.CREDIBLE, "Two say so.", organization(feared).pk)
    judge_report(report=told.pk, judged=judged, viewer=by(steward), now=timezone.now())
    after = page(visitor, feared)
    assert after.index(ENGLISH) < after.index("6135550142")
    assert "tel:18339001010" in after
    assert "Open now" not in after
    assert 'class="call' not in after
    assert "Not safe." not in after


def test_results_warn_and_put_it_last_without_open_or_a_number(
    visitor: RoleClient, feared: Service, steward: User
) -> None:
    assert names(api(visitor, near="Kingston"))[:2] == ["Near refuge", "Far refuge"]
    decide(feared, steward, Standing.SUSPENDED)
    for sort in ("best", "distance"):
        assert names(api(visitor, near="Kingston", sort=sort)) == ["Far refuge", "Near refuge"]
    assert names(api(visitor, near="Kingston", open="now")) == ["Far refuge", "Near refuge"]
    told = result(visitor, "Near refuge")
    assert told["open"] == {"state": "unknown"}
    assert told["warning"] == ENGLISH
    assert told["reasons"] == [ENGLISH]
    assert told["match"] == "ask"
    assert told["contact"] == {"phones": [], "email": None, "website": None}
    assert result(visitor, "Far refuge")["warning"] is None
    listed = visitor.post("/en/find/", {"near": "Kingston"}, follow=True).content.decode()
    assert ENGLISH in listed
    assert "6135550142" not in listed
    assert "6135550150" in listed
    french = visitor.post("/fr/trouver/", {"near": "Kingston"}, follow=True).content.decode()
    assert ENGLISH not in french
    assert "recommander" in french


def test_a_line_comes_after_the_others_too(visitor: RoleClient, feared: Service, steward: User) -> None:
    line = Service.objects.get(name="Feared line")
    far = [one["service"] for one in api(visitor, near="Kingston")["elsewhere"]]
    assert far == ["Feared line", "National talk"]
    decide(line, steward, Standing.SUSPENDED)
    far = [one["service"] for one in api(visitor, near="Kingston")["elsewhere"]]
    assert far == ["National talk", "Feared line"]


def test_the_only_help_around_stays_with_its_warning(
    visitor: RoleClient, make_service: MakeService, steward: User
) -> None:
    only = make_service(**FEARED)
    decide(only, steward, Standing.SUSPENDED)
    assert names(api(visitor, near="Kingston", within=200)) == ["Near refuge"]
    assert ENGLISH in page(visitor, only)


def test_open_data_say_so(feared: Service, steward: User) -> None:
    publisher = feared.publisher
    publisher.may_redistribute = True
    publisher.save()
    Organization.objects.filter(pk=organization(feared).pk).update(publish_to=["site", "open_data"])
    Service.objects.filter(pk=feared.pk).update(alert="Elevator broken.")
    rebuild_listings()
    own = documents("service")[str(feared.pk)]
    assert (own["status"], own["alert"]) == ("active", "Elevator broken.")
    decide(feared, steward, Standing.SUSPENDED)
    warned = documents("service")[str(feared.pk)]
    assert warned["status"] == "inactive"
    assert "does not recommend it" in warned["alert"]
    assert "ne le recommande pas" in warned["alert"]
    decide(feared, steward, Standing.EXPIRED)
    assert documents("service")[str(feared.pk)] == own


def test_the_warning_ends_with_what_ends_the_suspension_and_not_before(
    visitor: RoleClient, feared: Service, steward: User, second: User
) -> None:
    before = read_model()
    decide(feared, steward, Standing.SUSPENDED)
    warned = read_model()
    assert warned != before
    rebuild_listings()
    assert read_model() == warned
    decide(feared, steward, Standing.DECLINED)
    assert ENGLISH in page(visitor, feared)
    decide(feared, steward, Standing.EXPIRED)
    assert ENGLISH not in page(visitor, feared)
    assert read_model() == before


def test_no_other_decision_warns(visitor: RoleClient, feared: Service, steward: User, second: User) -> None:
    let_in(organization(feared), steward, second)
    assert ENGLISH not in page(visitor, feared)
    for outcome in (Standing.DECLINED, Standing.EXPIRED):
        decide(feared, steward, outcome)
        assert ENGLISH not in page(visitor, feared)


def test_letting_it_in_again_ends_the_warning_only_once_a_second_steward_agrees(
    visitor: RoleClient, feared: Service, steward: User, second: User
) -> None:
    decide(feared, steward, Standing.SUSPENDED)
    now, mine = timezone.now(), organization(feared).pk
    proposal = Proposal(Standing.APPROVED, Kind.COMMUNITY, "All looked at.", until=UNTIL)
    one = decide_vetting(organization=mine, proposal=proposal, viewer=by(steward), now=now)
    assert ENGLISH in page(visitor, feared)
    agree_to_vetting(decision=one.pk, viewer=by(second), now=now)
    assert ENGLISH not in page(visitor, feared)


# Off the site


def test_a_steward_takes_its_listings_off_at_once_and_puts_them_back(
    visitor: RoleClient, feared: Service, steward: User, sign_in: SignIn
) -> None:
    before, mine = read_model(), organization(feared)
    id_ = Listing.objects.get(service_id=feared.pk).pk
    browser = proved_anew(sign_in(steward))
    browser.post(door("listings", mine), {"do": "off"})
    assert visitor.get(f"/en/listing/{id_}/").status_code == 404
    assert names(api(visitor, near="Kingston")) == ["Far refuge"]
    rebuild_listings()
    assert visitor.get(f"/en/listing/{id_}/").status_code == 404
    assert "They are off the site since" in browser.get(door("organization", mine)).text
    browser.post(door("listings", mine), {"do": "back"})
    assert read_model() == before
    acts = AuditEntry.objects.filter(subject_id=mine.pk).order_by("action").values_list("action", "actor")
    done = [one for one in acts if "listings" in one[0]]
    assert done == [("put_listings_back", steward.pk), ("take_listings_off", steward.pk)]


def test_only_stewards_take_off_and_only_what_is_on(feared: Service, steward: User, outsider: User) -> None:
    told: dict[str, UUID] = {"organization": organization(feared).pk}
    with pytest.raises(PermissionDenied):
        take_listings_off(**told, viewer=by(outsider), now=timezone.now())
    with pytest.raises(PermissionDenied):
        put_listings_back(**told, viewer=by(outsider))
    with pytest.raises(Refused):
        put_listings_back(**told, viewer=by(steward))
    take_listings_off(**told, viewer=by(steward), now=timezone.now())
    with pytest.raises(Refused):
        take_listings_off(**told, viewer=by(steward), now=timezone.now())
