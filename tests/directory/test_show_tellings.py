"""What an organization signed about police, immigration and child protection stands on its listings."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from directory.actions.project_listings import project_services, rebuild_listings
from directory.actions.show_tellings import end_old_tellings
from directory.actions.vet_organization import Proposal, agree_to_vetting, decide_vetting
from directory.models.listing import ListingPage
from directory.models.organization import Organization
from directory.models.organization_telling import OrganizationTelling
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from directory.models.vetting_application import VettingApplication
from directory.rules.standing import Kind, Standing, last_day
from directory.rules.vetting import SIGNED_FOR
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.directory.conftest import MakeService
from tests.directory.vetting import by, sent
from tests.directory.vetting_cast import application, otto, road, second
from tests.roles import RoleClient

__all__ = ["application", "otto", "road", "second"]


@pytest.fixture
def clinic(road: Organization, make_service: MakeService) -> Service:
    """A service of the organization that applies."""
    made = make_service("Clinic")
    Service.objects.filter(pk=made.pk).update(organization=road)
    project_services([made.pk])
    return made


def let_in(road: Organization, steward: User, second: User, days: int = 1000) -> None:
    """Two stewards let it in, from now on for so many days."""
    now = timezone.now()
    proposal = Proposal(Standing.APPROVED, Kind.COMMUNITY, "Yes.", until=last_day(now) + timedelta(days=days))
    made = decide_vetting(organization=road.pk, proposal=proposal, viewer=by(steward), now=now)
    agree_to_vetting(decision=made.pk, viewer=by(second), now=timezone.now())


def page(visitor: RoleClient, clinic: Service, language: str = "en") -> str:
    """The listing as a visitor reads it."""
    site = clinic.sites.get()
    return visitor.get(f"/{language}/{'listing' if language == 'en' else 'fiche'}/{site.pk}/").text


def test_it_is_shown_once_two_stewards_agreed(
    clinic: Service,
    application: VettingApplication,
    road: Organization,
    steward: User,
    second: User,
    visitor: RoleClient,
) -> None:
    assert "What police are told" not in page(visitor, clinic)
    let_in(road, steward, second)
    told = page(visitor, clinic)
    assert "What police are told" in told
    assert "Only if you agree" in told
    assert "Signed by the organization on" in told
    assert "Signé par l’organisme le" in page(visitor, clinic, "fr")
    stored = list(ListingPage.objects.values_list("en", "fr"))
    rebuild_listings()
    assert list(ListingPage.objects.values_list("en", "fr")) == stored


def test_a_listing_that_tells_more_goes_on_saying_so(
    clinic: Service,
    application: VettingApplication,
    road: Organization,
    steward: User,
    second: User,
    visitor: RoleClient,
) -> None:
    ServiceFact.objects.create(service=clinic, dimension="tells_police", term="routinely", stated=True)
    let_in(road, steward, second)
    told = page(visitor, clinic)
    assert "Only if you agree" not in told
    assert told.count("Signed by the organization on") == 2


@pytest.mark.parametrize("outcome", [Standing.SUSPENDED, Standing.EXPIRED])
def test_its_word_ends_with_its_standing(
    outcome: Standing,
    clinic: Service,
    application: VettingApplication,
    road: Organization,
    steward: User,
    second: User,
    visitor: RoleClient,
) -> None:
    let_in(road, steward, second)
    proposal = Proposal(outcome, Kind.COMMUNITY, "No.")
    decide_vetting(organization=road.pk, proposal=proposal, viewer=by(steward), now=timezone.now())
    assert "What police are told" not in page(visitor, clinic)


def test_its_word_ends_with_its_year_and_a_warning_does_not(
    clinic: Service, otto: Viewer, road: Organization, steward: User, second: User, visitor: RoleClient
) -> None:
    sent(otto, timezone.now() - timedelta(hours=1), tells_immigration="routinely")
    let_in(road, steward, second)
    day = last_day(timezone.now())
    assert end_old_tellings(day + SIGNED_FOR - timedelta(days=1)) == 0
    assert "What police are told" in page(visitor, clinic)
    assert end_old_tellings(day + SIGNED_FOR + timedelta(days=2)) == 1
    assert end_old_tellings(day + SIGNED_FOR + timedelta(days=2)) == 0
    told = page(visitor, clinic)
    assert "What police are told" not in told
    assert "What immigration officials are told" in told
    assert AuditEntry.objects.get(action="end_tellings").subject_id == road.pk
    assert OrganizationTelling.objects.get().term == "routinely"


def test_its_word_ends_with_what_lets_it_in_where_that_comes_first(
    clinic: Service, application: VettingApplication, road: Organization, steward: User, second: User
) -> None:
    let_in(road, steward, second, days=30)
    day = last_day(timezone.now())
    assert end_old_tellings(day + timedelta(days=30)) == 0
    assert end_old_tellings(day + timedelta(days=31)) == 1
