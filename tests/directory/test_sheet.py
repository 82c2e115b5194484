"""A network keeps its listings by a sheet: downloaded, changed, sent back, looked at, and done when it says yes."""

import re
from datetime import timedelta

import pytest

from accounts.models import User
from directory.actions.decide_change import publish_change
from directory.actions.keep_sheet import forget_sheets
from directory.actions.project_listings import rebuild_listings
from directory.actions.protect_location import protect_location
from directory.finding.profile import phones_of, service_profile
from directory.finding.sheet import profiles_of
from directory.models.location import Location
from directory.models.membership import Role
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.sheet_draft import SheetDraft
from directory.models.vetting import VettingDecision
from directory.rules.change_states import State
from safety.audit import AuditEntry
from safety.owner_keys import shred
from safety.viewer import VISITOR, Tier, Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, moment, page_of, second
from tests.directory.sheets import (
    NEW,
    OLD,
    address,
    confirm,
    csv_of,
    download,
    edited,
    key_of,
    lines_of,
    network,
    put,
    send,
    told,
    with_cells,
)
from tests.directory.test_read_model import tables
from tests.roles import RoleClient

__all__ = ["house", "second"]
COUNT = 200


@pytest.fixture
def browser(house: House, keeper: User, sign_in: SignIn) -> RoleClient:
    """Kim's browser."""
    return sign_in(keeper)


def test_200_listings_with_12_planted_errors(house: House, browser: RoleClient) -> None:
    """188 offered, 12 explained by row and column, nothing applied until confirmed."""
    services = network(house, COUNT)
    foreign = "6f6e3b0e-0000-4000-8000-000000000000"
    planted = [
        (3, "id", foreign, "column A", "your organization has no listing of this number"),
        (10, "hours", "Mon 9-5", "(Hours)", "write 17:00"),
        (20, "phones", "none at all", "(Telephone)", "is not a telephone number"),
        (30, "email", "write to us", "(E-mail address)", "is not an e-mail address"),
        (40, "url", "ftp://files.example", "(Website)", "is not a web address"),
        (50, "languages", "English; Klingon", "(Languages)", "“Klingon” is no language that we know"),
        (60, "facts_gender", "Women: perhaps", "(Gender)", "write yes or no"),
        (70, "facts_age", "grown up", "(Age)", "Write for example 16 to 29"),
        (80, "status", "haunted", "(Open or closed)", "is none of the values"),
        (90, "name", "", "(Name (English))", "A listing needs a name"),
        (100, "mark", "", "(Mark of the download)", "The mark of the download is missing"),
        (110, "description", "x" * 4001, "(What you get (English))", "at most 4000 characters"),
    ]
    cells = [(row, "fees_description", f"Free of charge, table {row}.") for row in range(2, COUNT + 2)]
    data = with_cells(
        download(browser), [*cells, *((row, slug, text) for row, slug, text, _w, _y in planted)]
    )
    page = send(browser, data)
    assert page.status_code == 200
    assert "188 listings would change." in page.text
    assert "12 rows are left out" in page.text
    shown = [
        " ".join(re.sub(r"<[^>]+>", " ", li).split()) for li in re.findall(r"<li>(.*?)</li>", page.text, re.S)
    ]
    for row, _slug, _text, where, why in planted:
        (line,) = [line for line in shown if line.startswith((f"Row {row},", f"Row {row} "))]
        assert where in line
        assert why in line
    assert page.text.count("<ins>Free of charge, table") == 188
    assert not ProposedChange.objects.exists()
    assert not Service.objects.exclude(fees_description="").exists()
    done = confirm(browser, page)
    assert "188 changes are on the site now." in done.text
    assert Service.objects.exclude(fees_description="").count() == 188
    wrong = {services[row - 2].pk for row, *_rest in planted}
    assert set(Service.objects.filter(fees_description="").values_list("pk", flat=True)) == wrong
    assert AuditEntry.objects.filter(action="propose_change").count() == 188
    entry = AuditEntry.objects.get(action="confirm_sheet")
    assert entry.facts() == {"made": 188, "left": 0}
    assert not SheetDraft.objects.exists()
    told_once = tables()
    rebuild_listings()
    assert tables() == told_once


