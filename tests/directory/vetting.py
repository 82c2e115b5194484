"""What tests of vetting begin with: an organization that applies, its application, its checklist, and two stewards."""

import time
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.apply_for_vetting import send_application
from directory.actions.look_at_application import check_point
from directory.actions.vet_organization import Proposal, agree_to_vetting, decide_vetting
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.publisher import Publisher
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.rules.standing import Kind, Standing, last_day, standing_on
from directory.rules.vetting import SIGNED_FOR, Answers, Point
from safety.viewer import Viewer
from tests.roles import RoleClient

CANARY = "Quiet Heron of Lantern Street"
"""Stands in answers and notes, and must stand nowhere else."""
WHOLE = Answers(
    who=f"A house for women. {CANARY}",
    way="legal",
    legal_identity="Society 12",
    services="Beds and meals.",
    references=f"Two people. {CANARY}",
    privacy_lead="Ruth",
    tells_police="with_consent",
    tells_immigration="only_if_law_requires",
    tells_child_protection="only_if_law_requires",
    conduct="yes",
    mou="yes",
)


NOW = timezone.now()
UNTIL = last_day(NOW - timedelta(hours=1)) + SIGNED_FOR
"""The last day of what was signed an hour ago, when the application of these tests was sent."""
LET_IN = Proposal(Standing.APPROVED, Kind.COMMUNITY, "References answered.", until=UNTIL)


def made(name: str) -> Organization:
    """An organization that nobody decided about."""
    publisher, _ = Publisher.objects.get_or_create(slug="test", defaults={"name": "Test"})
    return Organization.objects.create(publisher=publisher, name=name)


def employ(user: User, organization: Organization, role: Role = Role.WORKER) -> Viewer:
    """Who acts for it from yesterday on."""
    began = timezone.now() - timedelta(days=1)
    Membership.objects.create(user=user, organization=organization, role=role, began_at=began)
    return Viewer(user=user.pk, organization=organization.pk)


def by(user: User) -> Viewer:
    """Who acts for nobody: stewards and advisers."""
    return Viewer(user=user.pk)


def second_steward() -> User:
    """Tove, another steward."""
    return User.objects.create_user("tove@relais.example", "correct horse battery", is_staff=True)


def sent(viewer: Viewer, now: datetime, **changed: str) -> VettingApplication:
    """An application that waits."""
    assert viewer.organization
    answers = replace(WHOLE, **changed)
    return send_application(
        organization=viewer.organization, answers=answers, version=0, viewer=viewer, now=now
    )


def all_checked(
    application: VettingApplication, steward: User, now: datetime, *, but: Point | None = None
) -> None:
    """Every point of the checklist is done."""
    for point in Point:
        note = f"Seen. {CANARY}"
        told = {"is_done": True, "note": note, "viewer": by(steward), "now": now}
        if point is not but:
            check_point(application=application.pk, point=point, **told)


def as_sent(**changed: Any) -> dict[str, str]:
    """The whole application as its form sends it."""
    ticked = {"conduct": "on", "mou": "on", "version": "0", "do": "send"}
    return {**asdict(WHOLE), **ticked, **changed}


def proved_anew(browser: RoleClient, *, ago: int = 0) -> RoleClient:
    """A browser in which somebody proved once more who they are, so many seconds ago."""
    session = browser.session
    kept = session["account_authentication_methods"]
    anew = {"method": "password", "at": time.time() - ago, "reauthenticated": True}
    session["account_authentication_methods"] = [*kept, anew]
    session.save()
    return browser


def door(name: str, road: Organization, *more: Any) -> str:
    """Where stewards look at an organization, or decide."""
    return reverse(f"review_{name}", args=[road.pk, *more])


def standing(organization: Organization) -> Standing:
    """Where it stands now."""
    return standing_on(last_day(timezone.now()), VettingDecision.objects.told_of(organization.pk))


def let_in(organization: Organization, steward: User, second: User, **more: Any) -> VettingDecision:
    """Without a book: as it stood before there was one."""
    facts = {"outcome": Standing.APPROVED, "kind": Kind.COMMUNITY, "reason": "Yes.", "until": UNTIL} | more
    earlier = NOW - timedelta(hours=2)
    proposal = Proposal(**facts)
    one = decide_vetting(organization=organization.pk, proposal=proposal, viewer=by(steward), now=earlier)
    return agree_to_vetting(decision=one.pk, viewer=by(second), now=earlier)
