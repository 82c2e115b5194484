"""One reader asks every route, and everything that comes back, or is left beside, is searched for canaries."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from safety.surface import is_private
from tests.canaries import beside
from tests.canaries.fillers import NEAR, all_fillers
from tests.canaries.forms import Form, forms_in
from tests.canaries.people import Person
from tests.canaries.rights import may_read
from tests.canaries.routes import Path, Route, paths, routes
from tests.canaries.unpacked import body_of, texts_of
from tests.canaries.words import Canary
from tests.canaries.world import World

QUERIES: list[tuple[str, tuple[str, ...]]] = [
    ("api_search", (NEAR, "need=legal_advice", "q={typed}")),
    ("find", ("", NEAR)),
    ("hsds_services", ("", "full=true", "minimal=true", "format=csv", "format=ndjson", "search={typed}")),
    ("hsds_organizations", ("", "full=true", "format=csv")),
    ("hsds_service_at_locations", ("", "full=true")),
    ("hsds_organization", ("", "full_service=true")),
    ("hsds_export", ("", "format=json")),
    ("review_trail", ("", "group=people")),
    ("admin:*_changelist", ("", "q={typed}")),
]
"""What stands behind the question mark, by route; nothing where no line fits."""
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
FOR_PROGRAMS = ("api_", "hsds", "push")


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: how it was asked for, its status and headers, what was met in it."""

    path: Path
    method: str
    status: int
    headers: dict[str, str]
    met: frozenset[Canary]
    page: str = ""
    wrote: frozenset[str] = frozenset()


@dataclass
class Sweep:
    """All answers to one reader, and what was met that may not be."""

    world: World
    person: Person
    answers: list[Answered] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    sent: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def typed(self) -> str:
        """What this reader writes into forms."""
        return next(word for word, canary in self.world.aviary.by_word.items() if canary.what == "typed")

    @property
    def met(self) -> set[Canary]:
        """All that this reader met anywhere."""
        return {canary for answer in self.answers for canary in answer.met}


Picks = Callable[[Path], bool]


