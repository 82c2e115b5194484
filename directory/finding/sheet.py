"""All listings of an organization as a sheet has them: their profiles together, and their cells."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from directory.finding.languages import known_languages
from directory.finding.profile import (
    LANGUAGE_FIELDS,
    PHONE_FIELDS,
    SERVICE_FIELDS,
    Profile,
    fields_of,
    hours_key,
    needs_by_service,
    rows_of,
)
from directory.finding.profile_hours import hours_value
from directory.finding.profile_places import places_of
from directory.finding.stated import facts_json
from directory.models.language import Language
from directory.models.phone import Phone
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from directory.rules.eligibility_terms import Fact
from directory.rules.sheet_cells import LanguageWords, cells_of
from directory.rules.text import fold


class Told(NamedTuple):
    """One listing: its profile by parts, and what its cells say in the sheet's language."""

    service: Service
    profile: Profile
    cells: dict[str, str]


@lru_cache(maxsize=1)
def language_words() -> LanguageWords:
    """The names of languages, for cells. "Persian (Farsi)" is called "Persian" and "Farsi" too."""
    codes: dict[str, str] = {}
    for known in known_languages().values():
        for name in (known.code, known.name, known.name_fr, known.endonym):
            codes.setdefault(fold(name), known.code)
            main, _bracket, short = name.partition(" (")
            codes.setdefault(fold(main), known.code)
            if short and not known.members:
                codes.setdefault(fold(short), known.code)
    names = {
        "en": {code: known.name for code, known in known_languages().items()},
        "fr": {code: known.name_fr for code, known in known_languages().items()},
    }
    return LanguageWords(codes, names)


def profiles_of(services: Sequence[Service]) -> dict[UUID, Profile]:
    """As `service_profile` of each, in a few statements for all."""
    keys = [service.pk for service in services]
    found = {service.pk: fields_of(service, SERVICE_FIELDS) for service in services}
    phones: dict[UUID, list[Phone]] = {key: [] for key in keys}
    languages: dict[UUID, list[Language]] = {key: [] for key in keys}
    facts: dict[UUID, list[Fact]] = {key: [] for key in keys}
    hours: dict[UUID, dict[str, list[Schedule]]] = {key: {} for key in keys}
    owner = Coalesce(F("service_id"), F("service_at_location__service_id"))
    mine = Q(service_id__in=keys) | Q(service_at_location__service_id__in=keys)
    numbers = Phone.objects.filter(mine, contact=None).annotate(of=owner)
    for phone in numbers.order_by("position", "id"):
        phones[phone.of].append(phone)
    for language in Language.objects.filter(service_id__in=keys).order_by("position", "id"):
        languages[language.service_id].append(language)
    rows = Schedule.objects.filter(mine).annotate(of=owner).prefetch_related("own_days")
    for row in rows.order_by("position", "id"):
        hours[row.of].setdefault(hours_key(row), []).append(row)
    for fact in ServiceFact.objects.filter(service_id__in=keys).order_by("pk"):
        facts[fact.service_id].append(Fact(fact.dimension, fact.term, fact.stated, fact.low, fact.high))
    places, needs = places_of(keys), needs_by_service(keys)
    for key, told in found.items():
        told["phones"] = rows_of(phones[key], PHONE_FIELDS)
        told["languages"] = rows_of(languages[key], LANGUAGE_FIELDS)
        told["facts"] = facts_json(facts[key])
        told["needs"] = needs.get(key, [])
        told |= {name: hours_value(kept) for name, kept in hours[key].items()}
        told |= places[key]
    return found


def listings_told(organizations: Collection[UUID], language: str) -> dict[str, Told]:
    """Every listing of these organizations, by its id as text, by organization and name."""
    found = Service.objects.filter(organization_id__in=organizations).select_related("organization")
    services = list(found.order_by("organization__name", "organization_id", "name", "pk"))
    profiles, words = profiles_of(services), language_words()
    return {
        str(service.pk): Told(
            service,
            profiles[service.pk],
            cells_of(profiles[service.pk], str(service.pk), words, language),
        )
        for service in services
    }
