"""The board of what listings miss: the same sums as the listings behind them, and a table that no spreadsheet runs."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.project_listings import project_services
from directory.finding.bound import fetched
from directory.finding.quality import MISSING, UNTRANSLATED_SQL, counted, lacking
from directory.models.language import Language
from directory.models.listing import Listing, ListingPage
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from directory.views import quality
from directory.views.profile import missing_of
from directory.views.queues import lines
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import employ
from tests.directory.test_invitations import prove_again
from tests.directory.test_profile_pages import fields_of

TOLD = {
    "name_fr": "Clinique",
    "description": "Help",
    "description_fr": "Aide",
    "eligibility_description": "Everybody",
    "eligibility_description_fr": "Tout le monde",
}


@pytest.fixture
def whole(make_service: MakeService) -> Service:
    """A listing that misses nothing."""
    hours = [("MO", "09:00", "17:00")]
    day = timezone.localdate()
    return make_service("Clinic", hours=hours, languages=["eng"], assured_date=day, **TOLD)


def missing(service: Service) -> tuple[str, ...]:
    """What the board says of it."""
    project_services([service.pk])
    found = [one for one in lacking(timezone.localdate()) if one.service == service.pk]
    return found[0].missing if found else ()


def test_what_misses_nothing_is_not_named(whole: Service) -> None:
    assert missing(whole) == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"description_fr": ""}, "french"),
        ({"name_fr": ""}, "french"),
        ({"description": ""}, "english"),
        ({"eligibility_description": "", "eligibility_description_fr": ""}, "eligibility"),
        ({"assured_date": None}, "checked"),
        ({"assured_date": timezone.localdate() - timedelta(days=400)}, "fresh"),
    ],
    ids=str,
)
def test_each_text_and_day(changed: dict[str, Any], told: str, whole: Service) -> None:
    Service.objects.filter(pk=whole.pk).update(**changed)
    assert missing(whole) == (told,)


@pytest.mark.parametrize(("rows", "told"), [(Language, "languages"), (Phone, "phone"), (Schedule, "hours")])
def test_each_thing_that_hangs_on_it(rows: Any, told: str, whole: Service) -> None:
    rows.objects.all().delete()
    assert missing(whole) == (told,)


def test_what_its_place_or_organization_tells_is_told(whole: Service) -> None:
    site = whole.sites.get()
    Language.objects.update(service=None, location=site.location)
    Phone.objects.update(service=None, organization=whole.organization)
    Schedule.objects.update(service=None, service_at_location=site)
    assert missing(whole) == ()


def test_a_stated_fact_is_who_can_come_and_a_place_nobody_knows_is_missing(whole: Service) -> None:
    Service.objects.filter(pk=whole.pk).update(eligibility_description="", eligibility_description_fr="")
    ServiceFact.objects.create(service=whole, dimension="gender", term="man", stated=False)
    assert missing(whole) == ()
    Listing.objects.filter(service_id=whole.pk).update(point=None)
    (found,) = lacking(timezone.localdate())
    assert found.missing == ("placement",)


def test_sums_are_those_of_the_listings_behind_them(make_service: MakeService, whole: Service) -> None:
    for name in ("Food bank", "Night line"):
        make_service(name)
    day = timezone.localdate()
    every = counted(day, 40)
    assert [one.total for one in every if not one.key] == [3]
    for group in every:
        scope: dict[str, Any] = {}
        if group.key:
            scope = {"organization": UUID(group.key)} if group.is_organization else {"publisher": group.key}
        for what in MISSING:
            assert group.missing[what] == len(lacking(day, what=what, **scope)), (group.key, what)


def test_two_statements_at_most_however_many(make_service: MakeService) -> None:
    for number in range(4):
        make_service(f"Clinic {number}")
    with CaptureQueriesContext(connection) as asked:
        counted(timezone.localdate(), 40)
    assert len(asked) <= 1


def test_the_pages(make_service: MakeService, steward: User, sign_in: SignIn) -> None:
    service = make_service("Clinic")
    desk, board = sign_in(steward), reverse("review_quality")
    page = desk.get(board).text
    assert "Clinic House" in page
    assert f"organization={service.organization_id}&amp;missing=hours" in page
    listed = desk.get(board, {"organization": str(service.organization_id), "missing": "hours"}).text
    assert reverse("listing", args=[service.sites.get().pk]) in listed
    for odd in ({"organization": "x"}, {"missing": "no\x00"}, {"publisher": "\x00"}, {"publisher": "nobody"}):
        assert desk.get(board, odd).status_code == 200
    assert "Clinic House" not in desk.get(board, {"organization": "x"}).text
    assert "What listings miss" in desk.get(reverse("review")).text


def test_the_table_runs_nothing_in_a_spreadsheet(
    make_service: MakeService, steward: User, sign_in: SignIn
) -> None:
    service = make_service("Clinic")
    Organization.objects.filter(pk=service.organization_id).update(name='=HYPERLINK("x")')
    answer = sign_in(steward).get(reverse("review_quality_table"))
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:3] == ["publisher", "organization", "listings"]
    assert rows[-1][1] == '\'=HYPERLINK("x")'
    assert [row[2] for row in rows[1:]] == ["1", "1", "1"]


def test_the_doors_are_for_stewards(
    keeper: User, outsider: User, navigator: User, steward: User, sign_in: SignIn
) -> None:
    for page in (reverse("review_quality"), reverse("review_quality_table")):
        for user in (keeper, outsider, navigator):
            assert sign_in(user).get(page).status_code == 403
        assert sign_in(steward, second_factor=False).get(page).status_code == 302


def test_the_statement_and_the_keepers_page_name_the_same(make_service: MakeService, whole: Service) -> None:
    bare = make_service("Food bank", name_fr="Banque", description="Food")
    words = {"french": "French", "english": "English", "hours": "hours", "languages": "languages"}
    words["eligibility"] = "who can come"
    for service in (whole, bare):
        page = ListingPage.objects.get(pk=Listing.objects.get(service_id=service.pk).pk)
        told = [words[name] for name in missing(service) if name in words]
        assert told == missing_of(page.en, page.fr)


def test_the_translation_queue_is_paged_oldest_first_and_leads_to_the_form(
    make_service: MakeService, steward: User, keeper: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality, "A_PAGE", 2)
    for number, words in enumerate(
        ({"description": "Help"}, {"eligibility_description": "All"}, {"name_fr": ""})
    ):
        service = make_service(f"Place {number}", **words)
        Service.objects.filter(pk=service.pk).update(last_modified=timezone.now() - timedelta(days=number))
    last, middle, first = Service.objects.order_by("name")
    assert first.organization is not None
    employ(keeper, first.organization)
    desk, address = sign_in(steward), reverse("review_quality")
    told = {one.queue.query: one for one in lines(timezone.now())}
    assert (told["?missing=french"].count, told["?missing=english"].count) == (3, 0)
    assert told["?missing=french"].since == first.last_modified
    assert (
        f'<a href="{address}?missing=french">To translate into French</a>' in desk.get(reverse("review")).text
    )
    page = desk.get(address, {"missing": "french"}).text
    assert page.index("Place 2") < page.index("Place 1")
    assert "Place 0" not in page
    assert "Page 1 of 2" in page
    assert reverse("review_correct", args=[first.pk]) in page
    assert reverse("review_correct_task", args=[middle.pk, "who"]) in page
    assert reverse("review_correct_task", args=[first.pk, "name"]) not in page
    after = desk.get(address, {"missing": "french", "page": "2"}).text
    assert "Place 0" in after
    prove_again(desk)
    form = desk.get(reverse("review_correct_task", args=[last.pk, "name"]), {"via": "translation"}).text
    assert "French is missing." in form
    done = desk.post(
        reverse("review_correct_task", args=[last.pk, "name"]),
        fields_of(form) | {"description_fr": "De l’aide"},
        follow=True,
    ).text
    assert "translated from the other language" in done
    last.refresh_from_db()
    assert last.description_fr == "De l’aide"


def test_what_is_half_told_is_said_once(make_service: MakeService, steward: User, sign_in: SignIn) -> None:
    """The queue leads to the form of the text that misses, and to no other: a name may be nobody's to translate."""
    service = make_service("Clinic", name_fr="", eligibility_description="All")
    Organization.objects.filter(pk=service.organization_id).update(name="CLINIC")
    (row,) = [one for one in lacking(timezone.localdate(), what="french") if one.service == service.pk]
    assert row.half_told == ["eligibility_description"]
    page = sign_in(steward).get(reverse("review_quality"), {"missing": "french"}).text
    assert reverse("review_correct_task", args=[service.pk, "who"]) in page
    assert reverse("review_correct_task", args=[service.pk, "name"]) not in page


@pytest.mark.parametrize("tongue", ["french", "english"])
def test_how_much_is_to_be_translated_is_read_in_the_order_of_an_index(tongue: str, db: None) -> None:
    for setting in ("enable_seqscan", "enable_sort", "enable_bitmapscan"):
        fetched(f"SET LOCAL {setting} = off", {})
    values = {"now": timezone.now(), "most": 1_001}
    told = "\n".join(line for (line,) in fetched(f"EXPLAIN {UNTRANSLATED_SQL[tongue]}", values))
    assert f" using service_without_{tongue} on " in told, told


def test_texts_to_translate_stand_below_whatever_else_waits(make_service: MakeService) -> None:
    service = make_service("Clinic", description="Help")
    Service.objects.filter(pk=service.pk).update(last_modified=timezone.now() - timedelta(days=900))
    waits = [one.queue.query for one in lines(timezone.now()) if one.count]
    assert waits == ["", "?missing=french"], "the call to who was never checked is younger and stands first"
