"""Services are found by other words than theirs, in either language; stewards say which words those are."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from accounts.models import User
from directory.actions.edit_synonyms import (
    add_synonyms,
    are_synonyms_loaded,
    change_synonyms,
    group_id,
    load_synonyms,
    remove_synonyms,
)
from directory.actions.load_vocabulary import is_loaded, load_vocabulary
from directory.actions.refused import Refused
from directory.finding.alike import ALIKE, Alike, read_alike, typed_words
from directory.finding.synonyms import forget_synonyms, read_synonyms, synonyms
from directory.finding.words import words_condition
from directory.models.synonym import SynonymGroup
from directory.rules.little_words import STOP_WORDS, UNREAD, Language
from directory.rules.synonyms import sifting_words
from safety.audit import AuditEntry
from safety.viewer import VISITOR, Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

NEEDS = settings.FIXTURES / "vocabulary" / "needs.toml"


@pytest.fixture
def viewer(steward: User) -> Viewer:
    """Sam, who edits."""
    return Viewer(user=steward.pk)


@pytest.fixture
def desk(steward: User, sign_in: SignIn) -> RoleClient:
    """Sam's browser, with a second factor."""
    return sign_in(steward)


def found(q: str, *, forgives_slips: bool = False) -> list[str]:
    """Names of the services that a question finds, in their order."""
    return found_by(read_synonyms("default").word_groups(q), forgives_slips=forgives_slips)


