"""Numbers of what synonyms mean: they narrow what a search reads, and never what it finds."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from accounts.models import User
from config.settings.environment import read_local
from directory.actions.edit_synonyms import add_synonyms, change_synonyms, remove_synonyms
from directory.actions.project_in_parts import rebuild
from directory.actions.tag_concepts import TAGGING, tag_concepts
from directory.finding.alike import Alike
from directory.finding.concepts import meant_sql
from directory.finding.synonyms import read_synonyms
from directory.finding.words import words_condition
from directory.models.concept import Concept
from directory.models.listing import Listing
from directory.rules.synonyms import concept_of
from safety.viewer import Viewer
from tests.directory.conftest import MakeService

FOLDER = settings.FIXTURES / "vocabulary"
GROUPS = tomllib.loads((FOLDER / "synonyms.toml").read_text(encoding="utf-8"))["group"]


@pytest.fixture
def viewer(steward: User) -> Viewer:
    """Sam, who edits."""
    return Viewer(user=steward.pk)


def condition(q: str, alike: Alike | None = None) -> tuple[str, dict[str, str]]:
    known = read_synonyms("default")
    units = known.word_groups(q)
    return words_condition(units, [known.concepts(unit) for unit in units], alike=alike)


def found(q: str) -> list[str]:
    sql, values = condition(q)
    ids = f"SELECT service_id FROM listing WHERE {sql}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM service WHERE id IN ({ids}) ORDER BY name", values)
        return [name for (name,) in cursor.fetchall()]


def is_narrowed(q: str) -> bool:
    return "concepts" in condition(q)[0]


def concepts_of_texts(language: str, texts: list[str]) -> list[set[int]]:
    """The numbers that a listing would bear of which these are all the words."""
    other = "fr" if language == "en" else "en"
    part = f"""SELECT n AS id, to_tsvector('relais_{language}', told) AS search_{language},
        NULL::tsvector AS search_{other} FROM unnest(%s::text[]) WITH ORDINALITY each(told, n)"""
    with connection.cursor() as cursor:
        statement = f"WITH part AS ({part}), {meant_sql('part')} SELECT concepts FROM meant ORDER BY id"
        cursor.execute(statement, [texts])
        return [set(numbers) for (numbers,) in cursor.fetchall()]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_whatever_a_listed_phrase_finds_bears_one_of_its_numbers(language: str) -> None:
    known = read_synonyms("default")
    words = [word for group in GROUPS for word in group["words"]]
    typed = [form for word in words for form in (word, f"{word}s", f"my {word}", word.replace(" ", ""))]
    units = {unit: known.concepts(unit) for q in typed for unit in known.word_groups(q)}
    asked = [(text, set(numbers)) for unit, numbers in units.items() if numbers for text in unit]
    borne = concepts_of_texts(language, [text for text, _ in asked])
    assert len(asked) > 10_000
    assert [text for (text, numbers), mine in zip(asked, borne, strict=True) if not numbers & mine] == []


@pytest.mark.django_db
def test_nearly_all_groups_of_the_list_have_a_number() -> None:
    known = read_synonyms("default")
    units = [known.word_groups(group["words"][0])[0] for group in GROUPS]
    assert sum(bool(known.concepts(unit)) for unit in units) >= len(GROUPS) - 6


def test_a_listing_is_found_by_the_number_of_what_it_tells(make_service: MakeService) -> None:
    make_service("Clinic", needs=["food"], description="Free legal help.")
    make_service("Pantry", needs=["food"])
    assert is_narrowed("aide juridique")
    assert found("aide juridique") == ["Clinic"]


def test_a_number_alone_finds_nothing(make_service: MakeService) -> None:
    make_service("Clinic", needs=["food"], description="Pro wrestling, and a legal age of eighteen.")
    assert found("aide juridique") == []


def test_slips_and_little_words_are_looked_for_everywhere(make_service: MakeService) -> None:
    make_service("Alder House", needs=["withdrawal_management"])
    assert "concepts" not in condition("detoks", {"detoks": ["detox"]})[0]
    assert "concepts" not in condition("detox", {})[0]
    assert not is_narrowed("it is on")


def test_what_a_steward_adds_is_found_at_once_and_later_by_its_number(
    make_service: MakeService, viewer: Viewer
) -> None:
    make_service("Old", needs=["food"], description="A zebra in the yard.")
    add_synonyms(words=["zebra", "striped horse"], viewer=viewer)
    assert (found("striped horse"), is_narrowed("striped horse")) == (["Old"], False)
    make_service("New", needs=["food"], description="Two zebras.")
    assert tag_concepts() == 1
    assert is_narrowed("striped horse")
    assert found("striped horse") == ["New", "Old"]
    make_service("Newest", needs=["food"], description="No zebra.")
    assert found("striped horses") == ["New", "Newest", "Old"]
    assert tag_concepts() == 0


def test_a_changed_group_is_asked_by_words_until_its_number_is_given(
    make_service: MakeService, viewer: Viewer
) -> None:
    group = add_synonyms(words=["zebra", "striped horse"], viewer=viewer)
    make_service("Yard", needs=["food"], description="An okapi.")
    tag_concepts()
    change_synonyms(group_id=group.pk, words=["zebra", "okapi"], viewer=viewer)
    assert (found("zebra"), is_narrowed("zebra")) == (["Yard"], False)
    tag_concepts()
    assert (found("zebra"), is_narrowed("zebra")) == (["Yard"], True)


def test_a_number_that_no_group_needs_is_given_up(viewer: Viewer) -> None:
    group = add_synonyms(words=["zebra", "okapi"], viewer=viewer)
    tag_concepts()
    assert Concept.objects.filter(words=list(concept_of(group.words))).exists()
    remove_synonyms(group_id=group.pk, viewer=viewer)
    tag_concepts()
    assert not Concept.objects.filter(words=list(concept_of(group.words))).exists()


@pytest.mark.django_db
def test_words_that_the_database_does_not_read_are_no_concept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.actions.tag_concepts.concept_of", lambda _: ("the", "zebra"))
    assert tag_concepts() == 0
    assert not Concept.objects.exists()


def test_what_was_written_before_there_were_numbers_gets_them(make_service: MakeService) -> None:
    make_service("Clinic", needs=["food"], description="Free legal help.")
    for make_ready in (rebuild, tag_concepts):
        Listing.objects.update(concepts=None)
        Concept.objects.all().delete()
        assert (found("aide juridique"), is_narrowed("aide juridique")) == (["Clinic"], False)
        make_ready()
        assert (found("aide juridique"), is_narrowed("aide juridique")) == (["Clinic"], True)


def test_a_rebuild_gives_back_what_was_lost(make_service: MakeService) -> None:
    make_service("Clinic", needs=["food"], description="Free legal help.")
    before = Listing.objects.values_list("concepts", flat=True).get()
    assert before
    Listing.objects.update(concepts=None)
    rebuild()
    assert Listing.objects.values_list("concepts", flat=True).get() == before


@contextmanager
def _somebody_at_it() -> Iterator[None]:
    with psycopg.connect(read_local("OWNER_DATABASE_URL")) as other:
        name = connection.settings_dict["NAME"]
        with psycopg.connect(other.info.dsn, password=other.info.password, dbname=name) as same:
            same.execute("SELECT pg_advisory_lock(%s)", [TAGGING])
            yield
            # A connection that closes gives back its lock a moment later; this answers when it is given back.
            same.execute("SELECT pg_advisory_unlock(%s)", [TAGGING])


def test_two_at_once_do_not_do_it_twice(viewer: Viewer) -> None:
    add_synonyms(words=["zebra", "okapi"], viewer=viewer)
    with _somebody_at_it():
        assert tag_concepts() == 0
    assert tag_concepts() == 1
