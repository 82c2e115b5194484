"""Made-up directories of any size, as an HSDS 3.1 tabular package: row by row, so that memory stays small.

The same seed gives the same bytes, and a smaller package is the beginning of a larger one of the same seed.
"""

import csv
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from directory.demo import bench_words as words
from directory.demo.bench_towns import CannotMake, Country, Town

Row = dict[str, Any]
Rows = Iterator[tuple[str, Row]]
Picked = TypeVar("Picked")

OWNERS = "service_id location_id service_at_location_id"
COLUMNS: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "organizations": "id name alternate_name description email website tax_status tax_id year_incorporated"
        " legal_status logo uri parent_organization_id",
        "services": "id organization_id program_id name alternate_name description url email status"
        " interpretation_services application_process fees_description wait_time fees accreditations"
        " eligibility_description minimum_age maximum_age assured_date assurer_email licenses alert last_modified",
        "locations": "id location_type url organization_id name alternate_name description transportation"
        " latitude longitude external_identifier external_identifier_type",
        "service_at_location": "id service_id location_id description",
        "addresses": "id location_id attention address_1 address_2 city region state_province postal_code country"
        " address_type",
        "phones": f"id organization_id contact_id {OWNERS} number extension type description",
        "schedules": f"id {OWNERS} valid_from valid_to dtstart timezone until count wkst freq interval byday"
        " byweekno bymonthday byyearday description opens_at closes_at schedule_link attending_type notes",
        "languages": "id service_id location_id phone_id name code note",
        "attributes": "id link_id taxonomy_term_id link_type link_entity value label",
        "service_areas": "id service_id service_at_location_id name description extent extent_type uri",
        "contacts": f"id organization_id {OWNERS} name title department email",
        "accessibility": "id location_id description details url",
        "required_documents": "id service_id document uri",
        "cost_options": "id service_id valid_from valid_to option currency amount amount_description",
        "taxonomies": "id name description uri version",
        "taxonomy_terms": "id code name description parent_id taxonomy language taxonomy_id term_uri",
    }.items()
}
"""What each file of the package says in its first line: the field names of HSDS 3.1."""


@dataclass(frozen=True, slots=True)
class _Organization:
    id: str
    name: str
    host: str
    town: Town


