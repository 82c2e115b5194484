"""The sweep finds what is planted for it: a sweep that finds nothing would otherwise say that there is nothing."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path as File
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Library, engines
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from directory.actions.invite_members import _record
from directory.admin.service import ServiceAdmin
from directory.api.hsds import collections
from directory.finding.windows import Window
from directory.models.contact import Contact
from safety import audit
from safety.headers import COMMON, HeadersMiddleware
from safety.notices import DELIVERY
from safety.surface import is_private
from safety.viewer import Tier, Viewer
from tests.canaries.asking import Sweep, every_path, swept
from tests.canaries.leaky_urls import FAULTS, LEAKS
from tests.canaries.manners import ASKS, READERS, SENDS, Manner
from tests.canaries.world import World

pytestmark = pytest.mark.promise(2)
LEAKY = "tests.canaries.leaky_urls"


def _name(*given: Any) -> str:
    return Contact.objects.exclude(name="").order_by("pk")[0].name


def look(world: World, name: str, *routes: str, urlconf: str | None = None, manner: Manner = ASKS) -> Sweep:
    """A sweep of a few routes, in English."""
    picked = every_path(world, urlconf, lambda route: route.name in routes and route.language in ("", "en"))
    assert picked
    return swept(world, name, picked, manner)


@pytest.fixture
def leaky(settings: Any) -> str:
    """The site with routes that leak."""
    settings.ROOT_URLCONF = LEAKY
    return LEAKY


def test_routes_that_leak_are_found_each(world: World, leaky: str) -> None:
    """Routes of an URL configuration that nobody told the sweep about: a file, a letter, the cache."""
    found = look(world, "visitor", *(f"leak_{way}" for way in LEAKS), urlconf=leaky, manner=SENDS)
    for way in LEAKS:
        assert [leak for leak in found.leaks if f"/leak/{way}/" in leak], way
    assert all("visitor met contact.name" in leak for leak in found.leaks)


def test_a_cookie_of_signed_in_work_is_read_as_anybody_could_and_is_not_kept(
    world: World, leaky: str
) -> None:
    found = look(world, "enforcement", "leak_signed_in", urlconf=leaky)
    # The gate lets members of organizations through, the administration's own check stands in its views.
    assert any("enforcement met contact.name" in leak for leak in found.leaks)
    assert look(world, "enforcement", "desk").leaks == []


@pytest.mark.promise(3)
@pytest.mark.parametrize("way", sorted(FAULTS))
def test_a_public_page_that_does_more_than_read_the_finding_tables_fails(
    world: World, leaky: str, way: str
) -> None:
    (fault, *_more) = look(world, "visitor", f"leak_{way}", urlconf=leaky).faults
    assert "read-only transaction" in fault or "permission denied" in fault


def test_a_view_that_forgets_the_tier_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    forgetful = Window(Tier.VETTED, uuid4())
    monkeypatch.setattr("directory.views.desk_tier.window_of", lambda viewer, now: forgetful)
    monkeypatch.setattr("directory.views.desk_tier.viewer", lambda request: Viewer(tier=Tier.VETTED))
    found = look(world, "outsider", "desk_listing")
    assert any("contact.name" in leak for leak in found.leaks)
    assert any("outsider met service.name" in leak for leak in found.leaks), (
        "of the house for vetted organizations"
    )


@pytest.mark.promise(16)
def test_a_reading_that_leaves_no_row_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.views.vetting_desk.open_vetting_file", lambda **given: None)
    assert look(world, "steward", "review_organization").unrecorded


def test_a_custodians_field_in_the_administration_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = (*ServiceAdmin.fields, "assurer_email")
    monkeypatch.setattr(ServiceAdmin, "fields", fields)
    assert look(world, "steward", "admin:directory_service_change").leaks == []
    monkeypatch.setattr(ServiceAdmin, "shut", lambda self, record: frozenset())
    found = look(world, "steward", "admin:directory_service_change")
    assert any("steward met service.assurer_email" in leak for leak in found.leaks)


@contextmanager
def public_page_with(shown: str, instead_of: str) -> Iterator[None]:
    """The read model as a projector would write it that takes the wrong column."""

    def swap(one: str, other: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE listing_page SET en = replace(en, %s, %s)", [one, other])

    swap(instead_of, shown)
    try:
        yield
    finally:
        swap(shown, instead_of)


def test_a_projector_that_writes_too_much_is_found_at_every_public_door(world: World) -> None:
    routes = ("listing", "listing_sealed", "find_sealed", "api_search", "shortlist")
    with public_page_with(_name(), world.houses["open"].service.name):
        found = look(world, "visitor", *routes)
    met = {one.path.route.name for one in found.answers if any(c.what == "contact.name" for c in one.met)}
    assert met == set(routes)
    assert any("visitor met contact.name" in leak for leak in found.leaks)


def test_a_serializer_with_one_more_field_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def more(found: Any, language: str, now: Any) -> dict[str, Any]:
        return {"results": [], "contact": _name()}

    monkeypatch.setattr("directory.api.search.answer_json", more)
    assert look(world, "visitor", "api_search").leaks


@pytest.fixture
def template(tmp_path: File, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts a template that prints a name in the place of one of ours."""
    engine, library = engines["django"].engine, Library()
    library.simple_tag(_name, name="somebody")
    monkeypatch.setitem(engine.template_libraries, "leaky", library)
    monkeypatch.setattr(engine, "dirs", [tmp_path, *engine.dirs])

    def put(name: str) -> None:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{% load leaky %}<p>{% somebody %}</p>", encoding="utf-8")
        for loader in engine.template_loaders:
            loader.reset()

    yield put
    monkeypatch.undo()
    for loader in engine.template_loaders:
        loader.reset()