@pytest.mark.promise(26)
def test_a_stolen_keepers_sheet_does_not_change_the_public_number(
    house: House, browser: RoleClient, visitor: RoleClient
) -> None:
    data = with_cells(
        download(browser),
        [
            (2, "phones", NEW),
            (2, "email", "thief@new.example"),
            (2, "url", "https://new.example"),
            (2, "name", "Another clinic"),
            (2, "description", f"Call {NEW}."),
            (2, "fees_description", "Nothing to pay."),
        ],
    )
    page = send(browser, data)
    assert "1 of them would wait for us" in page.text
    done = confirm(browser, page)
    assert "1 change waits: we call you back" in done.text
    public = page_of(visitor, house)
    assert "Nothing to pay." in public
    assert OLD in public
    assert "A change is being checked" in public
    assert not {NEW, "new.example", "Another clinic"} & {
        w for w in (NEW, "new.example", "Another clinic") if w in public
    }
    change = ProposedChange.objects.held().get()
    assert (change.hold, change.task) == ("call", "sheet")
    publish_change(
        change=change.pk, viewer=house.steward, now=moment(), called=OLD, spoke_with="The director"
    )
    public = page_of(visitor, house)
    assert NEW in public
    assert OLD not in public


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_sheet_that_is_sent_back_as_it_came_changes_nothing(
    kind: str, language: str, house: House, browser: RoleClient
) -> None:
    house.change(
        {
            "service.description": "- bring nothing\n= and no papers",
            "service.fees_description_fr": "Gratuit ; « rien »",
            "facts": [["age", "", True, "16", "29.5"], ["gender", "woman", True, None, None]],
        }
    )
    network(house, 3)
    page = send(browser, download(browser, kind, language), language, f"mine.{kind}")
    said = {"en": ("0 listings would change.", "3 rows change nothing."), "fr": ("fiche", "3 ")}[language]
    assert all(words in page.text for words in said)
    assert 'id="offers"' not in page.text
    assert 'id="left"' not in page.text


def test_all_profiles_together_are_those_of_each(house: House) -> None:
    services = network(house, 4)
    assert profiles_of(services) == {one.pk: service_profile(one) for one in services}


def test_what_was_changed_meanwhile_is_told_by_row_and_column_and_never_written_over(
    house: House, browser: RoleClient
) -> None:
    network(house, 3)
    data = download(browser)
    house.change({"service.fees_description": "Pay what you can.", "service.alert": "Closed on Friday."})
    sent = with_cells(data, [(2, "fees_description", "Free."), (3, "fees_description", "Free too.")])
    page = send(browser, sent)
    assert "1 listing would change." in page.text
    assert "Row 2, column" in page.text
    assert "It says now: “Pay what you can.”." in page.text
    confirm(browser, page)
    house.service.refresh_from_db()
    assert (house.service.fees_description, house.service.alert) == ("Pay what you can.", "Closed on Friday.")


def test_a_cell_that_nobody_touched_takes_nothing_back(house: House, browser: RoleClient) -> None:
    data = download(browser)
    house.change({"service.alert": "Closed on Friday."})
    confirm(browser, send(browser, with_cells(data, [(2, "fees_description", "Free.")])))
    house.service.refresh_from_db()
    assert (house.service.fees_description, house.service.alert) == ("Free.", "Closed on Friday.")


def test_what_is_changed_between_the_upload_and_the_yes_is_left_and_told(
    house: House, browser: RoleClient
) -> None:
    network(house, 2)
    cells = [(2, "fees_description", "Free."), (3, "fees_description", "Free too.")]
    page = send(browser, with_cells(download(browser), cells))
    house.change({"service.fees_description": "Pay what you can."})
    done = confirm(browser, page)
    assert "1 change is on the site now." in done.text
    assert "It was changed again since." in done.text
    house.service.refresh_from_db()
    assert house.service.fees_description == "Pay what you can."


