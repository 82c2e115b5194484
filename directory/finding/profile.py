"""What a service or an organization says of itself, part by part, as its keeper changes it.

The parts and their keys: directory/rules/holding.py.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from directory.finding.gathered import NEEDS, ScheduleRow
from directory.finding.hours import by_appointment, hours_of, is_timed
from directory.finding.stated import facts_json
from directory.models.language import Language
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from directory.models.taxonomy import Attribute
from directory.rules.canadian_zones import ODD_ZONE
from directory.rules.eligibility_terms import Fact
from directory.rules.opening_hours import Hours, endless_week

SERVICE_FIELDS = (
    "name",
    "name_fr",
    "description",
    "description_fr",
    "eligibility_description",
    "eligibility_description_fr",
    "application_process",
    "application_process_fr",
    "fees_description",
    "fees_description_fr",
    "alert",
    "alert_fr",
    "email",
    "url",
    "interpretation_services",
    "status",
)
ORGANIZATION_FIELDS = ("name", "name_fr", "description", "description_fr", "email", "website")
PHONE_FIELDS = ("number", "extension", "type", "description", "description_fr")
LANGUAGE_FIELDS = ("code", "name", "note")
TIMES = tuple(name for name in ScheduleRow._fields if name not in ("owner", "is_flagged", "own_days"))

Profile = dict[str, Any]


def fields_of(record: Service | Organization, names: Iterable[str]) -> Profile:
    """Columns of a record, each under the key of its part."""
    table = record._meta.db_table
    return {f"{table}.{name}": getattr(record, name) for name in names}


def rows_of(found: Iterable[Any], names: Sequence[str]) -> list[dict[str, str]]:
    """Rows that hang on a record, each with its id."""
    return [{"id": str(row.pk)} | {name: getattr(row, name) for name in names} for row in found]


def phones_of(service: UUID) -> QuerySet[Phone]:
    """The numbers of a service, and those that stand at its places."""
    mine = Q(service_id=service) | Q(service_at_location__service_id=service)
    return Phone.objects.filter(mine, contact=None).order_by("position", "id")


def organization_phones(organization: UUID) -> QuerySet[Phone]:
    """The numbers of an organization: shown of each service that has none of its own."""
    return Phone.objects.filter(organization_id=organization, contact=None).order_by("position", "id")


def languages_of(service: UUID) -> QuerySet[Language]:
    """The languages of a service."""
    return Language.objects.filter(service_id=service).order_by("position", "id")


def schedules_of(service: UUID) -> list[Schedule]:
    """The hours of a service, those of its places with it: what the site itself has comes first."""
    mine = Q(service_id=service) | Q(service_at_location__service_id=service)
    return list(Schedule.objects.filter(mine).prefetch_related("own_days").order_by("position", "id"))


def hours_key(row: Schedule) -> str:
    """The key of the hours that a row belongs to."""
    return f"hours/{row.service_at_location_id or row.service_id}/{row.hours_of}"


def needs_of(service: UUID) -> list[str]:
    """Slugs of what a service helps with, the main one first."""
    ties = Attribute.objects.filter(link_id=service, taxonomy_term__taxonomy=NEEDS).order_by("position", "id")
    return list(ties.values_list("taxonomy_term__code", flat=True))


def facts_of(service: UUID) -> list[Fact]:
    """What a service states of whom it takes."""
    stored = ServiceFact.objects.filter(service_id=service)
    return [Fact(row.dimension, row.term, row.stated, row.low, row.high) for row in stored]


def service_profile(service: Service) -> Profile:
    """Every part of a service, by its key; hours by owner and kind."""
    told = fields_of(service, SERVICE_FIELDS)
    told["phones"] = rows_of(phones_of(service.pk), PHONE_FIELDS)
    told["languages"] = rows_of(languages_of(service.pk), LANGUAGE_FIELDS)
    told["facts"] = facts_json(facts_of(service.pk))
    grouped: dict[str, list[Schedule]] = {}
    for row in schedules_of(service.pk):
        grouped.setdefault(hours_key(row), []).append(row)
    return told | {key: hours_value(rows) for key, rows in grouped.items()}


def organization_profile(organization: Organization) -> Profile:
    """Every part of what an organization says of itself."""
    told = fields_of(organization, ORGANIZATION_FIELDS)
    told["organization.phones"] = rows_of(organization_phones(organization.pk), PHONE_FIELDS)
    return told


def profile_of(organization: Organization, service: Service | None) -> Profile:
    """Of the service, or else of the organization itself."""
    return service_profile(service) if service else organization_profile(organization)


def _schedule_row(row: Schedule) -> ScheduleRow:
    flagged = bool({*row.flags} - {ODD_ZONE})
    return ScheduleRow(
        owner="", is_flagged=flagged, own_days=None, **{name: getattr(row, name) for name in TIMES}
    )


def rows_as_told(rows: Iterable[Schedule]) -> list[ScheduleRow]:
    """Schedule rows as the rules of hours take them, without their own days."""
    return [_schedule_row(row) for row in rows]


def hours_value(rows: Sequence[Schedule]) -> dict[str, Any]:
    """Hours of one kind as JSON. `is_plain`: False where they are more than a week, and a week would lose some."""
    told = rows_as_told(rows)
    hours = hours_of(told)
    week = endless_week(hours)
    timed = any(is_timed(row) for row in told)
    state = "always" if week.always else "times" if timed else "not_stated"
    if not timed and by_appointment(told):
        state = "appointment"
    own = [day for row in rows for day in row.own_days.all()]
    return {
        "state": state,
        "days": _days(week.spans) if state == "times" else [],
        "on_holidays": next((row.on_holidays for row in rows), "not_stated"),
        "note": _joined(row.description for row in rows),
        "note_fr": _joined(row.description_fr for row in rows),
        "own_days": [
            {
                "on": day.on.isoformat(),
                "opens_at": day.opens_at,
                "closes_at": day.closes_at,
                "note": day.note,
                "note_fr": day.note_fr,
            }
            for day in sorted(own, key=lambda day: (day.on, day.opens_at))
        ],
        "is_plain": not timed or _is_plain(hours),
    }


def _is_plain(hours: Hours) -> bool:
    return hours.stated and endless_week(hours).stated


def _days(spans: Iterable[Any]) -> list[list[list[int]]]:
    days: list[list[list[int]]] = [[] for _ in range(7)]
    for span in spans:
        days[span.day].append([span.opens, span.closes])
    return days if any(days) else []


def _joined(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(text for text in texts if text))
