"""What everybody reads of a listing a worker reads too: a notice at its top, and that a number is being checked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from directory.actions.project_listings import project_services
from directory.models.listing import Listing
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.rules.change_states import State
from directory.rules.holding import Hold
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

NOTICE = "Flooded until Friday: call first."
CHECKED = "A change is being checked: telephone number."


@pytest.fixture
def flooded(make_service: MakeService, keeper: User) -> Service:
    """A service with a notice, and a new number that waits for a call-back."""
    made = make_service("Drop-in", needs=["legal_advice"])
    Service.objects.filter(pk=made.pk).update(alert=NOTICE)
    ProposedChange.objects.create(
        organization=made.organization,
        service=made,
        task="contact",
        before={"phones": []},
        after={"phones": []},
        hold=Hold.CALL,
        state=State.HELD,
        made_by=keeper,
        made_at=timezone.now() - timedelta(hours=1),
    )
    project_services([made.pk])
    return made


def test_a_worker_reads_the_notice_and_what_is_being_checked(
    flooded: Service, navigator: User, sign_in: SignIn, visitor: RoleClient
) -> None:
    desk = sign_in(navigator)
    listing = Listing.objects.get(service_id=flooded.pk).pk
    public = visitor.get(f"/en/listing/{listing}/").content.decode()
    for told in (public, desk.get(f"/en/desk/listing/{listing}/").content.decode()):
        assert NOTICE in told
        assert CHECKED in told


def test_the_sheet_of_the_desk_bears_the_notice(flooded: Service, navigator: User, sign_in: SignIn) -> None:
    desk = sign_in(navigator)
    found = desk.post("/en/desk/find/", {"near": "Kingston, ON"})["Location"]
    assert NOTICE in desk.get(f"{found}1/sheet/").content.decode()
