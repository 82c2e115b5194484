"""Where the demo people work, in the demonstration's own organizations."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.demo import DOMAIN, make_demo_people, refuse_unless_demo_is_allowed
from accounts.models import User
from directory.actions.load_demo_rows import demo_id
from directory.models.adviser import Adviser
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.rules.standing import Kind, Standing
from safety import audit
from safety.viewer import VISITOR

WORK = {
    "navigator": ("lakeside_table", Role.WORKER),
    "intake": ("spruce_kettle", Role.LEAD),
    "keeper": ("doorway_east", Role.KEEPER),
    "outsider": ("open_road", Role.WORKER),
}
"""The outsider's organization is not vetted."""
VETTED = ("lakeside_table", "spruce_kettle", "doorway_east")
FOR_DAYS = 365


def _people() -> dict[str, User]:
    found = User.objects.filter(email__in=[f"{name}{DOMAIN}" for name in (*WORK, "steward", "reviewer")])
    return {user.email.removesuffix(DOMAIN): user for user in found.order_by("email")}


def _employ(people: dict[str, User], now: datetime) -> int:
    made = 0
    for name, (key, role) in WORK.items():
        ends = {"user": people[name], "organization_id": demo_id("organization", key)}
        # Whoever was taken out on a demonstration site stays out.
        if not Membership.objects.filter(**ends).exists():
            Membership.objects.create(**ends, role=role, began_at=now)
            made += 1
    return made


def _vet(people: dict[str, User], now: datetime) -> int:
    made = 0
    for key in VETTED:
        organization = demo_id("organization", key)
        if not VettingDecision.objects.filter(organization_id=organization).exists():
            VettingDecision.objects.create(
                organization_id=organization,
                outcome=Standing.APPROVED,
                kind=Kind.COMMUNITY,
                until=(now + timedelta(days=FOR_DAYS)).date(),
                reason="Demonstration",
                decided_by=people["steward"],
                decided_at=now,
                agreed_by=people["reviewer"],
                agreed_at=now,
            )
            made += 1
    return made


@transaction.atomic
def load_demo_people(*, now: datetime) -> None:
    """Make the demo people, and have them work in organizations of the demonstration, where those are loaded.

    Can be run again: what is there stays. Raises DemoRefused.
    """
    refuse_unless_demo_is_allowed()
    make_demo_people()
    keys = {key for key, _ in WORK.values()}
    if Organization.objects.filter(pk__in=[demo_id("organization", key) for key in keys]).count() < len(keys):
        return
    people = _people()
    members, decisions = _employ(people, now), _vet(people, now)
    # One who was thanked on a demonstration site stays so.
    if not Adviser.objects.filter(user=people["reviewer"]).exists():
        Adviser.objects.create(user=people["reviewer"], began_at=now)
    if members or decisions:
        details = {"members": members, "decisions": decisions}
        audit.record(VISITOR, action="load_demo_people", subject_type="organization", details=details)
