"""Collected only by `make conformance HSDS_SPEC=DIR`: without the official files there is nothing to compare."""

from pathlib import Path

import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave this folder out unless the specification's folder is named."""
    return None if config.getoption("--hsds-spec") else True
