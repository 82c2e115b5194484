"""The demonstration set: the same everywhere, marked as such, and without anything that could be real."""

import re
import tomllib
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import AutoField

from accounts.demo import DemoRefused, demo_emails
from accounts.models import User
from directory.actions.load_demo import load_demo
from directory.demo.reading import DemoFault, DemoHours, DemoOrganization, read_demo, weekly_hours
from directory.models.address import Address
from directory.models.listing import Listing, ListingPage
from directory.models.location import Location, PlacedBy
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.publisher import Publisher
from directory.models.service import Service
from directory.rules.provinces import PROVINCES
from safety.audit import AuditEntry
from safety.viewer import VISITOR

TODAY = date(2026, 11, 22)
FOLDER: Path = settings.FIXTURES / "demo"
HOST = re.compile(r"(?:https?://|@)([a-z0-9.-]+)")
# Written beside reading.py's on purpose: a test must not ask the code what is right.
FICTIONAL = re.compile(r"(?:1-8\d\d-|\d{3}-)555-01\d\d")
BARE = '[[organization]]\nkey = "a"\nname = "A"\n'
SERVICE = '[[organization.service]]\nkey = "s"\nname = "S"\nneeds = ["food"]\n'


@pytest.fixture
def demo(db: None) -> int:
    """The set of this project, loaded."""
    return load_demo(folder=FOLDER, today=TODAY, viewer=VISITOR)


def _snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every row of the directory, without the moments at which rows were written, and without numbers that count on."""
    told = {}
    for model in apps.get_app_config("directory").get_models():
        counted = {"id"} if isinstance(model._meta.pk, AutoField) else set()
        told[model._meta.db_table] = [
            {name: value for name, value in row.items() if name not in {"last_modified", *counted}}
            for row in model._default_manager.order_by("pk").values()
        ]
    return told


def _written(folder: Path, text: str) -> Path:
    (folder / "some.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_fresh_clone_shows_services_in_every_province_and_territory(demo: int) -> None:
    told = set(Listing.objects.exclude(point=None).values_list("province", flat=True))
    assert told == set(PROVINCES)
    assert demo == Service.objects.count() >= 60
    assert Listing.objects.filter(reach="country").exists()


def test_every_record_and_listing_is_marked_as_a_demonstration(demo: int) -> None:
    assert set(Service.objects.values_list("publisher__is_demo", flat=True)) == {True}
    assert not Listing.objects.filter(is_demo=False).exists()
    assert all(page.en["source"]["is_demo"] for page in ListingPage.objects.all())


def test_a_second_run_adds_nothing_and_changes_nothing(demo: int) -> None:
    Service.objects.filter(pk=Service.objects.order_by("pk")[0].pk).update(name="Edited by hand")
    before, entries = _snapshot(), AuditEntry.objects.count()
    assert load_demo(folder=FOLDER, today=date(2027, 1, 1), viewer=VISITOR) == 0
    assert _snapshot() == before
    assert AuditEntry.objects.count() == entries


def test_two_clones_get_the_very_same_rows(demo: int) -> None:
    before = _snapshot()
    Organization.objects.all().delete()
    apps.get_model("directory", "Attribute").objects.filter(publisher="demo").delete()
    Listing.objects.all().delete()
    ListingPage.objects.all().delete()
    load_demo(folder=FOLDER, today=TODAY, viewer=VISITOR)
    assert _snapshot() == before


def test_loading_leaves_one_audit_entry_with_its_counts(demo: int) -> None:
    entry = AuditEntry.objects.get(action="load_demo")
    assert entry.facts() == {"organizations": Organization.objects.count(), "services": demo}


def test_no_phone_of_the_demonstration_can_ring_anywhere(demo: int) -> None:
    numbers = set(Phone.objects.values_list("number", flat=True))
    assert numbers
    assert [n for n in numbers if not FICTIONAL.fullmatch(n)] == []


def test_no_address_of_the_demonstration_can_be_reached_by_mail_or_web(demo: int) -> None:
    texts = [
        str(value)
        for model in (Organization, Service, Location, Phone)
        for row in model._default_manager.values()
        for value in row.values()
    ]
    hosts = {host for text in texts for host in HOST.findall(text)}
    assert hosts
    assert [h for h in hosts if not h.endswith(".example")] == []


@pytest.mark.promise(1)
def test_a_protected_demo_place_has_neither_street_nor_point_in_any_table(demo: int) -> None:
    protected = Location.objects.filter(is_protected=True).select_related("area")
    assert protected.count() >= 8
    assert not Address.objects.filter(location__is_protected=True).exists()
    for place in protected:
        assert (place.latitude, place.longitude, place.placed_by) == (None, None, PlacedBy.AREA)
        assert (place.name, place.community) == ("", None)
        for listing in Listing.objects.filter(id__in=place.services.values("id")):
            area = (place.area.longitude, place.area.latitude)
            assert listing.point.coords == pytest.approx(area)
            assert not listing.has_exact_point
            assert ListingPage.objects.get(pk=listing.pk).en["address"] == []


def test_every_protected_service_says_how_its_address_is_given(demo: int) -> None:
    services = Service.objects.filter(sites__location__is_protected=True)
    assert all("address is given when you call" in s.application_process for s in services)
    assert all("adresse vous est donnée" in s.application_process_fr for s in services)


def test_no_service_was_checked_in_the_future_and_some_never_were(demo: int) -> None:
    days = list(Service.objects.values_list("assured_date", flat=True))
    assert None in days
    assert all(day < TODAY for day in days if day is not None)


def test_hours_differ_as_they_do_in_life(demo: int) -> None:
    weeks = [page.en["week"] for page in ListingPage.objects.all()]
    assert any(week["always"] for week in weeks)
    assert any(not week["stated"] for week in weeks)
    assert any(closes > 1440 for week in weeks for _, _, closes in week["spans"])


def test_some_french_is_missing_and_nothing_is_hidden_for_it(demo: int) -> None:
    lacking = Service.objects.filter(description_fr="").exclude(description="")
    assert 2 <= lacking.count() <= 4
    for service in lacking:
        page = ListingPage.objects.filter(
            pk__in=Listing.objects.filter(service_id=service.pk).values("pk")
        ).first()
        assert page is not None
        assert (page.fr["description"], page.fr["description_lang"]) == (service.description, "en")


def test_a_site_for_real_people_refuses_it_through_every_door(db: None, settings: Any) -> None:
    settings.ALLOWS_DEMO = False
    with pytest.raises(DemoRefused, match="refused"):
        load_demo(folder=FOLDER, today=TODAY, viewer=VISITOR)
    with pytest.raises(CommandError, match="refused"):
        call_command("load_demo")
    assert not User.objects.exists()
    assert not Publisher.objects.filter(slug="demo").exists()


@pytest.fixture
def password_file(settings: Any, tmp_path: Path) -> Path:
    """Where the demo people's password is kept: not in the clone that runs the tests."""
    settings.DEMO_PASSWORD_FILE = tmp_path / "demo-password"
    return tmp_path / "demo-password"


