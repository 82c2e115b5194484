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

from tests.canaries import beside, traces
from tests.canaries.fillers import NEAR, all_fillers
from tests.canaries.forms import Form, forms_in
from tests.canaries.manners import Manner
from tests.canaries.people import Person, freshen
from tests.canaries.rights import is_sealed, may_read
from tests.canaries.routes import Path, Route, paths, routes
from tests.canaries.unpacked import body_of, texts_of
from tests.canaries.words import Canary
from tests.canaries.world import World

QUERIES: list[tuple[str, tuple[str, ...]]] = [
    ("api_search", (f"{NEAR}&need=legal_advice&q={{typed}}", NEAR)),
    ("find", ("", NEAR)),
    ("hsds_services", ("full=true", "minimal=true", "format=csv", "format=ndjson", "search={typed}")),
    ("hsds_organizations", ("full=true", "format=csv", "format=ndjson")),
    ("hsds_service_at_locations", ("full=true", "format=csv", "format=ndjson")),
    ("hsds_taxonom*s", ("", "format=csv", "format=ndjson")),
    ("api_protocol", ("", "version=1&lang=fr")),
    ("review_quality", ("", "publisher=canaries", "missing=hours")),
    ("review_organizations", ("", "standing=approved", "name={typed}")),
    ("hsds_organization", ("full_service=true",)),
    ("hsds_export", ("", "format=json")),
    ("review_trail", ("", "group=people")),
    ("admin:*_changelist", ("q={typed}", "")),
]
"""What stands behind the question mark, by route; nothing where no line fits."""
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
FOR_PROGRAMS = ("api_", "hsds", "push")


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: how it was asked for, its status and headers, what was met in it.

    `wrote`: tables that were written to; `asked`: statements to the desk's connection. Both if somebody looked.
    """

    path: Path
    method: str
    status: int
    headers: dict[str, str]
    met: frozenset[Canary]
    wrote: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()


@dataclass
class Sweep:
    """All answers to one reader, and what was met that may not be."""

    world: World
    person: Person
    answers: list[Answered] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unrecorded: list[str] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)
    from_elsewhere: list[str] = field(default_factory=list)
    sent: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def typed(self) -> str:
        """What this reader writes into forms."""
        return next(word for word, canary in self.world.aviary.by_word.items() if canary.what == "typed")

    @property
    def met(self) -> set[Canary]:
        """All that this reader met anywhere."""
        return {canary for answer in self.answers for canary in answer.met}

    def told(self) -> dict[str, str]:
        """What is wrong, by kind: the first of each."""
        kinds = ("faults", "leaks", "unrecorded", "left_behind", "from_elsewhere")
        lists = {kind: sorted(set(getattr(self, kind))) for kind in kinds}
        return {kind: "\n".join(found[:30]) for kind, found in lists.items() if found}

    def shown(self) -> set[str]:
        """Names of the routes that showed this reader something."""
        return {one.path.route.name for one in self.answers if one.method == "GET" and one.status == 200}


Picks = Callable[[Route], bool]


def every_path(world: World, urlconf: str | None = None, picks: Picks = lambda route: True) -> list[Path]:
    """All addresses of an URL configuration, or of those of its routes that are picked. Raises Unfilled."""
    fillers, found = all_fillers(world), list[Path]()
    for route in routes(urlconf):
        if picks(route):
            found += paths(route, fillers)
    return found


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written meanwhile is taken back: each request finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Asker:
    """Asks for one reader, in a manner: every page, by other methods, and sending forms."""

    def __init__(self, world: World, person: Person, heard: beside.Heard, manner: Manner) -> None:
        self.manner = manner
        self.sweep = Sweep(world, person)
        self.heard = heard
        self.browser = person.browser
        self.cookies = deepcopy(person.browser.cookies)
        self.job = beside.last_job()
        self.refused: set[Route] = set()
        self.in_english: set[str] = set()
        self.asked: list[str] = []

    def ask(self, path: Path, method: str, query: str = "", language: str = "", **body: Any) -> Any:
        """One request, searched. None where the site failed, which is a fault of its own."""
        self.heard.texts.clear()
        self.asked.clear()
        address = f"{path.path}?{query}" if query else path.path
        headers = {"accept-language": language or path.route.language or "en", **body.pop("headers", {})}
        since = timezone.now()
        with undone():
            before = written_tables() if self.manner.is_thorough else {}
            try:
                with connection.execute_wrapper(self._note):
                    answer = self.browser.generic(method, address, headers=headers, **body)
            # Whatever it is, the page failed; what pytest says of an undefined name in a template is no Exception.
            except (Exception, pytest.fail.Exception) as fault:
                self.sweep.faults.append(f"{method} {address}: {type(fault).__name__}: {str(fault)[:200]}")
                transaction.set_rollback(True)
                answer = None
            else:
                wrote = written_tables() if self.manner.is_thorough else {}
                changed = frozenset(name for name, count in wrote.items() if count > before.get(name, 0))
                self._search(path, method, address, answer, changed, since)
                self._search_beside(address, method, since)
            finally:
                self.browser.cookies = deepcopy(self.cookies)
        return answer

    def _note(self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:
        """What is asked on the desk's connection."""
        if not str(sql).startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.asked.append(str(sql)[:200])
        return execute(sql, params, many, context)

    def _search(
        self, path: Path, method: str, address: str, answer: Any, wrote: frozenset[str], since: datetime
    ) -> None:
        sweep, body = self.sweep, body_of(answer)
        answer.whole = body
        met = frozenset(sweep.world.aviary.found_in(texts_of(answer, body)))
        headers = dict(answer.headers)
        sweep.answers.append(
            Answered(path, method, answer.status_code, headers, met, wrote, tuple(self.asked))
        )
        if answer.status_code >= 500:
            sweep.faults.append(f"{method} {address}: {answer.status_code}")
        for canary in met:
            if not (may_read(sweep.person.reader, canary) or canary.what in path.lets):
                self._leak(canary, method, address, f"its answer of {answer.status_code}")
        told = [f"{name}: {value}" for name, value in headers.items()]
        for canary in sweep.world.aviary.found_in(told):
            if canary.what == "typed":
                self._leak(canary, method, address, "a header")
        if method == "GET":
            self._look_at_traces(path, address, headers, _page(answer, body))
            self._look_for_a_row(met, address, since)

    def _look_at_traces(self, path: Path, address: str, headers: dict[str, str], page: str) -> None:
        sweep = self.sweep
        if path.is_first or "Content-Disposition" in headers:
            sweep.left_behind += [f"{address} {one}" for one in traces.left_behind(path, headers, page)]
            sweep.from_elsewhere += [f"{address} {one}" for one in traces.from_elsewhere(path, headers, page)]

    def _look_for_a_row(self, met: Iterable[Canary], address: str, since: datetime) -> None:
        """Whoever reads what is sealed and not their own leaves one."""
        reader = self.sweep.person.reader
        sealed = [one for one in met if is_sealed(one) and not reader.owns(one)]
        if sealed and (rows := beside.looks_told(since)) != 1:
            self.sweep.unrecorded.append(f"{address}: {rows} rows for {sealed[0]}")

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
        """GET with every query; in French once where the English page showed something. The forms of the pages."""
        forms: list[Form] = []
        is_french = path.route.language == "fr"
        if path.route in self.refused or (is_french and not self._reads_in_french(path)):
            return forms
        for query in queries(path, self.sweep.typed)[: 1 if is_french else None]:
            answer = self.ask(path, "GET", query)
            if answer is None or answer.status_code != 200:
                self._note_refusal(path, answer)
                break
            self.in_english.add(path.route.name)
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                forms += forms_in(answer.whole.decode(), self.sweep.typed)
        if path.is_first and not is_french and not path.is_administration:
            for method in self.manner.methods:
                self.ask(path, method)
        return forms

    def _reads_in_french(self, path: Path) -> bool:
        if self.manner.is_thorough:
            return path.is_first
        return self.manner.in_french and path.is_first and path.route.name in self.in_english

    def _note_refusal(self, path: Path, answer: Any) -> None:
        """The administration refuses before it looks at an id or a method: one look is enough."""
        if answer is not None and answer.status_code in (403, 404) and path.is_administration:
            self.refused.add(path.route)

    def send(self, path: Path, forms: Sequence[Form]) -> None:
        """POST with nothing, once for each route; then each form of its page that is new, as somebody would send it."""
        if path.route.language == "fr" or path.route in self.refused:
            return
        if path.is_first:
            kind = JSON if path.route.name.startswith(FOR_PROGRAMS) else FORM
            self.ask(path, "POST", content_type=kind, data=b"")
        asked_back: list[Form] = []
        for form in forms:
            asked_back += self._press(path, form)
        for form in asked_back:
            self._press(path, form)

    def _press(self, path: Path, form: Form) -> list[Form]:
        """Each button of a form that is new. The forms of what is shown then: a look at it first, a question back."""
        found: list[Form] = []
        if form.method != "post" or form.action.startswith("http"):
            return found
        target = form.action or path.path
        for button, fields in form.pressed():
            mark = (path.route.name, target if not form.fields else "", *form.shape, *button.mark)
            if mark not in self.sweep.sent:
                self.sweep.sent.add(mark)
                found += self._send(
                    Path(path.route, target.partition("?")[0], is_first=False, lets=path.lets), fields
                )
        return found

    def _send(self, path: Path, fields: dict[str, list[Any]]) -> list[Form]:
        data = encode_multipart(BOUNDARY, fields)
        answer = self.ask(path, "POST", content_type=MULTIPART_CONTENT, data=data)
        page = _page(answer, answer.whole) if answer is not None else ""
        return forms_in(page, self.sweep.typed) if page else []


def queries(path: Path, typed: str) -> list[str]:
    """What may stand behind the question mark of a route."""
    for named, told in QUERIES:
        if fnmatchcase(path.route.name, named):
            return [query.replace("{typed}", typed) for query in told]
    return [""]


def _page(answer: Any, body: bytes) -> str:
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return body.decode(errors="replace") if is_page else ""


def swept(world: World, person: str | Person, picked: Iterable[Path], manner: Manner) -> Sweep:
    """All that a reader (or who is called so) comes to."""
    who = world.people[person] if isinstance(person, str) else person
    freshen(who)
    with beside.listening() as heard:
        asker = Asker(world, who, heard, manner)
        for path in picked:
            forms = asker.read(path)
            if manner.sends:
                asker.send(path, forms)
    return asker.sweep


def written_tables() -> dict[str, int]:
    """By table, how many rows this connection wrote lately (those that were taken back too)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())
