"""A feed and a confirmation that disagree: asked once, asked again where there is reason to, closed by itself."""

import uuid
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from directory.actions.decide_conflict import decide_conflict
from directory.actions.edit_record import edit_record
from directory.models.field_source import FieldSource
from directory.models.import_conflict import Decision, ImportConflict
from directory.models.organization import Organization
from directory.models.service import Service
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import folder, json_file, named, small, taken

pytestmark = pytest.mark.django_db
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)


class Feed:
    """A feed of one service, of which a person has something to say as well."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tell()

    def tell(self, **values: Any) -> int:
        """Import with these values of the service; how many conflicts that brought."""
        files = small()
        files["services.csv"][0] |= values
        return taken(folder(self.path, files)).conflicts

    def person(self, **values: Any) -> None:
        """Somebody confirms these values."""
        edit_record(entity="service", record_id=uuid.UUID(named("service")), values=values, viewer=STEWARD)

    def decide(self, decision: Decision) -> None:
        """A steward decides the one open conflict."""
        conflict = ImportConflict.objects.get(decision=Decision.OPEN)
        decide_conflict(conflict_id=conflict.pk, decision=decision, viewer=STEWARD)


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    """A feed that was imported once."""
    return Feed(tmp_path / "p")


def told() -> list[tuple[str, str]]:
    """What was offered, and what became of it."""
    return list(ImportConflict.objects.order_by("pk").values_list("offered", "decision"))


def test_a_column_that_a_file_lacks_offers_nothing(feed: Feed) -> None:
    feed.person(email="desk@lake.example")
    assert feed.tell() == 0
    assert feed.tell(email="") == 1  # the column is there, and empty
    assert Service.objects.get().email == "desk@lake.example"


def test_a_key_that_an_item_lacks_offers_nothing(feed: Feed, tmp_path: Path) -> None:
    feed.person(email="desk@lake.example")
    item = {"id": named("service"), "name": "Legal advice", "status": "active"}
    assert taken(json_file(tmp_path / "a.json", item)).conflicts == 0
    assert Service.objects.get().email == "desk@lake.example"


def test_what_was_taken_once_and_confirmed_otherwise_since_is_asked_again(feed: Feed) -> None:
    feed.person(wait_time="a day")
    assert feed.tell(wait_time="a week") == 1
    feed.decide(Decision.TAKE)
    feed.person(wait_time="two days")
    assert feed.tell(wait_time="a week") == 1
    assert told() == [("a week", "take"), ("a week", "")]
    assert Service.objects.get().wait_time == "two days"


def test_what_was_kept_is_asked_again_only_after_a_newer_confirmation(feed: Feed) -> None:
    feed.person(wait_time="a day")
    feed.tell(wait_time="a week")
    feed.decide(Decision.KEEP)
    assert feed.tell(wait_time="a week") == 0
    assert feed.tell(wait_time="a month") == 1
    FieldSource.objects.update(confirmed_on=timezone.localdate() + timedelta(days=1))
    assert feed.tell(wait_time="a week") == 1
    assert told() == [("a week", "keep"), ("a month", "past"), ("a week", "")]


def test_a_conflict_that_the_feed_gave_up_closes_itself(feed: Feed) -> None:
    feed.person(wait_time="a day")
    feed.tell(wait_time="a week")
    assert feed.tell(wait_time="a day") == 0
    assert told() == [("a week", Decision.SAME)]
    closed = ImportConflict.objects.get()
    assert (closed.decided_by, closed.decided_at is not None) == (None, True)
    with pytest.raises(ValueError, match="nobody decides"):
        decide_conflict(conflict_id=closed.pk, decision=Decision.SAME, viewer=STEWARD)


def test_a_long_offer_waits_like_any_other(feed: Feed) -> None:
    feed.person(description="Ours")
    letters = "".join(Random(2).choices("abcdefghijklmnopqrstuvwxyz 0123456789ABCDEFGHIJKLMNOPQ", k=9000))
    assert feed.tell(description=letters) == 1
    assert feed.tell(description=letters) == 0
    assert ImportConflict.objects.get().offered == letters


def test_an_address_that_is_taken_is_written_correctly(feed: Feed) -> None:
    feed.person(url="https://ours.example")
    feed.tell(url="www.theirs.example")
    assert ImportConflict.objects.get().offered == "www.theirs.example"
    feed.decide(Decision.TAKE)
    assert Service.objects.get().url == "https://www.theirs.example"


def test_an_address_that_a_person_writes_is_written_correctly_or_flagged(feed: Feed) -> None:
    feed.person(url="www.ours.example", email="none")
    service = Service.objects.get()
    assert (service.url, service.flags) == ("https://www.ours.example", ["email:not_an_email"])


def test_two_publishers_offers_of_the_same_words_are_two(feed: Feed) -> None:
    facts = {"entity": "organization", "record_id": Organization.objects.get().pk, "field": "name"}
    for publisher in ("feed", "relais"):
        ImportConflict.objects.create(
            **facts, publisher_id=publisher, offered="x", first_seen_at=timezone.now()
        )
    assert ImportConflict.objects.count() == 2
