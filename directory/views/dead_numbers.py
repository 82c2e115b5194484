"""Numbers and websites of listings that lead nowhere, in words: for stewards and for the keeper."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.actions.decide_change import numbers_to_call
from directory.finding.websites import dead_websites
from directory.models.phone_mark import PhoneMark
from directory.models.service import Service
from directory.rules.dead_phones import DAYS, Dead, Heard, Mark, dead_numbers
from directory.views import wording


def dead_of(services: Sequence[Service], days: int = DAYS) -> dict[UUID, dict[str, Dead]]:
    """By service, its numbers that nobody answered on so many `days`. One statement, two more for each marked."""
    marks: dict[UUID, list[Mark]] = {}
    keys = [service.pk for service in services]
    for row in PhoneMark.objects.filter(service_id__in=keys, cleared_at=None).order_by("marked_at", "id"):
        marks.setdefault(row.service_id, []).append(Mark(row.number, Heard(row.heard), row.on))
    told = {
        service.pk: dead_numbers(
            marks[service.pk],
            numbers_to_call(service.organization_id, service.pk),
            service.assured_date,
            days,
        )
        for service in services
        if service.pk in marks and service.organization_id
    }
    return {key: numbers for key, numbers in told.items() if numbers}


def dead_line(number: str, dead: Dead) -> str:
    """ "613-555-0142: nobody answered on 2 days, last on 3 November 2026"."""
    named = {"number": number, "days": dead.days, "day": wording.day_text(dead.last)}
    if dead.heard == Heard.NOT_IN_SERVICE:
        return _("%(number)s: not in service, last called on %(day)s") % named
    return (
        ngettext(
            "%(number)s: nobody answered on %(days)d day, last on %(day)s",
            "%(number)s: nobody answered on %(days)d days, last on %(day)s",
            dead.days,
        )
        % named
    )


def website_line(url: str, since: date) -> str:
    """ "https://clinic.example: has not answered since 3 November 2026"."""
    return _("%(url)s: has not answered since %(day)s") % {"url": url, "day": wording.day_text(since)}


def all_dead_lines(services: Sequence[Service], days: int = DAYS) -> dict[UUID, list[str]]:
    """By service, its numbers and websites that lead nowhere, in words."""
    dead = dead_of(services, days)
    found = {key: [dead_line(*one) for one in numbers.items()] for key, numbers in dead.items()}
    for url, key, since, _last in dead_websites([service.pk for service in services]):
        found.setdefault(key, []).append(website_line(url, since))
    return found
