"""Two who confirm at the same moment, on connections of their own: each listing is changed once, by one of them."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from accounts.models import User
from directory.actions.keep_sheet import Confirmed, confirm_sheet, keep_sheet
from directory.actions.refused import Refused
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.proposed_change import ProposedChange
from directory.models.publisher import Publisher
from directory.models.service import Service
from directory.rules.sheet_rows import Looked, Offer
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.directory.profiles import let_in, moment
from tests.safety.together import run_together


@pytest.fixture
def service(cloned_database: str) -> Service:
    """A listing, where commits are real."""
    publisher = Publisher.objects.create(slug="list", name="list")
    organization = Organization.objects.create(publisher=publisher, name="House")
    stewards = [User.objects.create_user(f"{name}@relais.example", is_staff=True) for name in ("sam", "tove")]
    let_in(organization, *stewards)
    return Service.objects.create(publisher=publisher, organization=organization, name="Table")


def _keeper(name: str, service: Service) -> Viewer:
    user = User.objects.create_user(f"{name}@relais.example", "correct horse battery")
    began = moment() - timedelta(days=1)
    Membership.objects.create(
        user=user, organization_id=service.organization_id, role=Role.KEEPER, began_at=began
    )
    return Viewer(user=user.pk, organization=service.organization_id)


def _draft(viewer: Viewer, service: Service, cost: str) -> UUID:
    assert viewer.organization is not None
    key = "service.fees_description"
    offer = Offer(2, str(service.pk), {key: ""}, {key: cost})
    kept = keep_sheet(
        organization=viewer.organization,
        looked=Looked([offer], [], 0),
        letters={},
        unknown=[],
        viewer=viewer,
        now=moment(),
    )
    return UUID(str(kept.pk))


def _confirm(draft: UUID, viewer: Viewer, done: list[Confirmed]) -> None:
    done.append(confirm_sheet(draft=draft, viewer=viewer, now=moment()))


def test_one_upload_that_is_confirmed_four_times_at_once_is_done_once(service: Service) -> None:
    kim = _keeper("kim", service)
    draft = _draft(kim, service, "Free.")
    done: list[Confirmed] = []
    faults = run_together(*[partial(_confirm, draft, kim, done) for _time in range(4)])
    assert [type(fault) for fault in faults] == [Refused] * 3
    assert len(done) == 1
    assert ProposedChange.objects.count() == 1
    assert AuditEntry.objects.filter(action="confirm_sheet").count() == 1


def test_of_two_people_with_one_listing_the_second_is_told(service: Service) -> None:
    people = [(_keeper(name, service), cost) for name, cost in (("kim", "Free."), ("kai", "Five dollars."))]
    drafts = [(_draft(viewer, service, cost), viewer) for viewer, cost in people]
    done: list[Confirmed] = []
    assert run_together(*[partial(_confirm, draft, viewer, done) for draft, viewer in drafts]) == []
    assert sorted((len(one.made), len(one.left)) for one in done) == [(0, 1), (1, 0)]
    made = ProposedChange.objects.get()
    service.refresh_from_db()
    assert service.fees_description == made.after["service.fees_description"]
