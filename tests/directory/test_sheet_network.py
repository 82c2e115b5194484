"""Whoever keeps several organizations has one sheet of all; each row's right is asked by itself."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.models import User
from directory.actions.edit_record import edit_record
from directory.finding.profile import schedules_of, service_profile
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.proposed_change import ProposedChange
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.vetting import VettingDecision
from directory.rules.sheet_columns import NETWORK
from directory.viewers import HAT
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, let_in, moment, page_of, second
from tests.directory.sheets import NEW, OLD, address, confirm, download, send, with_cells
from tests.roles import RoleClient, role

__all__ = ["house", "second"]
PLACES = {column.slug: place for place, column in enumerate(NETWORK, 1)}


def now_as(user: User, as_: Role) -> None:
    """What nobody who serves can write: a membership has its role for life."""
    with role("relais_owner"):
        Membership.objects.filter(user=user).update(role=as_)


@pytest.fixture
def north(make_service: MakeService, steward: User, second: User) -> Service:
    """A listing of another organization, which is let in."""
    service = make_service("North clinic")
    assert service.organization is not None
    let_in(service.organization, steward, second)
    return service


@pytest.fixture
def browser(house: House, keeper: User, sign_in: SignIn) -> RoleClient:
    """Kim's browser; she leads the house."""
    now_as(keeper, Role.LEAD)
    signed_in = sign_in(keeper)
    session = signed_in.session
    session[HAT] = str(house.organization.pk)
    session.save()
    return signed_in


def told_by(steward: User, child: Organization | None, parent: Organization) -> None:
    """A steward says whose network it is."""
    assert child is not None
    edit_record(
        entity="organization",
        record_id=child.pk,
        values={"parent_organization_id": parent.pk},
        viewer=Viewer(user=steward.pk),
    )


def everything(browser: RoleClient) -> bytes:
    """The sheet of all."""
    found = browser.get(address("en", "sheet_download_all", "xlsx"))
    assert found.status_code == 200
    data: bytes = found.content
    return data


