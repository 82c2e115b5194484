"""Who guesses at signed links is held back, by all processes alike; who has a right one never is, and nothing stays."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory

from safety.limits import MOST_WRONG, WrongGuess, count_wrong_guess, forget_wrong_guesses, held_back
from safety.throttle import DEFAULT_LIMITS, ThrottleMiddleware
from tests.roles import RoleClient, role
from tests.safety.together import run_together

pytestmark = pytest.mark.promise(23)
NOON = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
ADDRESS = "192.0.2.66"
WRONG = (
    "/en/beds/nothing/",
    "/fr/lits/rien/",
    "/en/accounts/still-true/nothing/",
    "/en/accounts/invitation/nothing/",
)


@pytest.mark.django_db
@pytest.mark.parametrize("path", WRONG)
def test_wrong_links_are_answered_alike_and_then_held_back(path: str) -> None:
    """Promise 23: from one line so many an hour; another line is not held back for it."""
    answers = [Client(REMOTE_ADDR=ADDRESS).get(path) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {410}
    WrongGuess.objects.update(times=MOST_WRONG)
    held = Client(REMOTE_ADDR=ADDRESS).get(path)
    assert (held.status_code, held["Retry-After"]) == (429, "3600")
    assert held["Cache-Control"] == "no-store"
    assert Client(REMOTE_ADDR="192.0.2.1").get(path).status_code == 410


@pytest.mark.django_db
def test_each_hour_and_each_door_counts_by_itself() -> None:
    assert [count_wrong_guess("a", ADDRESS, NOON) for _ in range(3)] == [1, 2, 3]
    assert count_wrong_guess("b", ADDRESS, NOON) == 1
    assert count_wrong_guess("a", "192.0.2.67", NOON) == 1
    assert count_wrong_guess("a", ADDRESS, NOON + timedelta(hours=1)) == 1
    assert [count_wrong_guess("a", f"2001:db8:0:1::{n}", NOON) for n in (1, 2)] == [1, 2]


@pytest.mark.django_db
def test_nothing_of_an_address_is_kept_and_all_goes_after_the_hour() -> None:
    """Promise 23: limits leave no trace."""
    count_wrong_guess("a", ADDRESS, NOON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT w::text FROM wrong_guess w")
        ((row,),) = cursor.fetchall()
    assert ADDRESS not in row
    assert ADDRESS.encode().hex() not in row
    assert forget_wrong_guesses(NOON) == 0
    assert forget_wrong_guesses(NOON + timedelta(hours=1)) == 1
    assert not WrongGuess.objects.exists()


@pytest.mark.django_db
def test_the_public_role_and_a_curious_desk_change_nothing() -> None:
    count_wrong_guess("a", ADDRESS, NOON)
    with pytest.raises(DatabaseError), role("relais_public"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wrong_guess")
    with pytest.raises(DatabaseError), transaction.atomic():
        WrongGuess.objects.update(until=NOON + timedelta(days=9))


def test_processes_count_together(cloned_database: str) -> None:
    told: list[int] = []
    faults = run_together(*[lambda: told.append(count_wrong_guess("a", ADDRESS, NOON))] * 8)
    assert faults == []
    assert sorted(told) == list(range(1, 9))


@pytest.mark.django_db
def test_it_is_asked_of_what_is_wrong_alone() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=ADDRESS)
    assert all(held_back(request, "a", NOON) is None for _ in range(MOST_WRONG))
    assert held_back(request, "a", NOON) is not None


def test_twenty_workers_behind_one_address_search_and_a_script_does_not(settings: Any) -> None:
    """Promise 23: a shelter behind one address is not locked out of the public search."""
    settings.THROTTLE_LIMITS = DEFAULT_LIMITS
    door = ThrottleMiddleware(lambda _request: HttpResponse())
    paths = ("/en/find/", "/fr/trouver/")
    for path in paths:
        statuses = [door(RequestFactory().get(path)).status_code for _ in range(20 * 12)]
        assert set(statuses) == {200}
        assert door(RequestFactory().get(path, REMOTE_ADDR="192.0.2.9")).status_code == 200
    more = [door(RequestFactory().get("/en/find/")).status_code for _ in range(200)]
    assert 429 in more
    assert DEFAULT_LIMITS["/en/find/"] == DEFAULT_LIMITS["/fr/trouver/"] == DEFAULT_LIMITS["/api/"]


@pytest.mark.parametrize(
    "path", ["/en/", "/en/find/", "/fr/trouver/", "/en/vetting/", "/robots.txt", "/api/schema"]
)
def test_public_pages_write_nothing(path: str, visitor: RoleClient) -> None:
    """Promise 23: what the public role serves it can only read, limits and all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables"
        )
        before = cursor.fetchone()
        assert visitor.get(path).status_code == 200
        cursor.execute(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables"
        )
        assert cursor.fetchone() == before


def test_robots_are_sent_to_the_one_download_and_away_from_searches(visitor: RoleClient) -> None:
    answer = visitor.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "http://testserver/hsds/export.zip" in answer.text
    closed = set(re.findall(r"^Disallow: (\S+)$", answer.text, re.MULTILINE))
    assert {"/en/find/", "/fr/trouver/", "/en/desk/", "/fr/bureau/", "/api/", "/en/accounts/"} <= closed
    assert not any("/en/listing/".startswith(path) or path == "/" for path in closed)
    assert not answer.cookies
