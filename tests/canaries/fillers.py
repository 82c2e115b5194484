"""What stands in the gaps of addresses: ids of things that hold canaries, sealed searches, signed links.

A line is the name of a route, or its address if it has none (`*` stands for anything), a parameter, and where its
values come from.
A new route whose parameter no line fits fails the sweep, which says so; add its line here.
"""

import re
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.utils.http import urlencode

from accounts.lost_factor import token_of
from cms.views.asked import sealed as sealed_protocols
from directory.actions import ask_still_true, invite_members, report_beds
from directory.models.membership import Membership
from directory.models.record import HsdsRecord
from directory.rules.vetting import Point
from directory.views import desk_sealed, sealed, shortlist
from directory.views.help_counts import HELPED
from directory.views.kept import text_with
from directory.views.wrong_counts import WRONG
from safety.seal import seal
from tests.canaries.routes import Filler, Route, Value
from tests.canaries.world import World

Source = Callable[[World], Sequence[Any]]
NEAR = urlencode({"near": "Kingston, ON"})
SEARCHES = (
    NEAR,
    urlencode({"near": "Kingston, ON", "need": ["emergency_shelter", "legal_advice"]}, doseq=True),
)
"""A search near the houses, and one that shows needs side by side."""
MODEL = re.compile(r"/admin/directory/(\w+)/\{object_id\}/")
ROWS = 1
"""Rows of a table whose own pages of the administration are opened where they are of no house."""
EDITED = dict.fromkeys(("app_label", "content_type_app_name"), "cms")
EDITED |= dict.fromkeys(("model_name", "content_type_model_name"), "protocolpage")
"""What the addresses of editors call a page of theirs."""
HOUSES = ("protected", "back")
"""Those whose own pages of the administration are opened."""


def _token(address: str, place: int = -1) -> str:
    """The sealed part of an address."""
    return [part for part in address.split("/") if part][place]


def _listings(world: World) -> list[Any]:
    """The house of some of the readers first: what comes first is asked more closely."""
    return [world.own.site.pk, *(house.site.pk for house in world.houses.values() if house is not world.own)]


def _services(world: World) -> list[Any]:
    return [world.own.service.pk, world.houses["vetted"].service.pk]


def _places(world: World) -> list[Any]:
    return [world.own.site.location_id, world.houses["vetted"].site.location_id]


def _owners(world: World) -> list[Any]:
    return [world.own.site.pk, world.houses["vetted"].site.pk]


def _organizations(world: World) -> list[Any]:
    return [world.own.organization.pk, world.houses["vetted"].organization.pk]


def _searches(world: World) -> list[str]:
    return [_token(sealed.find_address(text)) for text in SEARCHES]


def _desk_searches(world: World) -> list[str]:
    return [_token(desk_sealed.find_address(text)) for text in SEARCHES]


def _sealed_listings(world: World) -> list[str]:
    return [_token(sealed.listing_address(str(key), NEAR, 1)) for key in _listings(world)]


def _desk_listings(world: World) -> list[str]:
    return [_token(desk_sealed.listing_address(str(key), NEAR, 1)) for key in _listings(world)]


def _lists(world: World) -> list[str]:
    return [_token(shortlist.shortlist_address(text_with(NEAR, _listings(world))))]


def _thanks(purpose: str, word: str) -> Source:
    return lambda world: [seal(f"{word} {_listings(world)[0]}", purpose, sealed.now())]


def _hsds(model: str) -> Source:
    """Of every house one record, shown or not, and an id that nothing has."""
    return lambda world: [*(house.records[model].pk for house in world.houses.values()), uuid4()]


def _changes(world: World) -> list[Any]:
    return [change.pk for change in world.papers.changes]


def _members(world: World) -> list[Any]:
    found = Membership.objects.filter(organization=world.own.organization).order_by("pk")
    return list(found.values_list("pk", flat=True))


def _invited(world: World) -> list[Value]:
    """Whoever holds the letter was asked at this address."""
    return [
        Value(invite_members.token_of(world.papers.invitation), frozenset({"invitation.email"})),
        Value("nothing"),
    ]


def _renewed(world: World) -> list[Value]:
    return [Value(token_of(world.renewal)), Value("nothing")]


def _asked(world: World) -> list[Value]:
    return [Value(ask_still_true.token_of(world.papers.truth)), Value("nothing")]


def _night(world: World) -> list[Value]:
    return [Value(report_beds.token_of(world.papers.link)), Value("nothing")]


def _one(*texts: Any) -> Source:
    return lambda world: texts


