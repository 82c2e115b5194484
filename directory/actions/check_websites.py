"""The worker looks at providers' websites, each once a week, a few at a time; only where an operator wants it."""

import time
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from directory.actions.reach_website import Looker
from directory.finding.websites import Due, due_websites
from directory.models.website_check import WebsiteCheck
from directory.rules.websites import Record, Verdict, after, our_own_fault, target_of
from safety import audit
from safety.viewer import VISITOR

MOST = 20
"""Websites in one run, each of another host; a run comes every ten minutes."""

SECONDS = 45.0
"""After which a run begins no other: letters wait behind it."""

WITNESSES = 3
"""Websites that are asked beside, where all that were due failed."""

Look = Callable[[str], Verdict]


def check_websites(now: datetime, look: Look | None = None) -> int:
    """Look at what is due. How many were looked at; none unless the setting CHECK_WEBSITES turns it on.

    What was found is kept for stewards and keepers; no listing changes for it. Where all fails at once, and what
    answered lately too, nothing is kept: then our own network is down. While somebody else's server takes its time no
    transaction is open.
    """
    if not settings.CHECK_WEBSITES:
        return 0
    look = look or Looker(settings.SITE_URL).look
    day = timezone.localtime(now).date()
    found = _looked_at(_one_of_each_host(due_websites(day, MOST * 10)), look)
    if our_own_fault([verdict for _, verdict in found]) and not _somebody_answers(look):
        return 0
    if found:
        _keep(found, now)
    return len(found)


def _somebody_answers(look: Look) -> bool:
    """True if one of those that answered lately answers now: the fault is not ours."""
    well = WebsiteCheck.objects.filter(failures=0).order_by("-checked_on", "url")
    witnesses = [url for url in well.values_list("url", flat=True)[: 5 * WITNESSES] if target_of(url)]
    return any(look(url) == Verdict.ANSWERED for url in witnesses[:WITNESSES])


def _one_of_each_host(due: list[Due]) -> list[Due]:
    """Nobody's server is asked twice in a run."""
    first: dict[str, Due] = {}
    for one in due:
        target = target_of(one[0])
        first.setdefault(target.host if target else one[0], one)
    return list(first.values())[:MOST]


def _looked_at(due: list[Due], look: Look) -> list[tuple[Due, Verdict]]:
    found, end = [], time.monotonic() + SECONDS
    for one in due:
        if time.monotonic() > end:
            break
        # What leads nowhere at large (".example") is nobody's website: nothing is said of it.
        found.append((one, look(one[0]) if target_of(one[0]) else Verdict.UNCLEAR))
    return found


@transaction.atomic
def _keep(found: list[tuple[Due, Verdict]], now: datetime) -> None:
    day = timezone.localtime(now).date()
    for (url, failures, since, failed_on), verdict in found:
        kept = after(Record(failures or 0, since, failed_on), verdict, day)
        facts = {"failures": kept.failures, "since": kept.since, "failed_on": kept.failed_on}
        WebsiteCheck.objects.update_or_create(url=url, defaults=facts | {"checked_on": day})
    failed = sum(verdict == Verdict.FAILED for _, verdict in found)
    details = {"looked": len(found), "failed": failed}
    audit.record(VISITOR, action="check_websites", subject_type="website_check", details=details)
