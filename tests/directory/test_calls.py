"""The stewards' call list: whom to call, on which number, and what became of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.call_listing import nobody_answered, reached_by_telephone
from directory.actions.judge_only_help import judge_only_help
from directory.actions.mark_phone import MOST_A_DAY, mark_phone
from directory.actions.project_listings import project_services
from directory.actions.refused import Refused
from directory.actions.report_safety import Told, receive_report
from directory.finding import calls as finding
from directory.finding.bound import fetched
from directory.finding.calls import Calls, calls_due
from directory.models.membership import Role
from directory.models.phone import Phone
from directory.models.phone_mark import PhoneMark
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from directory.rules.asking_again import CALLED_AGAIN, LATE
from directory.rules.dead_phones import Heard
from directory.views import calls
from directory.views.queues import lines
from safety.audit import AuditEntry
from safety.viewer import Tier, Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, moment, second
from tests.directory.test_invitations import prove_again
from tests.directory.test_profile_pages import fields_of
from tests.roles import RoleClient

__all__ = ["house", "second"]
NUMBER = "613-555-0142"


@pytest.fixture
def desk(steward: User, sign_in: SignIn) -> RoleClient:
    """Sam's browser, who has just proved anew who that is."""
    browser = sign_in(steward)
    prove_again(browser)
    return browser


def silence(*services: Service, days: int = 300) -> None:
    """Nobody has confirmed these for so long."""
    keys = [service.pk for service in services]
    Service.objects.filter(pk__in=keys).update(assured_date=timezone.localdate() - timedelta(days=days))
    project_services(keys)


def waiting() -> int:
    """How many the desk says are to be called."""
    return next(one for one in lines(moment()) if one.queue.address == "review_calls").count


def order(day: date | None = None) -> list[Any]:
    return [call.service for call in Calls(day or timezone.localdate())]


def test_a_row_leads_to_the_listing_and_dials(house: House, desk: RoleClient) -> None:
    silence(house.service, days=1)
    assert "Nothing waits." in desk.get(reverse("review_calls")).text
    silence(house.service)
    page = desk.get(reverse("review_calls")).text
    assert f'href="{reverse("desk_listing", args=[house.service.sites.get().pk])}"' in page
    assert f'<a class="tel" href="tel:6135550142">{NUMBER}</a>' in page
    assert reverse("admin:directory_service_change", args=[house.service.pk]) in page


def test_an_extension_is_not_dialled(house: House, desk: RoleClient) -> None:
    Phone.objects.filter(number=NUMBER).update(extension="5")
    silence(house.service)
    page = desk.get(reverse("review_calls")).text
    assert f'<a class="tel" href="tel:6135550142">{NUMBER} +5</a>' in page


def test_reached_all_is_true(house: House, desk: RoleClient, steward: User) -> None:
    silence(house.service)
    assert waiting() == 1
    address = reverse("review_call", args=[house.service.pk])
    done = desk.post(address, fields_of(desk.get(address).text) | {"decision": "reached"}, follow=True).text
    assert "It counts as checked today, by you." in done
    assert "Nothing waits." in done
    house.service.refresh_from_db()
    assert (house.service.assured_date, house.service.assurer_email) == (timezone.localdate(), steward.email)
    row = AuditEntry.objects.get(action="assure_service")
    assert (row.actor, row.subject_id) == (steward.pk, house.service.pk)
    assert row.facts() == {"on": timezone.localdate().isoformat(), "method": "telephone"}
    assert waiting() == 0


def test_reached_shows_again_what_was_gone(house: House, desk: RoleClient) -> None:
    Service.objects.filter(pk=house.service.pk).update(
        unlisted_on=timezone.localdate(), assured_date=timezone.localdate() - timedelta(days=500)
    )
    project_services([house.service.pk])
    page = desk.get(reverse("review_calls")).text
    assert "not shown any more" in page
    assert "/en/desk/listing/" not in page
    address = reverse("review_call", args=[house.service.pk])
    read = desk.get(address).text
    assert "9:00 to 20:00" in read, "what no page shows is read out all the same"
    desk.post(address, fields_of(read) | {"decision": "reached"})
    house.service.refresh_from_db()
    assert house.service.unlisted_on is None


