"""Asking the demonstration's own database, as a browser's form does. `conftest.py` makes the fixture known."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import QueryDict

from directory.finding.answer import Answer, answer, known_values
from directory.finding.places import forget_gazetteer
from directory.finding.vocabulary import forget_vocabulary
from directory.rules.query import read
from directory.views.sent import pairs_sent
from tests import databases
from tests.conftest import pointed_at

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
AskDemo = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[AskDemo]:
    """`ask_demo("near=Iqaluit&need=housing")`: what is found in the demonstration on a Monday morning."""

    def asked(sent: str) -> Answer:
        reading = read(pairs_sent(QueryDict(sent)), known_values(), may_tell_status=True)
        assert reading.faults == ()
        return answer(reading, "en", NOW)

    with databases.cloned(with_demo=True) as name, django_db_blocker.unblock(), pointed_at(name):
        forget_vocabulary()
        forget_gazetteer()
        yield asked
    forget_vocabulary()
    forget_gazetteer()
