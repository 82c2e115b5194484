"""Asking the demonstration's own database, as a browser's form does. `conftest.py` makes the fixture known."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import QueryDict

from directory.finding.answer import Answer, answer, known_values
from directory.finding.places import forget_gazetteer
from directory.finding.synonyms import forget_synonyms
from directory.finding.vocabulary import forget_vocabulary
from directory.rules.query import read
from directory.views.sent import pairs_sent
from tests import databases
from tests.conftest import pointed_at

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
AskDemo = Callable[[str], Answer]


def _asked(sent: str) -> Answer:
    reading = read(pairs_sent(QueryDict(sent)), known_values(), may_tell_status=True)
    assert reading.faults == ()
    return answer(reading, "en", NOW)


@contextmanager
def _asking(name: str, blocker: Any) -> Iterator[AskDemo]:
    with blocker.unblock(), pointed_at(name):
        _forget()
        yield _asked
    _forget()


def _forget() -> None:
    forget_vocabulary()
    forget_gazetteer()
    forget_synonyms()


@pytest.fixture(scope="module")
def ask_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[AskDemo]:
    """`ask_demo("near=Iqaluit&need=housing")`: what is found in the demonstration on a Monday morning."""
    with databases.cloned(with_demo=True) as name, _asking(name, django_db_blocker) as asked:
        yield asked


@pytest.fixture(scope="module")
def ask_country(django_db_setup: None, django_db_blocker: Any) -> Iterator[AskDemo]:
    """As `ask_demo`, of the whole made-up country and not of its hand-written part alone."""
    with databases.cloned() as name:
        databases.tell_whole_demo(name)
        with _asking(name, django_db_blocker) as asked:
            yield asked
