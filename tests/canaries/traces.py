"""What one answer leaves with its reader: nothing kept, nothing told on, nothing loaded from elsewhere."""

import re
from collections.abc import Iterator

from cms.editing import POLICY
from safety.headers import COMMON
from tests.canaries.routes import Path
from tests.canaries.words import words_in

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
    r'(?:inline|attachment)(?:; filename="(?:document\.(?:pdf|jpg|png|webp)|key\.pem|pages-\d{4}-\d\d-\d\d\.zip|'
    r"(?:listings|fiches|quality|schema|hsds|hsds-json)"
    r"(?:-\d{4}-\d\d-\d\d)?"
    r'\.(?:csv|xlsx|json|zip))")?'
)
NEUTRAL = ("Community services", "Services communautaires")
STRICTEST = re.compile(r"/(admin|cms|../(desk|bureau))(/|$)")
"""Signed-in work, whose scripts ask for nothing at all."""


def left_behind(path: Path, headers: dict[str, str], page: str) -> Iterator[str]:
    """Promise 19: what a browser would keep of an answer, by its faults."""
    if headers.get("Cache-Control") != "no-store":
        yield "may be kept"
    if not path.is_private:
        if "Set-Cookie" in headers or "cookie" in headers.get("Vary", "").lower():
            yield "has to do with cookies"
        if headers.get("Referrer-Policy") != "no-referrer":
            yield "is told to whatever it leads to"
    for title in TITLE.findall(page):
        is_ours = not (path.is_administration or path.is_editing)
        if any(words_in(title)) or (is_ours and not title.strip().startswith(NEUTRAL)):
            yield f"has the title {title.strip()}"
    name = headers.get("Content-Disposition")
    if name is not None and not FILE_NAMES.fullmatch(name):
        yield f"is kept as {name}"


def from_elsewhere(path: Path, headers: dict[str, str], page: str) -> Iterator[str]:
    """Promise 18: what an answer would ask of another origin or run of its own, and to whom it reports."""
    policy = _policy(headers.get("Content-Security-Policy", ""))
    if path.is_editing and page and policy == POLICY:
        return _of_editors(headers, page)
    return _of_this_site(path, policy, headers, page)


def _of_editors(headers: dict[str, str], page: str) -> Iterator[str]:
    """Wagtail's pages, to editors alone: style attributes and previews are let in. Scripts inside are not run."""
    due = COMMON | {"X-Frame-Options": "SAMEORIGIN"}
    if {name: headers.get(name) for name in COMMON} != due:
        yield "lacks a header"
    yield from (f"reports by {name}" for name in REPORTING if name in headers)
    yield from (f"loads {url}" for url in LOADED.findall(page) if not re.match(r"/(?!/)|data:|#", url))


def _of_this_site(
    path: Path, policy: dict[str, list[str]], headers: dict[str, str], page: str
) -> Iterator[str]:
    if {value for values in policy.values() for value in values} != {"'self'", "'none'"}:
        yield "lets more in than this site"
    if policy.get("default-src") != ["'none'"] or {"report-uri", "report-to"} & set(policy):
        yield "has an open policy"
    if (policy.get("connect-src") == ["'none'"]) is not bool(STRICTEST.match(path.path)):
        yield "is not under the policy of its surface"
    is_open_data = path.path.startswith("/hsds") and path.route.name != "push"
    due = COMMON | ({"Cross-Origin-Resource-Policy": "cross-origin"} if is_open_data else {})
    if {name: headers.get(name) for name in COMMON} != due:
        yield "lacks a header"
    told = ("ETag", "Last-Modified") if is_open_data else ()  # programs ask what changed
    yield from (f"reports by {name}" for name in REPORTING if name in headers and name not in told)
    yield from (f"loads {url}" for url in LOADED.findall(page) if not re.match(r"/(?!/)", url))
    yield from (f"has in it {found}" for found in INLINE.findall(page))


def _policy(told: str) -> dict[str, list[str]]:
    parts = [part.split() for part in told.split(";")]
    return {part[0]: part[1:] for part in parts if part}