@pytest.mark.parametrize(
    ("name", "reader", "route"),
    [
        ("directory/worried.html", "visitor", "worried"),
        ("errors/404.html", "outsider", "desk_listing"),
    ],
)
def test_a_template_that_prints_a_name_is_found(
    world: World, template: Callable[[str], None], name: str, reader: str, route: str
) -> None:
    template(name)
    assert any("contact.name" in leak for leak in look(world, reader, route).leaks)


@pytest.mark.promise(20)
def test_a_line_of_a_log_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def log(*given: Any) -> str:
        logging.getLogger("directory.desk").info("seen", extra={"who": _name()})
        return "approved"

    monkeypatch.setattr("directory.views.desk._standing", log)
    found = look(world, "other_lead", "desk")
    assert any("in a log" in leak for leak in found.leaks)


@pytest.mark.parametrize("route", ["hsds_organizations", "hsds_service_at_locations", "hsds_taxonomy_terms"])
def test_a_field_too_many_in_one_form_of_open_data_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    """Line by line nobody reads it but programs."""
    honest = collections.streamed
    monkeypatch.setattr(
        collections,
        "streamed",
        lambda asked, lines, etag: honest(asked, [*lines, f'{{"x": "{_name()}"}}'], etag),
    )
    found = look(world, "visitor", route)
    assert any("format=ndjson" in leak for leak in found.leaks)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_a_header_for_one_method_is_found_where_workers_are_let_in(
    world: World, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    honest = HeadersMiddleware.__call__

    def leaky(headers: HeadersMiddleware, request: HttpRequest) -> HttpResponse:
        answer = honest(headers, request)
        if request.method == method and is_private(request.path_info):
            answer["X-Typed"] = next(
                word for word, one in world.aviary.by_word.items() if one.what == "typed"
            )
        return answer

    monkeypatch.setattr(HeadersMiddleware, "__call__", leaky)
    assert look(world, "other_lead", "desk", manner=READERS["other_lead"]).leaks


@pytest.mark.promise(20)
@pytest.mark.parametrize("behind", ["keep_draft", "propose_change", "page_to_come", "_diff"])
def test_what_is_told_behind_any_button_of_a_form_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch, behind: str
) -> None:
    """Kept as a draft, saved, seen as a page, looked at first: each is another button of one form."""
    where = f"directory.views.profile_tasks.{behind}"
    honest = import_string(where)

    def log(*given: Any, **named: Any) -> Any:
        logging.getLogger("directory.desk").info("seen", extra={"who": _name()})
        return honest(*given, **named)

    monkeypatch.setattr(where, log)
    found = look(world, "own_keeper", "profile_name", manner=SENDS)
    assert any("in a log" in leak for leak in found.leaks)


@pytest.mark.promise(20)
def test_a_header_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMON, "X-Searched-For", next(iter(world.aviary.by_word)))
    assert look(world, "visitor", "start").leaks


@pytest.mark.promise(20)
@pytest.mark.parametrize("where", ["a job", "the cache", "the audit trail"])
def test_what_a_person_typed_is_found_where_others_read(
    world: World, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def told(viewer: Viewer, action: str, invitation: Any) -> None:
        if where == "a job":
            app.configure_task(DELIVERY).defer(timestamp=0, to=invitation.email)
        elif where == "the cache":
            cache.set("last", invitation.email)
        else:
            facts = {"details": {"to": invitation.email}, "subject_id": invitation.organization_id}
            audit.record(viewer, action=action, subject_type="organization", **facts)
        _record(viewer, action, invitation)

    monkeypatch.setattr("directory.actions.invite_members._record", told)
    found = look(world, "own_lead", "members", manner=SENDS)
    assert any("typed" in leak and f"in {where}" in leak for leak in found.leaks)
