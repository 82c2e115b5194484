"""Our records bear the standard's own names: every plain field of the official schemas is a column of ours."""

import json
from pathlib import Path

import pytest

from tests.hsds_columns import columns_of

ENTITIES = [
    "accessibility", "address", "attribute", "contact", "cost_option", "funding", "language",
    "location", "meta_table_description", "metadata", "organization", "organization_identifier",
    "phone", "program", "required_document", "schedule", "service", "service_area",
    "service_at_location", "service_capacity", "taxonomy", "taxonomy_term", "unit", "url",
]  # fmt: skip


# HSDS 3.0 did not have these yet.
SINCE_3_1 = {"service_capacity", "unit", "url"}


def _plain_fields(schema: Path) -> set[str]:
    properties = json.loads(schema.read_text(encoding="utf-8"))["properties"]
    return {name for name, value in properties.items() if value.get("type") in ("string", "number")}


def test_no_entity_of_the_standard_is_left_out(pytestconfig: pytest.Config) -> None:
    folder = Path(pytestconfig.getoption("--hsds-spec")) / "schema"
    official = {path.stem for path in folder.glob("*.json")} - {"openapi"}
    assert official
    assert official <= set(ENTITIES)


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_plain_field_of_the_official_schema_is_a_column(
    entity: str, pytestconfig: pytest.Config
) -> None:
    folder = Path(pytestconfig.getoption("--hsds-spec"))
    schema = folder / "schema" / f"{entity}.json"
    if not schema.exists():
        assert entity in SINCE_3_1, f"{schema} is not there: is {folder} the folder of one HSDS version?"
        return
    assert _plain_fields(schema) - columns_of(entity) == set()
