"""What everybody reads of a listing a worker reads too: a notice at its top, and that a number is being checked."""

import re
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

DAILY = "MO,TU,WE,TH,FR,SA,SU"
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


def test_a_worker_reads_of_what_is_near_and_closed_then_and_stays_at_the_desk(
    make_service: MakeService, navigator: User, sign_in: SignIn
) -> None:
    make_service("Near", hours=[(DAILY, "09:00", "10:00")])
    make_service("Far", "Toronto, ON", hours=[(DAILY, "02:00", "04:00")])
    asked = {"near": "Kingston, ON", "open": "2026-12-01T03:00:00-05:00"}
    told = sign_in(navigator).post("/en/desk/find/", asked, follow=True).content.decode()
    assert "This one is nearer and may fit, but it is closed then:" in told
    block = told.split("closed then:")[1].split("</form>")[0]
    assert 'action="/en/desk/find/"' in block
    assert re.findall(r'href="(/en/[a-z]+/)', block) == ["/en/desk/"]


def test_a_worker_reads_where_the_one_is_who_speaks_the_language(
    make_service: MakeService, navigator: User, sign_in: SignIn
) -> None:
    make_service("Near")
    make_service("Speaking", "Toronto, ON", languages=["tir"])
    asked = {"near": "Kingston, ON", "language": "tir"}
    told = sign_in(navigator).post("/en/desk/find/", asked, follow=True).content.decode()
    line = told.split("The nearest of these:")[1].split("</p>")[0]
    assert "Speaking" in line
    assert re.findall(r'href="(/en/[a-z]+/)', line) == ["/en/desk/"]