def test_two_who_confirm_at_once_change_it_once(house: House, browser: RoleClient) -> None:
    page = send(browser, with_cells(download(browser), [(2, "fees_description", "Free.")]))
    assert "1 change is on the site now." in confirm(browser, page).text
    assert "This upload is not there any more" in confirm(browser, page).text
    assert ProposedChange.objects.count() == 1


def test_an_upload_is_its_own_persons_sealed_and_gone_in_an_hour(
    house: House, browser: RoleClient, navigator: User, sign_in: SignIn
) -> None:
    page = send(browser, with_cells(download(browser), [(2, "fees_description", "Canary words.")]))
    draft = SheetDraft.objects.get()
    assert b"Canary" not in bytes(draft.sealed)
    assert b"Clinic" not in bytes(draft.sealed)
    employ(navigator, house.organization)
    other = sign_in(navigator)
    assert "Canary" not in other.get(address("en", "sheet_look", key_of(page)), follow=True).text
    assert "not there any more" in confirm(other, page).text
    forget_sheets(now=moment() + timedelta(minutes=59))
    assert SheetDraft.objects.exists()
    forget_sheets(now=moment() + timedelta(minutes=61))
    assert not SheetDraft.objects.exists()
    assert "not there any more" in confirm(browser, page).text
    assert not ProposedChange.objects.exists()


def test_dropped_is_gone(house: House, browser: RoleClient) -> None:
    page = send(browser, with_cells(download(browser), [(2, "fees_description", "Free.")]))
    assert "waits for your yes" in browser.get(address()).text
    dropped = browser.post(address("en", "sheet_drop", key_of(page)), follow=True)
    assert "Forgotten. Nothing was changed." in dropped.text
    assert not SheetDraft.objects.exists()


@pytest.mark.promise(21)
def test_whoever_keeps_no_listings_has_no_sheet(
    house: House,
    browser: RoleClient,
    outsider: User,
    navigator: User,
    steward: User,
    second: User,
    sign_in: SignIn,
) -> None:
    page = send(browser, with_cells(download(browser), [(2, "fees_description", "Free.")]))
    employ(navigator, house.organization, Role.WORKER)
    for person in (outsider, navigator):
        theirs = sign_in(person)
        for found in (
            theirs.get(address()),
            theirs.get(address("en", "sheet_download", "xlsx")),
            theirs.get(address("en", "sheet_look", key_of(page))),
            theirs.post(address("en", "sheet_confirm", key_of(page))),
            theirs.post(address("en", "sheet_drop", key_of(page))),
        ):
            assert found.status_code == 403
    VettingDecision.objects.create(
        organization=house.organization,
        outcome="suspended",
        kind="community",
        reason="A complaint.",
        decided_by=steward,
        decided_at=moment(),
    )
    assert "Nothing was saved: your organization is suspended." in confirm(browser, page).text
    assert not ProposedChange.objects.exists()


def test_another_organizations_listing_is_not_there(
    house: House, browser: RoleClient, make_service: MakeService
) -> None:
    theirs = make_service("Theirs")
    page = send(browser, with_cells(download(browser), [(2, "id", str(theirs.pk)), (2, "name", "Mine now")]))
    assert "your organization has no listing of this number" in page.text
    assert 'id="offers"' not in page.text


def test_a_listing_that_stands_twice_is_asked_about(house: House, browser: RoleClient) -> None:
    def doubled(sheet: object) -> None:
        for place in range(1, sheet.max_column + 1):  # type: ignore[attr-defined]
            sheet.cell(4, place).value = sheet.cell(2, place).value  # type: ignore[attr-defined]
        put(sheet, 4, "fees_description", "Free.")  # type: ignore[arg-type]

    page = send(browser, edited(download(browser), doubled))
    assert "This listing stands in row 4 too" in page.text
    assert "This listing stands in row 2 too" in page.text
    assert 'id="offers"' not in page.text