def every_path(world: World, urlconf: str | None = None, picks: Picks = lambda path: True) -> list[Path]:
    """All addresses of an URL configuration. Raises Unfilled."""
    fillers, found = all_fillers(world), list[Path]()
    for route in routes(urlconf):
        found += [path for path in paths(route, fillers) if picks(path)]
    return found


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written meanwhile is taken back: each request finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Asker:
    """Asks for one reader. `is_thorough`: by every method where nothing is shown too, and says what each one wrote."""

    def __init__(
        self, world: World, person: Person, heard: beside.Heard, *, is_thorough: bool = False
    ) -> None:
        self.is_thorough = is_thorough
        self.sweep = Sweep(world, person)
        self.heard = heard
        self.browser = person.browser
        self.cookies = deepcopy(person.browser.cookies)
        self.job = beside.last_job()
        self.refused: set[Route] = set()

    def ask(self, path: Path, method: str, query: str = "", language: str = "", **body: Any) -> Any:
        """One request, searched. None where the site failed, which is a fault of its own."""
        self.browser.cookies = deepcopy(self.cookies)
        self.heard.texts.clear()
        address = f"{path.path}?{query}" if query else path.path
        headers = {"accept-language": language or path.route.language or "en", **body.pop("headers", {})}
        since = timezone.now()
        before = written_tables() if self.is_thorough else {}
        with undone():
            try:
                answer = self.browser.generic(method, address, headers=headers, **body)
            # Whatever it is, the page failed; what pytest says of an undefined name in a template is no Exception.
            except (Exception, pytest.fail.Exception) as fault:
                self.sweep.faults.append(f"{method} {address}: {type(fault).__name__}: {str(fault)[:200]}")
                transaction.set_rollback(True)
                answer = None
            else:
                wrote = written_tables() if self.is_thorough else {}
                changed = frozenset(name for name, count in wrote.items() if count > before.get(name, 0))
                self._search(path, method, address, answer, changed)
                self._search_beside(address, method, since)
        return answer

    def _search(self, path: Path, method: str, address: str, answer: Any, wrote: frozenset[str]) -> None:
        body = body_of(answer)
        answer.whole = body
        met = frozenset(self.sweep.world.aviary.found_in(texts_of(answer, body)))
        self.sweep.answers.append(
            Answered(path, method, answer.status_code, dict(answer.headers), met, _page(answer, body), wrote)
        )
        if answer.status_code >= 500:
            self.sweep.faults.append(f"{method} {address}: {answer.status_code}")
        for canary in met:
            if not (may_read(self.sweep.person.reader, canary) or canary.what in path.lets):
                self._leak(canary, method, address, f"its answer of {answer.status_code}")
        told = [f"{name}: {value}" for name, value in answer.headers.items()]
        for canary in self.sweep.world.aviary.found_in(told):
            if canary.what == "typed":
                self._leak(canary, method, address, "a header")

    def _search_beside(self, address: str, method: str, since: datetime) -> None:
        """Nobody reads a log, a letter or a queue with the rights of the person who asked."""
        found = [("a log", text) for text in self.heard.texts]
        found += list(beside.letters())
        if method == "POST":
            found += list(beside.rows(since, self.job))
        for where, text in found:
            for canary in self.sweep.world.aviary.found_in([text]):
                self._leak(canary, method, address, where)

    def _leak(self, canary: Canary, method: str, address: str, where: str) -> None:
        self.sweep.leaks.append(
            f"{self.sweep.person.reader.name} met {canary} in {where}: {method} {address}"
        )

    def read(self, path: Path) -> list[Form]:
        """GET with every query, in both languages where there is something to read; the forms of the pages."""
        forms: list[Form] = []
        shown = False
        if path.route in self.refused:
            return forms
        for query in queries(path, self.sweep.typed):
            for language in [path.route.language] if path.route.language else ["en", "fr"]:
                answer = self.ask(path, "GET", query, language)
                if answer is None or answer.status_code != 200:
                    self._note_refusal(path, answer)
                    break
                shown = True
                if answer.headers.get("Content-Type", "").startswith("text/html"):
                    forms += forms_in(answer.whole.decode(), self.sweep.typed)
        if path.is_first and (shown or self.is_thorough) and path.route.language != "fr":
            for method in ("HEAD", "OPTIONS"):
                self.ask(path, method)
        return forms

    def _note_refusal(self, path: Path, answer: Any) -> None:
        """Whoever is no steward is refused by the administration before anybody looks at an id: one is enough."""
        if answer is not None and answer.status_code == 403 and path.path.startswith("/admin/"):
            self.refused.add(path.route)

    def send(self, path: Path, forms: Sequence[Form]) -> None:
        """POST with nothing, once for each route; then each form of its page that is new, as somebody would send it."""
        if path.is_first and path.route.language != "fr":
            kind = JSON if path.route.name.startswith(FOR_PROGRAMS) else FORM
            self.ask(path, "POST", content_type=kind, data=b"")
        for form in forms:
            if form.method != "post" or form.action.startswith("http"):
                continue
            target = form.action or path.path
            mark = (path.route.name, target if not form.fields else "", *form.shape)
            if mark not in self.sweep.sent:
                self.sweep.sent.add(mark)
                self._send(Path(path.route, target.partition("?")[0], is_first=False, lets=path.lets), form)

    def _send(self, path: Path, form: Form) -> None:
        data = encode_multipart(BOUNDARY, form.fields)
        self.ask(path, "POST", content_type=MULTIPART_CONTENT, data=data)


def queries(path: Path, typed: str) -> list[str]:
    """What may stand behind the question mark of a route."""
    for named, told in QUERIES:
        if fnmatchcase(path.route.name, named):
            return [query.replace("{typed}", typed) for query in told]
    return [""]


def _page(answer: Any, body: bytes) -> str:
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return body.decode(errors="replace") if is_page else ""


def swept(
    world: World,
    person: str | Person,
    picked: Iterable[Path],
    *,
    sends: bool = True,
    is_thorough: bool = False,
) -> Sweep:
    """All that a reader (or who is called so) comes to: reading, and sending if it `sends`."""
    who = world.people[person] if isinstance(person, str) else person
    with beside.listening() as heard:
        asker = Asker(world, who, heard, is_thorough=is_thorough)
        for path in picked:
            forms = asker.read(path)
            if sends:
                asker.send(path, forms)
    return asker.sweep


def is_public(path: Path) -> bool:
    """True for what is asked as the public role."""
    return not is_private(path.path)


def written_tables() -> dict[str, int]:
    """By table, how many rows this connection wrote lately (those that were taken back too)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())
