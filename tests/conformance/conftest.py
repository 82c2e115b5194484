"""Collected only by `make conformance HSDS_SPEC=DIR`: without the official files there is nothing to compare."""

from pathlib import Path

import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave this folder out unless the specification's folder is named."""
    spec = config.getoption("--hsds-spec")
    if not spec:
        return True
    # `/hsds/` speaks 3.1: the schemas of 3.0, known by having no unit, would refuse what came since.
    is_3_0 = not (Path(spec) / "schema" / "unit.json").exists()
    return True if is_3_0 and collection_path.name == "test_endpoints.py" else None