def rows_of(data: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def edited(data: bytes, cells: dict[tuple[str, str], str]) -> bytes:
    """With (name of a listing, column) -> text written into it."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        for (name, slug), text in cells.items():
            if sheet.cell(row, PLACES["name"]).value == name:
                sheet.cell(row, PLACES[slug]).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FREE = {("Clinic", "fees_description"): "Free here.", ("North clinic", "fees_description"): "Free there."}


@pytest.mark.parametrize("way", ["member", "parent"])
def test_all_listings_of_all_that_she_keeps_come_in_one_sheet_and_go_back(
    way: str, house: House, browser: RoleClient, north: Service, keeper: User, steward: User
) -> None:
    if way == "member":
        employ(keeper, north.organization)  # type: ignore[arg-type]
    else:
        told_by(steward, north.organization, house.organization)
    page = browser.get(address()).text
    assert "All 2 listings of your 2 organizations" in page
    data = everything(browser)
    head, *rows = rows_of(data)
    assert head[1] == "Organization"
    assert {(row[1], row[2]) for row in rows} == {
        ("Clinic House", "Clinic"),
        ("North clinic House", "North clinic"),
    }
    done = confirm(browser, send(browser, edited(data, FREE)))
    assert "2 changes are on the site now." in done.text
    north.refresh_from_db()
    assert north.fees_description == "Free there."
    entries = AuditEntry.objects.filter(action="propose_change")
    assert {entry.organization for entry in entries} == {house.organization.pk, north.organization_id}
    assert {entry.actor for entry in entries} == {keeper.pk}


@pytest.mark.promise(26)
def test_numbers_of_each_wait_for_a_call(
    house: House, browser: RoleClient, north: Service, keeper: User, visitor: RoleClient
) -> None:
    employ(keeper, north.organization)  # type: ignore[arg-type]
    data = edited(everything(browser), {("Clinic", "phones"): NEW, ("North clinic", "phones"): NEW})
    confirm(browser, send(browser, data))
    assert ProposedChange.objects.held().filter(hold="call").count() == 2
    for service in (house.service, north):
        shown = page_of(visitor, House(service, house.keeper, house.steward))
        assert OLD in shown
        assert NEW not in shown


def test_a_feeds_word_makes_nobody_a_parent(house: House, browser: RoleClient, north: Service) -> None:
    Organization.objects.filter(pk=north.organization_id).update(parent_organization=house.organization)
    assert "listings of your" not in browser.get(address()).text
    assert [row[1] for row in rows_of(everything(browser))[1:]] == ["Clinic"]
    page = send(browser, with_cells(download(browser), [(2, "id", str(north.pk))]))
    assert "your organization has no listing of this number" in page.text


def test_who_keeps_the_parent_and_leads_it_not_has_its_own_alone(
    house: House, browser: RoleClient, north: Service, keeper: User, steward: User
) -> None:
    told_by(steward, north.organization, house.organization)
    data = everything(browser)
    now_as(keeper, Role.KEEPER)
    page = send(browser, edited(data, FREE))
    assert "1 listing would change." in page.text
    assert "your organization has no listing of this number" in page.text


def test_a_right_that_ended_before_the_yes_is_left_and_tells_nothing(
    house: House, browser: RoleClient, north: Service, keeper: User
) -> None:
    mine = employ(keeper, north.organization)  # type: ignore[arg-type]
    page = send(browser, edited(everything(browser), FREE))
    Membership.objects.filter(user=mine.user, organization=north.organization).update(ended_at=moment())
    done = confirm(browser, page)
    assert "1 change is on the site now." in done.text
    assert "This is not there any more." in done.text
    north.refresh_from_db()
    assert north.fees_description == ""


@pytest.mark.promise(21)
@pytest.mark.parametrize("before", [True, False])
def test_what_is_shut_out_is_left_and_the_others_go_on(
    before: bool, house: House, browser: RoleClient, north: Service, keeper: User, steward: User
) -> None:
    employ(keeper, north.organization)  # type: ignore[arg-type]
    data = edited(everything(browser), FREE)
    page = None if before else send(browser, data)
    VettingDecision.objects.create(
        organization=north.organization,
        outcome="suspended",
        kind="community",
        reason="A complaint.",
        decided_by=steward,
        decided_at=moment(),
    )
    if page is None:
        page = send(browser, data)
        assert "This organization may change nothing now." in page.text
    else:
        assert browser.get(page.request["PATH_INFO"]).status_code == 200
    assert "1 change is on the site now." in confirm(browser, page).text
    north.refresh_from_db()
    assert north.fees_description == ""


def test_holidays_and_single_days_stay_and_a_season_says_that_the_desk_keeps_it(
    house: House, keeper: User, sign_in: SignIn
) -> None:
    browser = sign_in(keeper)
    profile = service_profile(house.service)
    (key,) = [name for name in profile if name.startswith("hours/")]
    day = {"on": "2027-07-01", "opens_at": "10:00", "closes_at": "11:00", "note": "Feast", "note_fr": "Fête"}
    kept = {"own_days": [day], "on_holidays": "closed", "note": "Ring twice.", "note_fr": ""}
    house.change({key: profile[key] | kept}, "hours")
    confirm(browser, send(browser, with_cells(download(browser), [(2, "hours", "Mon 9:00-10:00")])))
    now_told = service_profile(house.service)[key]
    assert {name: now_told[name] for name in kept} == kept
    assert now_told["days"][:2] == [[[540, 600]], []]
    keys = [row.pk for row in schedules_of(house.service.pk)]
    Schedule.objects.filter(pk__in=keys).exclude(byday="").update(
        valid_from="2027-06-01", valid_to="2027-09-01"
    )
    before = service_profile(house.service)
    data = download(browser)
    assert "Change this at your desk." in str(rows_of(data))
    page = send(browser, with_cells(data, [(2, "hours", "Mon 9:00-10:00"), (2, "alert", "Closed.")]))
    assert "These hours are more than a week" in page.text
    assert service_profile(house.service) == before
    confirm(browser, send(browser, with_cells(data, [(2, "alert", "Closed.")])))
    assert service_profile(house.service)[key] == before[key]
