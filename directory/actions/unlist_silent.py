"""What nobody confirms any more is taken off the list, once its people were warned and somebody else helps as well.

Only what an organization here keeps: who has nobody to answer a letter is called by stewards and stays.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from directory.actions.ask_still_true import KIND
from directory.actions.hold_organization import hold_organization
from directory.actions.project_listings import project_services
from directory.finding.only_help import stands_alone
from directory.finding.profile import needs_of
from directory.models.service import Service
from directory.models.truth_asked import TruthAsked
from directory.rules.freshness import OFTEN_DAYS
from directory.rules.silence import may_be_unlisted
from safety import audit
from safety.notices import Notice
from safety.viewer import VISITOR

AT_A_TIME = 500
"""Of a hundred thousand listings no more are held in memory."""


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
    """True unless others help as well, wherever it is given and with all it gives. What is not public stays."""
    return stands_alone(service) is not False
