"""Of what nobody ever checked, which is the only help: worked out beforehand, for stewards call it before the rest.

It is worked out of what is shown and tells nothing new, so it leaves no row in the audit trail.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from directory.finding.only_help import stands_alone
from directory.models.service import Service

AT_A_TIME = 300
"""One query each: 100,000 are gone through within three days, if it is done every ten minutes."""


def judge_only_help(now: datetime, most: int = AT_A_TIME) -> int:
    """Ask it of those never asked about, then of those asked about longest ago, none twice a day. How many."""
    day = timezone.localtime(now).date()
    longest_ago = F("help_judged_on").asc(nulls_first=True)
    never_checked = Service.objects.filter(assured_date=None, unlisted_on=None).order_by(longest_ago, "pk")
    found = never_checked.values_list("pk", "help_judged_on")[:most]
    due = [key for key, judged_on in found if judged_on is None or judged_on < day]
    for key in due:
        _judge(key, now)
    return len(due)


def _judge(service: UUID, now: datetime) -> None:
    day = timezone.localtime(now).date()
    Service.objects.filter(pk=service).update(is_only_help=stands_alone(service), help_judged_on=day)