def test_nobody_answered_goes_down_the_list_and_comes_back(
    house: House, make_service: MakeService, desk: RoleClient
) -> None:
    kitchen = make_service("Kitchen", phone="613-555-0107")
    silence(house.service, days=320)
    silence(kitchen, days=300)
    assert order() == [house.service.pk, kitchen.pk]
    address = reverse("review_call", args=[house.service.pk])
    page = desk.post(address, {"nobody": NUMBER}, follow=True).text
    assert f"{NUMBER}: nobody answered on 1 day" in page
    assert page.index("Kitchen") < page.index("Clinic")
    assert waiting() == 1
    row = AuditEntry.objects.get(action="mark_phone")
    assert (row.subject_id, row.facts()) == (house.service.pk, {"heard": "no_answer"})
    later = timezone.localdate() + CALLED_AGAIN
    assert order(later - timedelta(days=1)) == [kitchen.pk, house.service.pk]
    assert order(later) == [house.service.pk, kitchen.pk]
    assert len(calls_due(later)) == 2


def test_after_a_call_in_vain_the_next_to_call_stands_where_the_steward_was(
    house: House, make_service: MakeService, desk: RoleClient
) -> None:
    """Not at the top of thirty rows: an address with a mark in it needs no script."""
    kitchen = make_service("Kitchen", phone="613-555-0107")
    silence(house.service, days=320)
    silence(kitchen, days=300)
    sent = {"nobody": NUMBER} | fields_of(desk.get(reverse("review_calls")).text)
    address = reverse("review_call", args=[house.service.pk])
    done = desk.post(address, sent | {"place": "1"})
    assert done["Location"].endswith("?page=1#row-1")
    page = desk.get(reverse("review_calls")).text
    assert page.index('id="row-1"') < page.index("Kitchen") < page.index('id="row-2"') < page.index("Clinic")
    refused = desk.post(address, sent | {"nobody": "613-555-0199", "place": "1"})
    assert "#" not in refused["Location"], "why not is said at the top"
    for odd in ("", "0", "31", "1#x", "\u0661"):
        assert "#" not in desk.post(address, sent | {"place": odd})["Location"]


def test_after_a_call_that_reached_somebody_too(
    house: House, make_service: MakeService, desk: RoleClient
) -> None:
    kitchen = make_service("Kitchen", phone="613-555-0107")
    silence(house.service, days=300)
    silence(kitchen, days=320)
    listed = desk.get(reverse("review_calls")).text
    way = reverse("review_call", args=[house.service.pk])
    assert f'href="{way}?page=1&amp;place=2"' in listed
    read = desk.get(way, query_params={"page": "1", "place": "2"}).text
    assert '<input type="hidden" name="place" value="2">' in read
    done = desk.post(way, fields_of(read) | {"decision": "reached"})
    assert done["Location"].endswith("?page=1#row-2")
    assert f'href="{way}' not in desk.get(reverse("review_calls")).text


def test_pressed_twice_it_is_one_day(house: House, steward: User) -> None:
    silence(house.service)
    asked = {"service": house.service.pk, "number": NUMBER, "viewer": house.steward}
    assert nobody_answered(**asked, now=moment())
    assert not nobody_answered(**asked, now=moment())
    assert PhoneMark.objects.count() == 1


def test_only_what_stewards_heard_moves_a_row(house: House, make_service: MakeService, keeper: User) -> None:
    """Else whoever wants a listing never to be confirmed says each day that nobody answers."""
    kitchen = make_service("Kitchen", phone="613-555-0107")
    silence(house.service, days=320)
    silence(kitchen)
    viewer = Viewer(user=keeper.pk, organization=house.organization.pk, tier=Tier.VETTED)
    named = {"service": house.service.pk, "number": NUMBER, "heard": Heard.NO_ANSWER}
    mark_phone(**named, viewer=viewer, now=moment())
    assert order() == [house.service.pk, kitchen.pk]


