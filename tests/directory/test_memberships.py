"""Who belongs where, who is let in, and what a request may see for it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.keep_members import add_member, change_role, end_membership
from directory.actions.refused import Refused
from directory.actions.vet_organization import Proposal, agree_to_vetting, decide_vetting
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.publisher import Publisher
from directory.models.vetting import VettingDecision
from directory.rules.standing import GOOD, Kind, Standing
from directory.viewers import HAT, viewer_of
from safety.audit import AuditEntry
from safety.viewer import VISITOR, Tier, Viewer
from tests.cast import SignIn
from tests.directory.test_profile_pages import fields_of
from tests.roles import role

NOW = timezone.now()
NEXT_YEAR = (NOW + timedelta(days=365)).date()
LET_IN = Proposal(Standing.APPROVED, Kind.COMMUNITY, "References answered.", until=NEXT_YEAR)
SHUT_OUT = Proposal(Standing.SUSPENDED, Kind.COMMUNITY, "A credible report.")


@pytest.fixture
def house(db: None) -> Organization:
    """An organization."""
    publisher, _ = Publisher.objects.get_or_create(slug="test", defaults={"name": "Test"})
    return Organization.objects.create(publisher=publisher, name="Alder House")


@pytest.fixture
def clinic(house: Organization) -> Organization:
    """Another one."""
    return Organization.objects.create(publisher=house.publisher, name="Stone Clinic")


@pytest.fixture
def second(db: None) -> User:
    """Tove, another steward."""
    return User.objects.create_user("tove@relais.example", "correct horse battery", is_staff=True)


def by(user: User, organization: Organization | None = None) -> Viewer:
    return Viewer(user=user.pk, organization=organization.pk if organization else None)


def employ(user: User, organization: Organization, role: Role = Role.WORKER, *, days: int = 1) -> Membership:
    began = NOW - timedelta(days=days)
    return Membership.objects.create(user=user, organization=organization, role=role, began_at=began)


def let_in(organization: Organization, steward: User, second: User, **more: Kind) -> VettingDecision:
    proposal = Proposal(Standing.APPROVED, more.get("kind", Kind.COMMUNITY), "Yes.", until=NEXT_YEAR)
    earlier = NOW - timedelta(hours=1)
    made = decide_vetting(organization=organization.pk, proposal=proposal, viewer=by(steward), now=earlier)
    return agree_to_vetting(decision=made.pk, viewer=by(second), now=earlier)


def seen_by(user: User, **session: str) -> Viewer:
    request = RequestFactory().get("/en/desk/")
    request.user, request.session = user, session  # type: ignore[assignment]  # a session is asked for a name alone
    return viewer_of(request)


# Who looks


def test_who_belongs_nowhere_stands_at_the_public_tier(outsider: User) -> None:
    assert seen_by(outsider) == Viewer(user=outsider.pk)


def test_a_member_sees_the_vetted_tier_from_the_second_stewards_yes_to_the_suspension(
    navigator: User, house: Organization, steward: User, second: User
) -> None:
    employ(navigator, house)
    assert seen_by(navigator) == Viewer(navigator.pk, house.pk, Tier.PUBLIC)
    made = decide_vetting(organization=house.pk, proposal=LET_IN, viewer=by(steward), now=NOW)
    assert seen_by(navigator).tier is Tier.PUBLIC
    agree_to_vetting(decision=made.pk, viewer=by(second), now=NOW)
    assert seen_by(navigator) == Viewer(navigator.pk, house.pk, Tier.VETTED)
    later = NOW + timedelta(minutes=1)
    decide_vetting(organization=house.pk, proposal=SHUT_OUT, viewer=by(steward), now=later)
    assert seen_by(navigator).tier is Tier.PUBLIC


def test_enforcement_stays_at_the_public_tier(
    navigator: User, house: Organization, steward: User, second: User
) -> None:
    employ(navigator, house)
    let_in(house, steward, second, kind=Kind.ENFORCEMENT)
    assert seen_by(navigator).tier is Tier.PUBLIC


def test_an_ended_membership_is_none(
    navigator: User, house: Organization, steward: User, second: User
) -> None:
    let_in(house, steward, second)
    mine = employ(navigator, house)
    assert seen_by(navigator).tier is Tier.VETTED
    end_membership(membership=mine.pk, viewer=by(steward), now=NOW)
    assert seen_by(navigator) == Viewer(user=navigator.pk)


def test_a_person_of_two_organizations_acts_for_neither_until_one_is_chosen(
    navigator: User, house: Organization, clinic: Organization, steward: User, second: User
) -> None:
    let_in(house, steward, second)
    employ(navigator, house)
    employ(navigator, clinic)
    assert seen_by(navigator) == Viewer(user=navigator.pk)
    assert seen_by(navigator, **{HAT: str(house.pk)}) == Viewer(navigator.pk, house.pk, Tier.VETTED)
    assert seen_by(navigator, **{HAT: str(clinic.pk)}) == Viewer(navigator.pk, clinic.pk, Tier.PUBLIC)
    assert seen_by(navigator, **{HAT: str(uuid4())}) == Viewer(user=navigator.pk)


def test_the_hat_is_chosen_at_the_desk_and_nobody_takes_one_that_is_not_theirs(
    navigator: User, house: Organization, clinic: Organization, sign_in: SignIn
) -> None:
    employ(navigator, house)
    employ(navigator, clinic)
    other = Organization.objects.create(publisher=house.publisher, name="Elsewhere")
    browser = sign_in(navigator)
    desk, door = reverse("desk"), reverse("choose_hat")
    assert "Choose for which one" in browser.get(desk).text

    def chosen(organization: str) -> str:
        shown = fields_of(browser.get(desk).text)
        return str(browser.post(door, shown | {"organization": organization}, follow=True).text)

    assert "You act for Stone Clinic." in chosen(str(clinic.pk))
    for foreign in (str(other.pk), str(uuid4()), "", "x\x00"):
        told = chosen(foreign)
        assert "You act for Stone Clinic." in told
        assert "Elsewhere" not in told
    assert browser.get(door).status_code == 405


@pytest.mark.parametrize(
    ("proposal", "told"),
    [
        (None, "not vetted yet"),
        (SHUT_OUT, "is suspended"),
        (Proposal(Standing.DECLINED, Kind.COMMUNITY, "No reference."), "was not let in"),
        (Proposal(Standing.EXPIRED, Kind.COMMUNITY, "Over."), "is over"),
    ],
)
def test_the_desk_says_where_the_organization_stands(
    proposal: Proposal | None,
    told: str,
    navigator: User,
    house: Organization,
    steward: User,
    sign_in: SignIn,
) -> None:
    employ(navigator, house)
    if proposal:
        decide_vetting(organization=house.pk, proposal=proposal, viewer=by(steward), now=NOW)
    page = sign_in(navigator).get(reverse("desk")).text
    assert "You act for Alder House." in page
    assert told in page


# Letting in


def test_letting_in_takes_two_stewards(house: Organization, steward: User, second: User) -> None:
    made = decide_vetting(organization=house.pk, proposal=LET_IN, viewer=by(steward), now=NOW)
    with pytest.raises(Refused):
        agree_to_vetting(decision=made.pk, viewer=by(steward), now=NOW)
    agree_to_vetting(decision=made.pk, viewer=by(second), now=NOW)
    with pytest.raises(Refused):
        agree_to_vetting(decision=made.pk, viewer=by(second), now=NOW)


@pytest.mark.parametrize("who", ["navigator", "outsider"])
def test_nobody_else_decides(
    who: str, house: Organization, steward: User, request: pytest.FixtureRequest
) -> None:
    person: User = request.getfixturevalue(who)
    employ(person, house, Role.LEAD)
    made = decide_vetting(organization=house.pk, proposal=LET_IN, viewer=by(steward), now=NOW)
    for viewer in (by(person, house), VISITOR):
        with pytest.raises(PermissionDenied):
            decide_vetting(organization=house.pk, proposal=SHUT_OUT, viewer=viewer, now=NOW)
        with pytest.raises(PermissionDenied):
            agree_to_vetting(decision=made.pk, viewer=viewer, now=NOW)


def test_what_was_proposed_before_a_suspension_can_not_lift_it(
    house: Organization, steward: User, second: User
) -> None:
    made = decide_vetting(organization=house.pk, proposal=LET_IN, viewer=by(steward), now=NOW)
    later = NOW + timedelta(minutes=1)
    decide_vetting(organization=house.pk, proposal=SHUT_OUT, viewer=by(second), now=later)
    with pytest.raises(Refused):
        agree_to_vetting(decision=made.pk, viewer=by(second), now=later)


@pytest.mark.parametrize(
    "proposal",
    [
        Proposal(Standing.APPROVED, Kind.COMMUNITY, " ", until=NEXT_YEAR),
        Proposal(Standing.APPROVED, Kind.COMMUNITY, "Yes."),
        Proposal(Standing.CONDITIONAL, Kind.COMMUNITY, "Yes.", until=(NOW - timedelta(days=2)).date()),
        Proposal(Standing.UNVETTED, Kind.COMMUNITY, "Yes."),
    ],
)
def test_what_can_not_be_decided_is_refused(proposal: Proposal, house: Organization, steward: User) -> None:
    with pytest.raises(Refused):
        decide_vetting(organization=house.pk, proposal=proposal, viewer=by(steward), now=NOW)
    assert not VettingDecision.objects.exists()


def test_what_is_not_there_is_refused(db: None, steward: User) -> None:
    with pytest.raises(Refused):
        decide_vetting(organization=uuid4(), proposal=LET_IN, viewer=by(steward), now=NOW)
    with pytest.raises(Refused):
        agree_to_vetting(decision=uuid4(), viewer=by(steward), now=NOW)


def test_the_database_holds_to_two_people_by_itself(house: Organization, steward: User) -> None:
    facts = {"outcome": "approved", "kind": "community", "until": NEXT_YEAR, "reason": "Yes."}
    with pytest.raises(DatabaseError), transaction.atomic():
        VettingDecision.objects.create(
            organization=house, decided_by=steward, decided_at=NOW, agreed_by=steward, agreed_at=NOW, **facts
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vetting_decision SET outcome = 'approved'",
        "UPDATE vetting_decision SET decided_by_id = decided_by_id",
        "DELETE FROM vetting_decision",
        "UPDATE membership SET role = 'lead'",
        "DELETE FROM membership",
    ],
)
def test_those_who_serve_rewrite_nothing(statement: str, db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_portal"):
        connection.cursor().execute(statement)


@pytest.mark.parametrize("table", ["membership", "vetting_decision"])
def test_the_public_reads_none_of_it(table: str, db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_public"):
        connection.cursor().execute(f"SELECT 1 FROM {table}")


# Members


def test_a_lead_lets_people_in_and_takes_them_out(navigator: User, keeper: User, house: Organization) -> None:
    employ(keeper, house, Role.LEAD)
    lead = by(keeper, house)
    made = add_member(user=navigator.pk, organization=house.pk, role=Role.WORKER, viewer=lead, now=NOW)
    with pytest.raises(Refused):
        add_member(user=navigator.pk, organization=house.pk, role=Role.KEEPER, viewer=lead, now=NOW)
    later = NOW + timedelta(minutes=1)
    changed = change_role(membership=made.pk, role=Role.KEEPER, viewer=lead, now=later)
    assert changed.role == Role.KEEPER
    end_membership(membership=changed.pk, viewer=lead, now=later)
    with pytest.raises(Refused):
        end_membership(membership=changed.pk, viewer=lead, now=later)
    assert [m.role for m in navigator.memberships.all()] == [Role.WORKER, Role.KEEPER]
    told = AuditEntry.objects.filter(subject_id=house.pk).values_list("action", flat=True)
    assert sorted(told) == ["add_member", "change_role", "end_membership"]


@pytest.mark.parametrize("mine", [Role.KEEPER, Role.WORKER])
def test_only_a_lead_of_the_very_organization_or_a_steward_does(
    mine: Role, navigator: User, keeper: User, outsider: User, house: Organization, clinic: Organization
) -> None:
    employ(navigator, house, mine)
    employ(keeper, clinic, Role.LEAD)
    theirs = employ(outsider, house)
    for viewer in (by(navigator, house), by(keeper, clinic), by(keeper, house), by(keeper), VISITOR):
        with pytest.raises(PermissionDenied):
            add_member(user=outsider.pk, organization=house.pk, role=Role.LEAD, viewer=viewer, now=NOW)
        with pytest.raises(PermissionDenied):
            change_role(membership=theirs.pk, role=Role.LEAD, viewer=viewer, now=NOW)
        with pytest.raises(PermissionDenied):
            end_membership(membership=theirs.pk, viewer=viewer, now=NOW)


def test_a_lead_who_acts_for_another_organization_does_not(
    keeper: User, outsider: User, house: Organization, clinic: Organization
) -> None:
    employ(keeper, house, Role.LEAD)
    employ(keeper, clinic, Role.LEAD)
    with pytest.raises(PermissionDenied):
        add_member(
            user=outsider.pk, organization=house.pk, role=Role.WORKER, viewer=by(keeper, clinic), now=NOW
        )


def test_anybody_may_leave_but_for_the_last_lead(
    keeper: User, navigator: User, house: Organization, steward: User
) -> None:
    lead, worker = employ(keeper, house, Role.LEAD), employ(navigator, house)
    end_membership(membership=worker.pk, viewer=by(navigator, house), now=NOW)
    for leave in (end_membership, lambda **asked: change_role(role=Role.WORKER, **asked)):
        with pytest.raises(Refused):
            leave(membership=lead.pk, viewer=by(keeper, house), now=NOW)
    end_membership(membership=lead.pk, viewer=by(steward), now=NOW)
    assert not house.memberships.live().exists()


def test_a_lead_who_can_not_sign_in_is_not_counted(
    keeper: User, navigator: User, house: Organization
) -> None:
    lead = employ(keeper, house, Role.LEAD)
    employ(navigator, house, Role.LEAD)
    User.objects.filter(pk=navigator.pk).update(is_active=False)
    with pytest.raises(Refused):
        end_membership(membership=lead.pk, viewer=by(keeper, house), now=NOW)


def test_nobody_who_can_not_sign_in_is_let_in(house: Organization, steward: User, outsider: User) -> None:
    User.objects.filter(pk=outsider.pk).update(is_active=False)
    for user in (outsider.pk, UUID(int=5)):
        with pytest.raises(Refused):
            add_member(user=user, organization=house.pk, role=Role.WORKER, viewer=by(steward), now=NOW)


def test_the_day_of_the_last_zone_decides(
    navigator: User, house: Organization, steward: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in(house, steward, second)
    employ(navigator, house)
    until = datetime(NEXT_YEAR.year, NEXT_YEAR.month, NEXT_YEAR.day, tzinfo=UTC)
    for hours, tier in ((30, Tier.VETTED), (32, Tier.PUBLIC)):
        monkeypatch.setattr("directory.viewers.timezone.now", lambda h=hours: until + timedelta(hours=h))
        assert seen_by(navigator).tier is tier


def test_good_is_what_takes_two() -> None:
    assert {Standing.APPROVED, Standing.CONDITIONAL} == GOOD
