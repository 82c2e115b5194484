"""One listing, opened: everything a person needs to decide, nothing that claims more than is known."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from directory.actions.project_listings import project_services
from directory.finding.answer import Result
from directory.finding.hours import open_state
from directory.models.listing import Listing, ListingPage
from directory.models.phone import Phone
from directory.models.required_document import RequiredDocument
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.rules.eligibility import Reason
from directory.rules.opening import OpenState
from directory.views import wording
from directory.views.cards import card
from tests.directory.conftest import MakeService
from tests.roles import RoleClient


def address(service: Service, language: str = "en") -> str:
    id_ = Listing.objects.get(service_id=service.pk).pk
    return f"/{language}/{'fiche' if language == 'fr' else 'listing'}/{id_}/"


def test_a_listing_opens_at_its_permanent_address_in_both_languages(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("Clinic", description="Free advice.", description_fr="Conseils gratuits.")
    assert "Free advice." in visitor.get(address(service)).content.decode()
    assert "Conseils gratuits." in visitor.get(address(service, "fr")).content.decode()


def test_its_number_is_a_link_to_call(visitor: RoleClient, make_service: MakeService) -> None:
    page = visitor.get(address(make_service(phone="613-555-0142"))).content.decode()
    assert 'href="tel:6135550142"' in page


@pytest.mark.parametrize(
    ("number", "href"),
    [
        ("#SAFE (#7233)", "tel:%237233"),
        ("#7233", "tel:%237233"),
        ("*16", "tel:*16"),
        ("* 16", "tel:*16"),
        ("613-555-0142 #5", "tel:6135550142"),
        ("+1 (613) 555-0142", "tel:+16135550142"),
        ("1-800-555-0142 or #7233", "tel:18005550142"),
        ("911", "tel:911"),
    ],
)
def test_a_sign_before_a_number_is_dialled_with_it(number: str, href: str) -> None:
    phone = {"number": number, "type": "voice", "extension": "", "label": ""}
    assert [link["href"] for link in wording.phone_links({"phones": [phone]})] == [href]


@pytest.mark.parametrize("number", ["#SAFE", "+", "ask", ""])
def test_what_has_no_digit_is_no_link(number: str) -> None:
    phone = {"number": number, "type": "voice", "extension": "", "label": ""}
    assert wording.phone_links({"phones": [phone]}) == []


def test_nobody_is_told_to_call_a_fax(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service(phone="")
    for position, (number, kind) in enumerate([("613-555-0143", "fax"), ("613-555-0142", "")]):
        Phone.objects.create(
            publisher=service.publisher, service=service, position=position, number=number, type=kind
        )
    project_services([service.pk])
    page = visitor.get(address(service)).content.decode()
    assert "tel:6135550143" not in page
    assert page.index("Call 613-555-0142") < page.index("Fax 613-555-0143")


@pytest.mark.parametrize("id_", [uuid.uuid4(), uuid.UUID(int=0)])
def test_an_unknown_listing_is_not_found(visitor: RoleClient, id_: uuid.UUID) -> None:
    assert visitor.get(f"/en/listing/{id_}/").status_code == 404


def test_it_says_what_to_bring_and_in_which_language_that_is_told(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("Clinic", alert="Closed until Monday")
    for position, (paper, papier) in enumerate([("Health card", "Carte santé"), ("Proof of address", "")]):
        RequiredDocument.objects.create(
            publisher=service.publisher,
            service=service,
            position=position,
            document=paper,
            document_fr=papier,
        )
    assert "What to bring" not in visitor.get(address(service)).content.decode()
    project_services([service.pk])
    page = visitor.get(address(service)).content.decode()
    assert page.index("What to bring") < page.index("Health card") < page.index("Proof of address")
    page = visitor.get(address(service, "fr")).content.decode()
    assert "Quoi apporter" in page
    assert "Carte santé" in page
    assert '<ul lang="en">' in page
    assert '<div class="said ask" lang="en">' in page


@pytest.mark.promise(2)
def test_a_protected_place_gives_its_address_by_phone_only(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("House", place={"is_protected": True})
    page = visitor.get(address(service)).content.decode()
    assert "The address is given when you call." in page


def test_it_says_who_copied_it_and_that_nobody_checked(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service(copied_on=date(2026, 1, 3))
    page = visitor.get(address(service)).content.decode()
    assert "Copied from list on 3 January 2026, not checked." in page
    assert "Checked" not in page


def test_it_says_when_a_person_checked_it(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service(assured_date=timezone.localdate() - timedelta(days=12))
    page = visitor.get(address(service)).content.decode()
    assert page.count("Checked 12 days ago.") == 1


def test_the_way_back_leads_to_the_same_page_of_results(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for number in range(25):
        make_service(f"Service {number}")
    found = visitor.post("/en/find/", {"near": "Kingston"})["Location"]
    second = visitor.get(f"{found}2/")
    link = second.context["cards"][0]["url"]
    opened = visitor.get(link)
    back = opened.context["page"]["back_url"]
    assert back.endswith("/2/")
    assert visitor.get(back).context["cards"][0]["name"] == second.context["cards"][0]["name"]


def test_hours_without_a_statement_are_never_called_open(
    visitor: RoleClient, make_service: MakeService
) -> None:
    page = visitor.get(address(make_service())).content.decode()
    assert "Hours not stated: call first" in page


def test_hours_in_words_alone_are_shown_and_never_called_open(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service()
    Schedule.objects.create(
        publisher=service.publisher, service=service, description="Mon-Thu mornings, by chance"
    )
    project_services([service.pk])
    page = visitor.get(address(service)).content.decode()
    assert "Mon-Thu mornings, by chance" in page
    assert "Hours in words: see the details, or call" in page


def test_text_in_the_other_language_is_marked(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service("Clinic", description="Only English.")
    page = visitor.get(address(service, "fr")).content.decode()
    assert 'lang="en"' in page


def test_what_a_publisher_wrote_is_never_markup(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service("<b>Clinic</b>", description="<script>alert(1)</script>")
    page = visitor.get(address(service)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_made_up_listing_says_so(visitor: RoleClient, make_service: MakeService) -> None:
    made_up, real = make_service("Made up", is_demo=True), make_service("Real")
    mark = "Demonstration: not a real service"
    assert mark in visitor.get(address(made_up)).content.decode()
    assert mark not in visitor.get(address(real)).content.decode()
    results = visitor.get(visitor.post("/en/find/", {"near": "Kingston"})["Location"])
    assert results.content.decode().count(mark) == 1


@pytest.mark.promise(2)
def test_a_protected_place_without_a_number_promises_no_call(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("House", place={"is_protected": True}, phone="")
    page = visitor.get(address(service)).content.decode()
    assert "The address is not published." in page
    assert "when you call" not in page


def test_hours_of_what_has_no_place_name_their_city() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    state = OpenState("closed", next=datetime(2026, 11, 23, 14, tzinfo=UTC))
    line = wording.open_line(state, now, "America/Toronto", is_afar=True)
    assert line == "Closed now. Opens 9:00 (Toronto time)"
    assert wording.open_line(state, now, "America/Toronto") == "Closed now. Opens 9:00"


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("America/Edmonton", "(heure d’Edmonton)"),
        ("America/Iqaluit", "(heure d’Iqaluit)"),
        ("America/Toronto", "(heure de Toronto)"),
    ],
)
def test_the_city_of_a_clock_is_told_as_french_tells_it(zone: str, told: str) -> None:
    state = OpenState("closed", next=datetime(2026, 11, 23, 18, tzinfo=UTC))
    with override("fr"):
        line = wording.open_line(state, datetime(2026, 11, 23, 12, tzinfo=UTC), zone, is_afar=True)
    assert line.endswith(told)


@pytest.mark.parametrize(
    ("state", "in_words", "is_zoneless", "line"),
    [
        ("unknown", False, False, "Hours not stated: ask first"),
        ("unknown", True, False, "Hours in words: see the details"),
        ("unknown", False, True, "Hours of an unknown time zone: ask first"),
        ("call_first", False, False, "Public holiday: ask first"),
    ],
)
def test_without_a_number_nobody_is_told_to_call(
    state: Any, in_words: bool, is_zoneless: bool, line: str
) -> None:
    told = wording.open_line(
        OpenState(state),
        datetime(2026, 11, 23, 12, tzinfo=UTC),
        "America/Toronto",
        in_words=in_words,
        is_zoneless=is_zoneless,
        has_phone=False,
    )
    assert told == line


def test_a_page_without_a_number_asks_nobody_to_call(visitor: RoleClient, make_service: MakeService) -> None:
    page = visitor.get(address(make_service("Room", phone=""))).content.decode()
    assert "Hours not stated: ask first" in page


NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)  # a Monday, noon in Toronto


@pytest.mark.parametrize(
    ("opens", "line"),
    [
        (datetime(2026, 11, 23, 19, tzinfo=UTC), "Closed now. Opens 14:00"),
        (datetime(2026, 11, 24, 14, tzinfo=UTC), "Closed now. Opens tomorrow 9:00"),
        (datetime(2026, 11, 29, 14, tzinfo=UTC), "Closed now. Opens Sunday 9:00"),
        (datetime(2026, 11, 30, 14, tzinfo=UTC), "Closed now. Opens again on 30 November"),
        (datetime(2027, 5, 1, 14, tzinfo=UTC), "Closed now. Opens again on 1 May"),
        (datetime(2027, 12, 1, 14, tzinfo=UTC), "Closed now. Opens again on 1 December 2027"),
    ],
)
def test_the_next_opening_is_told_by_hour_weekday_or_day(opens: datetime, line: str) -> None:
    state = OpenState("closed", next=opens)
    assert wording.open_line(state, NOON, "America/Toronto") == line


def test_the_first_of_a_month_is_written_as_french_does() -> None:
    with override("fr"):
        assert wording.season_day(date(2026, 12, 1), NOON.date()) == "1er décembre"
        assert wording.season_day(date(2026, 12, 2), NOON.date()) == "2 décembre"


ALWAYS, BY_DAY = ("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59"), ("MO,TU,WE,TH,FR", "09:00", "17:00")


def _with_hours(service: Service, rows: dict[str, tuple[str, str, str]]) -> dict[str, Any]:
    """The facts of a service with these hours, by what they are the hours of."""
    for kind, (byday, opens, closes) in rows.items():
        hours = {"byday": byday, "opens_at": opens, "closes_at": closes, "hours_of": kind}
        Schedule.objects.create(publisher=service.publisher, service=service, **hours)
    project_services([service.pk])
    return dict(ListingPage.objects.get(pk=Listing.objects.get(service_id=service.pk).pk).en)


def test_a_shelter_says_when_it_takes_newcomers_and_that_it_answers_the_phone(
    make_service: MakeService,
) -> None:
    service = make_service("House", needs=["emergency_shelter"])
    facts = _with_hours(service, {"intake": BY_DAY, "phone": ALWAYS, "resident": ALWAYS})
    evening = datetime(2026, 11, 23, 23, tzinfo=UTC)
    told = card(Result(facts, open_state(facts, evening)), evening, "")
    assert told["open_line"] == "Takes newcomers: closed, opens tomorrow 9:00"
    assert told["beside_line"] == ""
    assert "The phone is answered day and night." in [note["text"] for note in told["notes"]]
    told = card(Result(facts, open_state(facts, NOON)), NOON, "")
    assert told["open_line"] == "Takes newcomers: open until 17:00"


def test_a_phone_with_hours_of_its_own_is_told_beside_the_door(make_service: MakeService) -> None:
    facts = _with_hours(make_service("Clinic"), {"office": BY_DAY, "phone": ("MO", "13:00", "15:00")})
    told = card(Result(facts, open_state(facts, NOON)), NOON, "")
    assert told["open_line"] == "Open now, until 17:00"
    assert told["beside_line"] == "Phone: closed, opens 13:00."


def test_the_page_of_a_listing_has_a_table_for_each_kind_of_hours(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("House", needs=["emergency_shelter"])
    _with_hours(service, {"intake": BY_DAY, "phone": ALWAYS, "resident": ALWAYS})
    page = visitor.get(address(service))
    tables = page.context["page"]["weeks"]
    assert [table["name"] for table in tables] == ["Takes newcomers", "Phone"]
    assert tables[1]["rows"][0]["hours"] == "Day and night"
    assert "<h3>Takes newcomers</h3>" in page.content.decode()


def test_hours_of_one_kind_need_no_name(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service(hours=[BY_DAY])
    assert [table["name"] for table in visitor.get(address(service)).context["page"]["weeks"]] == [""]


def test_a_service_that_is_closed_for_a_while_tells_no_other_hours(make_service: MakeService) -> None:
    service = make_service("Clinic", status="temporarily closed")
    facts = _with_hours(service, {"office": BY_DAY, "phone": ("MO", "09:00", "15:00")})
    told = card(Result(facts, open_state(facts, NOON)), NOON, "")
    assert (told["open_line"], told["beside_line"]) == ("Closed for a while", "")


def test_a_card_says_what_fits_and_what_to_ask_as_sage_and_amber(make_service: MakeService) -> None:
    facts = _with_hours(make_service("House"), {})
    reasons = (Reason("accept", "no_id", "yes"), Reason("with", "pet", "ask"))
    told = card(Result(facts, OpenState("unknown"), match="ask", reasons=reasons), NOON, "")
    assert told["notes"] == [
        {"text": "No ID needed.", "class": "yes"},
        {"text": "Pets: ask.", "class": "ask"},
    ]
    assert told["fit_line"] == "No ID needed. Pets: ask."


def test_a_check_that_ran_out_is_told(make_service: MakeService) -> None:
    facts = _with_hours(make_service("House"), {}) | {"checked_on": "2025-11-23"}
    told = card(Result(facts, OpenState("unknown"), is_overdue=True), NOON, "")
    assert told["source_line"] == "Checked 365 days ago. A new check is due."
