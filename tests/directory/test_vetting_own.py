"""Nobody helps to let in the organization that they work for; and until which day one may be let in."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from directory.actions.refused import Refused
from directory.actions.vet_organization import Proposal, agree_to_vetting, decide_vetting
from directory.models.membership import Membership
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.rules.standing import LAST_ZONE, Kind, Standing, last_day
from tests.directory.vetting import LET_IN, NOW, by, employ, standing
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name

OWN = "You work for this organization"


def propose(road: Organization, steward: User, proposal: Proposal = LET_IN) -> VettingDecision:
    return decide_vetting(organization=road.pk, proposal=proposal, viewer=by(steward), now=NOW)


def test_a_steward_does_not_propose_to_let_in_who_they_work_for(road: Organization, steward: User) -> None:
    employ(steward, road)
    with pytest.raises(Refused, match=OWN):
        propose(road, steward)
    assert not VettingDecision.objects.exists()


def test_nor_does_the_second_one_agree(road: Organization, steward: User, second: User) -> None:
    employ(second, road)
    proposed = propose(road, steward)
    with pytest.raises(Refused, match=OWN):
        agree_to_vetting(decision=proposed.pk, viewer=by(second), now=NOW)
    assert standing(road) is Standing.UNVETTED


def test_who_left_it_does(road: Organization, steward: User, second: User) -> None:
    employ(second, road)
    Membership.objects.filter(user=second).update(ended_at=timezone.now() - timedelta(hours=1))
    agree_to_vetting(decision=propose(road, steward).pk, viewer=by(second), now=NOW)
    assert standing(road) is Standing.APPROVED


def test_shutting_out_waits_for_nobody(road: Organization, steward: User) -> None:
    employ(steward, road)
    propose(road, steward, Proposal(Standing.SUSPENDED, Kind.COMMUNITY, "A report."))
    assert standing(road) is Standing.SUSPENDED


def test_the_last_day_is_good_until_it_is_over_in_the_west(road: Organization, steward: User) -> None:
    day = last_day(NOW) + timedelta(days=1)
    evening = datetime.combine(day, time(23, 30), tzinfo=LAST_ZONE).astimezone(UTC)
    told = Proposal(Standing.APPROVED, Kind.COMMUNITY, "Yes.", until=day)
    assert decide_vetting(organization=road.pk, proposal=told, viewer=by(steward), now=evening).until == day
    with pytest.raises(Refused, match="until which day"):
        decide_vetting(
            organization=road.pk, proposal=told, viewer=by(steward), now=evening + timedelta(hours=1)
        )