def test_the_command_says_what_it_did(db: None, password_file: Path) -> None:
    first, second = StringIO(), StringIO()
    call_command("load_demo", "--small", stdout=first)
    call_command("load_demo", "--small", stdout=second)
    assert re.fullmatch(r"demo: \d+ services loaded\n", first.getvalue())
    assert second.getvalue() == "demo: nothing to add\n"


def test_the_folder_of_the_password_is_made_where_there_is_none(
    db: None, settings: Any, tmp_path: Path
) -> None:
    settings.DEMO_PASSWORD_FILE = tmp_path / "not" / "yet" / "demo-password"
    call_command("load_demo", "--small", stdout=StringIO())
    assert settings.DEMO_PASSWORD_FILE.stat().st_size > 20
    assert settings.DEMO_PASSWORD_FILE.parent.stat().st_mode & 0o777 == 0o700


def test_a_password_that_cannot_be_kept_is_said_before_anything_is_loaded(
    db: None, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    settings.DEMO_PASSWORD_FILE = tmp_path / "file" / "demo-password"
    with pytest.raises(CommandError, match="can't be kept in"):
        call_command("load_demo", "--small", stdout=StringIO())
    assert not Organization.objects.exists()


def test_the_command_alone_makes_the_demo_people_once_with_their_second_factors(
    db: None, password_file: Path
) -> None:
    call_command("load_demo", "--small", stdout=StringIO())
    people = User.objects.filter(email__endswith="@demo.invalid")
    assert set(people.values_list("email", flat=True)) == set(demo_emails())
    assert Authenticator.objects.filter(user__in=people, type="totp").count() == 9
    assert all(user.check_password(password_file.read_text().strip()) for user in people[:1])
    call_command("load_demo", "--small", stdout=StringIO())
    assert people.count() == 9


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("organization = [", "some.toml"),
        (BARE, "missing service"),
        (BARE + 'colour = "red"\n' + SERVICE + 'reach = "country"', "unknown colour"),
        (BARE + 'phones = [{ number = "613-555-01" }]\n' + SERVICE + 'reach = "country"', "555-01XX"),
        (BARE + 'website = "https://a.invalid"\n' + SERVICE + 'reach = "country"', r"\.example"),
        (BARE + SERVICE, "needs a place"),
        (BARE + SERVICE + 'places = ["house"]', "no place house"),
        (BARE + SERVICE + 'reach = "country"\nhours = ["nine to five"]', "hours 'nine to five'"),
        (BARE + SERVICE + 'reach = "country"\nchecked_days_ago = 0', "counts from 1"),
        (BARE + SERVICE + 'reach = "country"\nlanguages = "eng"', "languages is not of the right type"),
        (BARE + 'service = "food"', "service is not of the right type"),
        ('organization = "A"', "organization is not of the right type"),
        (
            BARE + SERVICE + 'reach = "country"\n' + SERVICE + 'reach = "country"',
            "service s stands there twice",
        ),
    ],
)
def test_a_bad_demo_file_is_refused_with_where_and_why(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(DemoFault, match=reason):
        read_demo(_written(tmp_path, text))


def test_a_street_of_a_protected_place_is_refused_before_any_database(tmp_path: Path) -> None:
    place = '[[organization.place]]\nkey = "p"\ncommunity = "Winnipeg, MB"\nis_protected = true\n'
    with pytest.raises(DemoFault, match="neither street nor point"):
        read_demo(_written(tmp_path, BARE + place + 'address_1 = "12 Example Street"\n' + SERVICE))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ('reach = "country"\nlanguages = ["xyz"]', "unknown language: xyz"),
        ('places = ["p"]', "unknown community: Nowhere, MB"),
    ],
)
def test_an_unknown_word_or_community_is_refused_and_leaves_nothing(
    db: None, tmp_path: Path, more: str, reason: str
) -> None:
    place = '[[organization.place]]\nkey = "p"\ncommunity = "Nowhere, MB"\n' if "places" in more else ""
    with pytest.raises(DemoFault, match=reason):
        load_demo(folder=_written(tmp_path, BARE + place + SERVICE + more), today=TODAY, viewer=VISITOR)
    assert not Organization.objects.exists()
    assert not Publisher.objects.filter(slug="demo").exists()


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("24/7", DemoHours("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")),
        ("MO-WE 09:00-17:00", DemoHours("MO,TU,WE", "09:00", "17:00")),
        ("TH,SA-SU 20:00-02:00", DemoHours("TH,SA,SU", "20:00", "02:00")),
        ("intake: MO 09:00-17:00", DemoHours("MO", "09:00", "17:00", hours_of="intake")),
        ("2SA 10:00-12:00", DemoHours("2SA", "10:00", "12:00", freq="MONTHLY")),
    ],
)
def test_hours_are_written_short_and_read_as_hsds(written: str, hours: DemoHours) -> None:
    assert weekly_hours(written) == hours


