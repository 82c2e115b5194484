"""Of an organization that is suspended or was not let in nobody changes anything, and is told so in a true sentence."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from directory.actions.refused import ShutOut
from directory.models.vetting import VettingDecision
from directory.rules.standing import SHUT_OUT, Standing, last_day, standing_on


def standing_of(organization: UUID, now: datetime) -> Standing:
    """Where it stands at this moment."""
    return standing_on(last_day(now), VettingDecision.objects.told_of(organization))


def refuse_if_shut_out(standing: Standing) -> None:
    """Raise ShutOut where an organization that stands so may change nothing."""
    if standing in SHUT_OUT:
        raise ShutOut(why_shut_out(standing))


def why_shut_out(standing: Standing) -> str:
    """What somebody is told who tried."""
    if standing is Standing.SUSPENDED:
        return _("Nothing was saved: your organization is suspended.")
    return _("Nothing was saved: your organization was not let in.")
