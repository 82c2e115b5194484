"""The stewards' vetting desk: what waits, the checklist, and letting in by the book."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from directory.actions.apply_for_vetting import withdraw_application
from directory.actions.decide_on_application import agree_by_the_book, decide_by_the_book
from directory.actions.look_at_application import check_point, name_sponsor
from directory.actions.refused import Refused
from directory.actions.vet_organization import Proposal, decide_vetting
from directory.finding.orphaned import orphaned_on
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.rules.standing import LAST_ZONE, Kind, Standing, last_day
from directory.rules.vetting import Point
from directory.views.queues import lines
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.vetting import (
    CANARY,
    LET_IN,
    UNTIL,
    all_checked,
    by,
    door,
    employ,
    let_in,
    made,
    proved_anew,
    sent,
    standing,
)
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name

NOW = timezone.now()
DESK, QUEUE = "/en/desk/review/", "/en/desk/review/vetting/"


# Who may


@pytest.mark.parametrize("who", ["outsider", "navigator", "analyst"])
def test_nobody_but_stewards_sees_or_decides(
    who: str,
    road: Organization,
    application: VettingApplication,
    steward: User,
    request: pytest.FixtureRequest,
    sign_in: SignIn,
) -> None:
    person: User = request.getfixturevalue(who)
    if who == "navigator":
        employ(person, road, Role.LEAD)
    all_checked(application, steward, NOW)
    proposed = decide_by_the_book(organization=road.pk, proposal=LET_IN, viewer=by(steward), now=NOW)
    browser = sign_in(person)
    for path in (DESK, QUEUE, door("organization", road), door("application", road, application.pk)):
        assert browser.get(path).status_code == 403
    posts = {
        door("check", road, "identity"): {"is_done": "yes", "note": "x"},
        door("paper", road): {"paper": "mou", "on": "2026-01-01", "version": "1"},
        door("sponsor", road): {},
        door("let_in", road): {},
        door("shut_out", road): {"outcome": "suspended", "reason": "x"},
        door("agree", road, proposed.pk): {},
    }
    for path, told in posts.items():
        assert browser.post(path, told).status_code == 403
    assert standing(road) is Standing.UNVETTED


def test_what_is_not_there_is_a_404(
    steward: User, road: Organization, application: VettingApplication, sign_in: SignIn
) -> None:
    browser, nobody = (
        proved_anew(sign_in(steward)),
        "/en/desk/review/vetting/00000000-0000-0000-0000-000000000000/",
    )
    other = made("Elsewhere")
    assert browser.get(nobody).status_code == 404
    assert browser.post(f"{nobody}shut-out/", {"outcome": "suspended", "reason": "x"}).status_code == 404
    assert browser.get(door("application", other, application.pk)).status_code == 404
    assert browser.post(door("check", road, "nothing"), {}).status_code == 404
    one = decide_vetting(organization=road.pk, proposal=LET_IN, viewer=by(steward), now=NOW)
    assert browser.post(door("agree", other, one.pk)).status_code == 404


@pytest.mark.promise(17)
def test_deciding_asks_for_fresh_proof(
    steward: User, road: Organization, application: VettingApplication, sign_in: SignIn
) -> None:
    browser = proved_anew(sign_in(steward), ago=3700)
    assert "/accounts/reauthenticate/" in browser.get(door("organization", road))["Location"]
    answer = browser.post(door("shut_out", road), {"outcome": "suspended", "reason": "x"})
    assert answer["Location"] == door("organization", road)
    assert standing(road) is Standing.UNVETTED


# What waits


def test_the_queues_stand_by_age_with_their_counts(
    steward: User, road: Organization, application: VettingApplication, sign_in: SignIn
) -> None:
    counts = {str(line.queue.title): line.count for line in lines(NOW)}
    assert counts["Applications to vet"] == 1
    assert counts["Proposals for a second steward"] == 0
    assert str(lines(NOW)[0].queue.title) == "Applications to vet"
    page = sign_in(steward).get(DESK).text
    assert 'href="/en/desk/review/vetting/"' in page


def test_the_oldest_of_all_stands_first(
    steward: User, second: User, road: Organization, application: VettingApplication
) -> None:
    other = made("Elsewhere")
    earlier = NOW - timedelta(days=3)
    decide_vetting(organization=other.pk, proposal=LET_IN, viewer=by(steward), now=earlier)
    titles = [str(line.queue.title) for line in lines(NOW)]
    assert titles[:2] == ["Proposals for a second steward", "Applications to vet"]


def test_the_vetting_queue_says_what_waits_and_what_ends(
    steward: User, second: User, application: VettingApplication, sign_in: SignIn
) -> None:
    soon, later, proposed = made("Ends Soon"), made("Ends Later"), made("Proposed House")
    today = last_day(timezone.now())
    let_in(soon, steward, second, until=today + timedelta(days=60))
    let_in(later, steward, second, until=today + timedelta(days=61))
    decide_vetting(organization=proposed.pk, proposal=LET_IN, viewer=by(second), now=NOW)
    page = sign_in(steward).get(QUEUE).text
    for name in ("Open Road", "Ends Soon", "Proposed House"):
        assert name in page
    assert "Ends Later" not in page
    shut = Proposal(Standing.SUSPENDED, Kind.COMMUNITY, "A report.")
    decide_vetting(organization=soon.pk, proposal=shut, viewer=by(steward), now=NOW)
    decide_vetting(
        organization=proposed.pk, proposal=shut, viewer=by(steward), now=NOW + timedelta(seconds=1)
    )
    page = sign_in(steward).get(QUEUE).text
    assert "Ends Soon" not in page
    assert "Proposed House" not in page


def test_an_answered_application_waits_no_more(
    steward: User, second: User, road: Organization, application: VettingApplication
) -> None:
    all_checked(application, steward, NOW)
    one = decide_by_the_book(organization=road.pk, proposal=LET_IN, viewer=by(steward), now=NOW)
    assert VettingApplication.objects.waiting().exists()
    agree_by_the_book(decision=one.pk, viewer=by(second), now=NOW)
    assert not VettingApplication.objects.waiting().exists()


# By the book


def test_from_the_application_to_the_second_yes_at_the_doors(
    steward: User, second: User, road: Organization, application: VettingApplication, sign_in: SignIn
) -> None:
    browser = proved_anew(sign_in(steward))
    assert CANARY in browser.get(door("application", road, application.pk)).text
    for point in Point:
        told = {"is_done": "yes", "note": f"Rang them. {CANARY}"}
        assert browser.post(door("check", road, point.value), told).status_code == 302
    told = {"outcome": "approved", "kind": "community", "until": str(UNTIL), "reason": "All is well."}
    assert browser.post(door("let_in", road), told).status_code == 302
    assert standing(road) is Standing.UNVETTED
    page = browser.get(door("organization", road)).text
    assert "somebody else has to agree" in page
    assert CANARY in page
    (proposed,) = VettingDecision.objects.proposed(last_day(NOW))
    browser.post(door("agree", road, proposed.pk))
    assert standing(road) is Standing.UNVETTED
    other = proved_anew(sign_in(second))
    assert other.post(door("agree", road, proposed.pk)).status_code == 302
    assert standing(road) is Standing.APPROVED
    page = other.get(door("organization", road)).text
    for words in (
        "Application sent",
        "Done: References asked",
        "Proposed: Approved",
        "Agreed to, and in force",
        "All is well.",
        "Memorandum of understanding, version",
        "steward@relais.example",
        "tove@relais.example",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("outcome", "told"), [("approved", "References asked"), ("conditional", "Legal identity")]
)
def test_letting_in_waits_for_the_checklist_and_says_for_what(
    outcome: str,
    told: str,
    steward: User,
    road: Organization,
    application: VettingApplication,
    sign_in: SignIn,
) -> None:
    sent_form = {"outcome": outcome, "kind": "legal", "until": str(UNTIL), "reason": "Kept words."}
    answer = proved_anew(sign_in(steward)).post(door("let_in", road), sent_form)
    assert answer.status_code == 400
    assert "Not done on the checklist yet" in answer.text
    assert told in answer.text
    assert "Kept words." in answer.text
    assert not VettingDecision.objects.exists()


def test_conditions_stand_for_references_and_not_for_identity(
    steward: User, road: Organization, application: VettingApplication
) -> None:
    all_checked(application, steward, NOW, but=Point.REFERENCES)
    with pytest.raises(Refused):
        decide_by_the_book(organization=road.pk, proposal=LET_IN, viewer=by(steward), now=NOW)
    with_conditions = Proposal(
        Standing.CONDITIONAL, Kind.COMMUNITY, "References within a month.", until=UNTIL
    )
    decide_by_the_book(organization=road.pk, proposal=with_conditions, viewer=by(steward), now=NOW)


def test_a_point_taken_back_before_the_second_yes_stops_it(
    steward: User, second: User, road: Organization, application: VettingApplication
) -> None:
    all_checked(application, steward, NOW)
    one = decide_by_the_book(organization=road.pk, proposal=LET_IN, viewer=by(steward), now=NOW)
    later = NOW + timedelta(minutes=1)
    undone = {"is_done": False, "note": "", "viewer": by(second), "now": later}
    check_point(application=application.pk, point=Point.REFERENCES, **undone)
    with pytest.raises(Refused, match="References asked"):
        agree_by_the_book(decision=one.pk, viewer=by(second), now=later)
    assert standing(road) is Standing.UNVETTED


def test_nobody_is_let_in_without_an_application_or_by_one_that_was_withdrawn(
    steward: User, second: User, road: Organization, otto: Viewer, application: VettingApplication
) -> None:
    with pytest.raises(Refused, match="no application"):
        decide_by_the_book(organization=made("Elsewhere").pk, proposal=LET_IN, viewer=by(steward), now=NOW)
    all_checked(application, steward, NOW)
    one = decide_by_the_book(organization=road.pk, proposal=LET_IN, viewer=by(steward), now=NOW)
    withdraw_application(application=application.pk, viewer=otto, now=NOW)
    with pytest.raises(Refused, match="no application"):
        agree_by_the_book(decision=one.pk, viewer=by(second), now=NOW)


def test_nobody_is_let_in_beyond_the_memorandum(
    steward: User, road: Organization, application: VettingApplication
) -> None:
    all_checked(application, steward, NOW)
    beyond = Proposal(Standing.APPROVED, Kind.COMMUNITY, "Yes.", until=UNTIL + timedelta(days=1))
    with pytest.raises(Refused, match="memorandum"):
        decide_by_the_book(organization=road.pk, proposal=beyond, viewer=by(steward), now=NOW)


def test_a_sponsor_is_approved_itself_to_the_end(
    steward: User, second: User, road: Organization, otto: Viewer
) -> None:
    application = sent(otto, NOW - timedelta(hours=1), way="sponsor", sponsor="Alder House")
    all_checked(application, steward, NOW)
    decide = {"organization": road.pk, "proposal": LET_IN, "viewer": by(steward)}
    with pytest.raises(Refused, match="sponsor"):
        decide_by_the_book(**decide, now=NOW)
    alder, with_conditions = made("Alder House"), made("Half Way")
    let_in(with_conditions, steward, second, outcome=Standing.CONDITIONAL)
    for wrong in (alder, with_conditions, road):
        with pytest.raises(Refused):
            name_sponsor(application=application.pk, sponsor=wrong.pk, viewer=by(steward), now=NOW)
    let_in(alder, steward, second)
    name_sponsor(application=application.pk, sponsor=alder.pk, viewer=by(steward), now=NOW)
    one = decide_by_the_book(**decide, now=NOW)
    shut = Proposal(Standing.SUSPENDED, Kind.COMMUNITY, "A report.")
    decide_vetting(organization=alder.pk, proposal=shut, viewer=by(steward), now=NOW)
    with pytest.raises(Refused, match="sponsor"):
        agree_by_the_book(decision=one.pk, viewer=by(second), now=NOW)


def test_the_page_offers_approved_sponsors_alone(
    steward: User, second: User, road: Organization, otto: Viewer, sign_in: SignIn
) -> None:
    sent(otto, NOW - timedelta(hours=1), way="sponsor", sponsor="Alder House")
    alder = made("Alder House")
    let_in(alder, steward, second)
    let_in(made("Half Way"), steward, second, outcome=Standing.CONDITIONAL)
    browser = proved_anew(sign_in(steward))
    page = browser.get(door("organization", road)).text
    assert "Alder House" in page
    assert "Half Way" not in page
    assert browser.post(door("sponsor", road), {"sponsor": "x"}).status_code == 400
    assert browser.post(door("sponsor", road), {"sponsor": str(alder.pk)}).status_code == 302
    assert "Alder House answers for it." in browser.get(door("organization", road)).text


@pytest.mark.parametrize("is_shut", [True, False])
def test_who_was_let_in_by_a_sponsor_that_is_no_more_is_counted_among_what_waits(
    is_shut: bool, steward: User, second: User, road: Organization, otto: Viewer
) -> None:
    alder, over = made("Alder House"), last_day(NOW) + timedelta(days=3)
    let_in(alder, steward, second, until=over)
    application = sent(otto, NOW - timedelta(hours=3), way="sponsor", sponsor="Alder House")
    name_sponsor(application=application.pk, sponsor=alder.pk, viewer=by(steward), now=NOW)
    let_in(road, steward, second)
    assert orphaned_on(over) == []
    if is_shut:
        shut = Proposal(Standing.SUSPENDED, Kind.COMMUNITY, "A report.")
        decide_vetting(organization=alder.pk, proposal=shut, viewer=by(steward), now=NOW)
    over_at = datetime.combine(over + timedelta(days=1), time(), tzinfo=LAST_ZONE)
    told = lines(NOW if is_shut else over_at)
    (line,) = [one for one in told if str(one.queue.title).startswith("Let in by a sponsor")]
    assert (line.count, line.since) == (1, NOW if is_shut else over_at)