def test_the_set_is_bilingual_and_covers_the_kinds_people_look_for() -> None:
    organizations: list[DemoOrganization] = read_demo(FOLDER)
    services = [s for o in organizations for s in o.service]
    wanted = {
        "emergency_shelter",
        "second_stage",
        "youth_housing",
        "healing_centre",
        "drop_in",
        "crisis_line",
    }
    wanted |= {"legal_advice", "immigration_advice", "labour_rights", "primary_care", "sexual_assault_care"}
    wanted |= {"food", "interpretation", "identity_documents", "peer_support", "exit_program"}
    assert len(organizations) >= 30
    assert wanted <= {need for s in services for need in s.needs}
    assert sum(bool(s.description_fr) for s in services) >= len(services) - 4


def test_every_kind_that_is_protected_by_default_stands_at_a_protected_place() -> None:
    terms = tomllib.loads((settings.FIXTURES / "vocabulary/needs.toml").read_text(encoding="utf-8"))["term"]
    kinds = {t["slug"] for t in terms if t.get("protected_by_default")}
    exposed = [
        (o.key, p.key)
        for o in read_demo(FOLDER)
        for p in o.place
        for s in o.service
        if p.key in s.places and kinds & set(s.needs) and not p.is_protected
    ]
    assert exposed == []