def alike_to(groups: Sequence[Sequence[str]]) -> Alike:
    """What the database takes the typed words for."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {ALIKE}", {"typed": list(typed_words(groups))})
        return read_alike(cursor.fetchone()[0])


def found_by(groups: Sequence[Sequence[str]], *, forgives_slips: bool = False) -> list[str]:
    condition, values = words_condition(groups, alike=alike_to(groups) if forgives_slips else None)
    ids = f"SELECT service_id FROM listing WHERE {condition}"
    statement = f"SELECT name FROM service WHERE id IN ({ids}) ORDER BY name"
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.parametrize("q", ["detox", "withdrawal management", "sevrage", "DÉSINTOX", "gestion du sevrage"])
@pytest.mark.parametrize(
    "text",
    [
        {"description_fr": "Gestion du sevrage, jour et nuit."},
        {"description": "Withdrawal management, day and night."},
        {"description": "Medical detox."},
        {"needs": ["withdrawal_management"]},
    ],
)
def test_detox_finds_withdrawal_management_whatever_the_language_of_either(
    q: str, text: dict[str, str], make_service: MakeService
) -> None:
    make_service("Alder House", **{"needs": ["primary_care"], **text})
    make_service("Pantry", needs=["food"], description="Food boxes.", description_fr="Paniers.")
    assert found(q) == ["Alder House"]


@pytest.mark.parametrize(
    "q", ["papers", "papiers", "my papers", "pièces d'identité", "ID", "j'ai besoin de papiers"]
)
def test_papers_find_identity_documents(q: str, make_service: MakeService) -> None:
    make_service("Desk", needs=["identity_documents"])
    make_service("Clinic", needs=["settlement"], description_fr="On remplace les pièces d\u2019identité.")
    make_service("Pantry", needs=["food"])
    assert found(q) == ["Clinic", "Desk"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_words_that_the_database_leaves_out_are_known(language: Language) -> None:
    """Of French some are left out only with their accents, which a question has lost: those are read."""
    words = sorted(UNREAD)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT word FROM unnest(%s::text[]) word WHERE numnode(phraseto_tsquery('relais_{language}', word)) = 0",
            [words],
        )
        left_out = {word for (word,) in cursor.fetchall()}
    assert left_out <= STOP_WORDS[language]
    turning = {"en": {"no", "not", "out", "off", "me"}, "fr": {"ne", "pas", "me", "moi"}}
    assert turning[language] <= left_out


def test_a_phrase_is_never_asked_by_its_one_word_without_what_turns_it(make_service: MakeService) -> None:
    make_service("Newsagent", needs=["food"], description="Papers and status of every kind. Get paid.")
    make_service("Door", needs=["food"], description="Open to the undocumented.")
    make_service("Wages", needs=["food"], description="We recover stolen wages.")
    assert found("no papers") == found("no status") == ["Door"]
    assert found("not paid") == ["Wages"]


def test_a_phrase_that_no_language_reads_is_looked_for_in_names(
    make_service: MakeService, viewer: Viewer
) -> None:
    add_synonyms(words=["hug me", "tiens moi"], viewer=viewer)
    make_service("Hugs", needs=["food"], description="A hug.")
    assert found("hug me") == []
    make_service("House Hug me", needs=["food"])
    assert found("hug me") == ["House Hug me"]


def test_phrases_with_articles_find_both_ways(make_service: MakeService, viewer: Viewer) -> None:
    add_synonyms(words=["l'ancêtre", "kokum"], viewer=viewer)
    make_service("French", needs=["food"], description_fr="Un ancêtre vous écoute.")
    make_service("Cree", needs=["food"], description="Kokum listens.")
    make_service("Kennel", needs=["food"], description="Your dog can live here too.")
    assert found("kokum") == found("l'ancêtre") == ["Cree", "French"]
    assert found("pets") == found("my dog") == ["Kennel"]


def test_words_are_found_wherever_their_space_stands(make_service: MakeService) -> None:
    make_service("Pantry", needs=["primary_care"], description="A food bank.")
    make_service("Line", needs=["primary_care"], description="A hotline.")
    assert found("foodbank") == ["Pantry"]
    assert found("hot line") == ["Line"]


def test_the_page_of_a_group_says_which_phrases_are_not_asked_for_the_others(
    desk: RoleClient, db: None
) -> None:
    page = reverse("admin:directory_synonymgroup_change", args=[group_id("undocumented")])
    assert "a single word of it: no papers, no status, out of status." in desk.get(page).content.decode()
    page = reverse("admin:directory_synonymgroup_change", args=[group_id("pets")])
    assert "a single word of it" not in desk.get(page).content.decode()


def test_one_word_in_each_language_finds_what_bears_both(make_service: MakeService) -> None:
    make_service("Bilingual", needs=["primary_care"], description="Detox.", description_fr="Pour les veuves.")
    make_service("Other", needs=["primary_care"], description="Detox.", description_fr="Pour les voisins.")
    assert found("detox veuves") == ["Bilingual"]


def test_every_word_has_to_be_found(make_service: MakeService) -> None:
    make_service("Alder House", needs=["withdrawal_management"])
    assert found("detox alder") == ["Alder House"]
    assert found("detox riverbend") == []


def test_words_that_are_not_listed_are_found_by_their_stems(make_service: MakeService) -> None:
    make_service("Clinic", description="Bicycles for widows.", description_fr="Des vélos aux réfugiées.")
    for q in ("bicycle", "widow", "velo", "the bicycles", "une réfugiée"):
        assert found(q) == ["Clinic"], q


def test_a_slip_is_forgiven_only_where_that_is_asked_for(make_service: MakeService) -> None:
    make_service("Alder House", needs=["withdrawal_management"])
    make_service("Pantry", needs=["food"])
    assert found("detoks") == []
    assert found("detoks", forgives_slips=True) == ["Alder House"]
    assert found("aldr detoks", forgives_slips=True) == ["Alder House"]
    assert found("detoks pantries", forgives_slips=True) == []


def test_three_letters_are_too_few_to_be_a_slip(make_service: MakeService) -> None:
    make_service("Alders", needs=["withdrawal_management"])
    assert found("ald", forgives_slips=True) == []
    assert found("alde", forgives_slips=True) == ["Alders"]


@pytest.mark.parametrize("q", ["it is as on", "me", "s", "a t s"])
def test_stop_words_alone_find_what_bears_them_by_name_and_nothing_else(
    q: str, make_service: MakeService
) -> None:
    make_service("Clinic", needs=["legal_advice"])
    assert found(q) == []
    make_service(f"House {q} there", needs=["food"])
    assert found(q) == [f"House {q} there"]


def test_a_unit_that_is_a_stop_word_in_one_language_is_still_found_in_the_other(
    make_service: MakeService,
) -> None:
    make_service("Clinic", needs=["food"], description_fr="Du thé et des biscuits.")
    assert found("thé") == ["Clinic"]


def test_a_name_in_another_script_is_found(make_service: MakeService) -> None:
    make_service("بيت الأمل", needs=["food"])
    make_service("Pantry", needs=["food"])
    assert found("الأمل") == ["بيت الأمل"]


def test_without_words_everything_fits(make_service: MakeService) -> None:
    make_service("Pantry", needs=["food"])
    assert found("?!") == ["Pantry"]


@pytest.mark.parametrize("typed", ["'; --", "%s %(q)s %", "a & b | !c <-> (d:*", "\\", "x" * 200, "50%"])
def test_nothing_that_is_typed_is_read_as_a_statement(typed: str, make_service: MakeService) -> None:
    make_service("Pantry", needs=["food"])
    assert isinstance(found_by([(typed, "b'")], forgives_slips=True), list)
    assert isinstance(found(typed, forgives_slips=True), list)


def test_the_words_are_found_by_the_indexes_of_both_languages(make_service: MakeService) -> None:
    make_service("Pantry", needs=["food"])
    condition, values = words_condition(read_synonyms("default").word_groups("detox women"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM listing WHERE {condition}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "listing_words_en" in plan
    assert "listing_words_fr" in plan


@pytest.mark.parametrize(
    "text", ["Legal clinic on Fridays.", "A lawyer, free of charge.", "Free lawyers!", "Clinic."]
)
def test_sifting_finds_what_the_phrases_alone_find(make_service: MakeService, text: str) -> None:
    make_service("Pantry", needs=["food"], description=text)
    (unit,) = read_synonyms("default").word_groups("legal aid")
    assert len(sifting_words(unit)) > 1
    alone = [found_by([(phrase,)]) for phrase in unit]
    assert found_by([unit]) == (["Pantry"] if any(alone) else [])


def test_what_a_steward_adds_changes_and_removes_is_seen_at_once(
    viewer: Viewer, make_service: MakeService
) -> None:
    make_service("Alder House", needs=["withdrawal_management"])
    assert found("turkey") == []
    group = add_synonyms(words=["Cold  turkey ", "turkey", "sevrage", "Sevrages", ""], viewer=viewer)
    assert group.words == ["Cold turkey", "turkey", "sevrage"]
    assert found("turkey") == ["Alder House"]
    change_synonyms(group_id=group.pk, words=["dinde", "sevrage"], viewer=viewer)
    assert (found("turkey"), found("dindes")) == ([], ["Alder House"])
    remove_synonyms(group_id=group.pk, viewer=viewer)
    assert found("dinde") == []
    entries = AuditEntry.objects.filter(subject_type="synonym_group").order_by("action")
    assert [entry.action for entry in entries] == ["add_synonyms", "change_synonyms", "remove_synonyms"]
    assert {(entry.actor, entry.subject_id) for entry in entries} == {(viewer.user, group.pk)}
    assert [entry.facts() for entry in entries] == [{"phrases": 3}, {"phrases": 2}, {"phrases": 2}]


def test_searchers_keep_the_synonyms_for_a_minute_unless_they_change_here(
    db: None, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    forget_synonyms()
    with django_assert_num_queries(1):
        assert synonyms() is synonyms()
    before = synonyms()
    forget_synonyms()
    assert synonyms() is not before


@pytest.mark.parametrize(
    "words",
    [["detox"], ["detox", "Détox"], ["the", "detox"], ["?", "detox"], ["x" * 81, "detox"], ["a\x00b", "detox"], [],
     [f"word {number}" for number in range(13)]],
)  # fmt: skip
def test_a_group_that_would_say_nothing_is_refused(words: list[str], viewer: Viewer) -> None:
    before = SynonymGroup.objects.count()
    with pytest.raises(Refused):
        add_synonyms(words=words, viewer=viewer)
    assert SynonymGroup.objects.count() == before


def test_saving_the_same_words_leaves_no_row(viewer: Viewer) -> None:
    group = SynonymGroup.objects.get(pk=group_id("detox"))
    change_synonyms(group_id=group.pk, words=group.words, viewer=viewer)
    assert not AuditEntry.objects.filter(action="change_synonyms").exists()


def test_loading_again_leaves_alone_what_a_steward_wrote(viewer: Viewer) -> None:
    change_synonyms(group_id=group_id("detox"), words=["detox", "sevrage"], viewer=viewer)
    remove_synonyms(group_id=group_id("pets"), viewer=viewer)
    added = add_synonyms(words=["dry house", "sobriété"], viewer=viewer)
    before = list(SynonymGroup.objects.order_by("id").values())
    assert is_loaded(NEEDS)
    load_vocabulary(path=NEEDS, viewer=VISITOR)
    assert list(SynonymGroup.objects.order_by("id").values()) == before
    assert added.pk in {row["id"] for row in before}
    assert not SynonymGroup.objects.get(pk=group_id("pets")).is_used
    with pytest.raises(Refused):
        remove_synonyms(group_id=group_id("pets"), viewer=viewer)


def test_a_changed_list_is_loaded_and_what_it_dropped_goes(viewer: Viewer) -> None:
    change_synonyms(group_id=group_id("pets"), words=["pets", "chats et chiens"], viewer=viewer)
    listed = {"detox": ["detox", "sevrage"], "new": ["bicycle", "vélo"]}
    assert not are_synonyms_loaded(listed)
    assert load_synonyms(listed) == 2
    assert are_synonyms_loaded(listed)
    kept = {group.pk: group.words for group in SynonymGroup.objects.order_by("id")}
    edited = {group_id("pets"): ["pets", "chats et chiens"]}
    assert kept == {group_id(slug): words for slug, words in listed.items()} | edited
    assert not is_loaded(NEEDS)


def test_an_updated_site_without_synonyms_is_not_loaded(db: None) -> None:
    SynonymGroup.objects.all().delete()
    assert not is_loaded(NEEDS)
    assert load_vocabulary(path=NEEDS, viewer=VISITOR).synonyms == SynonymGroup.objects.count() > 90
    assert is_loaded(NEEDS)


def test_a_group_is_added_changed_and_removed_by_its_page(desk: RoleClient, db: None) -> None:
    add = reverse("admin:directory_synonymgroup_add")
    assert "from two to 12 words" in desk.post(add, {"words": "turkey"}).content.decode()
    assert desk.post(add, {"words": "turkey\r\n\r\nsevrage\r\n"}).status_code == 302
    group = SynonymGroup.objects.get(words=["turkey", "sevrage"])
    page = reverse("admin:directory_synonymgroup_change", args=[group.pk])
    assert "turkey\nsevrage" in desk.get(page).content.decode()
    assert desk.post(page, {"words": "dinde\nsevrage"}).status_code == 302
    listed = desk.get(reverse("admin:directory_synonymgroup_changelist"), {"q": "DIND"}).content.decode()
    assert "dinde, sevrage" in listed
    desk.post(reverse("admin:directory_synonymgroup_delete", args=[group.pk]), {"post": "yes"})
    group.refresh_from_db()
    assert not group.is_used
    assert desk.get(page).status_code == 302
