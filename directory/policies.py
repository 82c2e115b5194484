"""Who may see what of a listing. Every door asks here; the table itself stands in safety/tiers.py."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from directory.models.adviser import Adviser
from directory.models.break_glass import BreakGlass
from directory.models.field_source import FieldSource
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.rules.publishing import RESERVED_PUBLISHERS
from directory.rules.standing import GOOD, last_day, standing_on
from safety.tiers import may_see
from safety.viewer import Tier, Viewer


def is_custodian(viewer: Viewer, organization: UUID | None) -> bool:
    """True if `viewer` acts for this organization, or stands at the custodian tier."""
    is_own = organization is not None and viewer.organization == organization
    return is_own or viewer.tier >= Tier.CUSTODIAN


def refuse_unless_custodian(viewer: Viewer, organization: UUID | None) -> None:
    """Raise PermissionDenied unless `viewer` may change what belongs to `organization`."""
    if not is_custodian(viewer, organization):
        raise PermissionDenied


def may_read_street(viewer: Viewer, organization: UUID | None, now: datetime) -> bool:
    """True for the protected place's own organization, from the tier on that sees its street, and by break-glass."""
    if is_custodian(viewer, organization) or may_see("address.address_1", viewer.tier, is_protected=True):
        return True
    opened = BreakGlass.objects.open_at(now).filter(opened_by_id=viewer.user, organization_id=organization)
    return is_steward(viewer) and opened.exists()


def is_custodians_alone(field: str, *, is_protected: bool) -> bool:
    """True for a field ("entity.name") that is kept and that not even vetted organizations see: stewards neither."""
    is_kept = may_see(field, Tier.CUSTODIAN, is_protected=is_protected)
    return is_kept and not may_see(field, Tier.VETTED, is_protected=is_protected)


def is_steward(viewer: Viewer) -> bool:
    """True for a person of the national team who can sign in."""
    return (
        viewer.user is not None
        and User.objects.filter(pk=viewer.user, is_staff=True, is_active=True).exists()
    )


def refuse_unless_steward(viewer: Viewer) -> None:
    """Raise PermissionDenied for everybody who is not of the national team."""
    if not is_steward(viewer):
        raise PermissionDenied


def is_adviser(viewer: Viewer) -> bool:
    """True for a survivors' adviser who can sign in; a steward is none."""
    mine = Adviser.objects.live().filter(user_id=viewer.user, user__is_staff=False)
    return viewer.user is not None and mine.exists()


def refuse_unless_adviser(viewer: Viewer) -> None:
    """Raise PermissionDenied for everybody who is no survivors' adviser."""
    if not is_adviser(viewer):
        raise PermissionDenied


def refuse_unless_reviewer(viewer: Viewer) -> None:
    """Raise PermissionDenied for everybody but stewards and survivors' advisers."""
    if not (is_steward(viewer) or is_adviser(viewer)):
        raise PermissionDenied


def refuse_unless_works_for(viewer: Viewer, organization: UUID, roles: Collection[Role]) -> None:
    """Raise PermissionDenied unless `viewer` acts for this organization, let in, as one of `roles`."""
    mine = Membership.objects.live().filter(user_id=viewer.user, organization_id=organization, role__in=roles)
    acts_for_it = viewer.user is not None and viewer.organization == organization
    if not (acts_for_it and viewer.tier >= Tier.VETTED and mine.exists()):
        raise PermissionDenied


def leads(viewer: Viewer, organization: UUID | None) -> bool:
    """True if `viewer` acts for this organization and leads it."""
    if viewer.user is None or organization is None or viewer.organization != organization:
        return False
    mine = Membership.objects.live().filter(user_id=viewer.user, organization_id=organization)
    return mine.filter(role=Role.LEAD).exists()


def refuse_unless_own_lead(viewer: Viewer, organization: UUID) -> None:
    """Raise PermissionDenied for everybody who does not lead this organization, stewards too."""
    if not leads(viewer, organization):
        raise PermissionDenied


def refuse_unless_lead(viewer: Viewer, organization: UUID) -> None:
    """Raise PermissionDenied unless `viewer` acts for this organization and leads it, or is a steward."""
    if not leads(viewer, organization) and not is_steward(viewer):
        raise PermissionDenied


