"""The public facts of one listing in both languages, as the read model keeps them.

Only what the public tier sees enters: what a protected place hides is asked of the table of tiers, all else that
is told is public of every place (tests/directory/test_read_model.py compares it with the table).
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from directory.finding.gathered import (
    FOCUS,
    NEEDS,
    AddressRow,
    Gathered,
    OrganizationRow,
    PhoneRow,
    ScheduleRow,
    ServiceRow,
    SiteRow,
)
from directory.finding.hours import (
    Judged,
    answers_always,
    hours_facts,
    hours_of,
    rows_beside,
    rows_that_count,
    stated_days,
    zone_of_hours,
)
from directory.finding.languages import language_name, read_interpreted
from directory.finding.stated import stated_of
from directory.finding.vocabulary import Vocabulary
from directory.models.location import PlacedBy
from directory.rules.canadian_zones import have_one_clock
from directory.rules.interpreters import by_interpreter
from directory.rules.opening_hours import Hours
from directory.rules.province_names import province_letters
from directory.rules.provinces import province_name, zone_of, zone_of_all
from directory.rules.telling_numbers import told_to_all
from directory.rules.text import fold
from directory.rules.written_language import text_in
from safety.tiers import fields_seen
from safety.viewer import Tier

TEXTS = {
    "description": "description",
    "eligibility": "eligibility_description",
    "how": "application_process",
    "fees": "fees_description",
    "alert": "alert",
}
MARKS = tuple(f"{name}_lang" for name in TEXTS)
IN_ENGLISH, IN_FRENCH = attrgetter(*TEXTS.values()), attrgetter(*(f"{field}_fr" for field in TEXTS.values()))
PUBLIC = {hides: fields_seen(Tier.PUBLIC, is_protected=hides) for hides in (False, True)}
"""The fields ("entity.name") that everybody sees, of an open place and of a protected one."""

NOTHING, COMMUNITY, POSTAL_AREA, COORDINATES = (
    way.value for way in (PlacedBy.NOTHING, PlacedBy.COMMUNITY, PlacedBy.POSTAL_AREA, PlacedBy.COORDINATES)
)

BOTH = {
    "phones": {"phones", "organization.phones"},
    "email": {"service.email", "organization.email"},
    "website": {"service.url", "organization.website"},
    "name": {f"{owner}.{name}" for owner in ("service", "organization") for name in ("name", "name_fr")},
}
"""The parts of a service and of its organization (directory/rules/holding.py) that tell a listing's facts."""

STAFF, INTERPRETER = "staff", "interpreter"

Facts = dict[str, Any]


def _texts(service: ServiceRow, language: str) -> dict[str, str]:
    """As `text_in`, of every text of a service: `name` and `name_lang`."""
    told = {}
    for name, mark, english, french in zip(
        TEXTS, MARKS, IN_ENGLISH(service), IN_FRENCH(service), strict=True
    ):
        told[name], told[mark] = text_in(english, french, language)
    return told


def _joined(pairs: Iterable[tuple[str, str]]) -> tuple[list[str], str]:
    """Texts told together, with the mark of the first that has one."""
    told = [(text, mark) for text, mark in pairs if text]
    return [text for text, _ in told], next((mark for _, mark in told if mark), "")


# Many services say it in the same words.
@lru_cache(maxsize=1024)
def _is_interpreted(note: str) -> bool:
    return by_interpreter(note)


def placed_by(site: SiteRow) -> str:
    """How well the place is known, once flagged coordinates are set aside."""
    if site.placed_by != COORDINATES:
        return site.placed_by
    is_sound = not (site.is_flagged or site.latitude is None or site.longitude is None)
    if is_sound and not site.is_protected:
        return site.placed_by
    return COMMUNITY if site.place_name else NOTHING


Point = tuple[float, float] | tuple[None, None]
NOWHERE = (None, None)


