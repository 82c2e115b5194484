"""Nobody finds out by asking where somebody else's protected place stands: a hit is answered as a miss, at every door.

Each door is asked twice from one state: for what tells the place, and for what tells none. Both answers are the same
page, but for what was typed and for ids and tokens; so is what becomes of the changes. Stewards are told.
"""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from directory.actions.decide_change import publish_change
from directory.actions.forget_again import forget_again
from directory.actions.propose_listing import propose_listing
from directory.actions.protect_location import protect_location
from directory.actions.refuse_telling import TellsAnother
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.proposed_change import ProposedChange
from directory.models.push_token import Scope
from directory.models.same_service import SameService, Verdict
from directory.models.service import Service
from directory.rules.change_states import State
from directory.rules.holding import Hold
from safety.audit import AuditEntry
from safety.limits import WrongGuess
from safety.viewer import Tier, Viewer
from tests.cast import SignIn
from tests.directory import pushing, sheets
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, moment, second
from tests.directory.pushing import lead
from tests.directory.test_profile_new_pages import PANTRY
from tests.directory.test_profile_pages import browser, fields_of, proved
from tests.roles import RoleClient

__all__ = ["browser", "house", "lead", "second"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise(1)]

STREET = ("12 Larch Street", "14 Larch Street")
"""The door of the hidden house, and one where nothing is hidden."""
NAMED = ("Ask at Quillfeather House.", "Ask at Hollowbrook House.")
NUMBERED = ("We are at 12 Larch Street.", "We are at 14 Larch Street.")


class _Over(Exception):
    """It was asked; nothing of it stays."""


@pytest.fixture
def hidden(make_service: MakeService) -> Service:
    """A shelter at 12 Larch Street in Kingston, which is protected."""
    FORMS.clear()
    found = make_service("Hidden", place={"name": "Quillfeather House"}, street=STREET[0])
    place = Location.objects.get(services__service=found)
    protect_location(location_id=place.pk, viewer=Viewer(user=uuid4(), tier=Tier.CUSTODIAN))
    return found


def asked(ask: Callable[[], Any]) -> Any:
    """What `ask` returns; all that it wrote is taken back."""
    found = []
    try:
        with transaction.atomic():
            found.append(ask())
            raise _Over
    except _Over:
        return found[0]


