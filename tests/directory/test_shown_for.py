"""A form writes for the organization that its page was shown for, whichever was chosen meanwhile (docs/adr/0064)."""

import re
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import RequestFactory
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import timezone

from accounts.models import User
from config.settings.environment import ROOT
from directory.models.invitation import Invitation
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.sheet_draft import SheetDraft
from directory.models.vetting_application import VettingApplication
from directory.shown_for import NAME
from tests.cast import SignIn
from tests.directory.profiles import House, house, second
from tests.directory.test_invitations import prove_again
from tests.directory.test_profile_pages import fields_of
from tests.directory.test_sent_too_late import send, strict
from tests.directory.vetting import employ, made
from tests.roles import RoleClient

__all__ = ["house", "second"]
INVITE = {"email": "nora@relais.example", "role": "worker", "language": "en"}


@pytest.fixture
def road(db: None) -> Organization:
    """An organization."""
    return made("Open Road")


@pytest.fixture
def clinic(db: None) -> Organization:
    """Another one."""
    return made("Hill Clinic")


@pytest.fixture
def desk(intake: User, road: Organization, clinic: Organization, sign_in: SignIn) -> RoleClient:
    """Ines leads both."""
    employ(intake, road, Role.LEAD)
    employ(intake, clinic, Role.LEAD)
    browser = sign_in(intake)
    prove_again(browser)
    return browser


def wears(browser: RoleClient, organization: Organization) -> None:
    browser.post(reverse("choose_hat"), typed(browser, "desk") | {"organization": str(organization.pk)})


def typed(browser: RoleClient, page: str) -> dict[str, Any]:
    """The fields of a page as it is shown now, its mark among them."""
    return fields_of(browser.get(reverse(page)).text)


def mark(browser: RoleClient, page: str) -> str:
    return str(re.findall(rf'name="{NAME}" value="(\w+)"', browser.get(reverse(page)).text)[-1])


def goes(user: User, organization: Organization) -> None:
    Membership.objects.filter(user=user, organization=organization).update(ended_at=timezone.now())


def asked_by(answer: Any) -> str:
    assert answer.status_code == 302
    return str(Invitation.objects.get().organization.name)


def test_two_windows_each_write_for_their_own(
    desk: RoleClient, road: Organization, clinic: Organization
) -> None:
    wears(desk, road)
    older = mark(desk, "members")
    wears(desk, clinic)
    answer = desk.post(reverse("member_invite"), INVITE | {NAME: older})
    assert asked_by(answer) == "Open Road"
    assert "Open Road" in desk.get(answer["Location"]).text, "what follows is of the same organization"


def test_the_present_one_stays(desk: RoleClient, road: Organization, clinic: Organization) -> None:
    wears(desk, road)
    wears(desk, clinic)
    answer = desk.post(reverse("member_invite"), INVITE | {NAME: mark(desk, "members")})
    assert asked_by(answer) == "Hill Clinic"


def test_who_belongs_to_it_no_more_gets_the_words_back(
    desk: RoleClient, intake: User, road: Organization, clinic: Organization
) -> None:
    wears(desk, road)
    older = typed(desk, "apply_for_vetting") | {"who": "We are a <b>house</b> for women."}
    wears(desk, clinic)
    goes(intake, road)
    answer = send(desk, reverse("apply_for_vetting"), older)
    assert answer.status_code == 403
    assert "We are a &lt;b&gt;house&lt;/b&gt; for women." in answer.text
    assert 'name="who"' not in answer.text, "it is not sent for another organization at a press"
    assert reverse("desk") in answer.text
    assert VettingApplication.objects.count() == 0


def test_nor_does_another_role_do_it(desk: RoleClient, intake: User, road: Organization) -> None:
    wears(desk, road)
    older = mark(desk, "members")
    goes(intake, road)
    employ(intake, road, Role.WORKER)
    assert desk.post(reverse("member_invite"), INVITE | {NAME: older}).status_code == 403
    assert not Invitation.objects.exists()


def test_a_form_that_says_nothing_is_not_taken_from_who_has_several(
    desk: RoleClient, clinic: Organization
) -> None:
    wears(desk, clinic)
    for told in ({}, {NAME: ""}, {NAME: "x" * 20}):
        assert desk.post(reverse("member_invite"), INVITE | told).status_code == 403
    assert not Invitation.objects.exists()


