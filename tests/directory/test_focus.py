"""For whom services are made, as searchers see it: filled as needs are, with numbers that never change."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from accounts.models import User
from directory.actions.edit_term import add_term, edit_term, retire_term
from directory.actions.load_vocabulary import is_loaded, load_vocabulary
from directory.actions.own_terms import FOCUS, focus_id
from directory.finding.vocabulary import forget_vocabulary, read_vocabulary, vocabulary
from directory.models.focus import Focus
from safety.viewer import VISITOR, Viewer

NEEDS = settings.FIXTURES / "vocabulary" / "needs.toml"
FILL_SQL = (
    Path(apps.get_app_config("directory").path) / "migrations/sql/0018_focus_and_synonyms.sql"
).read_text()


@pytest.fixture
def viewer(steward: User) -> Viewer:
    """Sam, who edits."""
    return Viewer(user=steward.pk)


def _numbers() -> dict[str, int]:
    return dict(Focus.objects.order_by("number").values_list("slug", "number"))


def test_every_focus_of_the_file_is_offered_under_its_number(db: None) -> None:
    words = read_vocabulary("default")
    assert list(words.focuses)[:3] == ["trafficking", "labour_exploitation", "sex_workers"]
    assert list(_numbers().values()) == list(range(1, 17))
    assert words.focus_tags(["trafficking", "metis"]) == [6_000_001, 6_000_016]
    assert words.focus_name("2slgbtqi", "fr") == "Personnes 2ELGBTQI+"
    assert words.focus_name("2slgbtqi", "en") == "2SLGBTQI+ people"
    assert not words.focuses.keys() & words.needs.keys()


def test_two_statements_read_needs_and_focuses_and_then_none(
    db: None, django_assert_num_queries: object
) -> None:
    forget_vocabulary()
    with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's own fixture
        assert vocabulary().focuses
        assert vocabulary().focus_tags(["men"])
    forget_vocabulary()


def test_a_stewards_words_are_seen_and_survive_loading(viewer: Viewer) -> None:
    edit_term(term_id=focus_id("men"), name="Men and boys", viewer=viewer)
    assert read_vocabulary("default").focus_name("men", "en") == "Men and boys"
    load_vocabulary(path=NEEDS, viewer=VISITOR)
    assert read_vocabulary("default").focus_name("men", "en") == "Men and boys"


def test_a_new_focus_gets_the_next_number_and_the_others_keep_theirs(viewer: Viewer) -> None:
    before = _numbers()
    add_term(slug="families", taxonomy=FOCUS, name="Families", name_fr="Familles", viewer=viewer)
    Focus.objects.filter(slug="trafficking").update(position=900)
    load_vocabulary(path=NEEDS, viewer=VISITOR)
    assert _numbers() == before | {"families": 17}


def test_a_retired_focus_is_known_and_offered_no_longer(viewer: Viewer) -> None:
    retire_term(term_id=focus_id("men"), viewer=viewer)
    words = read_vocabulary("default")
    assert not words.focuses["men"].is_offered
    assert words.focus_tags(["men"]) == [6_000_008]
    retire_term(term_id=focus_id("men"), viewer=viewer, is_offered=True)
    assert read_vocabulary("default").focuses["men"].is_offered


def test_an_updated_site_has_its_focuses_by_the_migration_alone(viewer: Viewer) -> None:
    retire_term(term_id=focus_id("men"), viewer=viewer)
    before = list(Focus.objects.order_by("number").values())
    Focus.objects.all().delete()
    assert not is_loaded(NEEDS)
    with connection.cursor() as cursor:
        cursor.execute(FILL_SQL.split(";")[0])
    assert list(Focus.objects.order_by("number").values()) == before
    assert is_loaded(NEEDS)