def plain(page: str, typed: str) -> str:
    """A page without what was typed, ids, tokens and marks that each answer has of its own."""
    page = page.replace(typed, "TYPED")
    page = re.sub(r'(name="(?:csrfmiddlewaretoken|telling|read_at|seen)" value=")[^"]*', r"\1", page)
    page = re.sub(r'(nonce=")[^"]*', r"\1", page)
    return re.sub(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{24,}\b", "ID", page)


def posted(browser: RoleClient, address: str, **more: str) -> Any:
    """The page that answers: where it was taken, the organization's or the listing's own, with what waits there."""
    fields = FORMS.get(address) or fields_of(browser.get(address).text)
    FORMS[address] = fields
    return browser.post(address, fields | more, follow=True)


FORMS: dict[str, dict[str, Any]] = {}
"""The fields of the forms of this test, as they stand before anything is asked."""


def where_of(house: House) -> str:
    return reverse("profile_where", args=[house.service.pk])


def another_of(house: House) -> str:
    return reverse("profile_another_place", args=[house.service.pk])


ADDRESSES: dict[str, Callable[[RoleClient, House, str], Any]] = {
    "new": lambda b, h, street: posted(b, reverse("profile_new"), **PANTRY | {"address_1": street}),
    "new, beside": lambda b, h, street: posted(
        b, reverse("profile_new"), **PANTRY | {"address_1": "9 Oak Street", "address_2": street}
    ),
    "new draft": lambda b, h, street: posted(
        b, reverse("profile_new"), draft="1", **PANTRY | {"address_1": street}
    ),
    "new compared": lambda b, h, street: posted(
        b, reverse("profile_new"), preview="1", **PANTRY | {"address_1": street}
    ),
    "new page": lambda b, h, street: posted(
        b, reverse("profile_new"), page="1", **PANTRY | {"address_1": street}
    ),
    "where": lambda b, h, street: posted(b, where_of(h), community="Kingston, ON", address_1=street),
    "where, draft": lambda b, h, street: posted(
        b, where_of(h), community="Kingston, ON", address_1=street, draft="1"
    ),
    "where, compared": lambda b, h, street: posted(
        b, where_of(h), community="Kingston, ON", address_1=street, preview="1"
    ),
    "where, page": lambda b, h, street: posted(
        b, where_of(h), community="Kingston, ON", address_1=street, page="1"
    ),
    "another place": lambda b, h, street: posted(
        b, another_of(h), where="new", community="Kingston, ON", address_1=street
    ),
}


def changes() -> list[tuple[str, str]]:
    """What became of all that was asked for, as its organization's list of changes tells it."""
    return sorted(ProposedChange.objects.values_list("state", "hold"))


def alike(ask: Callable[[str], list[str]], hit: str, miss: str) -> list[tuple[str, str]]:
    """Asks for both, and returns what became of the changes; fails where anything differs."""

    def told(words: str) -> tuple[list[str], list[tuple[str, str]]]:
        pages = ask(words)
        return [plain(page, words) for page in pages], changes()

    one, other = asked(lambda: told(hit)), asked(lambda: told(miss))
    assert one == other
    return list(one[1])


@pytest.mark.parametrize("door", ADDRESSES)
def test_an_address_is_answered_alike(door: str, house: House, hidden: Service, browser: RoleClient) -> None:
    def ask(street: str) -> list[str]:
        answer = ADDRESSES[door](browser, house, street)
        assert answer.status_code == 200
        return [answer.text]

    became = alike(ask, *STREET)
    state = {"draft": [(State.DRAFT, "")], "compared": [], "page": []}
    assert became == state.get(door.split()[-1], [(State.HELD, Hold.REVIEW)])


def akin(house: House, hidden: Service, kind: str) -> None:
    """The house's clinic is, or may be, the same service as the shelter; or its organization is the parent."""
    if kind == "parent":
        Organization.objects.filter(pk=hidden.organization_id).update(parent_organization=house.organization)
        return
    SameService.objects.create(
        kept=house.service, other=hidden, likeness="phone_name", verdict=Verdict(kind), decided_at=moment()
    )


def said(browser: RoleClient, house: House, **more: str) -> Any:
    return posted(browser, reverse("profile_name", args=[house.service.pk]), **more)


def pushed(lead: Viewer, house: House, scope: Scope, words: str) -> Any:
    return pushing.make(lead, scope)[1].push({"id": str(house.service.pk), "fees_description": words})


def in_a_sheet(browser: RoleClient, words: str) -> list[str]:
    page = sheets.send(browser, sheets.with_cells(sheets.download(browser), [(2, "fees_description", words)]))
    return [page.text, sheets.confirm(browser, page).text]


TEXTS: dict[str, Callable[[RoleClient, House, Viewer, str], Any]] = {
    "page": lambda b, h, lead, words: said(b, h, description=words).text,
    "draft": lambda b, h, lead, words: said(b, h, description=words, draft="1").text,
    "compared": lambda b, h, lead, words: said(b, h, description=words, preview="1").text,
    "page to come": lambda b, h, lead, words: said(b, h, description=words, page="1").text,
    "push": lambda b, h, lead, words: pushed(lead, h, Scope.CHANGE, words),
    "push, tried": lambda b, h, lead, words: pushed(lead, h, Scope.TRY, words),
    "sheet": lambda b, h, lead, words: in_a_sheet(b, words),
}


BESIDE = [("suggested", "page"), ("suggested", "push"), ("parent", "page"), ("parent", "push, tried")]


@pytest.mark.parametrize(("kind", "door"), [*(("linked", door) for door in TEXTS), *BESIDE])
def test_words_are_answered_alike(
    kind: str, door: str, house: House, hidden: Service, browser: RoleClient, lead: Viewer
) -> None:
    akin(house, hidden, kind)

    def ask(told: str) -> list[str]:
        answer = TEXTS[door](browser, house, lead, told)
        return answer if isinstance(answer, list) else [str(answer)]

    words, hold = (NAMED, Hold.REVIEW) if kind == "linked" else (NUMBERED, Hold.CALL)
    became = alike(ask, *words)
    is_kept = door in ("page", "push", "sheet")
    assert became == ([(State.HELD, hold)] if is_kept else [(State.DRAFT, "")] * (door == "draft"))


def new_listing(house: House, street: str, code: str = "") -> ProposedChange:
    place = {
        "kind": "new",
        "community": "Kingston, ON",
        "address_1": street,
        "address_2": "",
        "postal_code": code,
    }
    texts = {f"service.{name}": "" for name in ("name_fr", "description", "description_fr")}
    values = {**texts, "service.name": "Larch pantry", "needs": ["food"], "phones": [], "place": place}
    return propose_listing(
        organization=house.organization.pk, values=values, viewer=house.keeper, now=moment()
    )


def test_a_steward_is_told_and_it_is_never_published(
    house: House, hidden: Service, browser: RoleClient, steward: User, sign_in: SignIn
) -> None:
    desk = proved(sign_in(steward))
    hit, miss = (new_listing(house, street) for street in STREET)
    warned = [
        "place of another organization is: it cannot be published"
        in desk.get(reverse("review_change", args=[change.pk])).text
        for change in (hit, miss)
    ]
    assert warned == [True, False]
    with pytest.raises(TellsAnother):
        publish_change(change=hit.pk, viewer=house.steward, now=moment())
    publish_change(change=miss.pk, viewer=house.steward, now=moment())
    assert not Service.objects.filter(pk=hit.service_id).exists()


def test_words_of_another_house_are_a_stewards_to_refuse(
    house: House, hidden: Service, steward: User, sign_in: SignIn
) -> None:
    akin(house, hidden, "linked")
    (change,) = house.change({"service.fees_description": NAMED[0]})
    page = proved(sign_in(steward)).get(reverse("review_change", args=[change.pk])).text
    assert "must not learn it from you" in page
    with pytest.raises(TellsAnother):
        publish_change(change=change.pk, viewer=house.steward, now=moment())


def test_an_organization_that_is_not_let_in_publishes_no_word_unread(
    make_service: MakeService, keeper: User
) -> None:
    service = make_service("Mine")
    mine = House(service, employ(keeper, service.organization), Viewer(user=uuid4()))  # type: ignore[arg-type]
    (change,) = mine.change({"service.description": "We help.", "service.alert": "Closed today."})
    assert (change.state, change.hold) == (State.HELD, Hold.REVIEW)
    assert new_listing(mine, STREET[0]).state == State.HELD


def test_what_a_relative_only_asked_for_stays_as_it_was_written(house: House, hidden: Service) -> None:
    """Each import of a shelter looks anew for its door: what disappeared from a desk would tell it."""
    akin(house, hidden, "suggested")
    (held,) = house.change({"service.fees_description": NUMBERED[0]})
    (location,) = Location.objects.filter(services__service=hidden)
    forget_again([location.pk])
    held.refresh_from_db()
    assert (held.state, held.after, held.redacted_at) == (
        State.HELD, {"service.fees_description": NUMBERED[0]}, None
    )  # fmt: skip


def test_addresses_are_counted_and_a_page_takes_no_count_back(
    house: House, hidden: Service, browser: RoleClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.actions.count_tries.MOST_OF_PERSON", 3)
    doors = ("new page", "where, page", "new", "another place", "new page")
    refused = [
        "Please go on in an hour." in ADDRESSES[door](browser, house, STREET[0]).text for door in doors
    ]
    assert refused == [False, False, False, True, True]
    assert sorted(WrongGuess.objects.values_list("times", flat=True)) == [5, 5]
    assert AuditEntry.objects.filter(action="note_many_addresses").count() == 1
    assert ProposedChange.objects.count() == 1
    house.change({"service.description": "Come and eat."})


def test_nobody_else_uses_up_what_an_organization_may_try(
    house: House, hidden: Service, outsider: User
) -> None:
    stranger = House(
        house.service, Viewer(user=outsider.pk, organization=house.organization.pk), house.steward
    )
    with pytest.raises(PermissionDenied):
        new_listing(stranger, STREET[1])
    assert not WrongGuess.objects.exists()
