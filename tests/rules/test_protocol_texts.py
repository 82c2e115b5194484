"""Texts of protocols cut into paragraphs and lists; standing; what changed between two versions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.rules.differences import differences
from cms.rules.standing import GRACE, Standing, shown_until, standing
from cms.rules.texts import Passage, passages

TODAY = date(2027, 3, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", ()),
        ("One line.", (Passage(("One line.",)),)),
        ("One\nline.\n\nTwo.", (Passage(("One line.",)), Passage(("Two.",)))),
        ("- a\n- b", (Passage(("a", "b"), is_list=True),)),
        ("Do:\n- a\n  goes on\n- b\r\n\r\nThen.", (
            Passage(("Do:",)), Passage(("a goes on", "b"), is_list=True), Passage(("Then.",)),
        )),
    ],
)  # fmt: skip
def test_texts_are_cut_into_paragraphs_and_lists(text: str, cut: tuple[Passage, ...]) -> None:
    assert passages(text) == cut


@given(st.text(alphabet="ab -\n\r", max_size=60))
def test_no_word_is_lost_or_added(text: str) -> None:
    told = " ".join(line for passage in passages(text) for line in passage.lines)
    assert [c for c in told if c in "ab"] == [c for c in text if c in "ab"]
    assert all(passage.lines for passage in passages(text))


@pytest.mark.parametrize(
    ("reviewed", "by", "told"),
    [
        (None, None, Standing.UNREVIEWED),
        (None, TODAY, Standing.UNREVIEWED),
        (TODAY - DAY, None, Standing.CURRENT),
        (TODAY - DAY, TODAY, Standing.CURRENT),
        (TODAY - DAY, TODAY - DAY, Standing.OVERDUE),
        (None, TODAY - DAY, Standing.OVERDUE),
    ],
)
def test_only_what_was_reviewed_and_is_not_overdue_is_current(
    reviewed: date | None, by: date | None, told: Standing
) -> None:
    assert standing(reviewed_on=reviewed, review_by=by, today=TODAY) is told


def test_what_is_urgent_or_allowed_for_a_time_is_shown_until_then() -> None:
    assert shown_until(review_by=TODAY, is_urgent=False, consent_until=None) is None
    assert shown_until(review_by=TODAY, is_urgent=True, consent_until=None) == TODAY + GRACE
    assert shown_until(review_by=TODAY, is_urgent=True, consent_until=TODAY + DAY) == TODAY + DAY


def test_differences_name_the_part_and_its_sentences() -> None:
    before = {
        "slug": "a",
        "title": "T",
        "steps": [{"title": "One", "text": "x\ny"}, {"title": "Two", "text": ""}],
    }
    after = {
        "slug": "b",
        "title": "T",
        "steps": [{"title": "Two", "text": "y"}, {"title": "Three", "text": "x"}],
    }
    (told,) = differences(before, after)
    assert (told.part, told.added, told.removed) == ("steps", ("Three",), ("One",))
    assert differences(before, before | {"slug": "c"}) == ()
