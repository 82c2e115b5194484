"""An id that two publishers give links nothing by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.same_services import Likely, clearly_same, shows_rather

ONE = Likely("Legal advice", "https://lake.example/a", "desk@lake.example", numbers=["613-555-0142"])


@pytest.mark.parametrize(
    "other",
    [
        ONE,
        Likely("LEGAL  advice", numbers=["+1 (613) 555 0142", "613-555-0100"]),
        Likely("Legal advice", "http://www.lake.example/b"),
        Likely("Legal advice"),
    ],
)
def test_the_same_name_and_nothing_that_differs_is_one_service(other: Likely) -> None:
    assert clearly_same(ONE, other)
    assert clearly_same(other, ONE)


@pytest.mark.parametrize(
    "other",
    [
        Likely("Fake Legal", numbers=["613-555-0142"]),
        Likely("Legal advice", numbers=["613-555-0199"]),
        Likely("Legal advice", "https://evil.example", numbers=["613-555-0142"]),
        Likely("Legal advice", email="desk@evil.example"),
        Likely(""),
    ],
)
def test_another_name_number_site_or_mail_is_for_a_steward(other: Likely) -> None:
    assert not clearly_same(ONE, other)
    assert not clearly_same(other, ONE)


@given(st.text(), st.text())
def test_any_web_address_can_be_compared(one: str, two: str) -> None:
    assert clearly_same(Likely("a", one), Likely("a", two)) in (True, False)


def test_the_first_shows_unless_the_second_is_worth_more() -> None:
    assert not shows_rather(ONE, ONE)
    assert shows_rather(Likely("a", is_confirmed=True), ONE)
    assert shows_rather(ONE, Likely("a", is_demo=True, numbers=["613-555-0142"]))
    assert shows_rather(ONE, Likely("a"))
