"""What was done, in words: leads read their part and no more, stewards all of it."""

import ast
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from config.settings.environment import ROOT
from directory.actions.assure_service import assure_service
from directory.finding.trail import A_PAGE, of_all, of_organization
from directory.models.membership import Role
from directory.models.phone import Phone
from safety import audit
from safety.acts import ACTS
from safety.viewer import VISITOR, Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, moment, second
from tests.directory.test_invitations import prove_again
from tests.roles import RoleClient

__all__ = ["house", "second"]


def write(viewer: Viewer, action: str, kind: str, subject: object, **facts: str) -> None:
    """An entry of the trail, as an action writes it."""
    with transaction.atomic():
        audit.record(viewer, action=action, subject_type=kind, subject_id=subject, details=facts)  # type: ignore[arg-type]  # any id


@pytest.fixture
def lead(house: House, navigator: User) -> User:
    """Somebody who leads the clinic's organization."""
    employ(navigator, house.organization, Role.LEAD)
    return navigator


def test_what_has_no_words_is_not_recorded(db: None) -> None:
    with transaction.atomic(), pytest.raises(ValueError, match=r"safety/acts\.py"):
        audit.record(VISITOR, action="do_something", subject_type="service")


def proved(desk: RoleClient) -> RoleClient:
    """Whoever signed in, having shown once more who it is."""
    prove_again(desk)
    return desk


