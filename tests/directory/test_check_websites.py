"""Websites that lead nowhere: looked at once a week where an operator wants it, told to stewards and keeper alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import User
from config.settings import base, local
from directory.actions import check_websites as checking
from directory.actions.check_websites import check_websites
from directory.actions.reach_website import Looker
from directory.models.listing import Listing
from directory.models.organization import Organization
from directory.models.service import Service
from directory.models.url import Url
from directory.models.website_check import WebsiteCheck
from directory.rules.websites import FAILURES, Verdict
from directory.views.queues import lines
from safety.audit import AuditEntry
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, house, moment, second
from tests.directory.read_model import read_model
from tests.directory.test_invitations import prove_again
from tests.roles import role

__all__ = ["house", "second"]
GONE, WELL = "https://gone.ca/clinic", "https://well.ca"


class Web:
    """What stands where; `asked` is what was looked at."""

    def __init__(self, **verdicts: Verdict) -> None:
        self.verdicts, self.asked = {GONE: Verdict.FAILED} | verdicts, list[str]()

    def look(self, url: str) -> Verdict:
        """What is found there."""
        self.asked.append(url)
        return self.verdicts.get(url, Verdict.ANSWERED)


@pytest.fixture(autouse=True)
def wanted(settings: Any) -> None:
    """An operator turned it on."""
    settings.CHECK_WEBSITES = True


@pytest.fixture
def web(house: House, make_service: MakeService) -> Web:
    """The clinic's website is gone; another's is well."""
    Service.objects.filter(pk=house.service.pk).update(url=GONE)
    make_service("Food bank", url=WELL)
    return Web()


def on_days(web: Web, count: int, every: int = 2) -> None:
    """Looked at on so many days."""
    for day in range(count):
        check_websites(moment() + timedelta(days=day * every), web.look)


def test_off_unless_somebody_wants_it(web: Web, settings: Any) -> None:
    settings.CHECK_WEBSITES = False
    assert check_websites(moment(), web.look) == 0
    assert web.asked == []
    assert not WebsiteCheck.objects.exists()


def test_nobody_turned_it_on_here() -> None:
    assert base.CHECK_WEBSITES is local.CHECK_WEBSITES is False


def test_three_days_of_failing_are_told_and_nothing_goes_for_it(
    web: Web, house: House, steward: User, keeper: User, sign_in: SignIn
) -> None:
    before, listings = read_model(), Listing.objects.count()
    on_days(web, FAILURES - 1)
    desk = sign_in(steward)
    prove_again(desk)
    assert GONE not in desk.get(reverse("review_dead")).text
    on_days(web, 1)
    assert WebsiteCheck.objects.get(url=GONE).failures == FAILURES - 1, "a day counts once"
    check_websites(moment() + timedelta(days=9), web.look)
    page = desk.get(reverse("review_dead")).text
    assert f"{GONE}: has not answered since" in page
    assert "Clinic" in page
    assert GONE in sign_in(keeper).get(reverse("profile")).text
    line = next(one for one in lines(moment()) if one.queue.address == "review_dead")
    assert line.count == 1
    assert (read_model(), Listing.objects.count()) == (before, listings)


def test_an_answer_ends_it(web: Web, house: House) -> None:
    on_days(web, FAILURES)
    web.verdicts[GONE] = Verdict.ANSWERED
    check_websites(moment() + timedelta(days=20), web.look)
    kept = WebsiteCheck.objects.get(url=GONE)
    assert (kept.failures, kept.since, kept.failed_on) == (0, None, None)


def test_once_a_week_and_sooner_what_failed(web: Web) -> None:
    on_days(web, 7, every=1)
    assert web.asked.count(WELL) == 1
    assert web.asked.count(GONE) == 4
    check_websites(moment() + timedelta(days=7), web.look)
    assert web.asked.count(WELL) == 2


def test_where_all_fails_at_once_nothing_is_kept(house: House, make_service: MakeService) -> None:
    Service.objects.filter(pk=house.service.pk).update(url=WELL)
    web = Web()
    assert check_websites(moment(), web.look) == 1
    for number in range(FAILURES):
        make_service(f"Clinic {number}", url=f"https://other{number}.ca")
    down = Web()
    down.look = lambda _url: Verdict.FAILED  # type: ignore[method-assign]  # our own network is down
    assert check_websites(moment(), down.look) == 0
    assert WebsiteCheck.objects.count() == 1
    alone = Web(**{f"https://other{number}.ca": Verdict.FAILED for number in range(FAILURES)})
    assert check_websites(moment(), alone.look) == FAILURES, "what was well answers: they are gone"
    assert WebsiteCheck.objects.filter(failures=1).count() == FAILURES


def test_nobodys_server_is_asked_twice_in_a_run(house: House, make_service: MakeService) -> None:
    for number in range(3):
        make_service(f"Clinic {number}", url=f"{WELL}/{number}")
    web = Web()
    for looked in (1, 1, 1, 0):
        assert check_websites(moment(), web.look) == looked


def test_few_at_a_time_and_not_for_long(
    house: House, make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        make_service(f"Clinic {number}", url=f"https://other{number}.ca")
    monkeypatch.setattr(checking, "MOST", 2)
    assert check_websites(moment(), Web().look) == 2
    monkeypatch.setattr(checking, "SECONDS", -1)
    assert check_websites(moment(), Web().look) == 0


def test_of_the_organization_and_beside_too_but_not_of_demonstration(
    house: House, make_service: MakeService
) -> None:
    Organization.objects.filter(pk=house.organization.pk).update(website="https://house.ca")
    Url.objects.create(publisher=house.service.publisher, service=house.service, url="https://beside.ca")
    make_service("Shown to try", url="https://demo.ca", is_demo=True)
    make_service("Nowhere at large", url="https://clinic.example")
    web = Web()
    assert check_websites(moment(), web.look) == 3
    assert sorted(web.asked) == ["https://beside.ca", "https://house.ca"]


def test_it_leaves_a_row_without_an_address(web: Web) -> None:
    check_websites(moment(), web.look)
    row = AuditEntry.objects.get(action="check_websites")
    assert (row.actor, row.details) == (None, '{"failed":1,"looked":2}')


def test_with_nothing_replaced_an_inside_address_is_not_asked(house: House) -> None:
    Service.objects.filter(pk=house.service.pk).update(url="http://127.0.0.1/admin")
    assert check_websites(moment()) == 1
    assert WebsiteCheck.objects.get().failures == 0
    assert Looker("https://relais.example").look("http://127.0.0.1/") == Verdict.FAILED


@pytest.mark.promise(3)
def test_the_public_reads_none_of_it(db: None) -> None:
    with role("relais_public"), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("SELECT FROM website_check")
