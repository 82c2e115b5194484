"""Small HSDS packages for tests of the import: rows by file, everything not named filled in."""

import csv
import io
import json
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from directory.actions.import_hsds import PublisherFacts, Wishes, import_hsds
from directory.actions.import_hsds_report import ImportReport
from directory.finding.places import gazetteer
from directory.hsds.package import opened_package
from directory.rules.hsds_shape import FILES
from safety.viewer import VISITOR

Row = dict[str, Any]
Files = dict[str, list[Row]]


def named(word: str) -> str:
    """A UUID that is the same for the same word."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{word}.example"))


def whole() -> Files:
    """An organization with a service at a place in Kingston, and something of every other file."""
    org, service, place, site = map(named, ("org", "service", "place", "site"))
    taxonomy, term, phone, contact, unit = map(named, ("taxonomy", "term", "phone", "contact", "unit"))
    return {
        "taxonomies.csv": [{"id": taxonomy, "name": "kinds", "description": "Kinds of help"}],
        "taxonomy_terms.csv": [
            {"id": term, "code": "K-1", "name": "Advice", "description": "Advice", "taxonomy_id": taxonomy}
        ],
        "units.csv": [{"id": unit, "name": "beds"}],
        "organizations.csv": [{"id": org, "name": "Lake House", "description": "Help by the lake"}],
        "programs.csv": [
            {"id": named("program"), "organization_id": org, "name": "Housing", "description": "All of it"}
        ],
        "services.csv": [
            {
                "id": service,
                "organization_id": org,
                "program_id": named("program"),
                "name": "Legal advice",
                "description": "Advice by a lawyer, été comme hiver",
                "status": "active",
                "minimum_age": "16",
                "assured_date": "2024-05-01",
                "last_modified": "2024-05-02T10:00:00+02:00",
            }
        ],
        "locations.csv": [
            {
                "id": place,
                "location_type": "physical",
                "organization_id": org,
                "name": "Lake office",
                "transportation": "Bus 4",
                "latitude": "44.2312",
                "longitude": "-76.4860",
                "external_identifier": "X-1",
                "external_identifier_type": "own",
            }
        ],
        "service_at_location.csv": [{"id": site, "service_id": service, "location_id": place}],
        "contacts.csv": [{"id": contact, "service_id": service, "name": "Desk"}],
        "phones.csv": [{"id": phone, "service_id": service, "number": "613-555-0142", "extension": "7"}],
        "addresses.csv": [
            {
                "id": named("address"),
                "location_id": place,
                "address_1": "12 Example Street",
                "city": "Kingston",
                "state_province": "ON",
                "postal_code": "K7L 1A1",
                "country": "CA",
                "address_type": "physical",
            }
        ],
        "schedules.csv": [
            {
                "id": named("hours"),
                "service_id": service,
                "freq": "WEEKLY",
                "byday": "MO",
                "opens_at": "09:00",
            }
        ],
        "languages.csv": [{"id": named("language"), "phone_id": phone, "name": "French", "code": "fra"}],
        "service_areas.csv": [{"id": named("area"), "service_id": service, "name": "Ontario"}],
        "accessibility.csv": [{"id": named("ramp"), "location_id": place, "description": "A ramp"}],
        "required_documents.csv": [{"id": named("paper"), "service_id": service, "document": "None"}],
        "cost_options.csv": [
            {"id": named("cost"), "service_id": service, "amount": "12.50", "currency": "cad"}
        ],
        "funding.csv": [{"id": named("funding"), "organization_id": org, "source": "Gifts"}],
        "organization_identifiers.csv": [
            {
                "id": named("number"),
                "organization_id": org,
                "identifier_type": "charity",
                "identifier": "12",
            }
        ],
        "url.csv": [{"id": named("url"), "service_id": service, "url": "https://lake.example"}],
        "service_capacity.csv": [
            {
                "id": named("beds"),
                "service_id": service,
                "unit_id": unit,
                "available": "3",
                "maximum": "2",
                "updated": "2026-01-01",
            }
        ],
        "attributes.csv": [
            {"id": named("tie"), "link_id": service, "link_entity": "service", "taxonomy_term_id": term}
        ],
        "metadata.csv": [
            {
                "id": named("change"),
                "resource_id": service,
                "resource_type": "service",
                "last_action_date": "2024-01-01",
                "last_action_type": "update",
                "field_name": "name",
                "previous_value": "Advice",
                "replacement_value": "Legal advice",
                "updated_by": "desk",
            }
        ],
        "meta_table_descriptions.csv": [{"id": named("meta"), "name": "services", "language": "en"}],
    }


def small() -> Files:
    """An organization and its service, nothing else."""
    files = whole()
    return {name: files[name] for name in ("organizations.csv", "services.csv")}


def many(count: int) -> Files:
    """An organization with `count` services and a phone each."""
    org = named("org")
    return {
        "organizations.csv": [{"id": org, "name": "Lake House", "description": "d"}],
        "services.csv": [
            {"id": named(f"s{n}"), "organization_id": org, "name": f"Help {n}", "status": "active"}
            for n in range(count)
        ],
        "phones.csv": [
            {"id": named(f"p{n}"), "service_id": named(f"s{n}"), "number": f"613-555-01{n % 100:02}"}
            for n in range(count)
        ],
    }


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> bytes:
    """The bytes of a CSV file."""
    names = list(columns) or list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def folder(path: Path, files: Mapping[str, Any]) -> Path:
    """Write a package into a folder: rows, or bytes as they are."""
    path.mkdir(exist_ok=True)
    for old in path.iterdir():
        old.unlink()
    for name, rows in files.items():
        (path / name).write_bytes(rows if isinstance(rows, bytes) else table(rows))
    return path


def zipped(path: Path, files: Mapping[str, Any]) -> Path:
    """The same as one archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in files.items():
            archive.writestr(name, rows if isinstance(rows, bytes) else table(rows))
    return path


def json_file(path: Path, value: Any) -> Path:
    """`value` as JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def taken(path: Path, publisher: str = "feed", **wishes: Any) -> ImportReport:
    """Import the package at `path`."""
    facts = PublisherFacts(publisher, may_redistribute=True)
    with opened_package(path) as package:
        return import_hsds(
            package=package,
            publisher=facts,
            gazetteer=gazetteer(),
            viewer=VISITOR,
            wishes=Wishes(**wishes),
        )


def reasons(report: ImportReport) -> list[str]:
    """What was refused, in words."""
    return [str(refusal) for refusal in report.refusals]


KNOWN_FILES = sorted(FILES)
