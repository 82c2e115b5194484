"""The demo people work in organizations of the demonstration; one of these is not vetted."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.demo import DemoRefused
from accounts.models import User
from directory.actions.load_demo_people import WORK, load_demo_people
from directory.models.membership import Membership
from directory.rules.standing import last_day
from directory.viewers import tier_of
from safety.viewer import Tier

pytestmark = pytest.mark.django_db


def _loaded() -> None:
    call_command("load_demo", small=True, verbosity=0)


def _tiers() -> dict[str, Tier]:
    day = last_day(timezone.now())
    members = Membership.objects.live().filter(user__email__endswith="@demo.invalid").select_related("user")
    return {one.user.email.partition("@")[0]: tier_of(one.organization_id, day) for one in members}


def test_all_see_the_vetted_tier_but_the_outsider() -> None:
    _loaded()
    told = _tiers()
    assert told.keys() == WORK.keys()
    assert {name for name, tier in told.items() if tier is Tier.PUBLIC} == {"outsider"}


def test_a_second_time_changes_nothing_and_brings_nobody_back() -> None:
    _loaded()
    Membership.objects.filter(user__email="intake@demo.invalid").update(ended_at=timezone.now())
    load_demo_people(now=timezone.now())
    assert _tiers().keys() == WORK.keys() - {"intake"}
    assert Membership.objects.count() == len(WORK)


def test_without_the_demonstration_they_belong_nowhere() -> None:
    load_demo_people(now=timezone.now())
    assert User.objects.filter(email="navigator@demo.invalid").exists()
    assert not Membership.objects.exists()


def test_there_are_none_where_real_people_are_served(settings: object) -> None:
    settings.ALLOWS_DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(DemoRefused):
        load_demo_people(now=timezone.now())
