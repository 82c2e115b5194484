"""The words of what listings are called: counted by the database itself, gone with the last listing that bears them."""

from collections import Counter
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.actions.project_in_parts import BESIDE_SQL
from directory.actions.project_listings import PROJECTING, rebuild_listings
from directory.finding.alike import alike_condition, typed_words
from directory.models.listing import Listing
from directory.models.listing_word import ListingWord
from tests.databases import address
from tests.directory.conftest import MakeService
from tests.roles import role

NAMES = st.lists(st.sampled_from(["alder", "birch", "maison", "no", "1234", "12thst", "a" * 50]), max_size=4)


def kept() -> dict[str, int]:
    return dict(ListingWord.objects.values_list("word", "listings"))


def counted() -> dict[str, int]:
    """The same by a look at every listing."""
    told = Counter[str]()
    for words in Listing.objects.values_list("words", flat=True):
        told.update({w for w in words.split() if 4 <= len(w) <= 40 and not any(c.isdigit() for c in w)})
    return dict(told)


def write(statement: str, *values: object) -> None:
    with role("relais_owner"), connection.cursor() as cursor:
        cursor.execute(statement, values)


INSERT = (
    "INSERT INTO listing (id, service_id, organization_id, has_exact_point, reach, province, zone, tags, stated,"
    " on_holidays, by_appointment, words, is_demo, tie)"
    " VALUES (%(id)s, %(id)s, %(id)s, false, 'country', '', 'America/Toronto', '{}', '{}', 'ask', false, %(words)s,"
    " false, 1)"
)


def write_listing(key: UUID, words: str) -> None:
    with role("relais_owner"), connection.cursor() as cursor:
        cursor.execute(INSERT, {"id": key, "words": words})


def test_an_edit_and_a_removal_take_the_words_with_them(make_service: MakeService) -> None:
    made = make_service("Quillfeather Lodge")
    other = make_service("Quillfeather Annex")
    assert kept()["quillfeather"] == 2
    assert kept() == counted()
    write("UPDATE listing SET words = 'larkspur lodge' WHERE service_id = %s", made.pk)
    assert (kept()["quillfeather"], kept()["larkspur"]) == (1, 1)
    write("DELETE FROM listing WHERE service_id = %s", other.pk)
    assert "quillfeather" not in kept()
    rebuild_listings()
    assert kept()["quillfeather"] == 2
    assert kept() == counted()


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=5), st.data())
def test_whatever_is_written_the_counts_are_those_of_the_listings(
    db: None, rows: list[tuple[list[str], list[str]]], data: st.DataObject
) -> None:
    write("DELETE FROM listing")
    assert kept() == {}
    made = [UUID(int=number + 1) for number, _ in enumerate(rows)]
    for key, (words, _) in zip(made, rows, strict=True):
        write_listing(key, " ".join(words))
    assert kept() == counted()
    texts = [" ".join(words) for _, words in rows]
    write(
        "UPDATE listing l SET words = told.words FROM unnest(%s::uuid[], %s::text[]) told(id, words)"
        " WHERE told.id = l.id",
        made,
        texts,
    )
    assert kept() == counted()
    write("DELETE FROM listing WHERE id = ANY(%s)", data.draw(st.lists(st.sampled_from(made))))
    assert kept() == counted()


def test_two_parts_that_write_the_same_words_do_not_wait_for_each_other(cloned_database: str) -> None:
    portal = address("DATABASE_URL", cloned_database)
    with psycopg.connect(portal) as one, psycopg.connect(portal) as other:
        for part in (one, other):
            part.execute("SET lock_timeout = '3s'")
            part.execute(BESIDE_SQL, [PROJECTING])
        for part, words in ((one, "alder"), (other, "birch"), (one, "birch"), (other, "alder")):
            part.execute(INSERT, {"id": uuid4(), "words": words})
    with psycopg.connect(portal) as last:
        last.execute("SELECT recount_listing_words()")
    assert kept() == counted()


def test_short_and_little_words_are_not_taken_for_others() -> None:
    assert typed_words([("hot line", "hotline"), ("the house",), ("abc",)]) == ("line", "house")


def test_a_unit_of_several_words_wants_each_or_what_is_like_it() -> None:
    sql, values = alike_condition(0, "aldr of hous", {"aldr": ["alder"], "hous": ["house", "houses"]})
    assert sql.count(" AND ") == 1
    assert list(values.values()) == ["aldr", "alder", "hous", "house", "houses"]
    assert alike_condition(0, "aldr hous", {"detoks": ["detox"]}) == ("", {})
