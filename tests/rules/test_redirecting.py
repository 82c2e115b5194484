"""Numbers, sites and names that a text tells, however they are hidden from a reader of digits (promise 26)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.redirecting import tells_a_new_way, ways_in

pytestmark = pytest.mark.promise(26)


@pytest.mark.parametrize(
    "text",
    [
        "514\n555\n0134",
        "Number changed: +1 (514) ... 555 ... 0134",
        "5 1 4 / 5 5 5 / 0 1 3 4",
        "514_555_0134",
        "5l4-888-l234",
        "5I4 888 I234",
        "5O4 8O8 I2II",
        "5one4eight88",
        "⑤①④⑧⑧⑧",
        "6:04 5:55 01:42",
        "1-800-HELP-NOW",
        "1 800 helpnow",
        "613-HELP-NOW",
        "613 HELP NOW",
        "five hundred fourteen, eight eighty-eight, twelve thirty-four",
        "514 eight eighty-eight twelve 34",
        "cinq cent quatorze, huit cent quatre-vingt-huit, douze trente-quatre",
        "double five, triple eight, oh nine",
        "fiveonefoureighteight",
        "cinquantequatrehuithuitsept",
        "text 604 first then 555 and then 0142",
        "Composez le 604 puis le 555 et enfin le 0142",
        "mary (at) gmail",
        "mary arobase sisters",
        "mary at hotmail",
        "t me safesisters",
        "t.me/safesisters",
        "wa me 1514",
        "www safe-sisters ca",
        "safe-sisters ca",
        "safesisters dot ca",
        "safesisters point c a",
        "safesisters d\N{CYRILLIC SMALL LETTER O}t com",
        "Instagram safe_sisters_to",
        "safe_sisters_to",
        "sisters99",
        "Find us on Snap: sisters",
        "Telegram sisters",
        "What's App us",
        "sur Signal : sisters",
        "#7233",
    ],
)
def test_a_hidden_way_is_found(text: str) -> None:
    assert tells_a_new_way("Come in.", f"Come in. {text}")
    assert tells_a_new_way("", text)


@pytest.mark.parametrize(
    "text",
    [
        "Quatre-vingt-dix-huit lits, de dix-huit à vingt-quatre ans",
        "Open 24 hours a day, 7 days a week, 365 days a year. Up to 100 people",
        "C'est ça, venez comme vous êtes. Il a 18 ans. Il y en a 20.",
        "Since 1998 we take 150 people a year.",
        "Two hundred and fifty people each year; one hundred and twenty-five dollars.",
        "Monday 9 am to 5 pm, Tuesday 9 to 5, at 10:00, 11:30 and 13:00",
        "A 150-bed shelter. COVID-19: masks. Ne m'ennuyez pas.",
    ],
)
def test_plain_words_with_numbers_tell_no_way(text: str) -> None:
    assert ways_in(text) == frozenset()


def test_the_same_number_written_otherwise_is_no_new_way() -> None:
    assert not tells_a_new_way("Call 514-555-0134.", "Please call\nfive one four 555 0134")
    assert tells_a_new_way("Call 555 2025.", "Call 555 2026.")
    assert tells_a_new_way("Instagram: our_house", "Instagram: other_house")
    assert tells_a_new_way("Follow us on Telegram.", "Follow Marc on Telegram.")


_WORDS = {
    "0": ["zero", "oh", "O", "zéro"],
    "1": ["one", "un", "l", "I"],
    "2": ["two", "deux"],
    "3": ["three", "trois"],
    "4": ["four", "quatre"],
    "5": ["five", "cinq"],
    "6": ["six"],
    "7": ["seven", "sept"],
    "8": ["eight", "huit"],
    "9": ["nine", "neuf"],
}
_BREAKS = st.text(alphabet=" .-/,()\n*…·", min_size=0, max_size=8)


@st.composite
def hidden_numbers(draw: st.DrawFn) -> tuple[str, str]:
    """A telephone number, and the same with breaks of any kind, some digits as words."""
    digits = draw(st.from_regex(r"[2-9]\d{2}[2-9]\d{6}", fullmatch=True).filter(str.isascii))
    told = ""
    for digit in digits:
        spelled = [word for word in _WORDS[digit] if len(word) > 1]
        is_word = draw(st.integers(0, 3)) == 0
        shown = f" {draw(st.sampled_from(spelled))} " if is_word else digit
        told += shown + draw(_BREAKS)
    return digits, told


@given(hidden_numbers())
def test_no_breaks_and_no_words_hide_a_number(told: tuple[str, str]) -> None:
    digits, text = told
    assert ways_in(f"Come in. {text} Thanks.")
    assert ways_in(digits)


@given(st.from_regex(r"[2-9]\d{2}-[2-9]\d{2}-\d{4}", fullmatch=True).filter(str.isascii), st.data())
def test_no_letters_that_look_like_digits_hide_a_number(number: str, data: st.DataObject) -> None:
    looks = {"0": "0Oo", "1": "1lI", "5": "5S", "8": "8B", "2": "2Z"}
    told = "".join(data.draw(st.sampled_from(looks.get(c, c))) for c in number)
    if sum(c.isdigit() for c in told) >= 5:
        assert ways_in(f"Text {told}, any time.")


@given(st.text(max_size=200))
def test_any_text_is_read_and_tells_nothing_newer_than_itself(text: str) -> None:
    assert not tells_a_new_way(text, text)
