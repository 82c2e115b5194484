"""Break-glass: a steward reads what only an organization sees, for a reason, half an hour, and never unseen."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.break_glass import (
    end_break_glass,
    open_break_glass,
    read_notes_by_glass,
    read_street_by_glass,
    reason_of,
)
from directory.actions.keep_address import Street, keep_protected_address, read_protected_address
from directory.actions.refused import Refused
from directory.finding.trail import of_organization
from directory.models.break_glass import BreakGlass
from directory.models.service import Service
from safety import owner_keys
from safety.audit import AuditEntry
from safety.notices import Notice, deliver
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.closed_cast import leads
from tests.directory.conftest import MakeService
from tests.directory.test_invitations import prove_again
from tests.roles import RoleClient

CANARY = "77 Quillfeather Lane"
STREET = Street(address_1=CANARY, city="Kingston", state_province="ON")
REASON = "Firefighters ask for the entrance: there is a fire in the building."
ANOTHER = "The ambulance asks for the entrance: somebody is hurt there now."


@pytest.fixture
def house(make_service: MakeService) -> Service:
    """A safe house whose organization keeps its street here."""
    return make_service("Safe house", place={"is_protected": True})


@pytest.fixture
def lead(house: Service, keeper: User) -> Viewer:
    """Kim, who leads it."""
    assert house.organization is not None
    viewer = leads(keeper, house.organization)
    keep_protected_address(location_id=place_of(house), street=STREET, viewer=viewer)
    return viewer


@pytest.fixture
def sam(steward: User) -> Viewer:
    """Sam, of the national team."""
    return Viewer(user=steward.pk)


def place_of(house: Service) -> Any:
    return house.sites.get().location_id


def opened(house: Service, sam: Viewer, reason: str = REASON, **more: Any) -> BreakGlass:
    asked = {"organization": house.organization_id, "viewer": sam, "now": timezone.now()} | more
    return open_break_glass(reason=reason, **asked)  # type: ignore[arg-type]


def read(house: Service, viewer: Viewer, **more: Any) -> Street | None:
    return read_street_by_glass(
        **{"location": place_of(house), "viewer": viewer, "now": timezone.now()} | more
    )


def acts() -> list[str]:
    names = ("open_break_glass", "end_break_glass", "read_protected_address", "read_internal_notes")
    return list(
        AuditEntry.objects.filter(action__in=names).order_by("at", "pk").values_list("action", flat=True)
    )


def refused_all(house: Service, viewer: Viewer) -> None:
    with pytest.raises(PermissionDenied):
        read(house, viewer)
    with pytest.raises(PermissionDenied):
        read_protected_address(location_id=place_of(house), viewer=viewer)
    with pytest.raises(PermissionDenied):
        read_notes_by_glass(organization=house.organization_id, viewer=viewer, now=timezone.now())  # type: ignore[arg-type]


@pytest.mark.promise(2)
def test_a_steward_reads_nothing_without_it_and_all_of_one_organization_with_it(
    house: Service, lead: Viewer, sam: Viewer, make_service: MakeService, second: User
) -> None:
    """Promise 2: the custodian tier opens for one steward and one organization, and for nobody else."""
    other = make_service("Other house", place={"is_protected": True})
    refused_all(house, sam)
    opened(house, sam)
    assert read(house, sam) == STREET
    assert read_protected_address(location_id=place_of(house), viewer=sam) == STREET
    (notes,) = read_notes_by_glass(organization=house.organization_id, viewer=sam, now=timezone.now())  # type: ignore[arg-type]
    assert notes.name == "Safe house"
    for viewer in (Viewer(user=second.pk), Viewer(), Viewer(user=uuid4())):
        refused_all(house, viewer)
    refused_all(other, sam)


@pytest.fixture
def second(db: None) -> User:
    """Tove, another steward."""
    return User.objects.create_user("tove@relais.example", "correct horse battery", is_staff=True)


@pytest.mark.promise(16)
def test_opening_and_each_reading_leave_a_row_and_the_organization_is_told(
    house: Service, lead: Viewer, sam: Viewer, keeper: User
) -> None:
    """Promise 16: rows that the lead reads; the letter says that there is something, and not what."""
    glass = opened(house, sam)
    assert Notice.objects.filter(subject_id=keeper.pk).count() == 1
    read(house, sam)
    read(house, sam)
    read_notes_by_glass(organization=house.organization_id, viewer=sam, now=timezone.now())  # type: ignore[arg-type]
    end_break_glass(glass=glass.pk, viewer=sam, now=timezone.now())
    made = ["open_break_glass", *["read_protected_address"] * 2, "read_internal_notes", "end_break_glass"]
    assert acts() == made
    told = [entry.action for entry in of_organization(house.organization_id).entries]  # type: ignore[arg-type]
    assert told[: len(made)] == made[::-1]
    deliver(timezone.now() + timedelta(seconds=1))
    (letter,) = mail.outbox
    assert letter.to == [keeper.email]
    for word in (CANARY, REASON, "Safe house", "street"):
        assert word not in letter.subject + letter.body
    assert not any(CANARY in text for text in AuditEntry.objects.values_list("details", flat=True))
    assert reason_of(glass) == REASON
    with connection.cursor() as cursor:
        cursor.execute("SELECT b::text FROM break_glass b")
        assert "Firefighters" not in str(cursor.fetchall())


def test_it_ends_after_half_an_hour_and_opens_again_for_another_reason_alone(
    house: Service, lead: Viewer, sam: Viewer
) -> None:
    now = timezone.now()
    opened(house, sam, now=now - timedelta(minutes=31))
    refused_all(house, sam)
    for reason in (REASON, REASON.upper(), "", "x" * 60):
        with pytest.raises(Refused):
            opened(house, sam, reason)
    opened(house, sam, ANOTHER)
    with pytest.raises(Refused, match="open already"):
        opened(house, sam, "For a third reason that was not given until now.")
    assert read(house, sam) == STREET


def test_nobody_makes_it_longer_in_the_database_either(house: Service, lead: Viewer, sam: Viewer) -> None:
    opened(house, sam)
    for change in ({"until": timezone.now() + timedelta(hours=2)}, {"opened_at": timezone.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            BreakGlass.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        BreakGlass.objects.all().delete()
    now = timezone.now()
    facts = {"organization": house.organization, "opened_by_id": sam.user, "sealed": b"", "opened_at": now}
    with pytest.raises(DatabaseError), transaction.atomic():
        BreakGlass.objects.create(**facts, until=now + timedelta(minutes=31))


@pytest.mark.parametrize("who", ["steward", "lead"])
def test_either_side_ends_it_at_once(
    who: str, house: Service, lead: Viewer, sam: Viewer, second: User
) -> None:
    glass = opened(house, sam)
    for nobody in (Viewer(user=second.pk), Viewer(user=lead.user), Viewer()):
        with pytest.raises(PermissionDenied):
            end_break_glass(glass=glass.pk, viewer=nobody, now=timezone.now())
    assert end_break_glass(glass=glass.pk, viewer=sam if who == "steward" else lead, now=timezone.now())
    assert not end_break_glass(glass=glass.pk, viewer=lead, now=timezone.now())
    refused_all(house, sam)


def test_only_a_steward_opens_it(house: Service, lead: Viewer, outsider: User, steward: User) -> None:
    for viewer in (lead, Viewer(user=outsider.pk), Viewer()):
        with pytest.raises(PermissionDenied):
            opened(house, viewer)
    glass = opened(house, Viewer(user=steward.pk))
    User.objects.filter(pk=steward.pk).update(is_staff=False)
    refused_all(house, Viewer(user=steward.pk))
    with pytest.raises(PermissionDenied):
        end_break_glass(glass=glass.pk, viewer=Viewer(user=steward.pk), now=timezone.now())


@pytest.mark.promise(17)
def test_the_page_asks_for_fresh_proof_opens_reads_and_closes(
    house: Service, lead: Viewer, steward: User, sign_in: SignIn
) -> None:
    """Promise 17: a session that did not prove anew who it is gets nothing of it."""
    desk, address = sign_in(steward), reverse("review_glass", args=[house.organization_id])
    assert "reauthenticate" in desk.get(address)["Location"]
    desk.post(address, {"reason": REASON})
    assert not BreakGlass.objects.exists()
    prove_again(desk)
    assert CANARY not in desk.get(address).text
    assert desk.post(address, {"street": str(place_of(house))}).status_code == 403
    assert desk.post(address, {"notes": "1"}).status_code == 403
    assert desk.post(address, {"reason": "no"}).status_code == 400
    assert desk.post(address, {"reason": REASON}).status_code == 302
    page = desk.get(address).text
    assert "Read the street" in page
    assert CANARY not in page
    shown = desk.post(address, {"street": str(place_of(house))})
    assert CANARY in shown.text
    assert shown["Cache-Control"] == "no-store"
    assert "Who may find it: everybody" in desk.post(address, {"notes": "1"}).text
    for sent in ({"street": "x"}, {"end": "x"}, {"street": "\x00"}):
        assert desk.post(address, sent).status_code == 302
    desk.post(address, {"end": str(BreakGlass.objects.get().pk)})
    assert desk.post(address, {"street": str(place_of(house))}).status_code == 403
    assert desk.get(reverse("review_glass", args=[uuid4()])).status_code == 404


def test_the_lead_reads_why_and_closes_it_in_one_tap(
    house: Service, lead: Viewer, sam: Viewer, keeper: User, outsider: User, steward: User, sign_in: SignIn
) -> None:
    glass = opened(house, sam)
    desk = sign_in(keeper)
    address = reverse("end_glass", args=[glass.pk])
    page = desk.get("/en/desk/").text
    assert "A steward opened what only you see" in page
    assert address in page
    again = sign_in(keeper)
    prove_again(again)
    page = again.get(reverse("trail")).text
    assert REASON in page
    assert steward.email not in page
    assert address in page
    assert sign_in(outsider).post(address).status_code == 403
    assert desk.post(reverse("end_glass", args=[uuid4()])).status_code == 403
    assert desk.post(address).status_code == 302
    refused_all(house, sam)
    assert address not in desk.get("/en/desk/").text
    assert address not in again.get(reverse("trail")).text


def test_where_the_key_is_gone_the_page_says_so(
    house: Service, lead: Viewer, sam: Viewer, steward: User, sign_in: SignIn
) -> None:
    opened(house, sam)
    owner_keys.shred(house.organization_id, viewer=lead)  # type: ignore[arg-type]
    desk: RoleClient = sign_in(steward)
    prove_again(desk)
    address = reverse("review_glass", args=[house.organization_id])
    told = desk.post(address, {"street": str(place_of(house))}, follow=True).text
    assert "The key of this organization was destroyed" in told
    assert "The reason can’t be read any more." in told
