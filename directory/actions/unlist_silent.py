"""What nobody confirms any more is taken off the list, once its people were warned and somebody else helps as well.

Only what an organization here keeps: who has nobody to answer a letter is called by stewards and stays.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from directory.actions.ask_still_true import KIND
from directory.actions.hold_organization import hold_organization
from directory.actions.project_listings import project_services
from directory.finding.bound import fetched
from directory.finding.profile import facts_of, needs_of
from directory.models.service import Service
from directory.models.truth_asked import TruthAsked
from directory.rules.eligibility_terms import Fact
from directory.rules.freshness import OFTEN_DAYS
from directory.rules.silence import WITHIN_M, is_only_help, may_be_unlisted
from directory.rules.tags import LOOKED_INTO
from safety import audit
from safety.notices import Notice
from safety.viewer import VISITOR

AT_A_TIME = 500
"""Of a hundred thousand listings no more are held in memory."""

# Beside a place, places; beside a line, lines that reach as far. What is closed for a while, or looked into, stands in
# for nobody, and demonstration for demonstration only.
BESIDE_SQL = f"""
SELECT DISTINCT mine.id::text, need.code, other.service_id::text
  FROM listing mine
  JOIN attribute tie ON tie.link_id = mine.service_id
  JOIN taxonomy_term need ON need.id = tie.taxonomy_term_id AND need.taxonomy = 'relais'
  LEFT JOIN listing other ON other.service_id <> mine.service_id AND other.is_demo = mine.is_demo
       AND NOT other.stated @@ '{LOOKED_INTO}'::query_int
       AND CASE WHEN mine.point IS NOT NULL THEN ST_DWithin(other.point, mine.point, %(metres)s)
                ELSE other.point IS NULL AND (other.reach = 'country' OR mine.reach <> 'country'
                     AND other.reach = 'province' AND other.province = mine.province) END
       AND EXISTS (SELECT FROM attribute same WHERE same.link_id = other.service_id
                   AND same.taxonomy_term_id = need.id)
       AND EXISTS (SELECT FROM service running WHERE running.id = other.service_id AND running.status = 'active')
 WHERE mine.service_id = %(service)s
"""  # noqa: S608


def unlist_silent(now: datetime) -> int:
    """Take off what has been silent for too long, the longest silent first. How many. A second run finds none.

    Each in a transaction of its own: who stays because the one before went is seen as it then is.
    """
    return sum(_unlist(key, now) for key in _maybe(timezone.localtime(now).date()))


def _maybe(day: date) -> Iterator[UUID]:
    """Those whose time may be over, some hundreds at a time: their kinds and letters are looked at one by one."""
    after: tuple[date, UUID] | None = None
    while found := list(_silent_after(day, after)[:AT_A_TIME]):
        yield from (key for _checked, key in found)
        after = found[-1]


def _silent_after(day: date, after: tuple[date, UUID] | None) -> Any:
    """The day of the last check and the id, the longest silent first."""
    before = day - timedelta(days=2 * OFTEN_DAYS)
    warned = TruthAsked.objects.values("organization_id")
    silent = Service.objects.listable().filter(unlisted_on=None, assured_date__lt=before)
    if after:
        checked, key = after
        silent = silent.filter(Q(assured_date__gt=checked) | Q(assured_date=checked, pk__gt=key))
    found = silent.filter(organization_id__in=warned).order_by("assured_date", "pk")
    return found.values_list("assured_date", "pk")


@transaction.atomic
def _unlist(service: UUID, now: datetime) -> bool:
    day = timezone.localtime(now).date()
    organization = Service.objects.values_list("organization_id", flat=True).get(pk=service)
    if organization is None:
        return False
    hold_organization(organization)
    found = Service.objects.select_for_update().get(pk=service)
    if found.unlisted_on or not _is_over(found, day) or is_needed(service):
        return False
    Service.objects.filter(pk=service).update(unlisted_on=day)
    project_services([service])
    audit.record(VISITOR, action="unlist_silent", subject_type="service", subject_id=service)
    return True


def _is_over(service: Service, day: date) -> bool:
    """Judged by the days on which letters were taken by a mail server: one that failed or came back warned nobody."""
    asked = TruthAsked.objects.filter(organization_id=service.organization_id)
    sent = Notice.objects.sent().filter(kind=KIND, subject_id__in=asked.values("pk"))
    letters = {timezone.localtime(at).date() for at in sent.values_list("sent_at", flat=True) if at}
    return may_be_unlisted(day, service.assured_date, needs_of(service.pk), letters)


def is_needed(service: UUID) -> bool:
    """True if somewhere, for one of its kinds of help, somebody would be left with a no. What is not public stays."""
    beside: dict[tuple[str, str], set[str]] = {}
    for listing, need, other in fetched(BESIDE_SQL, {"service": str(service), "metres": WITHIN_M}):
        beside.setdefault((listing, need), set()).update([other] if other else [])
    mine = facts_of(service)
    stated = {key: facts_of(UUID(key)) for key in set().union(*beside.values())}
    return not beside or any(is_only_help(mine, _facts(others, stated)) for others in beside.values())


def _facts(services: set[str], stated: dict[str, list[Fact]]) -> Sequence[Sequence[Fact]]:
    return [stated[key] for key in sorted(services)]
