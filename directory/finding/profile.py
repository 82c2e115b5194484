"""What a service or an organization says of itself, part by part, as its keeper changes it.

The parts and their keys: directory/rules/holding.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from directory.finding.gathered import NEEDS
from directory.finding.profile_hours import hours_value
from directory.finding.profile_places import places_profile
from directory.finding.stated import facts_json
from directory.models.language import Language
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from directory.models.taxonomy import Attribute
from directory.rules.eligibility_terms import Fact

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
    "publish_to",
)
ORGANIZATION_FIELDS = ("name", "name_fr", "description", "description_fr", "email", "website")
PHONE_FIELDS = ("number", "extension", "type", "description", "description_fr")
LANGUAGE_FIELDS = ("code", "name", "note")

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


def needs_by_service(services: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Slugs of what each of them helps with, in one statement; none of those that help with nothing known."""
    ties = Attribute.objects.filter(link_id__in=list(services), taxonomy_term__taxonomy=NEEDS)
    found: dict[UUID, list[str]] = defaultdict(list)
    for service, slug in ties.order_by("position", "id").values_list("link_id", "taxonomy_term__code"):
        found[service].append(slug)
    return found


def needs_anywhere(organization: UUID) -> list[str]:
    """Slugs of all that an organization helps with: what it says of itself stands beside each."""
    services = Service.objects.filter(organization_id=organization).values("pk")
    ties = Attribute.objects.filter(link_id__in=services, taxonomy_term__taxonomy=NEEDS)
    return list(ties.order_by("taxonomy_term__code").values_list("taxonomy_term__code", flat=True).distinct())


def facts_of(service: UUID) -> list[Fact]:
    """What a service states of whom it takes."""
    return facts_by_service([service])[service]


def facts_by_service(services: Iterable[UUID]) -> dict[UUID, list[Fact]]:
    """What each of them states of whom it takes, in one statement."""
    found: dict[UUID, list[Fact]] = {key: [] for key in services}
    for row in ServiceFact.objects.filter(service_id__in=list(found)):
        found[row.service_id].append(Fact(row.dimension, row.term, row.stated, row.low, row.high))
    return found


def service_profile(service: Service) -> Profile:
    """Every part of a service, by its key; hours by owner and kind, places by their ids."""
    told = fields_of(service, SERVICE_FIELDS)
    told["phones"] = rows_of(phones_of(service.pk), PHONE_FIELDS)
    told["languages"] = rows_of(languages_of(service.pk), LANGUAGE_FIELDS)
    told["needs"] = needs_of(service.pk)
    told["facts"] = facts_json(facts_of(service.pk))
    grouped: dict[str, list[Schedule]] = {}
    for row in schedules_of(service.pk):
        grouped.setdefault(hours_key(row), []).append(row)
    told |= {key: hours_value(rows) for key, rows in grouped.items()}
    return told | places_profile(service)


def organization_profile(organization: Organization) -> Profile:
    """Every part of what an organization says of itself."""
    told = fields_of(organization, ORGANIZATION_FIELDS)
    told["organization.phones"] = rows_of(organization_phones(organization.pk), PHONE_FIELDS)
    return told


def profile_of(organization: Organization, service: Service | None) -> Profile:
    """Of the service, or else of the organization itself."""
    return service_profile(service) if service else organization_profile(organization)