class BenchPackage:
    """The rows of a package of `services` services; `rows()` may be gone through once."""

    def __init__(self, *, services: int, seed: int, towns: Sequence[Town]) -> None:
        if services < 1:
            raise CannotMake(f"A package has at least one service, not {services}.")
        self._services = services
        self._random = Random(seed)  # noqa: S311  # nothing here is a secret; the same seed must give the same
        self._country = Country(towns)
        self._terms: list[tuple[str, str]] = []

    def rows(self) -> Rows:
        """(file name without .csv, row) of everything: the taxonomy, then one organization after another."""
        yield from self._taxonomy()
        made = 0
        while made < self._services:
            count = min(self._number(1, 5), self._services - made)
            organization = self._new_organization(made)
            yield "organizations", self._organization_row(organization)
            yield from self._contact(organization)
            for _ in range(count):
                yield from self._service(organization)
            made += count

    def _id(self) -> str:
        """A random UUID (RFC 9562, version 4), put together by hand for a million rows."""
        drawn = f"{self._random.getrandbits(128):032x}"
        return f"{drawn[:8]}-{drawn[8:12]}-4{drawn[13:16]}-a{drawn[17:20]}-{drawn[20:]}"

    def _pick(self, among: Sequence[Picked]) -> Picked:
        return among[int(self._random.random() * len(among))]

    def _number(self, least: int, most: int) -> int:
        return least + int(self._random.random() * (most - least + 1))

    def _happens(self, share: float) -> bool:
        return self._random.random() < share

    def _text(self, sentences: int) -> str:
        return " ".join(self._random.sample(words.SENTENCES, sentences))

    def _taxonomy(self) -> Rows:
        """A small list of somebody else's, with codes that say nothing."""
        taxonomy, about = self._id(), "Kinds of help, for benchmarks"
        yield "taxonomies", {"id": taxonomy, "name": "bench", "description": about, "version": "1"}
        same = {"taxonomy": "bench", "taxonomy_id": taxonomy, "language": "eng"}
        for number, subject in enumerate(words.SUBJECTS, start=1):
            parent, code = self._id(), f"Q{number}"
            yield "taxonomy_terms", same | _term(parent, code, subject)
            for focus_number, focus in enumerate(words.FOCUSES, start=1):
                term, name = self._id(), f"{subject}: {focus}"
                self._terms.append((term, name))
                row = _term(term, f"{code}{focus_number}00", name) | {"parent_id": parent}
                yield "taxonomy_terms", same | row

    def _new_organization(self, number: int) -> _Organization:
        first = self._pick(words.FIRST)
        town = self._country.draw(self._random)
        host = f"{first.lower().replace(' ', '-')}-{number}.example"
        return _Organization(self._id(), f"{first} {self._pick(words.KINDS)}", host, town)

    def _organization_row(self, organization: _Organization) -> Row:
        return {
            "id": organization.id,
            "name": organization.name,
            "alternate_name": f"{organization.name} of {organization.town.name}",
            "description": self._text(2),
            "email": f"info@{organization.host}",
            "website": f"https://{organization.host}/",
            "legal_status": "Registered charity" if self._happens(0.6) else "",
            "year_incorporated": self._number(1950, 2024),
        }

    def _contact(self, organization: _Organization) -> Rows:
        """A desk, not a person, for one organization in five."""
        if self._happens(0.2):
            contact, desk = self._id(), self._pick(words.DESKS)
            row = {"id": contact, "organization_id": organization.id, "department": desk}
            yield "contacts", row | {"title": "Coordinator", "email": f"desk@{organization.host}"}
            yield "phones", self._phone(organization.town, contact_id=contact)

    def _service(self, organization: _Organization) -> Rows:
        service, help_ = self._id(), self._pick(words.HELP)
        yield "services", self._service_row(service, help_, organization)
        tie = ""
        for _ in range(2 if self._happens(0.1) else 1):
            location, tie = self._id(), self._id()
            yield from self._location(location, organization)
            ids = {"service_id": service, "location_id": location}
            yield "service_at_location", {"id": tie} | ids
        yield "phones", self._phone(organization.town, service_id=service)
        if self._happens(0.5):
            yield "phones", self._phone(organization.town, service_at_location_id=tie)
        yield from self._schedules(organization.town, service, tie)
        yield from self._details(service, organization.town)

    def _service_row(self, service: str, help_: str, organization: _Organization) -> Row:
        audience = self._pick(words.AUDIENCES)
        day, minute = self._number(1, 28), self._number(0, 59)
        return {
            "id": service,
            "organization_id": organization.id,
            "name": f"{help_} for {audience}",
            "description": f"{help_} in {organization.town.name}. {self._text(self._number(1, 4))}",
            "url": f"https://{organization.host}/{service[:8]}",
            "email": f"{service[:4]}@{organization.host}" if self._happens(0.7) else "",
            "status": "active" if self._happens(0.97) else "temporarily closed",
            "application_process": self._pick(words.HOW_TO_COME),
            "fees_description": self._pick(words.FEES),
            "wait_time": self._pick(words.WAITS),
            "eligibility_description": f"For {audience} in {organization.town.name} and around it.",
            "minimum_age": self._pick(("", "", "", 12, 16, 18)),
            "last_modified": f"2026-{self._number(1, 9):02d}-{day:02d}T14:{minute:02d}:00Z",
        }

    def _location(self, location: str, organization: _Organization) -> Rows:
        town, street = organization.town, f"{self._number(1, 990)} {self._pick(words.STREETS)}"
        row = {"id": location, "location_type": "physical", "organization_id": organization.id}
        row |= {"name": f"{organization.name}, {street}", "transportation": self._pick(words.TRANSIT)}
        latitude, longitude = town.point_near(self._random)
        yield "locations", row | {"latitude": latitude, "longitude": longitude}
        yield "addresses", self._address(location, street, town)
        if self._happens(0.5):
            access = self._pick(words.ACCESS)
            yield "accessibility", {"id": self._id(), "location_id": location, "description": access}

    def _address(self, location: str, street: str, town: Town) -> Row:
        return {
            "id": self._id(),
            "location_id": location,
            "address_1": street,
            "address_2": f"Unit {self._number(1, 40)}" if self._happens(0.3) else "",
            "city": town.name,
            "state_province": town.province,
            "postal_code": town.postal_code(self._random),
            "country": "CA",
            "address_type": "physical",
        }

    def _phone(self, town: Town, **owner: str) -> Row:
        row = {"id": self._id(), "number": town.phone(self._random), "type": "voice"}
        return row | owner | {"extension": self._number(10, 99) if self._happens(0.1) else ""}

    def _schedules(self, town: Town, service: str, tie: str) -> Rows:
        """One to three weekly recurrences; some are a season's."""
        owner = {"service_id": service} if self._happens(0.7) else {"service_at_location_id": tie}
        season = {"valid_from": "2026-09-01", "valid_to": "2027-06-30"} if self._happens(0.08) else {}
        weekends = self._random.sample(words.WEEKENDS, self._pick((0, 0, 1, 2)))
        weeks = [self._pick(words.WEEKS), *weekends]
        for byday, opens_at, closes_at in weeks:
            row = {"id": self._id(), "dtstart": "2026-01-05", "timezone": town.offset, "wkst": "MO"}
            row |= {"freq": "WEEKLY", "interval": 1, "byday": byday}
            yield "schedules", row | owner | season | {"opens_at": opens_at, "closes_at": closes_at}

    def _details(self, service: str, town: Town) -> Rows:
        of_service = {"service_id": service}
        for code, name in self._random.sample(words.LANGUAGES, self._number(1, 2)):
            yield "languages", {"id": self._id(), "code": code, "name": name} | of_service
        for term, label in self._random.sample(self._terms, self._number(1, 2)):
            tie = {"id": self._id(), "link_id": service, "link_entity": "service"}
            yield "attributes", tie | {"taxonomy_term_id": term, "link_type": "kind", "label": label}
        if self._happens(0.3):
            about = f"{town.name} and its surroundings"
            yield "service_areas", {"id": self._id(), "name": town.name, "description": about} | of_service
        if self._happens(0.3):
            yield "required_documents", {"id": self._id(), "document": self._pick(words.PAPERS)} | of_service
        if self._happens(0.25):
            option, amount = self._pick(words.COSTS)
            cost = {"id": self._id(), "option": option, "currency": "CAD", "amount": amount}
            yield "cost_options", cost | of_service


def _term(id_: str, code: str, name: str) -> Row:
    return {"id": id_, "code": code, "name": name, "description": f"{name}: a made-up kind of help"}


def write_package(package: BenchPackage, into: Path, *, told: Callable[[int], None] = lambda _: None) -> int:
    """Write the CSV files to the folder `into`, all of them or none; returns how many rows.

    `told` hears the number of services so far, every ten thousand. Raises CannotMake if something is there already.
    """
    if into.exists() and not (into.is_dir() and not any(into.iterdir())):
        raise CannotMake(f"{into} is not an empty folder: nothing was written.")
    into.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{into.name}-", dir=into.parent))
    try:
        written = _write_rows(package, draft, told)
        draft.chmod(0o755)
        draft.rename(into)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return written


def _write_rows(package: BenchPackage, folder: Path, told: Callable[[int], None]) -> int:
    with ExitStack() as stack:
        writers, services, written = {}, 0, 0
        for name, columns in COLUMNS.items():
            file = stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            writers[name] = csv.writer(file)
            writers[name].writerow(columns)
        for name, row in package.rows():
            writers[name].writerow(map(row.get, COLUMNS[name]))
            written += 1
            if name == "services":
                services += 1
                if services % 10_000 == 0:
                    told(services)
    return written
