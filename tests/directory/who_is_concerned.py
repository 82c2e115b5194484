"""Packages in which every entity hangs on every record that it may hang on, once for each row that is to change."""

import copy
from collections.abc import Iterator
from typing import Any

from directory.finding.documents import seen_by_all
from directory.rules.hsds_shape import ENTITIES, Kind
from tests.directory.hsds_packages import Files, Row, named

ROWS = dict[str, list[Row]]
"""Rows by entity."""

APART = frozenset({"organization", "program", "service", "location", "service_at_location", "metadata"})
"""What an island has one of, beside the history that nobody sees."""

FILLED: Row = {
    "name": "Ontario",
    "description": "As it was",
    "status": "active",
    "location_type": "physical",
    "latitude": "44.2312",
    "longitude": "-76.4860",
    "number": "613-555-0142",
    "address_1": "12 Example Street",
    "city": "Kingston",
    "state_province": "ON",
    "country": "CA",
    "address_type": "physical",
    "freq": "WEEKLY",
    "byday": "MO",
    "opens_at": "09:00",
    "closes_at": "17:00",
    "url": "https://lake.example",
    "identifier": "12",
    "identifier_type": "charity",
    "updated": "2026-01-01",
    "available": "1",
}
TOLD = ("description", "value", "number", "address_1", "name", "document", "amount_description", "url")
"""Fields whose words everybody sees, the first of a row is the one that changes."""


def _row(entity: str, word: str, **links: Any) -> Row:
    plain = {f.name: FILLED[f.name] for f in ENTITIES[entity].fields if f.name in FILLED}
    return {"id": named(f"{entity} {word}")} | plain | links


def _hanging(holder: str, row: Row, word: str) -> Iterator[tuple[str, Row]]:
    """Whatever may hang on a record, and on that again."""
    for nesting in ENTITIES[holder].many:
        if nesting.entity in APART:
            continue
        made = _row(nesting.entity, f"{holder} {word}", **{nesting.by: row["id"]})
        if nesting.entity == "attribute":
            made |= {"link_entity": holder, "taxonomy_term_id": named(f"taxonomy_term {word.split()[0]}")}
            made |= {"value": "As it was"}
        yield nesting.entity, made
        yield from _hanging(nesting.entity, made, f"{word} {holder}")


def island(word: str) -> ROWS:
    """An organization with all that may be told of it and of one service at one place, with words of its own."""
    ids = {e: named(f"{e} {word}") for e in (*APART, "taxonomy", "taxonomy_term", "unit")}
    roots = [
        ("taxonomy", {}),
        ("taxonomy_term", {"taxonomy_id": ids["taxonomy"]}),
        ("unit", {}),
        ("organization", {}),
        ("program", {"organization_id": ids["organization"]}),
        ("service", {"organization_id": ids["organization"], "program_id": ids["program"]}),
        ("location", {"organization_id": ids["organization"]}),
        ("service_at_location", {"service_id": ids["service"], "location_id": ids["location"]}),
    ]
    made: ROWS = {}
    for entity, links in roots:
        row = _row(entity, word, **links)
        made.setdefault(entity, []).append(row)
        for child, below in _hanging(entity, row, word):
            made.setdefault(child, []).append(below)
    return made


def places_in() -> list[tuple[str, int]]:
    """(entity, number) of every row of an island that anybody may see."""
    made = island("model")
    seen = [e for e in made if any(seen_by_all(e, "id")) and e != "unit"]
    return [(entity, number) for entity in seen for number in range(len(made[entity]))]


def word_of(place: tuple[str, int]) -> str:
    """The name of the island where that row is to change."""
    return f"{place[0]}-{place[1]}"


def archipelago() -> dict[str, ROWS]:
    """An island for each row that is to change, and one more, where rows may move to. Nothing leads between them."""
    return {word: island(word) for word in (*map(word_of, places_in()), "sink")}


def package(islands: dict[str, ROWS]) -> Files:
    """All of them as the files of one package; a file that has no row keeps its header."""
    files: Files = {}
    for made in islands.values():
        for entity, rows in made.items():
            files.setdefault(ENTITIES[entity].file, []).extend(rows)
    return files


def changed_field(entity: str) -> str:
    """The field of an entity by whose change one sees whether it is told."""
    fields = {f.name for f in ENTITIES[entity].fields}
    return next(name for name in TOLD if name in fields and any(seen_by_all(entity, name)))


def edited(islands: dict[str, ROWS]) -> dict[str, ROWS]:
    """On each island its row says something else."""
    made = copy.deepcopy(islands)
    for entity, number in places_in():
        row = made[word_of((entity, number))][entity][number]
        row[changed_field(entity)] = "613-555-0199" if entity == "phone" else "As it is now"
        if entity == "service_area":
            row["name"] = "Quebec"
    return made


def removed(islands: dict[str, ROWS]) -> dict[str, ROWS]:
    """On each island its row is gone; what hung on it is there and hangs on nothing.

    In its line stands another, of the sink: were the line gone too, all that follows would have another position.
    """
    made, sink = copy.deepcopy(islands), islands["sink"]
    for entity, number in places_in():
        word = word_of((entity, number))
        made[word][entity][number] = sink[entity][number] | {"id": named(f"instead of {word}")}
    return made


def moved(islands: dict[str, ROWS]) -> dict[str, ROWS]:
    """On each island its row hangs on the sink's records from now on."""
    made, sink = copy.deepcopy(islands), islands["sink"]
    for entity, number in places_in():
        row, there = made[word_of((entity, number))][entity][number], sink[entity][number]
        links = {
            f.name: there[f.name] for f in ENTITIES[entity].fields if f.kind is Kind.REF and f.name in there
        }
        row.update(links)
    return made
