"""Those who look after an organization are told 60, 30 and 7 days before its last day, each time once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from directory.actions.tell_people import in_both_languages, those_who_look_after
from directory.models.membership import Membership
from directory.models.vetting import VettingDecision
from directory.rules.standing import last_day
from directory.rules.vetting import announced_by
from safety.notices import Letter, notify, register

KIND = "renewal"


@transaction.atomic
def announce_renewals(*, now: datetime) -> int:
    """Queue what is due and was not queued yet; returns how many letters. Asked again, it finds nothing to do."""
    day, queued = last_day(now), 0
    for organization, decision in VettingDecision.objects.let_in_on(day).items():
        days = announced_by(day, decision.until) if decision.until else None
        if days is None:
            continue
        for member in those_who_look_after(organization):
            queued += notify(KIND, member.pk, once=f"{decision.until} {days}") is not None
    return queued


def _letter(membership: UUID) -> Letter | None:
    """Nothing for who left meanwhile, nor where the last day was moved away or is over."""
    found = Membership.objects.live().filter(pk=membership).select_related("user").first()
    if found is None:
        return None
    day = last_day(timezone.now())
    decision = VettingDecision.objects.let_in_on(day).get(found.organization_id)
    if decision is None or decision.until is None or announced_by(day, decision.until) is None:
        return None
    words = (
        gettext_noop("An agreement ends soon"),
        gettext_noop("An agreement of your organization with Relais ends soon. Sign in to renew it."),
    )
    return in_both_languages(found.user.email, *words, "apply_for_vetting")


register(KIND, _letter)
