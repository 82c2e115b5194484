"""Reads the demonstration set: TOML files into plain frozen values, refused with file, organization and reason.

Nothing here knows the database or the clock. What the files may never hold is refused here: a real-looking phone
or domain, and a street or point of a protected place.
"""

import re
import tomllib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_type_hints

from directory.rules.opening import WEEKDAYS

PHONE = re.compile(r"(1-8(00|33|44|55|66|77|88)-|[2-9]\d\d-)555-01\d\d")
WEBSITE = re.compile(r"https://([a-z0-9-]+\.)+example(/[a-z0-9/-]*)?")
EMAIL = re.compile(r"[a-z0-9.-]+@([a-z0-9-]+\.)+example")
HOURS = re.compile(
    r"(?P<nth>[1-4]?)(?P<days>[A-Z,-]+) (?P<opens>[0-2]\d:[0-5]\d)-(?P<closes>[0-2]\d:[0-5]\d)"
)
HOURS_OF = re.compile(r"(?:(?P<of>intake|phone|office|drop_in|resident): )?(?P<hours>.+)")
Made = TypeVar("Made")
Raw = dict[str, Any]


class DemoFault(Exception):
    """A demonstration file that can't be used; the message names where and why."""


@dataclass(frozen=True, slots=True)
class DemoPhone:
    """HSDS phone."""

    number: str
    type: str = "voice"
    description: str = ""
    description_fr: str = ""


@dataclass(frozen=True, slots=True)
class DemoHours:
    """One recurrence as HSDS writes it; `closes_at` before `opens_at` lies on the next day."""

    byday: str
    opens_at: str
    closes_at: str
    freq: str = "WEEKLY"
    hours_of: str = ""


@dataclass(frozen=True, slots=True)
class DemoWords:
    """A short text in both languages: a paper to bring, what a place is like, an area."""

    text: str
    text_fr: str = ""


