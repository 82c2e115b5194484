"""What a worker heard when she asked: it waits for the keeper, changes nothing by itself, and only ever widens."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from directory.actions.refused import Refused
from directory.actions.table_facts_stored import store_facts
from directory.actions.tell_answer import decide_answer, tell_answer
from directory.models.field_source import FieldSource
from directory.models.listing import Listing
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from directory.models.told_answer import ToldAnswer
from directory.rules.eligibility_terms import DIMENSIONS, Fact
from directory.rules.told import TELLABLE, can_be_told, open_terms
from safety.audit import AuditEntry
from safety.viewer import Tier, Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.read_model import read_model
from tests.directory.vetted_cast import decided, employed

NOW = timezone.now()


@pytest.fixture
def shelter(make_service: MakeService, steward: User) -> Service:
    """A listing whose organization is let in."""
    service = make_service("Birch shelter", needs=["emergency_shelter"])
    decided(service.organization, steward)
    return service


@pytest.fixture
def worker(shelter: Service, navigator: User, steward: User) -> Viewer:
    """A worker of another vetted organization."""
    house = Organization.objects.create(publisher=shelter.publisher, name="Alder House")
    decided(house, steward)
    employed(navigator, house)
    return Viewer(user=navigator.pk, organization=house.pk, tier=Tier.VETTED)


@pytest.fixture
def keeps(shelter: Service, keeper: User) -> Viewer:
    """Who keeps the listing."""
    employed(keeper, shelter.organization, Role.KEEPER)
    return Viewer(user=keeper.pk, organization=shelter.organization_id, tier=Tier.VETTED)


def told(shelter: Service, worker: Viewer, term: str = "pet") -> ToldAnswer:
    return tell_answer(service=shelter.pk, dimension="with", term=term, viewer=worker, now=NOW)


def page(answer: HttpResponse) -> str:
    return answer.content.decode()


@given(st.sampled_from([(d.slug, t.slug) for d in DIMENSIONS.values() for t in d.terms]), st.booleans())
def test_only_what_widens_and_is_not_stated_can_be_told(pair: tuple[str, str], stated: bool) -> None:
    dimension, term = pair
    assert can_be_told(dimension, term, []) == (dimension in TELLABLE)
    said = [Fact(dimension, term, stated=stated)]
    assert not can_be_told(dimension, term, said)
    assert pair not in open_terms(said)


def test_it_waits_and_changes_nothing_until_the_keeper_confirms(
    shelter: Service, worker: Viewer, keeps: Viewer
) -> None:
    ServiceFact.objects.create(service=shelter, dimension="gender", term="woman", stated=True)
    before = read_model()
    answer = told(shelter, worker)
    assert told(shelter, worker).pk == answer.pk
    assert read_model() == before
    decide_answer(answer=answer.pk, is_right=True, viewer=keeps, now=NOW)
    stated = ServiceFact.objects.filter(service=shelter).order_by("dimension")
    assert list(stated.values_list("dimension", "term", "stated")) == [
        ("gender", "woman", True),
        ("with", "pet", True),
    ]
    assert read_model() != before
    actions = AuditEntry.objects.filter(subject_id=shelter.pk).order_by("at", "id")
    assert [row.action for row in actions] == ["tell_answer", "decide_answer", "state_facts"]
    with pytest.raises(Refused):
        decide_answer(answer=answer.pk, is_right=False, viewer=keeps, now=NOW)


def test_what_is_put_aside_states_nothing(shelter: Service, worker: Viewer, keeps: Viewer) -> None:
    answer = told(shelter, worker)
    decide_answer(answer=answer.pk, is_right=False, viewer=keeps, now=NOW)
    assert not ServiceFact.objects.exists()


def test_nobody_else_decides(shelter: Service, worker: Viewer, intake: User) -> None:
    answer = told(shelter, worker)
    employed(intake, shelter.organization, Role.WORKER)
    mine = Viewer(user=intake.pk, organization=shelter.organization_id, tier=Tier.VETTED)
    for viewer in (worker, mine, Viewer()):
        with pytest.raises(PermissionDenied):
            decide_answer(answer=answer.pk, is_right=True, viewer=viewer, now=NOW)
    employed(intake, Organization.objects.get(pk=worker.organization), Role.KEEPER)
    other = Viewer(user=intake.pk, organization=worker.organization, tier=Tier.VETTED)
    with pytest.raises(Refused):
        decide_answer(answer=answer.pk, is_right=True, viewer=other, now=NOW)


def test_only_workers_who_are_let_in_tell_and_only_of_what_is_listed(
    shelter: Service, worker: Viewer
) -> None:
    for viewer in (Viewer(), Viewer(user=worker.user, organization=worker.organization, tier=Tier.PUBLIC)):
        with pytest.raises(PermissionDenied):
            told(shelter, viewer)
    for service, dimension, term in (
        (uuid4(), "with", "pet"),
        (shelter.pk, "with", "dragon"),
        (shelter.pk, "status", "none"),
        (shelter.pk, "", ""),
    ):
        with pytest.raises(Refused):
            tell_answer(service=service, dimension=dimension, term=term, viewer=worker, now=NOW)
    assert not ToldAnswer.objects.exists()


def test_who_serves_can_not_rewrite_what_was_heard(shelter: Service, worker: Viewer) -> None:
    answer = told(shelter, worker)
    with pytest.raises(DatabaseError), transaction.atomic():
        ToldAnswer.objects.filter(pk=answer.pk).update(term="partner")


def test_it_is_told_at_the_listing_and_confirmed_in_one_tap(
    shelter: Service, worker: Viewer, keeps: Viewer, navigator: User, keeper: User, sign_in: SignIn
) -> None:
    key = Listing.objects.get(service_id=shelter.pk).pk
    client = sign_in(navigator)
    assert f'action="/en/desk/answers/tell/{shelter.pk}/"' in page(client.get(f"/en/desk/listing/{key}/"))
    sent = {"answer": "with:pet", "listing": str(key)}
    thanks = client.post(f"/en/desk/answers/tell/{shelter.pk}/", sent, follow=True)
    assert "once their keeper confirms it" in page(thanks)
    answer = ToldAnswer.objects.get()
    client = sign_in(keeper)
    assert 'href="/en/desk/answers/"' in page(client.get("/en/desk/"))
    assert "Who can come along: A pet" in page(client.get("/en/desk/answers/"))
    done = client.post(f"/en/desk/answers/{answer.pk}/", {"is_right": "yes"}, follow=True)
    assert "It is stated now." in page(done)
    assert "Nothing waits to be confirmed." in page(done)
    assert ServiceFact.objects.get(service=shelter).term == "pet"


def test_a_confirmed_answer_confirms_that_fact_and_no_other(
    shelter: Service, worker: Viewer, keeps: Viewer
) -> None:
    ServiceFact.objects.create(service=shelter, dimension="gender", term="woman", stated=True)
    answer = told(shelter, worker)
    decide_answer(answer=answer.pk, is_right=True, viewer=keeps, now=NOW)
    sources = FieldSource.objects.filter(entity="service", record_id=shelter.pk)
    assert list(sources.values_list("field", flat=True)) == ["with:pet"]
    feed = (Fact("gender", "man"), Fact("with", "pet", stated=False))
    assert store_facts({shelter.pk: feed}) == {shelter.pk}
    rows = ServiceFact.objects.filter(service=shelter).order_by("dimension", "term")
    assert [(row.dimension, row.term, row.stated) for row in rows] == [
        ("gender", "man", True),
        ("with", "pet", True),
    ]
    assert store_facts({shelter.pk: feed}) == set(), "the same again changes nothing"
