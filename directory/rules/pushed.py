"""A service as a publisher's program pushes it, in HSDS's words, as values of a listing's parts. Nothing is guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.rules.eligibility_terms import DIMENSIONS
from directory.rules.opening_hours import endless_week
from directory.rules.opening_rows import WrittenRow, hours_from
from directory.rules.sheet_cells import STATUSES, facts_with, hours_key, read_text
from directory.rules.sheet_columns import BY_SLUG, Kind
from directory.rules.sheet_phones import LONGEST_LABEL, LONGEST_NUMBER, check_number, with_ids
from directory.rules.sheet_text import NotRead

Record = Mapping[str, Any]
Profile = Mapping[str, Any]
TEXTS = {
    slug: column.kind
    for slug, column in BY_SLUG.items()
    if column.key == f"service.{slug}" and column.kind is not Kind.STATUS
}
"""Fields of a service that are plain texts, and how each is read."""
NAMING = frozenset({"id", "version"})
"""What says which listing is meant, and which state of it was seen."""
PUSHED = frozenset({*TEXTS, "status", "phones", "languages", "schedules", "facts"})
"""What this door changes. Everything else of a record is left as it is, and told as not taken."""
MOST_ROWS = 40
PHONE_TYPES = frozenset({"", "voice", "text", "sms", "fax", "cell", "video", "pager", "textphone"})
PHONE_TEXTS = ("number", "extension", "type", "description", "description_fr")
WEEK = frozenset({"freq", "byday", "opens_at", "closes_at", "interval"})
SILENT = frozenset({"id", "service_id", "timezone", "attributes", "metadata", "wkst"})
"""Of a schedule, what says nothing of its hours that we would not know."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a record makes of a listing; what is wrong, by field; and the fields that this door never changes."""

    values: Mapping[str, Any]
    faults: Mapping[str, NotRead]
    not_taken: Sequence[str]


def read_pushed(record: Record, profile: Profile, listing: str, languages: Mapping[str, str]) -> Pushed:
    """Read one service. `languages` are the names of known codes. A field that is null says nothing."""
    values: dict[str, Any] = {}
    faults: dict[str, NotRead] = {}
    for name in sorted(PUSHED & record.keys()):
        if record[name] is None:
            continue
        if name == "facts":
            stated, wrong = _facts(record[name], profile)
            values |= stated
            faults |= wrong
            continue
        try:
            key, value = _read(name, record[name], profile, listing, languages)
            values[key] = value
        except NotRead as fault:
            faults[name] = fault
    if "service.name" in values and not values["service.name"]:
        faults["name"] = NotRead("no_name")
    told = {name for name, value in record.items() if value not in (None, "", [], {})}
    return Pushed(values, faults, sorted(told - PUSHED - NAMING))


def _read(
    name: str, value: Any, profile: Profile, listing: str, languages: Mapping[str, str]
) -> tuple[str, Any]:
    if name in TEXTS:
        return f"service.{name}", read_text(TEXTS[name], _text(value))
    if name == "status":
        status = _text(value)
        if status not in STATUSES:
            raise NotRead("no_status", status[:60])
        return "service.status", status
    rows = _rows(value)
    if name == "phones":
        return "phones", _phones(rows, profile.get("phones") or [])
    if name == "languages":
        return "languages", _languages(rows, profile.get("languages") or [], languages)
    return _hours(rows, profile, listing)


def _facts(value: Any, profile: Profile) -> tuple[dict[str, Any], dict[str, NotRead]]:
    """Whom it takes, in our words (HSDS has none): a text for each dimension, as in the sheet; the others stay."""
    if not isinstance(value, dict):
        return {}, {"facts": NotRead("not_facts")}
    cells: dict[str, str] = {}
    faults: dict[str, NotRead] = {}
    for slug, text in value.items():
        if slug not in DIMENSIONS:
            faults[f"facts.{slug[:40]}"] = NotRead("no_dimension", slug[:60])
        elif text is not None and not isinstance(text, str):
            faults[f"facts.{slug}"] = NotRead("not_text")
        elif text is not None:
            cells[slug] = text
    stated, wrong = facts_with(cells, profile)
    faults |= {f"facts.{slug}": fault for slug, fault in wrong.items()}
    return ({} if faults or not cells else {"facts": stated}), faults


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotRead("not_text")
    return value