def test_a_page_that_comes_back_is_still_its_persons(
    desk: RoleClient, road: Organization, clinic: Organization, keeper: User, sign_in: SignIn
) -> None:
    """Two share a computer: who signs in meanwhile does not send what the other typed."""
    wears(desk, road)
    strict(desk)
    mine = INVITE | {NAME: mark(desk, "members")}
    page = send(desk, reverse("member_invite"), mine | {"csrfmiddlewaretoken": "a" * 64})
    assert page.text.count(f'name="{NAME}"') == 1
    again = fields_of(page.text)
    assert again[NAME] == mine[NAME]
    employ(keeper, clinic, Role.LEAD)
    other = sign_in(keeper)
    prove_again(other)
    assert other.post(reverse("member_invite"), again).status_code == 403
    assert not Invitation.objects.exists()
    wears(desk, clinic)
    again = fields_of(send(desk, reverse("member_invite"), again).text) if "csrf" in again else again
    desk.handler.enforce_csrf_checks = False
    assert asked_by(send(desk, reverse("member_invite"), again)) == "Open Road"


def test_a_form_of_nobodys_organization_is_one_of_nobodys(
    steward: User, road: Organization, sign_in: SignIn
) -> None:
    """A steward who came to belong somewhere goes on with what was open."""
    browser = sign_in(steward)
    prove_again(browser)
    before = mark(browser, "review_organizations")
    employ(steward, road)
    sent = {"name": "A new one", NAME: before}
    assert browser.post(reverse("review_add_organization"), sent).status_code != 403


def test_a_sheet_too(house: House, keeper: User, clinic: Organization, sign_in: SignIn) -> None:
    browser = sign_in(keeper)
    older, file = mark(browser, "sheet"), browser.get(reverse("sheet_download", args=["csv"]))
    employ(keeper, clinic, Role.KEEPER)
    wears(browser, clinic)
    for told in ({}, {NAME: older}):
        upload = SimpleUploadedFile("a.csv", file.content)
        answer = browser.post(reverse("sheet"), {"file": upload} | told)
        assert (answer.status_code, SheetDraft.objects.count()) == ((302, 1) if told else (403, 0))
    assert SheetDraft.objects.get().organization_id == house.organization.pk


# Every form


def _routes(resolver: URLResolver, before: str = "") -> list[tuple[str, URLPattern]]:
    found: list[tuple[str, URLPattern]] = []
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        found += _routes(one, path) if isinstance(one, URLResolver) else [(path, one)]
    return found


PUBLIC = {"find", "keep", "count_help", "count_wrong", "tell_us"}
SEARCH = {"closed_nearer"}
BARE = {"night_beds.html", "too_late.html", "500.html", "_questions.html"}
"""A link of a letter for a house; pages that send once more what a marked form said; a search from either door."""
READS = {"desk_find", "desk_sheet", "desk_protocols"}
"""Searches: they are sent so that no address tells them, and write nothing."""


def test_every_address_of_the_desk_asks_for_whom_but_for_searches() -> None:
    desk = [(path, one) for path, one in _routes(get_resolver()) if re.match(r"\w\w/desk/|en/desk/", path)]
    assert len(desk) > 100
    free = {str(one.name) for _path, one in desk if getattr(one.callback, "csrf_exempt", False)}
    assert free == READS | {"sheet"}, "a sheet asks by itself, once its size is bound"


def test_every_form_that_is_sent_to_the_desk_says_for_whom() -> None:
    """Walks all templates: a form carries the token that carries the mark, or leads to a search or a public page."""
    seen = 0
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for form in re.findall(r"<form\b.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL):
            if 'method="post"' not in form:
                continue
            seen += 1
            if "{% csrf_token %}" not in form and path.name not in BARE:
                assert re.search(r"action=\"{% url '?(\w+)", form)[1] in PUBLIC | READS | SEARCH, path  # type: ignore[index]
    assert seen > 80


def test_the_token_of_a_form_carries_the_mark(intake: User) -> None:
    """The walk above rests on it."""
    template = engines["django"].from_string("{% csrf_token %}")
    told = []
    for path in ("/en/desk/", "/fr/bureau/", "/en/accounts/login/", "/admin/", "/en/find/"):
        request = RequestFactory().get(path)
        request.user = intake
        request.session = SessionStore()
        told.append(NAME in template.render({}, request))
    assert told == [True, True, False, False, False]
