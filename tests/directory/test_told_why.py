"""An organization reads why stewards decided as they did, and where to object."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from directory.actions.vet_organization import Proposal, decide_vetting
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.rules.standing import Kind, Standing, last_day
from tests.cast import SignIn
from tests.directory.vetting import UNTIL, by, employ, let_in
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name

VETTING = {"en": "/en/desk/organization/vetting/", "fr": "/fr/bureau/organisme/verification/"}
WHY, OBJECT = "Nobody answers for it since May.", "Write within 30 days. Tove looks at it."
MAILBOX = 'href="mailto:stewards@relais.example"'


def decide(road: Organization, steward: User, outcome: Standing) -> VettingDecision:
    proposal = Proposal(outcome, Kind.COMMUNITY, WHY, OBJECT)
    return decide_vetting(organization=road.pk, proposal=proposal, viewer=by(steward), now=timezone.now())


@pytest.mark.parametrize("outcome", [Standing.SUSPENDED, Standing.DECLINED, Standing.EXPIRED])
def test_why_and_how_to_object_stand_on_the_desk_and_the_vetting_page(
    outcome: Standing, road: Organization, outsider: User, steward: User, sign_in: SignIn
) -> None:
    employ(outsider, road, Role.LEAD)
    decide(road, steward, outcome)
    browser = sign_in(outsider)
    for path in ("/en/desk/", "/fr/bureau/", *VETTING.values()):
        page = browser.get(path).text
        assert WHY in page
        assert OBJECT in page
        assert MAILBOX in page


def test_it_is_read_while_a_new_application_waits_too(
    road: Organization, outsider: User, steward: User, application: VettingApplication, sign_in: SignIn
) -> None:
    decide(road, steward, Standing.SUSPENDED)
    page = sign_in(outsider).get(VETTING["en"]).text
    assert "Your application was sent" in page
    assert WHY in page
    assert MAILBOX in page


def test_those_who_do_not_look_after_it_are_not_told_why(
    road: Organization, outsider: User, keeper: User, steward: User, sign_in: SignIn
) -> None:
    employ(outsider, road, Role.LEAD)
    employ(keeper, road, Role.WORKER)
    decide(road, steward, Standing.SUSPENDED)
    page = sign_in(keeper).get("/en/desk/").text
    assert "suspended" in page
    assert WHY not in page


def test_conditions_are_read_and_a_plain_yes_needs_no_desk(
    road: Organization, outsider: User, steward: User, second: User, sign_in: SignIn
) -> None:
    employ(outsider, road, Role.LEAD)
    browser = sign_in(outsider)
    let_in(road, steward, second, reason="All answered.")
    assert "All answered." not in browser.get("/en/desk/").text
    assert "All answered." in browser.get(VETTING["en"]).text
    later = timezone.now() - timedelta(minutes=5)
    proposal = Proposal(Standing.CONDITIONAL, Kind.COMMUNITY, "Until the training.", until=UNTIL)
    one = decide_vetting(organization=road.pk, proposal=proposal, viewer=by(steward), now=later)
    assert "Until the training." not in browser.get("/en/desk/").text
    VettingDecision.objects.filter(pk=one.pk).update(agreed_by=second, agreed_at=later)
    assert "Until the training." in browser.get("/en/desk/").text


def test_what_ran_out_has_no_reason_any_more(road: Organization, steward: User, second: User) -> None:
    let_in(road, steward, second, reason="All answered.")
    assert VettingDecision.objects.in_force_of(road.pk, UNTIL)
    assert VettingDecision.objects.in_force_of(road.pk, UNTIL + timedelta(days=1)) is None
    assert VettingDecision.objects.in_force_of(second.pk, last_day(timezone.now())) is None


def test_everybody_reads_where_to_write(client: Client, db: None) -> None:
    for path in ("/en/vetting/", "/fr/verification/"):
        assert MAILBOX in client.get(path).text