def _rows(value: Any) -> list[Record]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise NotRead("not_rows")
    if len(value) > MOST_ROWS:
        raise NotRead("too_many_lines", str(MOST_ROWS))
    return value


def _phones(rows: Sequence[Record], stored: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Each with the id of the row that it was: the one it names, else that of the same number, else the next."""
    known = {row["id"]: row for row in stored}
    read = [_phone(row, known) for row in rows]
    named = [row["id"] for row in read if row["id"]]
    if len(set(named)) < len(named):
        raise NotRead("said_twice", "id")
    rest = with_ids([row for row in read if not row["id"]], [row for row in stored if row["id"] not in named])
    others = iter(rest)
    return [_kept(row if row["id"] else next(others), known) for row in read]


def _phone(row: Record, known: Mapping[str, Any]) -> dict[str, str]:
    told = {name: "" if row.get(name) is None else _text(row[name]).strip() for name in PHONE_TEXTS}
    if told["type"] not in PHONE_TYPES:
        raise NotRead("phone_part", told["type"][:60])
    if len(told["extension"]) > LONGEST_NUMBER:
        raise NotRead("too_long", str(LONGEST_NUMBER))
    if max(len(told["description"]), len(told["description_fr"])) > LONGEST_LABEL:
        raise NotRead("too_long", str(LONGEST_LABEL))
    check_number(told["number"])
    said = [name for name in PHONE_TEXTS if row.get(name) is not None]
    given = str(row.get("id", ""))
    return {"id": given if given in known else ""} | {name: told[name] for name in said}


def _kept(row: Mapping[str, str], known: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What a record does not say of a number that is known stays; "voice" is what a number is without a type."""
    old = known.get(row["id"], {})
    told = {"id": row["id"]} | {name: row.get(name, old.get(name, "")) for name in PHONE_TEXTS}
    if {told["type"], old.get("type", told["type"])} <= {"", "voice"}:
        told["type"] = old.get("type", "")
    return told


def _languages(
    rows: Sequence[Record], stored: Sequence[Mapping[str, str]], names: Mapping[str, str]
) -> list[dict[str, str]]:
    known = {row["code"]: row for row in stored}
    found: list[dict[str, str]] = []
    for row in rows:
        code = _text(row.get("code") or "")
        if code not in names and code not in known:
            raise NotRead("no_language", code[:60])
        if any(one["code"] == code for one in found):
            raise NotRead("language_twice", code)
        old = known.get(code, {"id": "", "name": names.get(code, ""), "note": ""})
        note = old["note"] if row.get("note") is None else read_text(Kind.LINE, _text(row["note"]))
        found.append({"id": old["id"], "code": code, "name": old["name"], "note": note})
    return found


def _hours(rows: Sequence[Record], profile: Profile, listing: str) -> tuple[str, Any]:
    """A plain week, in place of the one that is stored; its notes, holidays and days of its own stay."""
    key = hours_key(BY_SLUG["hours"], profile, listing)
    stored = profile.get(key) or {}
    if not key or not stored.get("is_plain", True):
        raise NotRead("at_the_desk")
    if not rows and not stored:
        return key, profile.get(key)
    told = [_schedule(row) for row in rows]
    week = endless_week(hours_from(told))
    if told and not week.stated:
        raise NotRead("schedules")
    days: list[list[list[int]]] = [[] for _day in range(7)]
    for span in week.spans:
        days[span.day].append([span.opens, span.closes])
    state = "not_stated" if not told else "always" if week.always else "times"
    kept = {"on_holidays": "not_stated", "note": "", "note_fr": "", "own_days": [], **stored}
    return key, kept | {"state": state, "days": days if state == "times" else [], "is_plain": True}


def _schedule(row: Record) -> WrittenRow:
    told = {name: value for name, value in row.items() if value not in (None, "", [])}
    is_weekly = told.get("freq") == "WEEKLY" and str(told.get("interval", "1")) in ("1", "1.0")
    if told.keys() - WEEK - SILENT or not is_weekly or not told.keys() >= {"byday", "opens_at", "closes_at"}:
        raise NotRead("schedules")
    return WrittenRow(_text(told["opens_at"]), _text(told["closes_at"]), _text(told["byday"]), freq="WEEKLY")
