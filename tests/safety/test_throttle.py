"""Knocking too often on a public door: who is held back, for how long, and what is remembered of it."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from safety import throttle
from safety.throttle import HOUR, Buckets, ThrottleMiddleware, visitor_address
from tests.roles import RoleClient

pytestmark = pytest.mark.promise(23)


class Clock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def buckets(clock: Clock) -> Buckets:
    return Buckets(clock)


def allowed(buckets: Buckets, name: str, tries: int, per_minute: int = 6) -> int:
    return sum(buckets.take(name, per_minute) for _ in range(tries))


def test_a_minute_holds_so_many_and_no_more(buckets: Buckets) -> None:
    assert allowed(buckets, "a", 20) == 6


def test_a_bucket_refills_over_a_minute_and_not_beyond_its_measure(buckets: Buckets, clock: Clock) -> None:
    allowed(buckets, "a", 20)
    clock.now += 10
    assert allowed(buckets, "a", 20) == 1
    clock.now += 600
    assert allowed(buckets, "a", 20) == 6


def test_trying_on_does_not_make_the_wait_longer(buckets: Buckets, clock: Clock) -> None:
    allowed(buckets, "a", 6)
    for _ in range(9):
        clock.now += 1
        assert not buckets.take("a", 6)
    clock.now += 2
    assert allowed(buckets, "a", 5) == 1


def test_one_who_knocks_too_often_holds_nobody_else_back(buckets: Buckets) -> None:
    allowed(buckets, "a", 20)
    assert allowed(buckets, "b", 1) == 1


def test_the_key_and_all_counts_are_thrown_away_after_an_hour(buckets: Buckets, clock: Clock) -> None:
    allowed(buckets, "a", 20)
    key, marks = buckets._key, set(buckets._levels)
    clock.now += HOUR + 1
    assert allowed(buckets, "b", 1) == 1
    assert buckets._key != key
    assert not marks & set(buckets._levels)


def test_no_address_stands_in_memory(buckets: Buckets) -> None:
    buckets.take("/en/find/ 192.0.2.7", 6)
    held = repr(buckets._levels) + repr(buckets._key)
    assert "192.0.2.7" not in held


def test_two_processes_or_hours_do_not_share_marks(buckets: Buckets, clock: Clock) -> None:
    other = Buckets(clock)
    buckets.take("a", 6)
    other.take("a", 6)
    assert set(buckets._levels).isdisjoint(other._levels)


def test_memory_is_bounded_however_many_come(buckets: Buckets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "MOST_BUCKETS", 100)
    for number in range(1000):
        buckets.take(str(number), 6)
        assert len(buckets._levels) <= 101


@pytest.fixture
def narrow(settings: Any) -> None:
    """Two a minute on each searching door."""
    settings.THROTTLE_LIMITS = {"/en/find/": 2, "/fr/trouver/": 2, "/api/": 2}


@pytest.fixture
def door() -> ThrottleMiddleware:
    """The limit alone, in front of an empty page."""
    return ThrottleMiddleware(lambda _request: HttpResponse("in"))


def knock(door: ThrottleMiddleware, path: str = "/en/find/", **meta: str) -> int:
    return door(RequestFactory().get(path, **meta)).status_code  # type: ignore[arg-type]  # META is strings


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [("/en/find/", "en", "Too many tries at once"), ("/fr/trouver/", "fr", "Trop d")],
)
def test_the_page_says_so_in_the_language_of_the_address_and_when_to_come_back(
    visitor: RoleClient, narrow: None, path: str, language: str, words: str
) -> None:
    answers = [visitor.get(path) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    body = answers[2].content.decode()
    assert f'<html lang="{language}"' in body
    assert words in body
    assert answers[2]["Retry-After"] == "60"
    assert answers[2]["Cache-Control"] == "no-store"


def test_a_machine_gets_the_refusal_in_the_form_of_the_api(visitor: RoleClient, narrow: None) -> None:
    for _ in range(2):
        visitor.get("/api/schema")
    answer = visitor.get("/api/schema", headers={"accept-language": "fr"})
    assert answer.status_code == 429
    assert list(answer.json()) == ["errors"]
    assert answer["Retry-After"] == "60"


def test_doors_without_a_limit_are_not_counted(door: ThrottleMiddleware, narrow: None) -> None:
    assert {knock(door, "/en/") for _ in range(10)} == {200}
    assert {knock(door, "/exit/") for _ in range(10)} == {200}


def test_addresses_are_counted_apart(door: ThrottleMiddleware, narrow: None) -> None:
    assert [knock(door, REMOTE_ADDR="192.0.2.1") for _ in range(3)] == [200, 200, 429]
    assert knock(door, REMOTE_ADDR="192.0.2.2") == 200


def test_one_line_of_ipv6_counts_once(door: ThrottleMiddleware, narrow: None) -> None:
    found = [knock(door, REMOTE_ADDR=f"2001:db8:0:1::{n}") for n in range(3)]
    assert found == [200, 200, 429]
    assert knock(door, REMOTE_ADDR="2001:db8:0:2::1") == 200


def test_without_a_proxy_what_a_visitor_claims_of_her_address_is_not_believed(
    door: ThrottleMiddleware, narrow: None
) -> None:
    found = [knock(door, HTTP_X_FORWARDED_FOR=f"192.0.2.{n}") for n in range(3)]
    assert found == [200, 200, 429]


@pytest.mark.parametrize(
    ("proxies", "header", "counted"),
    [
        (0, "192.0.2.1", "127.0.0.1"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "192.0.2.66, 192.0.2.1", "192.0.2.1"),
        (2, "192.0.2.66, 192.0.2.1, 198.51.100.7", "192.0.2.1"),
        (2, "192.0.2.1", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "not an address", "127.0.0.1"),
        (1, "192.0.2.1, ", "127.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_behind_proxies_the_address_that_the_outermost_saw_counts(
    settings: Any, proxies: int, header: str, counted: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert visitor_address(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=header)) == counted


def test_a_connection_without_an_address_is_counted_too(door: ThrottleMiddleware, narrow: None) -> None:
    assert [knock(door, REMOTE_ADDR="") for _ in range(3)] == [200, 200, 429]


def test_one_network_with_many_lines_empties_nobodys_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Promise 23: full buckets go first, and those of one minute are kept; a /48 is one network, whatever its lines."""
    monkeypatch.setattr(throttle, "MOST_BUCKETS", 100)
    at = [0.0]
    buckets = Buckets(lambda: at[0])
    for number in range(100):
        buckets.take(f"old {number}", 5)
    at[0] = 61.0
    assert [buckets.take("thief", 2) for _ in range(3)] == [True, True, False]
    for number in range(50):
        buckets.take(f"new {number}", 5)
    assert not buckets.take("thief", 2)


def test_an_ipv6_network_has_a_few_lines_worth_of_requests(
    door: ThrottleMiddleware, narrow: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "LINES_OF_A_NETWORK", 2)
    found = [knock(door, REMOTE_ADDR=f"2001:db8:0:{n:x}::1") for n in range(1, 7)]
    assert found == [200] * 4 + [429] * 2
    assert knock(door, REMOTE_ADDR="2001:db8:1:1::1") == 200


def test_one_household_with_many_lines_does_not_shut_its_neighbours_out(
    door: ThrottleMiddleware, narrow: None
) -> None:
    """A line of a home may be a /60, sixteen of them; its neighbours are in the same /48, as phones of one mast are."""
    for line in range(16):
        while knock(door, REMOTE_ADDR=f"2001:db8:0:{line:x}::1") == 200:
            pass
    assert knock(door, REMOTE_ADDR="2001:db8:0:ff::1") == 200
