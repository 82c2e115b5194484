"""Whom stewards call because letters were not answered: first those shown only because nobody else may help."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from directory.actions.decide_change import numbers_to_call
from directory.finding.bound import fetched
from directory.models.service import Service
from directory.rules.asking_again import LATE
from directory.views import wording
from directory.views.dead_numbers import dead_lines
from directory.views.profile import name_of

MOST = 30
# Beyond twice the time that its check held, a listing is there as the only help, as a crisis line or unwarned.
LISTED_SQL = """
SELECT service_id FROM listing WHERE fresh_until < %(before)s::date GROUP BY service_id
 ORDER BY bool_or(fresh_until + (fresh_until - checked_on) < %(day)s::date) DESC, min(fresh_until), service_id
 LIMIT %(most)s
"""


def silent() -> list[dict[str, Any]]:
    """The `MOST` to call, the longest silent first within their kind; what is not shown any more comes last."""
    day = timezone.localdate()
    asked = {"before": day - LATE, "day": day, "most": MOST}
    keys: list[UUID] = [key for (key,) in fetched(LISTED_SQL, asked)]
    gone = Service.objects.listable().exclude(unlisted_on=None).order_by("assured_date", "pk")
    keys += gone.values_list("pk", flat=True)[: MOST - len(keys)]
    services = Service.objects.filter(pk__in=keys).select_related("organization").in_bulk()
    return [_told(services[key]) for key in keys]


def _told(service: Service) -> dict[str, Any]:
    return {
        "organization": name_of(service.organization) if service.organization else "",
        "name": name_of(service),
        "numbers": ", ".join(numbers_to_call(service.organization_id, service.pk))
        if service.organization_id
        else "",
        "dead": dead_lines(service),
        "day": wording.day_text(service.assured_date) if service.assured_date else "",
        "is_gone": service.unlisted_on is not None,
    }
