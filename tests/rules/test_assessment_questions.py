"""What a question of an assessment tool must not ask, in both languages; who has to have reviewed a tool."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.rules.content import ContentFault, read_content
from cms.rules.marks import Led, Mark, missing_marks
from cms.rules.questions import WORDS, Unasked, asked_about

TODAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Does she wear too much make-up or look like a child?", "appearance"),
        ("Does the person have BRUISES?", "appearance"),
        ("A-t-elle l’air effrayée ?", "appearance"),
        ("Est-elle habillée pour la saison ?", "appearance"),
        ("What is the person’s nationality?", "nationality"),
        ("Is the person a foreigner?", "nationality"),
        ("De quel pays vient la personne ?", "nationality"),
        ("Quelle est sa NATIONALITÉ ?", "nationality"),
        ("Where was the person born?", "nationality"),
        ("What does the person do for a living?", "occupation"),
        ("Is the person a sex worker?", "occupation"),
        ("Quel est son métier ?", "occupation"),
        ("Fait-elle du travail du sexe, ou est-elle travailleuse du sexe ?", "occupation"),
    ],
)
def test_questions_about_looks_origin_or_work_are_refused(question: str, about: str) -> None:
    assert [what for what, _ in asked_about(question)] == [about]


@pytest.mark.parametrize(
    "question",
    [
        "Does somebody else decide when the person may leave?",
        "Who keeps the pay, and who pays the rent?",
        "Does somebody escort the person everywhere, or look after their phone?",
        "Does somebody keep their papers, clothes or keys?",
        "Qui s’occupe de sa paie ? Est-elle tenue de payer une dette ?",
        "Peut-elle sortir, ou quelqu’un lui dit-il non ?",
    ],
)
def test_questions_about_control_are_not(question: str) -> None:
    assert list(asked_about(question)) == []


@given(
    st.sampled_from([(u, w) for u in Unasked for w in WORDS[u]]), st.text(max_size=30), st.text(max_size=30)
)
def test_a_word_of_the_lists_is_found_in_any_text_around_it(
    listed: tuple[Unasked, str], before: str, after: str
) -> None:
    unasked, word = listed
    asked = f"{before} {word.rstrip('*').replace('* ', ' ').upper()} {after}"
    assert unasked in dict(asked_about(asked))


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    assert len(list(asked_about(text))) <= len(Unasked)


@given(st.dictionaries(st.sampled_from(Led), st.uuids()))
def test_a_tool_is_whole_with_both_marks_of_two_people_alone(people: dict[Led, UUID]) -> None:
    missing = missing_marks({led: Mark(by, TODAY) for led, by in people.items()})
    assert (missing == ()) is (len(people) == 2 and len(set(people.values())) == 2)


def test_one_person_speaks_for_one_group() -> None:
    same = Mark(uuid4(), TODAY)
    assert missing_marks(dict.fromkeys(Led, same)) == tuple(Led)


KNOWN = {
    **dict.fromkeys(
        ("sector", "role", "forms", "situations", "law: jurisdiction", "roles: kind"), frozenset[str]()
    ),
    "needs": frozenset({"food"}),
    "language": frozenset({"en"}),
    "evidence": frozenset({"law"}),
    "kind": frozenset({"assessment", "protocol"}),
}


def content(**other: object) -> dict[str, object]:
    texts = dict.fromkeys(("slug", "title", "summary", "when_to_use"), "words")
    rest = {"language": "en", "evidence": "law", "review_by": TODAY, "sources": [{"title": "A law"}]}
    asked = [{"title": "Who keeps the pay?", "text": "Ask.", "needs": ["food"]}]
    return {"kind": "assessment", **texts, **rest, "questions": asked, **other}


def test_a_file_holds_its_questions_with_their_kinds_of_help() -> None:
    told = read_content(content(), KNOWN)
    assert told["questions"] == [{"title": "Who keeps the pay?", "text": "Ask.", "needs": ["food"]}]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"questions": []}, "an assessment tool has some"),
        ({"kind": "protocol"}, "nothing else has"),
        ({"questions": ["who"]}, "questions 1: is no table"),
        ({"questions": [{"title": "Who?", "needs": ["beer"]}]}, "beer is not known"),
        ({"questions": [{"title": "Who?", "score": 3}]}, "score is not known"),
        ({"questions": [{"title": "Is the person a foreigner?"}]}, "asks about nationality"),
    ],
)
def test_a_file_with_other_questions_is_refused(other: dict[str, object], said: str) -> None:
    with pytest.raises(ContentFault, match=said):
        read_content(content(**other), KNOWN)