LINES: list[tuple[str, str, Source]] = [
    ("find_sealed", "token", _searches),
    ("find_points", "token", _searches),
    ("desk_find_sealed", "token", _desk_searches),
    ("desk_beside", "token", _desk_searches),
    ("desk_sheet", "token", _desk_searches),
    ("listing", "id", _listings),
    ("desk_listing", "id", _listings),
    ("listing_sealed", "token", _sealed_listings),
    ("desk_listing_sealed", "token", _desk_listings),
    ("shortlist", "token", _lists),
    ("helped", "token", _thanks(HELPED, "yes")),
    ("wrong_told", "token", _thanks(WRONG, "number")),
    ("night_beds", "token", _night),
    ("invitation", "token", _invited),
    ("still_true", "token", _asked),
    ("beds_revoke_link", "key", lambda world: [world.papers.link.pk]),
    ("answer_decide", "key", _one(uuid4())),
    ("member_*", "key", _members),
    ("invitation_revoke", "key", lambda world: [world.papers.invitation.pk]),
    ("push_token_revoke", "key", lambda world: [world.papers.token.pk]),
    ("sheet_download*", "kind", _one("xlsx", "csv")),
    ("sheet_*", "key", lambda world: [world.papers.draft.pk]),
    ("account_new_factor", "token", _renewed),
    ("review_factor", "key", lambda world: [world.renewal.pk]),
    ("review_letter", "key", _one(uuid4())),
    ("review_report", "key", lambda world: [world.papers.report.pk, world.papers.judged.pk]),
    ("withdraw_application", "key", lambda world: [world.papers.application.pk]),
    ("review_*", "key", _organizations),
    ("review_application", "application", lambda world: [world.papers.application.pk]),
    ("review_check", "point", _one(Point.IDENTITY)),
    ("review_agree", "decision", _one(uuid4())),
    ("review_*", "hold", lambda world: [world.papers.asked.pk]),
    ("*", "change", _changes),
    ("*", "member", _members),
    ("*", "service", _services),
    ("*", "owner", _owners),
    ("profile_hours_of", "kind", _one("door")),
    ("review_correct_hours", "kind", _one("door")),
    ("review_correct_owner", "organization", _organizations),
    ("review_correct_*", "name", _one("contact")),
    ("hsds_service", "id", _hsds("service")),
    ("hsds_organization", "id", _hsds("organization")),
    ("hsds_service_at_location", "id", _hsds("service_at_location")),
    ("hsds_taxonomy", "id", _hsds("taxonomy")),
    ("hsds_taxonomy_term", "id", _hsds("taxonomy_term")),
    ("*", "place", _places),
    ("*", "glass", lambda world: [world.papers.glass.pk]),
    ("*", "page", _one(1)),
    ("admin:app_list", "app_label", _one("directory")),
    ("/admin/{url}", "url", _one("nothing")),
    ("*protocols_found", "token", lambda world: [sealed_protocols({"q": "shelter"})]),
    ("*protocol*", "slug", lambda world: [page.slug for page in world.protocols.pages]),
    ("*protocol*", "number", _one(1)),
    ("*protocol_pack", "sector", _one("shelter")),
    ("*protocol_file", "key", lambda world: [world.protocols.file.pk]),
    ("api_protocol", "key", lambda world: [page.translation_key for page in world.protocols.pages]),
    ("account_*", "uidb36", _one("1")),
    ("account_*", "key", _one("nothing")),
    ("mfa_*", "pk", _one(1)),
]


def by_lines(world: World) -> Filler:
    """Values by the lines above, the first that fits; each made once."""
    kept: dict[int, Sequence[Any]] = {}

    def fill(route: Route, name: str, converter: str) -> Sequence[Any] | None:
        for number, (named, parameter, source) in enumerate(LINES):
            if parameter == name and fnmatchcase(route.name or route.gapped, named):
                if number not in kept:
                    kept[number] = source(world)
                return kept[number]
        return None

    return fill


def of_administration(world: World) -> Filler:
    """The pages of records: those of the houses, or the first rows of the table."""

    def fill(route: Route, name: str, converter: str) -> Sequence[Any] | None:
        model = MODEL.match(route.gapped)
        if name != "object_id" or model is None:
            return None
        return rows_of(world, apps.get_model("directory", model[1]))

    return fill


def rows_of(world: World, model: type[models.Model]) -> list[Any]:
    """Keys of rows that hold canaries where there are some; an id that is not there for an empty table."""
    if issubclass(model, HsdsRecord):
        told = [world.houses[key].records.get(model._meta.db_table) for key in (*HOUSES, "open")]
        if found := [record.pk for record in told if record is not None]:
            return found[: len(HOUSES)]
    first = model._default_manager.order_by("pk").values_list("pk", flat=True)[:ROWS]
    return list(first) or [uuid4()]


def of_editors(world: World) -> Filler:
    """Each address of the editors' surface once: of pages the one with a draft, of files the vetted one."""
    draft, file = world.protocols.draft, world.protocols.file
    known = EDITED | dict.fromkeys(("page_id", "page_to_move_id", "_0"), draft.pk)
    known |= {
        "parent_page_id": draft.get_parent().pk,
        "revision_id": draft.latest_revision_id,
        "_1": "live",
        "_2": draft.latest_revision_id,
    }

    def fill(route: Route, name: str, converter: str) -> Sequence[Any] | None:
        if not route.gapped.startswith("/cms/"):
            return None
        if route.name.startswith("cms_file"):
            return [file.pk]
        return [known.get(name) or {"int": 1, "uuid": uuid4()}.get(converter, "1")]

    return fill


def all_fillers(world: World) -> list[Filler]:
    """In the order in which they are asked."""
    return [of_administration(world), of_editors(world), by_lines(world)]
