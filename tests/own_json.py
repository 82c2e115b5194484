"""Our own JSON export taken into an empty directory: what it says before and after, by file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import transaction

from directory.actions.import_hsds_report import ImportReport
from directory.hsds.export_losses import TABULAR
from directory.models.record import HsdsRecord
from tests.directory.hsds_packages import taken

Told = dict[str, list[dict[str, Any]]]


def empty_directory() -> None:
    """Remove every HSDS record, the vocabulary too."""
    for model in apps.get_app_config("directory").get_models():
        if issubclass(model, HsdsRecord):
            model.objects.all().delete()


def told_in(path: Path, publisher: str = "") -> Told:
    """The items of each file of a new export, at custodian tier."""
    call_command("export_hsds", path, tier="custodian", format="json", publisher=publisher)
    pages = (file for file in path.glob("*.json") if file.name != TABULAR)
    return {file.name: json.loads(file.read_text("utf-8"))["contents"] for file in pages}


def there_and_back(path: Path, fill: Callable[[], object]) -> tuple[Told, Told, ImportReport]:
    """What is told of all that `fill` brings, and once that alone was taken into an empty directory."""
    with transaction.atomic():
        fill()
        before = told_in(path / "one")
        transaction.set_rollback(True)
    empty_directory()
    report = taken(path / "one")
    return before, told_in(path / "two"), report