def test_stewards_call_more_than_others_in_a_day(house: House) -> None:
    for number in range(MOST_A_DAY):
        PhoneMark.objects.create(
            service_id=house.service.pk,
            number=str(number),
            heard="out",
            on=timezone.localdate(),
            marked_at=moment(),
            marked_by_id=house.steward.user,
        )
    assert nobody_answered(service=house.service.pk, number=NUMBER, viewer=house.steward, now=moment()), (
        "a list is worked through in a day"
    )


def test_pages_beyond_the_first(
    house: House, make_service: MakeService, desk: RoleClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "A_PAGE", 2)
    services = [house.service, *(make_service(f"Clinic {number}") for number in range(4))]
    for number, service in enumerate(services):
        silence(service, days=320 - number)
    named = [service.name for service in services]
    shown = []
    for number in (1, 2, 3):
        page = desk.get(reverse("review_calls"), {"page": number}).text
        shown += [name for name in named if f">{name}</a>" in page]
        assert f"Page {number} of 3" in page
    assert shown == named
    done = desk.post(reverse("review_call", args=[services[4].pk]), {"nobody": "613-555-0142", "page": "3"})
    assert done["Location"].endswith("?page=3")
    assert waiting() == 4


def test_since_when_each_waits(house: House) -> None:
    silence(house.service, days=300)
    assert calls_due(timezone.localdate()) == [timezone.localdate() - timedelta(days=300 - 180) + LATE]
    silence(house.service, days=180 + LATE.days)
    assert calls_due(timezone.localdate()) == []


def test_reports_that_somebody_was_not_safe_stand_above_calls_of_months(house: House) -> None:
    silence(house.service)
    receive_report(told=Told(place="A house", words="It was not safe."), now=moment())
    first, then = [one.queue.address for one in lines(moment())][:2]
    assert (first, then) == ("review_reports", "review_calls")


def test_what_is_not_running_is_not_confirmed(house: House) -> None:
    Service.objects.filter(pk=house.service.pk).update(status="defunct")
    with pytest.raises(Refused):
        reached_by_telephone(service=house.service.pk, viewer=house.steward, now=moment())


def test_the_list_is_for_stewards_with_fresh_proof(
    house: House, steward: User, keeper: User, navigator: User, sign_in: SignIn
) -> None:
    silence(house.service)
    lead = employ(navigator, house.organization, Role.LEAD)
    for viewer in (house.keeper, lead):
        for act in (
            lambda viewer=viewer: reached_by_telephone(service=house.service.pk, viewer=viewer, now=moment()),
            lambda viewer=viewer: nobody_answered(
                service=house.service.pk, number=NUMBER, viewer=viewer, now=moment()
            ),
        ):
            with pytest.raises(PermissionDenied):
                act()
    address = reverse("review_call", args=[house.service.pk])
    assert sign_in(keeper).get(reverse("review_calls")).status_code == 403
    assert sign_in(keeper).post(address, {"decision": "reached"}).status_code == 403
    assert "/reauthenticate/" in sign_in(steward).get(reverse("review_calls"))["Location"]
    assert sign_in(steward).post(address, {"decision": "reached"})["Location"] == reverse("review_calls")
    house.service.refresh_from_db()
    assert house.service.assured_date != timezone.localdate()


def test_what_nobody_ever_checked_is_called_crisis_lines_and_the_only_help_first(
    house: House, make_service: MakeService, desk: RoleClient
) -> None:
    today = timezone.localdate()
    late = make_service("Late clinic")
    silence(late, days=200)
    clinics = [house.service, make_service("Second clinic"), make_service("Third clinic")]
    for age, clinic in enumerate(clinics):
        Service.objects.filter(pk=clinic.pk).update(copied_on=today - timedelta(days=90 + age))
    only = make_service("Only shelter", needs=["emergency_shelter"])
    line = make_service("Line", needs=["crisis_line"])
    assert judge_only_help(moment()) == 5, "what was checked once is pressing by its own day"
    assert order() == [line.pk, only.pk, *(clinic.pk for clinic in reversed(clinics)), late.pk]
    assert calls_due(today).count(today) == 2, "a feed that tells no day copied it today"
    assert waiting() == 6
    page = desk.get(reverse("review_calls")).text
    assert "never checked" in page
    assert page.count("nobody else is known to help everybody here as they do") == 2, (
        "the line and the shelter"
    )
    shown = desk.get(reverse("review_calls"), {"only": "silent"}).text
    assert "Late clinic" in shown
    assert "Only shelter" not in shown
    assert len(Calls(today, "never")) == 5
    back = {"nobody": "613-555-0142", "page": "1", "only": "never"}
    done = desk.post(reverse("review_call", args=[line.pk]), back)
    assert done["Location"].endswith("?only=never&page=1")
    assert order()[-1] == line.pk