def test_no_more_may_wait_than_can_be_called_back(house: House, browser: RoleClient) -> None:
    network(house, 53)
    cells = [(row, "email", f"desk{row}@house.example") for row in range(2, 55)]
    page = send(browser, with_cells(download(browser), cells))
    assert "50 listings would change." in page.text
    assert page.text.count("At most 50 of your changes may wait") == 3
    done = confirm(browser, page)
    assert "50 changes wait" in done.text
    assert ProposedChange.objects.held().count() == 50


def test_every_kind_of_cell_is_read_back(house: House, browser: RoleClient) -> None:
    cells = [
        (2, "hours", "Mon-Wed 9:00-17:00; Sat 10:00-12:00, 13:00-15:00"),
        (2, "hours_phone", "day and night"),
        (2, "phones", f"{OLD}, extension 3 (Nurse / Infirmière)"),
        (2, "languages", "English; Cree (all kinds) (interpreter)"),
        (2, "facts_gender", "Women: yes; Men: no"),
        (2, "facts_child", "Girls: yes, 0 to 12"),
        (2, "facts_tells_police", "Only if you agree"),
        (2, "name_fr", "Clinique"),
        (2, "status", "closed for a while"),
    ]
    page = send(browser, with_cells(download(browser), cells))
    assert 'id="left"' not in page.text
    confirm(browser, page)
    for change in ProposedChange.objects.held():
        called = {"called": OLD, "spoke_with": "Desk"} if change.hold == "call" else {}
        publish_change(change=change.pk, viewer=house.steward, now=moment(), **called)
    assert not ProposedChange.objects.exclude(state=State.PUBLISHED).exists()
    assert phones_of(house.service.pk).get().description_fr == "Infirmière"
    again = download(browser)

    def kept(sheet: object) -> None:
        for row, slug, text in cells:
            assert told(sheet, row, slug) == text  # type: ignore[arg-type]

    edited(again, kept)


def test_a_french_spreadsheet_programs_file_is_read(house: House, browser: RoleClient) -> None:
    """Semicolons and Windows' letters, as Excel in French saves a CSV."""
    lines = lines_of(download(browser, "csv", "fr"), ";")
    place = lines[0].index("Coût (français)")
    lines[1][place] = "Gratuit, sauf à l’été : 5 $"
    for encoding in ("cp1252", "utf-8-sig"):
        page = send(browser, csv_of(lines, ";", encoding), "fr", "fiches.csv")
        assert page.status_code == 200
        assert "Gratuit, sauf à l’été : 5 $" in page.text


def test_a_destroyed_key_opens_no_upload(house: House, browser: RoleClient) -> None:
    page = send(browser, with_cells(download(browser), [(2, "fees_description", "Free.")]))
    shred(house.organization.pk, viewer=VISITOR)
    assert "not there any more" in confirm(browser, page).text


def test_a_text_that_tells_a_protected_place_is_told_before_the_yes(
    house: House, browser: RoleClient, make_service: MakeService
) -> None:
    shelter = make_service("Shelter", place={"name": "Quillfeather House"}, street="12 Example Street")
    Service.objects.filter(pk=shelter.pk).update(organization=house.organization)
    location = Location.objects.get(services__service=shelter)
    protect_location(location_id=location.pk, viewer=Viewer(user=house.steward.user, tier=Tier.CUSTODIAN))
    cells = [
        (2, "fees_description", "Free."),
        (3, "description", "At Quillfeather House."),
        (3, "fees_description", "Free."),
    ]
    page = send(browser, with_cells(download(browser), cells)).text
    assert "1 listing would change." in page
    assert "This tells where a protected place is." in page
    assert not AuditEntry.objects.filter(action="propose_change").exists()
    assert not ProposedChange.objects.exists()
