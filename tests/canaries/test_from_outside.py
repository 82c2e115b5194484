"""From outside: every route, read and written to by a visitor, and by a session that proved no second factor."""

import pytest

from accounts.second_factor import holds_keys, is_guarded
from tests.canaries.asking import Sweep, every_path, swept
from tests.canaries.conftest import SweepOf
from tests.canaries.manners import ASKS, OUTSIDE
from tests.canaries.world import World, not_met

TO_PROVE = {
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
    "account_logout",
}
"""Where a session goes to prove what it lacks, or to end."""
ITS_OWN = {"django_session", "accounts_cache", "usersessions_usersession", "mfa_authenticator"}
"""What belongs to signing in."""
SIGNING_IN = ("account_", "mfa_", "usersessions_")
BY_LETTER = ("invitation", "still_true")
"""What the link of a letter allows is allowed to whoever holds it, with a session or without."""


PUBLIC = {
    *(("service.name", "open"), ("service.name", "protected"), ("location.latitude", "open")),
    ("address.address_1", "open"),
}
"""What a visitor has to come to, by field and house."""


@pytest.mark.promise(2)
@pytest.mark.promise(18)
@pytest.mark.promise(19)
@pytest.mark.promise(20)
@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_meets_more_than_everybody_may(world: World, sweep_of: SweepOf, name: str) -> None:
    """Promises 2 and 20: every route of the site, in both languages, in each format, by forms too.

    Promise 18: nothing comes from elsewhere. Promise 19: nothing stays behind.
    """
    found = sweep_of(name)
    assert found.told() == {}
    assert not_met(world, found.met, PUBLIC if name == "visitor" else set()) == set()


@pytest.mark.promise(3)
def test_every_public_page_is_answered_where_nothing_can_be_written(sweep_of: SweepOf) -> None:
    """Promise 3: the public alias is a replica here, under the public role; each public route of the site works."""
    found = sweep_of("visitor")
    assert found.faults == []
    assert len(found.shown()) > 25


@pytest.mark.promise(3)
def test_no_public_page_asks_the_connection_of_the_desk(sweep_of: SweepOf) -> None:
    """Promise 3: what the public role can't read, no public page asks another role for."""
    # A night desk's link and a program's token are looked up; whoever watches the site asks for both databases.
    asks_the_desk = {"night_beds", "push", "healthz", "readyz"}
    asked = {
        one.path.route.name: one.asked
        for one in sweep_of("visitor").answers
        if one.method == "GET" and one.asked and not one.path.is_private
    }
    assert {name: sql for name, sql in asked.items() if name not in asks_the_desk} == {}


@pytest.fixture(scope="module")
def mine(sweep_of: SweepOf) -> Sweep:
    """Every route of signed-in work, read and written to by every method."""
    return sweep_of("password_alone")


@pytest.mark.promise(17)
def test_it_is_shown_nothing_that_is_not_shown_to_everybody(mine: Sweep, sweep_of: SweepOf) -> None:
    """Promise 17: every route of the URL configuration; of signed-in work it gets no 200 but to prove itself."""
    assert mine.shown() - sweep_of("visitor").shown() <= TO_PROVE


@pytest.mark.promise(17)
def test_every_address_of_signed_in_work_sends_it_away(mine: Sweep) -> None:
    """Promise 17: by whatever method."""
    found = [one for one in mine.answers if is_guarded(one.path.path) or holds_keys(one.path.path)]
    assert len({one.path.path for one in found}) > 200
    assert {one.method for one in found} == {"GET", "HEAD", "OPTIONS", "POST"}
    # What is no address at all says so to everybody.
    stayed = [(one.method, one.path.path, one.status) for one in found if one.status not in (301, 302, 404)]
    assert stayed == []
    away = {one.headers["Location"].partition("?")[0] for one in found if one.status == 302}
    assert away <= {f"/{language}/accounts/2fa/reauthenticate/" for language in ("en", "fr")}


@pytest.mark.promise(17)
def test_what_it_sends_changes_nothing(mine: Sweep) -> None:
    """Promise 17: no table but those of signing in is written to, at no address but those of signing in."""
    wrote = {
        (name, one.path.route.name)
        for one in mine.answers
        for name in one.wrote - ITS_OWN
        if not one.path.route.name.startswith((*SIGNING_IN, *BY_LETTER))
    }
    assert wrote == set()


@pytest.mark.promise(17)
@pytest.mark.parametrize("name", ["desk_listing", "profile_listing", "review_vetting"])
def test_without_the_gate_these_tests_would_fail(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("accounts.second_factor.is_guarded", lambda path: False)
    picked = every_path(world, picks=lambda route: route.name == name and route.language == "en")
    found = swept(world, "password_alone", picked, ASKS)
    assert {one.status for one in found.answers} - {302}
