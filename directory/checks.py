"""System checks of the directory: no field of a listing without a tier; the clock knows the changes of 2026."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model

from directory.models.record import BESIDE_HSDS, HsdsRecord
from safety.tiers import TABLE


def untiered_fields(models: Iterable[type[Model]]) -> list[str]:
    """The "entity.field" names of HSDS records that safety.tiers.TABLE doesn't know."""
    return [
        f"{model._meta.db_table}.{field.name}"
        for model in models
        if issubclass(model, HsdsRecord)
        for field in model._meta.concrete_fields
        if field.name not in BESIDE_HSDS and f"{model._meta.db_table}.{field.name}" not in TABLE
    ]


@register()
def every_field_has_a_tier(app_configs: Sequence[AppConfig] | None, **_more: Any) -> list[CheckMessage]:
    """directory.E001: a field that nobody decided about would be shown to nobody, or leak."""
    return [
        Error(
            f"{name} has no tier.",
            hint="Add it to TABLE in safety/tiers.py: who sees it, open and protected?",
            id="directory.E001",
        )
        for name in untiered_fields(apps.get_app_config("directory").get_models())
    ]


@register()
def clock_knows_2026(app_configs: Sequence[AppConfig] | None, **_more: Any) -> list[CheckMessage]:
    """directory.E002: British Columbia stopped changing clocks; stale zone data would say "open" an hour wrong."""
    moment = datetime(2027, 1, 15, 12, tzinfo=UTC).astimezone(ZoneInfo("America/Vancouver"))
    if moment.utcoffset() == timedelta(hours=-7):
        return []
    return [
        Error(
            f"Vancouver is at {moment.strftime('%z')} on 2027-01-15, not at -0700.",
            hint="Install the tzdata package of requirements/run.txt; system copies are not used.",
            id="directory.E002",
        )
    ]
