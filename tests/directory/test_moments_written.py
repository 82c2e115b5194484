"""Days and moments at the desk are written in the house's way, with a zone; a refused form is where a page opens."""

import re
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from accounts.models import User
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.vetting_application import VettingApplication
from tests.cast import SignIn
from tests.directory.vetting import door, employ, proved_anew
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name

AT = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "3 November 2026|3 November 2026, 14:05 UTC|14:05 UTC"),
        ("fr", "3 novembre 2026|3 novembre 2026, 14\u00a0h\u00a005 UTC|14\u00a0h\u00a005 UTC"),
    ],
)
def test_a_moment_names_its_zone(language: str, told: str) -> None:
    template = Template(
        '{{ on|date:"DATE_FORMAT" }}|{{ at|date:"DATETIME_FORMAT" }}|{{ at|date:"TIME_FORMAT" }}'
    )
    with override(language):
        assert template.render(Context({"on": date(2026, 11, 3), "at": AT})) == told


def test_stewards_read_whose_clock_it_is(
    steward: User, road: Organization, application: VettingApplication, sign_in: SignIn
) -> None:
    page = proved_anew(sign_in(steward)).get(door("organization", road)).text
    assert re.search(r"\d{1,2} [A-Z][a-z]+ 20\d\d, \d\d:\d\d UTC · ", page)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"outcome": "suspended", "reason": "", "appeal": ""}, "out-reason"),
        ({"outcome": "nonsense", "reason": "x", "appeal": ""}, "out-outcome"),
    ],
)
def test_a_refused_decision_opens_at_what_is_wrong(
    sent: dict[str, str], field: str, steward: User, road: Organization, sign_in: SignIn
) -> None:
    answer = proved_anew(sign_in(steward)).post(door("shut_out", road), sent)
    assert answer.status_code == 400
    focused = re.findall(r"<(?:select|input|textarea)[^>]* autofocus[^>]*>", answer.text)
    assert len(focused) == 1
    assert f'id="{field}"' in focused[0]
    assert f'id="{field}_error"' in answer.text


def test_a_proposal_that_the_book_refuses_opens_at_its_form(
    steward: User, road: Organization, application: VettingApplication, sign_in: SignIn
) -> None:
    told = {"outcome": "approved", "kind": "community", "until": "2099-01-01", "reason": "x", "appeal": ""}
    answer = proved_anew(sign_in(steward)).post(door("let_in", road), told)
    assert answer.status_code == 400
    form = answer.text[answer.text.index("Propose to let it in") :]
    assert form.index('role="alert"') < form.index(" autofocus")
    assert answer.text.count(" autofocus") == 1


def test_taking_a_member_out_is_asked_about_first(
    road: Organization, outsider: User, keeper: User, sign_in: SignIn
) -> None:
    employ(outsider, road, Role.LEAD)
    employ(keeper, road, Role.WORKER)
    page = proved_anew(sign_in(outsider)).get("/en/desk/organization/members/").text
    mine = page[page.index(str(Membership.objects.get(user=keeper).pk)) :]
    asked = mine[mine.index("<details") : mine.index("</details>")]
    assert f"Take {keeper.email} out" in asked
    assert f"Yes, take {keeper.email} out" in asked
    assert "<details open" not in asked
