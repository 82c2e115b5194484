"""A small mapping and a row for it, and reading that row with a change."""

import tomllib
from typing import Any

from directory.rules.table_mapping import TableMapping, Words
from directory.rules.table_mapping_read import parse_mapping
from directory.rules.table_records import Record, Refusal
from directory.rules.table_rows import read_row

WORDS = Words(
    parents={"talk": "", "crisis_line": "talk", "legal_help": "", "legal_advice": "legal_help",
             "housing": "", "emergency_shelter": "housing", "food": "daily_life"},
    protected=frozenset({"emergency_shelter"}),
    languages={"cree": "cre", "french": "fra"},
    housing=frozenset({"emergency_shelter"}),
)  # fmt: skip
TOML = r"""
key = "id"
[publisher]
slug = "our-list"
name = "Our list"
[columns]
name = "name"
name_fr = "name_fr"
description = "description"
description_fr = "description_fr"
eligibility_description_fr = "eligibility_fr"
url = "url"
status = "status"
copied_on = "provenance.verified_at"
[text]
remove = ['\[\d+\]']
empty = ["N/A"]
[french]
trust = false
take = ["name_fr", "description_fr"]
broken = ['Hommestal']
[status]
"Permanently Closed" = "closed for good"
[needs]
column = "category"
[needs.values]
Crisis = ["talk"]
Legal = ["legal_help"]
Food = ["food"]
[[needs_when]]
words = ["helpline"]
unless = ["no helpline"]
add = ["crisis_line"]
[[needs_when]]
words = ["shelter"]
unless = ["animal shelter"]
add = ["emergency_shelter"]
[[needs_when]]
words = ["legal advice"]
values = ["Legal"]
add = ["legal_advice"]
[scope]
column = "scope"
[scope.values]
ontario = { reach = "province", province = "ON" }
canada = { reach = "country" }
[[reach_when]]
columns = "is_provincial"
words = ["yes"]
reach = "province"
province = "Ontario"
[[refuse_when]]
columns = "description"
matches = ['^See entry']
reason = "a duplicate"
[place]
address = "address"
latitude = "coordinates.lat"
longitude = "coordinates.lng"
confidential = "confidential"
default_community = "Kingston, ON"
[phones]
columns = "phone"
label = "phone_label"
[hours]
weekly = "hours"
text = ["hours_text", "hours.notes"]
text_only = ["doubted"]
[languages]
column = "languages"
"""
ROW: dict[str, Any] = {"id": "a", "name": "A clinic", "category": "Legal", "url": "https://clinic.example"}


def mapping(**changes: Any) -> TableMapping:
    return parse_mapping(tomllib.loads(TOML) | changes, WORDS)


MAPPING = mapping()


def read(**changes: Any) -> Record:
    found = read_row(MAPPING, ROW | changes)
    assert isinstance(found, Record), found
    return found


def refusal(**changes: Any) -> str:
    found = read_row(MAPPING, ROW | changes, 7)
    assert isinstance(found, Refusal), found
    assert found.row == 7
    return found.reason