def public_point(site: SiteRow) -> Point:
    """Longitude and latitude: of the door if they were given and may be seen, else of its area; or none."""
    known = placed_by(site)
    if known == COORDINATES:
        return site.longitude, site.latitude  # type: ignore[return-value]  # placed_by looked
    if known == NOTHING or site.place_longitude is None or site.place_latitude is None:
        return NOWHERE
    return site.place_longitude, site.place_latitude


class Teller:
    """Tells the facts of one service at one place (or none), as far as the public may know them."""

    def __init__(self, batch: Gathered, service: ServiceRow, site: SiteRow | None) -> None:
        self.batch, self.service, self.site = batch, service, site
        self.is_protected = bool(site and site.is_protected)
        self.placed_by = placed_by(site) if site else NOTHING
        self._is_nowhere = site is None or public_point(site) == NOWHERE
        self.needs = list(dict.fromkeys(batch.codes(service, NEEDS)))
        """Slugs of what it helps with, the main one first."""
        self._schedules: list[ScheduleRow] = batch.of(batch.schedules, service, site)
        # Those that "open" is judged by.
        judged = Judged(site is not None, tuple(self.needs))
        self._hours = rows_that_count(self._schedules, judged)
        self.hours: Hours = hours_of(self._hours)
        known = batch.phones_of(service, site)
        self._phones = told_to_all(known) if service.hides else known
        self.phones_withheld = [row for row in known if row not in self._phones]
        self.stated = stated_of(service)
        self._spoken = self._ways()

    @property
    def id(self) -> str:
        """The listing's: of the pair of service and place, else of the service."""
        return self.site.id if self.site else self.service.id

    @property
    def province(self) -> str:
        """Two letters: of the place, else of the province that the service serves."""
        return (self.site and self.site.place_province) or self.service.province

    @property
    def zone_known(self) -> bool:
        """False where hours are of nobody knows which clock: of a country's service that names no zone.

        Neither may anybody know of a protected place in an area of several clocks: its own would tell where in it.
        """
        return bool(self._zone_of(self._hours))

    @property
    def zone(self) -> str:
        """IANA zone that the hours name, else of the place, else of its province."""
        return self._zone_of(self._hours) or self._own_zone or zone_of(self.province)

    def _zone_of(self, hours: Iterable[ScheduleRow]) -> str:
        """By which clock these hours are, "" if nobody knows. Where a place is protected all are by its area's."""
        if self.site and not have_one_clock(tuple(self.site.zones)):
            return ""
        return ("" if self.service.hides else zone_of_hours(hours)) or self._own_zone

    @property
    def _own_zone(self) -> str:
        """Of the place, else of its province; "" for what is a country's, or of provinces with several clocks."""
        if self.site and self.site.place_zone:
            return self.site.place_zone
        return zone_of_all(tuple(filter(None, (self.province, *self.beside))))

    @property
    def beside(self) -> Sequence[str]:
        """Letters of the other provinces that it serves, of what has no point: it is found by what it covers."""
        return (self.service.beside or ()) if self._is_nowhere else ()

    @property
    def has_exact_point(self) -> bool:
        """True if kilometres may be told."""
        return self.placed_by == COORDINATES

    def place(self, language: str) -> dict[str, Any]:
        """Where it is, as far as that is public: of a protected place, its area."""
        site, name = self.site, ""
        if site and site.place_name:
            name = (site.place_name_fr if language == "fr" else "") or site.place_name
        if self.placed_by == POSTAL_AREA:
            # A reader knows the town of the address, not "K0H".
            name = self._city() or name
        return {
            "name": name,
            "province": self.province,
            "province_name": province_name(self.province, language),
            "placed_by": self.placed_by,
        } | ({"beside": [province_name(letters, language) for letters in self.beside]} if self.beside else {})

    def address_lines(self) -> list[str]:
        """The street as one would write it, for open places."""
        found = self._address()
        return address_lines(found) if found else []

    def _address(self) -> AddressRow | None:
        if self.site is None or "address.address_1" not in PUBLIC[self.is_protected]:
            return None
        found = self.batch.addresses.get(self.site.location_id)
        return found[0] if found else None

    def _city(self) -> str:
        """The address's town, unless the address puts it into another province than the postal area's."""
        found = self._address()
        stated = province_letters(found.state_province) if found else ""
        return found.city if found and stated in ("", self.province) else ""

    def _reached(self, of_service: str, of_organization: str) -> str:
        """A service's field, its organization's where it has none; each only if all may see it."""
        organization: OrganizationRow = self.service.organization
        told: str = ""
        if f"service.{of_service}" in PUBLIC[self.service.hides]:
            told = getattr(self.service, of_service)
        if not told and f"organization.{of_organization}" in PUBLIC[organization.hides]:
            told = getattr(organization, of_organization)
        return told

    def shared(self) -> Facts:
        """What is told alike in both languages."""
        service = self.service
        return {
            "id": self.id,
            "service": service.id,
            "email": self._reached("email", "email"),
            "website": self._reached("url", "website"),
            "address": self.address_lines(),
            "is_protected": self.is_protected,
            "reach": service.reach,
            "province": self.province,
            "zone_known": self.zone_known,
            **hours_facts(self._hours, self.zone),
            "hours_of": sorted({row.hours_of for row in self._hours}),
            "hours_beside": self._hours_beside(),
            "answers_always": answers_always(self._schedules, self._hours),
            "status": service.status,
            "has_interpreters": read_interpreted(service.interpretation_services).any,
            "checked_on": service.assured_date.isoformat() if service.assured_date else None,
            "stated": self.stated.told,
            **({"signed": self.stated.signed} if self.stated.signed else {}),
            "focuses": self.batch.codes(service, FOCUS),
            **({"looked_into": True} if service.organization_id in self.batch.looked_into else {}),
        } | self._being_checked()

    def _being_checked(self) -> Facts:
        """What a steward calls back about, of what this listing shows: the old value stays meanwhile (promise 26)."""
        held = frozenset(self.service.checking or ())
        if not held:
            return {}
        service = self.service
        shown = {
            "phones": {"phones"} if self.batch.of(self.batch.phones, service, self.site) else BOTH["phones"],
            "email": {"service.email"} if service.email else BOTH["email"],
            "website": {"service.url"} if service.url else BOTH["website"],
            "name": BOTH["name"],
        }
        told = [name for name, keys in shown.items() if not held.isdisjoint(keys)]
        return {"being_checked": told} if told else {}

    def _hours_beside(self) -> list[Facts]:
        """Hours of other kinds than those that count, such as of the phone, each by its own clock."""
        beside = rows_beside(self._schedules, self._hours)
        return [{"of": kind, **hours_facts(rows, self._zone_of(rows))} for kind, rows in beside.items()]

    def _own_days(self, language: str) -> list[dict[str, str]]:
        """Notes of the own days; none of who hides a door, which words might tell."""
        if self.service.hides or self.service.organization.hides:
            return []
        told = []
        for row in self._schedules:
            for day in stated_days(row):
                note, note_lang = text_in(day.note, day.note_fr, language)
                on = day.on.isoformat()
                told.append({"on": on, "of": row.hours_of, "note": note, "note_lang": note_lang})
        return [day for day in told if day["note"]]

    def in_language(self, language: str, vocabulary: Vocabulary) -> Facts:
        """What is told in "en" or "fr"; `vocabulary` knows its needs."""
        service, organization = self.service, self.service.organization
        notes, notes_lang = _joined(
            text_in(row.description, row.description_fr, language) for row in self._schedules
        )
        papers = self.batch.papers.get(service.id, ())
        bring, bring_lang = _joined(text_in(row.document, row.document_fr, language) for row in papers)
        needs = [slug for slug in self.needs if slug in vocabulary.needs]
        return (
            _texts(service, language)
            | {
                "name": text_in(service.name, service.name_fr, language)[0],
                "name_lang": self._name_language(language),
                "organization": text_in(organization.name, organization.name_fr, language)[0],
                "needs": needs,
                "kinds": [vocabulary.name(slug, language) for slug in needs],
                "phones": self.phones(language),
                "place": self.place(language),
                "hours_notes": notes,
                "hours_notes_lang": notes_lang,
                "own_day_notes": self._own_days(language),
                "bring": bring,
                "bring_lang": bring_lang,
                "languages": self.languages(language),
                "source": self.source(language),
            }
            | self._written_once(language)
        )

    def _written_once(self, language: str) -> Facts:
        """What HSDS keeps in one language only, where it is told: how to get there, how long one waits."""
        is_told = self.site is not None and "location.transportation" in PUBLIC[self.is_protected]
        directions = self.site.directions if self.site and is_told else ""
        told = {"directions": directions, "wait": self.service.wait_time}
        found: Facts = {}
        for name, text in told.items():
            if text.strip():
                found[name], found[f"{name}_lang"] = text_in(text, "", language)
        return found

    def _name_language(self, language: str) -> str:
        """The other language's code if the service has a name of its own in that one alone (ADR 0009)."""
        service, organization = self.service, self.service.organization
        other = text_in(service.name, service.name_fr, language)[1]
        return other if other and fold(service.name) != fold(organization.name) else ""

    def _ways(self) -> list[tuple[str, str, str]]:
        """Code, name as written, and "staff" or "interpreter", of each language in which one is understood."""
        spoken = self.batch.of(self.batch.languages, self.service, self.site)
        may_note = "language.note" in PUBLIC[self.service.hides]
        ways = [
            (r.code, r.name, INTERPRETER if may_note and r.note and _is_interpreted(r.note) else STAFF)
            for r in spoken
        ]
        if told := read_interpreted(self.service.interpretation_services).codes:
            ways += [(code, "", INTERPRETER) for code in sorted(told - {r.code for r in spoken})]
        return ways

    def languages(self, language: str) -> list[dict[str, str]]:
        """Languages in which one is understood; `way` is "staff" or "interpreter"."""
        return [
            {"code": code, "name": language_name(code, name, language), "way": way}
            for code, name, way in self._spoken
        ]

    def phones(self, language: str) -> list[dict[str, str]]:
        """Numbers to call, as published, each with what it is for."""
        return numbers_told(self._phones, language)

    def source(self, language: str) -> dict[str, Any]:
        """Who published it, from where and when it was copied, and whether it is real."""
        publisher, service = self.service.publisher, self.service
        return {
            "publisher": (publisher.name_fr if language == "fr" else "") or publisher.name,
            "url": service.source_url if "service.source_url" in PUBLIC[service.hides] else "",
            "copied_on": service.copied_on.isoformat() if service.copied_on else None,
            "is_demo": publisher.is_demo,
        }

    def facts(self, language: str, vocabulary: Vocabulary) -> Facts:
        """Everything that a result or the listing's own page shows, in "en" or "fr"."""
        return self.shared() | self.in_language(language, vocabulary)


def numbers_told(rows: Iterable[PhoneRow], language: str) -> list[dict[str, str]]:
    """Numbers in "en" or "fr", as pages ask for them."""
    return [
        {
            "number": row.number,
            "extension": row.extension,
            "type": row.type,
            "label": text_in(row.description, row.description_fr, language)[0],
        }
        for row in rows
    ]


def address_lines(row: AddressRow) -> list[str]:
    """Lines of an address, empty ones left out."""
    last = f"{row.city} {row.state_province}  {row.postal_code}".strip()
    return [line for line in (row.address_1, row.address_2, last) if line.strip()]


def tellers_of(batch: Gathered, service: ServiceRow) -> list[Teller]:
    """One for each place of a service, or one for the service alone."""
    sites: list[SiteRow | None] = [*batch.sites.get(service.id, ())]
    return [Teller(batch, service, site) for site in sites or [None]]