def _named(path: Path) -> set[str]:
    """Acts that a module names where it records."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            told = [word.value for word in node.keywords if word.arg == "action"]
            if name in {"_record", "_decide", "record_change"}:
                told += node.args
            found |= {
                one.value for one in told if isinstance(one, ast.Constant) and isinstance(one.value, str)
            }
    return {one for one in found if one.isidentifier()}


def test_whatever_an_action_records_has_words() -> None:
    """Words that nobody records would mislead those who read this list."""
    folders = [ROOT / "cms", ROOT / "directory", ROOT / "accounts", ROOT / "safety"]
    paths = [path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts]
    named = set().union(*map(_named, paths)) - {"store_true"}
    assert named - set(ACTS) == set()
    text = "".join(path.read_text() for path in paths if path.name != "acts.py")
    assert [act for act in ACTS if f'"{act}"' not in text] == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "A listing was confirmed in a talk"), ("fr", "confirmée de vive voix")]
)
def test_a_lead_reads_what_a_steward_did_and_not_who(
    language: str, words: str, house: House, lead: User, steward: User, sign_in: SignIn
) -> None:
    assure_service(service_id=house.service.pk, on=moment().date(), viewer=Viewer(user=steward.pk))
    address = {"en": "/en/desk/organization/done/", "fr": "/fr/bureau/organisme/fait/"}[language]
    page = proved(sign_in(lead)).get(address).text
    assert words in page
    assert "Clinic" in page
    assert steward.email not in page
    assert ("a steward of Relais" if language == "en" else "l’équipe de Relais") in page


def test_a_lead_reads_what_her_people_did_by_name(
    house: House, lead: User, keeper: User, sign_in: SignIn
) -> None:
    house.change({"service.fees_description": "Free."})
    page = proved(sign_in(lead)).get(reverse("trail")).text
    assert keeper.email in page
    assert "A change was written" in page


def test_records_that_hang_on_hers_are_hers(house: House) -> None:
    phone, site = Phone.objects.get(), house.service.sites.get()
    steward = house.steward
    for kind, subject in (
        ("phone", phone.pk),
        ("location", site.location_id),
        ("service_at_location", site.pk),
        ("organization", house.organization.pk),
    ):
        write(steward, "edit_record", kind, subject, fields="name")
    write(steward, "edit_record", "phone", uuid4())
    write(steward, "edit_record", "service", phone.pk)
    told = of_organization(house.organization.pk).entries
    assert sorted(one.subject_type for one in told) == sorted(
        ["location", "organization", "phone", "service_at_location"]
    )


def test_what_others_do_and_what_is_for_stewards_alone_is_not_told_to_leads(
    house: House, lead: User, make_service: MakeService, sign_in: SignIn
) -> None:
    other = make_service("Other clinic")
    for viewer, action, kind, subject in (
        (house.steward, "hold_approval", "organization", house.organization.pk),
        (house.steward, "judge_safety_report", "organization", house.organization.pk),
        (house.keeper, "read_safety_report", "safety_report", uuid4()),
        (house.steward, "assure_service", "service", other.pk),
        (Viewer(user=uuid4(), organization=other.organization_id), "report_beds", "service", other.pk),
    ):
        write(viewer, action, kind, subject)
    assert of_organization(house.organization.pk).entries == []
    assert "Nothing was done here yet" in proved(sign_in(lead)).get(reverse("trail")).text


def test_whoever_reads_a_protected_street_is_seen_by_its_organization(house: House) -> None:
    site = house.service.sites.get()
    write(house.steward, "read_protected_address", "location", site.location_id)
    assert [one.action for one in of_organization(house.organization.pk).entries] == [
        "read_protected_address"
    ]


def test_only_leads_and_stewards_read_it(
    house: House, keeper: User, lead: User, steward: User, sign_in: SignIn
) -> None:
    assert sign_in(keeper).get(reverse("trail")).status_code == 403
    assert sign_in(keeper).get(reverse("review_trail")).status_code == 403
    assert sign_in(lead).get(reverse("review_trail")).status_code == 403
    assert proved(sign_in(steward)).get(reverse("trail")).status_code == 404
    desk = sign_in(steward)
    assert desk.get(reverse("review_trail")).status_code == 302
    prove_again(desk)
    assert desk.get(reverse("review_trail")).status_code == 200


def test_stewards_narrow_it(house: House, steward: User, keeper: User, sign_in: SignIn) -> None:
    write(house.steward, "assure_service", "service", house.service.pk)
    write(house.steward, "load_places", "place", None)
    write(house.keeper, "report_beds", "service", uuid4())
    desk = sign_in(steward)
    prove_again(desk)
    url = reverse("review_trail")
    page = desk.get(url).text
    assert page.index("Beds of today") < page.index("Places were loaded") < page.index("in a talk")
    assert keeper.email in page
    assert "Places were loaded" not in desk.get(url, {"group": "listings"}).text
    about = desk.get(url, {"subject": str(house.service.pk)}).text
    assert "in a talk" in about
    assert "Beds of today" not in about
    assert "Nothing was done" in desk.get(url, {"until": "2001-01-01"}).text
    assert desk.get(url, {"until": "soon"}).status_code == 400
    for before in (
        "\x00nonsense_",
        f"0001-01-01T00:00:00+14:00_{uuid4()}",
        f"9999-12-31T23:59:59-12:00_{uuid4()}",
    ):
        assert desk.get(url, {"before": before}).status_code == 200
    assert desk.get(url, {"group": "no such"}).status_code == 400


def test_a_page_ends_and_the_next_goes_on(house: House, lead: User, sign_in: SignIn) -> None:
    for _number in range(A_PAGE + 3):
        write(house.steward, "assure_service", "service", house.service.pk)
    first = of_organization(house.organization.pk)
    assert first.older
    rest = of_organization(house.organization.pk, first.older)
    assert len(first.entries) == A_PAGE
    assert len(rest.entries) == 3
    assert rest.older is None
    assert len({one.pk for one in (*first.entries, *rest.entries)}) == A_PAGE + 3
    stewards = of_all(first.older, subject=house.service.pk)
    assert [one.pk for one in stewards.entries] == [one.pk for one in rest.entries]
    page = proved(sign_in(lead)).get(reverse("trail")).text
    link = page.split('href="?before=')[1].split('"')[0]
    again = proved(sign_in(lead)).get(f"{reverse('trail')}?before={link}")
    assert again.text.count("in a talk") == 3
