""" "Something is wrong here": one choice, a sum of the day, nothing of who said it, and nothing goes for it alone."""

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from directory.actions.count_wrong import count_wrong
from directory.models.listing import Listing
from directory.models.wrong_count import WrongCount
from directory.rules.said_wrong import WHAT, most_said, told_since
from safety.throttle import DEFAULT_LIMITS
from tests.cast import SignIn
from tests.directory.profiles import House, house, second
from tests.directory.test_invitations import prove_again
from tests.roles import role

__all__ = ["house", "second"]


@pytest.fixture
def clinic(house: House) -> str:
    """The id of the listing."""
    return str(Listing.objects.get(service_id=house.service.pk).pk)


def form(client: Client, address: str) -> dict[str, str]:
    """The fields of the form beside a listing."""
    found = re.search(r'<details class="wrong".*?</details>', client.get(address).text, re.DOTALL)
    assert found
    return dict(re.findall(r'name="(\w+)"\s+value="([^"]*)"', found[0]))


def test_a_choice_adds_one_to_the_sum_of_the_day(client: Client, clinic: str) -> None:
    fields = form(client, f"/en/listing/{clinic}/")
    for what in ("hours", "hours", "number"):
        done = client.post("/en/wrong/", fields | {"what": what})
        assert done.status_code == 303
    told = WrongCount.objects.order_by("what").values_list("what", "times")
    assert list(told) == [("hours", 2), ("number", 1)]
    assert client.cookies == {}
    thanks = client.get(done["Location"]).text
    assert "Thank you. Somebody looks at it." in thanks
    assert f'href="/en/listing/{clinic}/"' in thanks
    assert clinic not in done["Location"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"token": "x"}, 403),
        ({"what": "her name is Ana"}, 400),
        ({"what": ""}, 400),
        ({"listing": "x"}, 400),
    ],
)
def test_what_is_not_of_the_form_is_not_counted(
    changed: dict[str, str], status: int, client: Client, clinic: str
) -> None:
    fields = form(client, f"/en/listing/{clinic}/") | {"what": "hours"}
    assert client.post("/en/wrong/", fields | changed).status_code == status
    elsewhere = client.post("/en/wrong/", fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    assert not WrongCount.objects.exists()


@pytest.mark.promise(23)
def test_nothing_is_kept_but_listing_day_word_and_sum(client: Client, clinic: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wrong_count")
        assert [c.name for c in cursor.description or []] == ["id", "listing_id", "on", "what", "times"]
    assert DEFAULT_LIMITS["/en/wrong/"] == DEFAULT_LIMITS["/fr/erreur/"] == DEFAULT_LIMITS["/en/helped/"]
    for name in ("relais_portal", "relais_public"):
        with pytest.raises(DatabaseError, match="permission denied"), role(name):
            connection.cursor().execute("DELETE FROM wrong_count")


@pytest.mark.promise(26)
def test_a_thousand_reports_take_nothing_off(client: Client, clinic: str) -> None:
    before = list(Listing.objects.values())
    day = date(2026, 11, 23)
    count_wrong(listing_id=Listing.objects.get().pk, what="closed", on=day)
    WrongCount.objects.update(times=1000)
    assert list(Listing.objects.values()) == before
    assert "1000" not in client.get(f"/en/listing/{clinic}/").text
    with pytest.raises(ValueError, match="nobody says"):
        count_wrong(listing_id=Listing.objects.get().pk, what="ugly", on=day)


def test_stewards_and_the_keeper_see_what_was_said(
    house: House, clinic: str, steward: User, keeper: User, sign_in: SignIn
) -> None:
    today = timezone.localdate()
    for on, what in (
        (today, "hours"),
        (today, "number"),
        (today, "hours"),
        (told_since(today) - timedelta(1), "who"),
    ):
        count_wrong(listing_id=Listing.objects.get().pk, what=what, on=on)
    desk = sign_in(steward)
    prove_again(desk)
    page = desk.get(reverse("review_wrong")).text
    assert "The hours (2), The telephone number (1)" in page
    assert "Who can come (1)" not in page
    assert "The hours (2)" in sign_in(keeper).get(reverse("profile")).text


@given(st.lists(st.tuples(st.sampled_from((*WHAT, "junk")), st.integers(1, 9))))
def test_sums_are_told_the_largest_first_and_lose_none(counts: list[tuple[str, int]]) -> None:
    told = most_said(counts)
    assert sum(times for _, times in told) == sum(times for what, times in counts if what in WHAT)
    assert [times for _, times in told] == sorted((times for _, times in told), reverse=True)