def is_applicant(viewer: Viewer, organization: UUID) -> bool:
    """True for whoever leads the organization acted for; where nobody leads it yet, for any member of it."""
    live = Membership.objects.live().filter(organization_id=organization)
    mine = live.filter(user_id=viewer.user)
    if viewer.user is None or viewer.organization != organization:
        return False
    is_led = live.filter(role=Role.LEAD).exists()
    return mine.filter(role=Role.LEAD).exists() or (mine.exists() and not is_led)


def refuse_unless_applicant(viewer: Viewer, organization: UUID) -> None:
    """Raise PermissionDenied unless `viewer` may ask for this organization to be let in."""
    if not is_applicant(viewer, organization):
        raise PermissionDenied


def keeps_profile(viewer: Viewer, organization: UUID | None) -> bool:
    """True if `viewer` acts for this organization and keeps its listings true, or leads it or its network."""
    if viewer.user is None or organization is None or viewer.organization != organization:
        return False
    mine = Membership.objects.live().filter(user_id=viewer.user, organization_id=organization)
    is_mine = mine.filter(role__in=[Role.KEEPER, Role.LEAD]).exists()
    return is_mine or organization in _of_networks(viewer.user)


def _of_networks(user: UUID) -> list[UUID]:
    """Organizations whose parent this person leads. A feed's word makes nobody a parent: a person has to say so."""
    led = Membership.objects.live().filter(user_id=user, role=Role.LEAD)
    today = last_day(timezone.now())
    parents = [
        key
        for key in led.values_list("organization_id", flat=True)
        if standing_on(today, VettingDecision.objects.told_of(key)) in GOOD
    ]
    said = FieldSource.objects.filter(
        entity="organization",
        field__in=["parent_organization", "parent_organization_id"],
        confirmed_on__isnull=False,
    )
    is_said = Q(publisher__in=RESERVED_PUBLISHERS) | Q(pk__in=said.values("record_id"))
    children = Organization.objects.filter(is_said, parent_organization_id__in=parents)
    return list(children.order_by("pk").values_list("pk", flat=True))


def kept_organizations(viewer: Viewer) -> list[UUID]:
    """All organizations whose listings `viewer` keeps, the one acted for first; none for who keeps not even that."""
    if viewer.user is None or not keeps_profile(viewer, viewer.organization):
        return []
    mine = Membership.objects.live().filter(user_id=viewer.user, role__in=[Role.KEEPER, Role.LEAD])
    others = {*mine.values_list("organization_id", flat=True), *_of_networks(viewer.user)}
    assert viewer.organization is not None
    return [viewer.organization, *sorted(others - {viewer.organization})]


def is_kept(organization: UUID) -> bool:
    """True if somebody here can change its listings: a keeper or a lead of it, or who leads its network."""
    live = Membership.objects.live()
    if live.filter(organization_id=organization, role__in=[Role.KEEPER, Role.LEAD]).exists():
        return True
    parent = Organization.objects.filter(pk=organization).values("parent_organization_id")
    leads = live.filter(organization_id__in=parent, role=Role.LEAD).order_by("user_id")
    return any(organization in _of_networks(user) for user in leads.values_list("user_id", flat=True))


def corrects(viewer: Viewer, organization: UUID) -> bool:
    """True for a steward where nobody keeps the listings: somebody has to be able to mend a wrong number."""
    return is_steward(viewer) and not is_kept(organization)


def refuse_unless_corrects(viewer: Viewer, organization: UUID) -> None:
    """Raise PermissionDenied for everybody but stewards, and for them where an organization has people here."""
    if not corrects(viewer, organization):
        raise PermissionDenied


def refuse_unless_writes(viewer: Viewer, organization: UUID) -> None:
    """Raise PermissionDenied for whoever neither keeps these listings nor corrects them."""
    if not corrects(viewer, organization):
        refuse_unless_keeper(viewer, organization)


def refuse_unless_keeper(viewer: Viewer, organization: UUID | None) -> None:
    """Raise PermissionDenied unless `viewer` may change the listings of `organization`."""
    if not keeps_profile(viewer, organization):
        raise PermissionDenied
