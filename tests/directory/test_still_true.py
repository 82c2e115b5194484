""" "Still true?": a letter, a link that says yes and nothing else, and a call list for those who stay silent."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.ask_still_true import answer_question, ask_still_true, due_listings, token_of
from directory.actions.assure_listings import assure_listings
from directory.actions.refused import Refused
from directory.models.listing import Listing
from directory.models.membership import Membership, Role
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.truth_asked import TruthAsked
from directory.models.vetting import VettingDecision
from directory.rules.asking_again import Stage, stage_on
from directory.rules.freshness import fresh_until
from safety.audit import AuditEntry
from safety.notices import Notice, deliver
from safety.viewer import VISITOR
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, moment, page_of, second
from tests.directory.test_invitations import prove_again
from tests.directory.test_profile_pages import fields_of
from tests.roles import RoleClient, role

__all__ = ["house", "second"]


def asked(house: House) -> tuple[TruthAsked, str]:
    """The one question, and the path of its link."""
    found = TruthAsked.objects.get()
    return found, reverse("still_true", args=[token_of(found)])


def test_a_letter_goes_to_the_keeper_once_and_names_nothing(house: House) -> None:
    assert ask_still_true(moment()) == 1
    assert ask_still_true(moment()) == 0
    deliver(moment())
    (letter,) = mail.outbox
    assert letter.to == ["keeper@relais.example"]
    assert "Clinic" not in letter.subject + letter.body
    links = re.findall(r"/(?:en|fr)/accounts/\S+", letter.body)
    assert [link[:4] for link in links] == ["/en/", "/fr/"]
    assert RoleClient().get(links[0]).status_code == 200
    assert Notice.objects.get().kind == "still_true"


def test_who_confirmed_is_not_asked_before_it_runs_out(house: House) -> None:
    assure_listings(organization=house.organization.pk, services=None, viewer=house.keeper, now=moment())
    assert ask_still_true(moment()) == 0
    assert ask_still_true(moment() + timedelta(days=170)) == 1
    assert ask_still_true(moment() + timedelta(days=171)) == 0
    assert ask_still_true(moment() + timedelta(days=190)) == 1


def test_leads_are_asked_where_nobody_keeps_and_nobody_where_it_is_not_let_in(
    house: House, navigator: User, steward: User
) -> None:
    Membership.objects.update(ended_at=moment())
    assert ask_still_true(moment()) == 0
    employ(navigator, house.organization, Role.LEAD)
    assert ask_still_true(moment()) == 1
    assert TruthAsked.objects.get().user == navigator
    VettingDecision.objects.create(
        organization=house.organization,
        outcome="suspended",
        kind="community",
        reason="x",
        decided_by=steward,
        decided_at=moment(),
    )
    assert ask_still_true(moment() + timedelta(days=20)) == 0


def test_the_link_shows_the_listing_and_says_yes(house: House, visitor: RoleClient) -> None:
    ask_still_true(moment())
    _question, path = asked(house)
    browser = RoleClient()
    page = browser.get(path).text
    for told in ("Clinic", "613-555-0142", "9:00 to 20:00", "Nobody has checked this yet."):
        assert told in page
    house.service.refresh_from_db()
    assert house.service.assured_date is None
    answer = browser.post(path, fields_of(page), follow=True).text
    assert "1 listing is checked." in answer
    assert "Everything is confirmed." in answer
    house.service.refresh_from_db()
    assert house.service.assured_date == timezone.localdate()
    assert house.service.assurer_email == "keeper@relais.example"
    assert "Checked today." in page_of(visitor, house)
    told = AuditEntry.objects.get(action="assure_listing")
    assert (told.actor, told.organization) == (house.keeper.user, house.organization.pk)


@pytest.mark.promise(26)
def test_a_stolen_link_changes_no_word(house: House, make_service: MakeService, visitor: RoleClient) -> None:
    foreign = make_service("Elsewhere")
    ask_still_true(moment())
    _question, path = asked(house)
    before = page_of(visitor, house)
    sent = {
        "service": [str(foreign.pk), "x"],
        "number-0": "613-555-0199",
        "name": "Another",
        "status": "inactive",
        "email": "x@y.example",
    }
    RoleClient().post(path, sent)
    assert page_of(visitor, house) == before
    foreign.refresh_from_db()
    assert foreign.assured_date is None
    assert not ProposedChange.objects.exists()
    assert RoleClient().get(reverse("profile_listing", args=[house.service.pk])).status_code == 302


def test_a_link_ends_with_its_time_and_with_the_membership(house: House) -> None:
    ask_still_true(moment())
    question, path = asked(house)
    browser = RoleClient()
    assert browser.get(path[:-4] + "xyz/").status_code == 410
    with pytest.raises(Refused):
        answer_question(
            asked=question.pk, services=[house.service.pk], now=question.expires_at + timedelta(seconds=1)
        )
    Membership.objects.update(ended_at=moment())
    assert browser.get(path).status_code == 410
    assert browser.post(path, {"service": [str(house.service.pk)]}).status_code == 410
    with pytest.raises(Refused):
        answer_question(asked=question.pk, services=[house.service.pk], now=moment())
    deliver(moment())
    assert mail.outbox == []


def test_only_keepers_of_a_known_organization_confirm(
    house: House, navigator: User, make_service: MakeService
) -> None:
    theirs = {"organization": house.organization.pk, "services": None, "now": moment()}
    for viewer in (VISITOR, house.steward, employ(navigator, house.organization, Role.WORKER)):
        with pytest.raises(PermissionDenied):
            assure_listings(viewer=viewer, **theirs)
    foreign = make_service("Elsewhere")
    with pytest.raises(Refused):
        assure_listings(viewer=house.keeper, **theirs | {"services": [foreign.pk]})
    assert foreign.organization is not None
    unknown = employ(navigator, foreign.organization)
    with pytest.raises(Refused):
        assure_listings(organization=foreign.organization.pk, services=None, viewer=unknown, now=moment())


def test_what_is_not_shown_is_not_asked_about(house: House) -> None:
    Service.objects.filter(pk=house.service.pk).update(status="inactive")
    assert list(due_listings(house.organization.pk, timezone.localdate())) == []
    assert ask_still_true(moment()) == 0


def test_questions_are_not_rewritten_by_those_who_serve(house: House) -> None:
    ask_still_true(moment())
    for statement in ("UPDATE truth_asked SET expires_at = now()", "DELETE FROM truth_asked"):
        with pytest.raises(DatabaseError, match="permission denied"), role("relais_portal"):
            connection.cursor().execute(statement)
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_public"):
        connection.cursor().execute("SELECT 1 FROM truth_asked")


def test_stewards_see_whom_to_call(house: House, steward: User, sign_in: SignIn) -> None:
    desk = sign_in(steward)
    prove_again(desk)
    assure_listings(organization=house.organization.pk, services=None, viewer=house.keeper, now=moment())
    assert "613-555-0142" not in desk.get(reverse("review_calls")).text
    Listing.objects.update(fresh_until=timezone.localdate() - timedelta(days=40))
    page = desk.get(reverse("review_calls")).text
    assert "To call: never checked, or long without an answer" in page
    assert "613-555-0142" in page


@pytest.mark.parametrize(("language", "words"), [("en", "call first"), ("fr", "appelez d")])
def test_the_public_page_says_since_when_nobody_confirmed(
    language: str, words: str, house: House, visitor: RoleClient
) -> None:
    day = timezone.localdate() - timedelta(days=200)
    Service.objects.filter(pk=house.service.pk).update(assured_date=day)
    house.change({"service.fees_description": "Free."})
    page = page_of(visitor, house, language)
    assert words in page.partition("<aside")[2]


@pytest.mark.parametrize("need", ["emergency_shelter", "legal_advice"])
def test_what_is_due_is_judged_as_the_rules_judge_it(need: str, make_service: MakeService) -> None:
    service, today = make_service(needs=[need]), timezone.localdate()
    assert service.organization_id is not None
    for days in (None, 0, 75, 76, 77, 90, 91, 165, 166, 167, 180, 181, 400):
        checked = None if days is None else today - timedelta(days=days)
        Service.objects.filter(pk=service.pk).update(assured_date=checked)
        stage = stage_on(today, fresh_until(checked, [need]))
        assert due_listings(service.organization_id, today).exists() is (stage is not Stage.FRESH), days