def test_what_is_for_vetted_organizations_alone_is_called_too(make_service: MakeService) -> None:
    refuge = make_service("Refuge", publish_to=["vetted"])
    assert order() == [refuge.pk]


def test_the_only_help_is_judged_as_what_may_go_is(make_service: MakeService) -> None:
    """Of one province and one kind: who takes nobody else's men, and who is far from all others, is called first."""
    for_women, for_all = make_service("Women's clinic"), make_service("Clinic for all")
    far = make_service("Far clinic", "Thunder Bay, ON")
    ServiceFact.objects.create(service=for_women, dimension="gender", term="man", stated=False)
    assert judge_only_help(moment()) == 3
    judged = dict(Service.objects.values_list("pk", "is_only_help"))
    assert judged == {for_women.pk: False, for_all.pk: True, far.pk: True}
    assert order()[-1] == for_women.pk


def test_who_was_judged_longest_ago_is_judged_first_and_nobody_twice_a_day(make_service: MakeService) -> None:
    services = [make_service(f"Clinic {number}") for number in range(3)]
    assert [judge_only_help(moment(), most=2), judge_only_help(moment(), most=2)] == [2, 1]
    assert judge_only_help(moment(), most=2) == 0
    Service.objects.filter(pk=services[1].pk).update(help_judged_on=timezone.localdate() - timedelta(days=2))
    assert judge_only_help(moment(), most=2) == 1
    assert judge_only_help(moment() + timedelta(days=1), most=9) == 3


def test_of_a_list_that_is_too_long_the_most_pressing_are_shown(
    house: House, make_service: MakeService, desk: RoleClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST", 2)
    monkeypatch.setattr(calls, "MOST", 2)
    kinds: list[dict[str, Any]] = [{}, {}, {}, {"needs": ["crisis_line"]}]
    services = [make_service(f"Clinic {number}", **told) for number, told in enumerate(kinds)]
    today = timezone.localdate()
    for number, service in enumerate(services):
        Service.objects.filter(pk=service.pk).update(copied_on=today - timedelta(days=90 - number))
    found = Calls(today)
    assert (len(found), found.counted) == (2, 4), "three of a part say that there are more"
    assert [call.service for call in found] == [services[3].pk, services[0].pk]
    page = desk.get(reverse("review_calls")).text
    assert "more than 1,000" in page
    assert "Clinic 1" not in page
    assert "more than 1,000" in desk.get(reverse("review")).text
    assert min(calls_due(today)) == today - timedelta(days=90), "the earliest of all is told all the same"


def test_each_part_is_read_in_the_order_of_its_index(db: None) -> None:
    """A million rows are never sorted, nor counted: each scan ends where stewards can call no more."""
    values = {"day": timezone.localdate(), "late": 14, "rests": timezone.localdate(), "first": 0, "most": 30}
    for setting in ("enable_seqscan", "enable_sort", "enable_bitmapscan"):
        fetched(f"SET LOCAL {setting} = off", {})
    told = "\n".join(line for (line,) in fetched(f"EXPLAIN {finding.rows_sql('')}", values))
    for index in (
        "service_never_checked",
        "service_only_help",
        "service_gone",
        "listing_by_end_of_check",
        "vetted_listing_by_end_of_check",
    ):
        assert f" using {index} on " in told, told
    assert "Index Cond: (service_id = service" in told, "whether it is shown is looked up one by one"