@dataclass(frozen=True, slots=True)
class DemoCost:
    """HSDS cost_option, in Canadian dollars."""

    option: str
    amount: float


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """A location: `community` is "Winnipeg, MB"; street and point (degrees) only where it is not protected."""

    key: str
    community: str
    is_protected: bool = False
    name: str = ""
    address_1: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accessibility: tuple[DemoWords, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoService:
    """HSDS service with what hangs on it; `checked_days_ago` is None where nobody checked.

    `facts` are like "gender:woman", "with:pet:no", "age::16-24" (dimension, term, "no" or bounds). `season`: first
    and last day (ISO) of its hours. `covers`: communities it is for; none: its `reach` says it.
    """

    key: str
    name: str
    needs: tuple[str, ...]
    name_fr: str = ""
    description: str = ""
    description_fr: str = ""
    places: tuple[str, ...] = ()
    reach: str = "place"
    province: str = ""
    hours: tuple[str, ...] = ()
    hours_note: str = ""
    languages: tuple[str, ...] = ()
    phones: tuple[DemoPhone, ...] = ()
    email: str = ""
    url: str = ""
    status: str = "active"
    application_process: str = ""
    application_process_fr: str = ""
    fees_description: str = ""
    fees_description_fr: str = ""
    eligibility_description: str = ""
    eligibility_description_fr: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    alert: str = ""
    alert_fr: str = ""
    checked_days_ago: int | None = None
    focus: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    hours_note_fr: str = ""
    on_holidays: str = "not_stated"
    season: tuple[str, ...] = ()
    documents: tuple[DemoWords, ...] = ()
    costs: tuple[DemoCost, ...] = ()
    area: tuple[DemoWords, ...] = ()
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoOrganization:
    """HSDS organization with its places and services; `governed_by` is the key of the one that decides about it."""

    key: str
    name: str
    service: tuple[DemoService, ...]
    name_fr: str = ""
    description: str = ""
    description_fr: str = ""
    website: str = ""
    email: str = ""
    phones: tuple[DemoPhone, ...] = ()
    place: tuple[DemoPlace, ...] = ()
    governed_by: str = ""


NESTED: dict[str, type[Any]] = {
    "phones": DemoPhone,
    "place": DemoPlace,
    "service": DemoService,
    "accessibility": DemoWords,
    "documents": DemoWords,
    "costs": DemoCost,
    "area": DemoWords,
}


def read_demo(folder: Path) -> list[DemoOrganization]:
    """Every organization of the `*.toml` files in `folder`, in the order of their names; raises DemoFault."""
    found = [organization for path in sorted(folder.glob("*.toml")) for organization in _read_file(path)]
    if not found:
        raise DemoFault(f"{folder}: no demonstration organization found.")
    _refuse_twice("organization", [o.key for o in found], str(folder))
    return found


def weekly_hours(written: str) -> DemoHours:
    """Hours from "24/7", "MO-FR 09:00-17:00", "TH,FR 20:00-02:00", "1SA 10:00-12:00" (each month's first).

    What they are the hours of may stand before them: "intake: MO-FR 09:00-17:00". Raises ValueError for anything else.
    """
    spoken = HOURS_OF.fullmatch(written)
    hours, of = (spoken["hours"], spoken["of"] or "") if spoken else ("", "")
    if hours == "24/7":
        return DemoHours(",".join(WEEKDAYS), "00:00", "23:59", hours_of=of)
    match = HOURS.fullmatch(hours)
    if match is None:
        raise ValueError(f"{written!r} is neither 24/7 nor like MO-FR 09:00-17:00")
    days = _days(match["days"])
    if nth := match["nth"]:
        days = ",".join(nth + day for day in days.split(","))
    return DemoHours(days, match["opens"], match["closes"], "MONTHLY" if nth else "WEEKLY", of)


def _days(written: str) -> str:
    days: list[str] = []
    for part in written.split(","):
        first, _, last = part.partition("-")
        unknown = {first, last or first} - set(WEEKDAYS)
        if unknown:
            raise ValueError(f"{written!r} names no weekdays")
        days += WEEKDAYS[WEEKDAYS.index(first) : WEEKDAYS.index(last or first) + 1]
    return ",".join(days)


def _read_file(path: Path) -> list[DemoOrganization]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("organization", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DemoFault(f"{path.name}: {error}") from None
    found = []
    for row in _tables(rows, "organization", path.name):
        where = f"{path.name}, organization {row.get('key', '(without key)')}"
        organization = _build(DemoOrganization, row, where)
        _check(organization, where)
        found.append(organization)
    return found


def _build(made: type[Made], row: Raw, where: str) -> Made:
    """One value from its table; what is unknown, missing or of another type is refused by name."""
    known = {f.name: f for f in fields(made)}  # type: ignore[arg-type]  # only dataclasses come here
    needed = {name for name, field in known.items() if field.default is MISSING}
    for what, names in (("unknown", row.keys() - known.keys()), ("missing", needed - row.keys())):
        if names:
            raise DemoFault(f"{where}: {what} {', '.join(sorted(names))}.")
    hints = get_type_hints(made)
    return made(**{name: _fact(name, value, hints[name], where) for name, value in row.items()})


def _fact(name: str, value: Any, hint: Any, where: str) -> Any:
    if name in NESTED:
        rows = _tables(value, name, where)
        return tuple(_build(NESTED[name], row, f"{where}, {name} {row.get('key', '')}") for row in rows)
    if hint == tuple[str, ...]:
        is_good = isinstance(value, list) and all(isinstance(v, str) for v in value)
    else:
        wanted = [k for k in get_args(hint) if k is not NoneType] if isinstance(hint, UnionType) else [hint]
        is_good = type(value) in wanted
    if not is_good:
        raise DemoFault(f"{where}: {name} is not of the right type.")
    return tuple(value) if isinstance(value, list) else value


def _tables(value: Any, name: str, where: str) -> list[Raw]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise DemoFault(f"{where}: {name} is not of the right type.")
    return value


def _check(organization: DemoOrganization, where: str) -> None:
    """What no type says; the first fault is raised."""
    _refuse_twice("place", [p.key for p in organization.place], where)
    _refuse_twice("service", [s.key for s in organization.service], where)
    for place in organization.place:
        _check_place(place, f"{where}, place {place.key}")
    _check_contact(organization.phones, organization.email, organization.website, where)
    for service in organization.service:
        here = f"{where}, service {service.key}"
        _check_contact(service.phones, service.email, service.url, here)
        _check_service(service, {p.key for p in organization.place}, here)


def _check_place(place: DemoPlace, where: str) -> None:
    if place.is_protected and (place.address_1 or place.latitude is not None or place.longitude is not None):
        raise DemoFault(f"{where}: a protected place has neither street nor point.")
    if (place.latitude is None) != (place.longitude is None):
        raise DemoFault(f"{where}: latitude and longitude come together.")


def _check_contact(phones: tuple[DemoPhone, ...], email: str, website: str, where: str) -> None:
    for phone in phones:
        if not PHONE.fullmatch(phone.number):
            raise DemoFault(f"{where}: a phone is not like NXX-555-01XX.")
    if (email and not EMAIL.fullmatch(email)) or (website and not WEBSITE.fullmatch(website)):
        raise DemoFault(f"{where}: e-mail and web addresses end in .example.")


def _check_service(service: DemoService, places: set[str], where: str) -> None:
    if unknown := set(service.places) - places:
        raise DemoFault(f"{where}: no place {', '.join(sorted(unknown))} in this organization.")
    if not service.places and service.reach == "place":
        raise DemoFault(f"{where}: needs a place, or a reach of province or country.")
    if service.checked_days_ago is not None and service.checked_days_ago < 1:
        raise DemoFault(f"{where}: checked_days_ago counts from 1.")
    try:
        for written in service.hours:
            weekly_hours(written)
    except ValueError as error:
        raise DemoFault(f"{where}: hours {error}.") from None


def _refuse_twice(what: str, keys: list[str], where: str) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise DemoFault(f"{where}: {what} {', '.join(twice)} stands there twice.")
