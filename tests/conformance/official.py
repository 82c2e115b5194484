"""The official examples of the folder given, and an import of one of them into an empty directory."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from directory.models.record import HsdsRecord
from tests.hsds_walk import Item, items_in

SLUG = "official"
NAMES = (
    "service_full", "service_list", "organization_full", "organization_list", "service_at_location_full",
    "service_at_location_list", "location", "taxonomy", "taxonomy_list", "taxonomy_term", "taxonomy_term_list",
)  # fmt: skip
"""Every JSON example but `base` (of `/hsds/`) and `tabular` (of no view)."""

FILES = {
    "service": "services.json",
    "organization": "organizations.json",
    "service_at_location": "service_at_location.json",
    "location": "locations.json",
    "taxonomy": "taxonomies.json",
    "taxonomy_term": "taxonomy_terms.json",
}
"""The file of an exported folder in which items of a root stand."""


def folder_of(config: pytest.Config) -> Path:
    """The folder of one version of the standard."""
    return Path(config.getoption("--hsds-spec")).resolve()


def example(folder: Path, name: str) -> Path:
    """The official example of that name."""
    return folder / "examples" / f"{name}.json"


def version_of(folder: Path) -> str:
    """3.1 or 3.0, told by whether units are known."""
    return "3.1" if (folder / "schema" / "unit.json").exists() else "3.0"


def empty_directory() -> None:
    """Remove every HSDS record, the vocabulary too."""
    for model in apps.get_app_config("directory").get_models():
        if issubclass(model, HsdsRecord):
            model.objects.all().delete()


def import_package(path: Path, **options: Any) -> None:
    """Import a package or a JSON file as the publisher SLUG."""
    call_command("import_hsds", path, publisher=SLUG, **options)


def exported(path: Path, root: str) -> list[Item]:
    """The items of `root` at custodian tier, by way of the command; their page is valid too."""
    call_command("export_hsds", path, tier="custodian", format="json", publisher=SLUG)
    return items_in(path / FILES[root])


def page_in(path: Path) -> Any:
    """The whole of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))
