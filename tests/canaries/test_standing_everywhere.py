"""Wherever a page of the CMS is named to readers, an unreviewed or overdue one says so: every route, found by walking.

One page alone is not current, so that a mark in an answer is this page's and no other's.
"""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.utils import timezone

from cms.actions.keep_home import home
from cms.actions.make_papers import make_papers
from cms.models.edition import Edition
from cms.models.protocol import ProtocolPage
from tests import databases
from tests.canaries.asking import every_path, queries
from tests.canaries.people import freshen
from tests.canaries.routes import Route
from tests.canaries.unpacked import body_of, texts_of
from tests.canaries.world import World, made, replica
from tests.cms.conftest import day, fields
from tests.conftest import pointed_at

TITLE = "What nobody has looked at lately"
MARKS = {
    "unreviewed": (
        "Needs review by a qualified person",
        '"standing":"unreviewed"',
        '"standing": "unreviewed"',
    ),
    "overdue": ("Review is overdue", '"standing":"overdue"', '"standing": "overdue"'),
}
READERS = ("visitor", "own_worker")
SHORT_OF = {"unreviewed": 200, "overdue": -2}
"""Days until its review is due."""


class Told(NamedTuple):
    """A world in which one page alone is not current, and how it stands."""

    world: World
    standing: str


def _with_page(world: World, standing: str) -> World:
    above = home("en")
    told = fields(title=TITLE, needs=["emergency_shelter", "food"], review_by=day(SHORT_OF[standing]))
    page = ProtocolPage(slug="looked-at", locale=above.locale, live=False, **told)
    above.add_child(instance=page)
    page.save_revision().publish(skip_permission_checks=True)
    others = Edition.objects.exclude(slug="looked-at") if standing == "unreviewed" else Edition.objects.all()
    others.update(reviewed_on=day(-1), reviewed_by=uuid4())
    make_papers(today=timezone.localdate())
    return replace(world, protocols=replace(world.protocols, pages=(*world.protocols.pages, page)))


@pytest.fixture(scope="module", params=sorted(MARKS))
def told(django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[Told]:
    """A database of its own for each standing."""
    with databases.cloned() as name, django_db_blocker.unblock(), pointed_at(name), replica(name):
        yield Told(_with_page(made(), request.param), request.param)


def _is_for_readers(route: Route) -> bool:
    """Not the surfaces on which pages and records are written."""
    return not route.gapped.startswith(("/cms/", "/admin/"))


def _shown(world: World, name: str) -> dict[str, str]:
    """By address, every answer to this reader that names the page."""
    person, found = world.people[name], {}
    freshen(person)
    for path in every_path(world, picks=_is_for_readers):
        for query in queries(path, "shelter"):
            address = f"{path.path}?{query}" if query else path.path
            answer: Any = person.browser.get(address)
            text = unescape(" ".join("\n".join(texts_of(answer, body_of(answer))).split()))
            if TITLE in text:
                found[address] = text
    return found


@pytest.mark.parametrize("reader", READERS)
def test_what_is_not_current_says_so_wherever_it_is_named(told: Told, reader: str) -> None:
    shown = _shown(told.world, reader)
    bare = [
        address for address, text in shown.items() if not any(mark in text for mark in MARKS[told.standing])
    ]
    assert bare == []
    start = "/en/protocols/" if reader == "visitor" else "/en/desk/protocols/"
    ends = ("", "looked-at/", "looked-at/1/", "looked-at/1/pdf/", "looked-at/history/", "pack/shelter/")
    expected = {f"{start}{end}" for end in ends} | {"/api/protocols", "/en/protocols/feed.atom"}
    assert expected - set(shown) == set()
