"""What every answer of every route leaves with its reader: nothing kept, nothing told on, nothing from elsewhere."""

import re
from collections.abc import Iterator

import pytest

from safety.headers import COMMON
from safety.surface import is_private
from tests.canaries.asking import Answered, Sweep, every_path, swept
from tests.canaries.words import words_in
from tests.canaries.world import World

WHO = ("visitor", "steward")
REPORTING = (
    "Content-Security-Policy-Report-Only",
    "Cross-Origin-Opener-Policy-Report-Only",
    "NEL",
    "Report-To",
    "Reporting-Endpoints",
    "Expect-CT",
    "SourceMap",
    "Server-Timing",
    "ETag",
    "Last-Modified",
)
"""What would send something about a reader to somebody, or let a browser be known again."""
LOADED = re.compile(
    r"<(?:script|link|img|iframe|source|video|audio|embed|object|use)\b[^>]*?\b(?:src|href|data)=[\"']([^\"']*)"
)
INLINE = re.compile(
    r"<style\b|\bstyle=[\"']|\son[a-z]+=[\"']|<script(?![^>]*(?:\bsrc=|application/json))[^>]*>\s*[^<\s]",
    re.IGNORECASE,
)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
FILE_NAMES = re.compile(
    r'(?:inline|attachment)(?:; filename="(?:listings|fiches|quality|schema|hsds|hsds-json)(?:-\d{4}-\d\d-\d\d)?'
    r'\.(?:csv|xlsx|json|zip)")?'
)
NEUTRAL = ("Community services", "Services communautaires")


@pytest.fixture(scope="module", params=WHO)
def found(world: World, request: pytest.FixtureRequest) -> Sweep:
    """What somebody gets who reads each route once: the first of its addresses, in each language."""
    return swept(world, request.param, every_path(world, picks=lambda path: path.is_first), sends=False)


def _public(found: Sweep) -> Iterator[Answered]:
    return (one for one in found.answers if not is_private(one.path.path))


@pytest.mark.promise(19)
def test_no_browser_keeps_an_answer_and_no_public_one_gives_a_cookie(found: Sweep) -> None:
    """Promise 19: every route of the URL configuration."""
    assert [one.path.path for one in found.answers if one.headers.get("Cache-Control") != "no-store"] == []
    assert [one.path.path for one in _public(found) if "Set-Cookie" in one.headers] == []
    assert [one.path.path for one in _public(found) if "cookie" in one.headers.get("Vary", "").lower()] == []
    assert [one.path.path for one in _public(found) if one.headers["Referrer-Policy"] != "no-referrer"] == []


def _policy(one: Answered) -> dict[str, list[str]]:
    parts = [part.split() for part in one.headers["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.promise(18)
def test_every_answer_bears_the_strict_policies_and_reports_to_nobody(found: Sweep) -> None:
    """Promise 18: every route; signed-in work under a policy of its own, the administration's the strictest."""
    for one in found.answers:
        told, path = _policy(one), one.path.path
        assert {value for values in told.values() for value in values} == {"'self'", "'none'"}, path
        assert told["default-src"] == ["'none'"], path
        assert not {"report-uri", "report-to"} & set(told), path
        assert {name: one.headers.get(name) for name in COMMON} == COMMON | _for_other_sites(one), path
        assert [
            name for name in REPORTING if name in one.headers and name not in _told_on_purpose(one)
        ] == [], path
        assert (told["connect-src"] == ["'none'"]) is bool(
            re.match(r"/(admin|cms|../(desk|bureau))(/|$)", path)
        ), path
        assert (told["font-src"] == ["'none'"]) is bool(re.match(r"/(admin|cms)(/|$)", path)), path


def _for_other_sites(one: Answered) -> dict[str, str]:
    """Open data may be read by pages of others."""
    return {"Cross-Origin-Resource-Policy": "cross-origin"} if _is_open_data(one) else {}


def _is_open_data(one: Answered) -> bool:
    return one.path.path.startswith("/hsds") and one.path.route.name != "push"


def _told_on_purpose(one: Answered) -> tuple[str, ...]:
    """Open data is for programs, which ask what changed."""
    return ("ETag", "Last-Modified") if _is_open_data(one) else ()


@pytest.mark.promise(18)
def test_no_page_loads_anything_from_elsewhere_or_has_script_or_style_of_its_own(found: Sweep) -> None:
    """Promise 18: every page of every route."""
    for one in found.answers:
        assert [url for url in LOADED.findall(one.page) if not re.match(r"/(?!/)", url)] == [], one.path.path
        assert INLINE.findall(one.page) == [], one.path.path


@pytest.mark.promise(19)
def test_titles_and_the_names_of_files_tell_nothing(found: Sweep) -> None:
    """Promise 19: no title names a place, a search or what the site is about; nor does the name of a download."""
    for one in found.answers:
        for title in TITLE.findall(one.page):
            assert list(words_in(title)) == [], one.path.path
            is_administration = one.path.path.startswith("/admin/")
            assert is_administration or title.strip().startswith(NEUTRAL), (one.path.path, title)
        name = one.headers.get("Content-Disposition")
        assert name is None or FILE_NAMES.fullmatch(name), (one.path.path, name)
