"""The HSDS core bears the standard's own names: every plain field of the official schemas is a column of ours."""

import json
from pathlib import Path

import pytest

from tests.hsds_columns import columns_of

CORE = [
    "organization", "service", "location", "service_at_location", "address", "phone",
    "schedule", "language", "taxonomy", "taxonomy_term", "attribute",
]  # fmt: skip
# Links to objects that are not part of the core yet (program, contact); the whole standard brings them.
NOT_YET = {"service.program_id", "phone.contact_id"}


def _plain_fields(schema: Path) -> set[str]:
    properties = json.loads(schema.read_text(encoding="utf-8"))["properties"]
    return {name for name, value in properties.items() if value.get("type") in ("string", "number")}


@pytest.mark.parametrize("entity", CORE)
def test_every_plain_field_of_the_official_schema_is_a_column(
    entity: str, pytestconfig: pytest.Config
) -> None:
    folder = Path(pytestconfig.getoption("--hsds-spec"))
    schema = folder / "schema" / f"{entity}.json"
    assert schema.exists(), f"{schema} is not there: is {folder} the folder of one HSDS version?"
    missing = {f"{entity}.{name}" for name in _plain_fields(schema) - columns_of(entity)}
    assert missing <= NOT_YET
