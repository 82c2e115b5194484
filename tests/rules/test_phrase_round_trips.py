"""A week or ages that are written out in English or French are read back as they were."""

from collections.abc import Callable
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from directory.rules.opening import Span
from directory.rules.phrase_ages import Ages, read_ages
from directory.rules.phrase_hours import read_hours

Pair = tuple[int, int]
Week = dict[int, tuple[Pair, ...]]
EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EN_SHORT = ("Mon", "Tue", "Wed", "Thurs", "Fri", "Sat", "Sun")
FR = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
FR_SHORT = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")


def _twelve(minutes: int) -> str:
    hour, minute = divmod(minutes % 1440, 60)
    if minutes % 720 == 0:
        return "noon" if minutes % 1440 else "midnight"
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''} {'a.m.' if hour < 12 else 'p.m.'}"


def _compact(minutes: int) -> str:
    hour, minute = divmod(minutes % 1440, 60)
    return f"{hour % 12 or 12}:{minute:02}{'am' if hour < 12 else 'pm'}"


def _digits(minutes: int) -> str:
    return "{:02}:{:02}".format(*divmod(minutes % 1440, 60))


def _french(minutes: int) -> str:
    hour, minute = divmod(minutes % 1440, 60)
    if minutes % 720 == 0:
        return "midi" if minutes % 1440 else "minuit"
    return f"{hour} h {minute:02}" if minute else f"{hour}\u00a0h"


def _tight(minutes: int) -> str:
    return "{}h{:02}".format(*divmod(minutes % 1440, 60))


def _style(
    days: tuple[str, ...], to: str, and_: str, pair: Callable[[Pair], str], colon: str
) -> Callable[[Week], str]:
    def line(numbers: list[int], pairs: tuple[Pair, ...]) -> str:
        is_run = len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1))
        names = [days[number] for number in numbers]
        named = f"{names[0]}{to}{names[-1]}" if is_run else f"{', '.join(names[:-1])}{and_}{names[-1]}"
        named = names[0] if len(names) == 1 else named
        return f"{named}{colon}{and_.join(pair(hours) for hours in pairs)}"

    def write(week: Week) -> str:
        groups: dict[tuple[Pair, ...], list[int]] = {}
        for day, pairs in sorted(week.items()):
            groups.setdefault(pairs, []).append(day)
        return "; ".join(line(numbers, pairs) for pairs, numbers in groups.items())

    return write


STYLES = (
    _style(EN, " to ", " and ", lambda p: f"{_twelve(p[0])} to {_twelve(p[1])}", ", "),
    _style(EN_SHORT, "-", " & ", lambda p: f"{_compact(p[0])}\u2013{_compact(p[1])}", ": "),
    _style(EN_SHORT, " - ", " and ", lambda p: f"{_digits(p[0])}-{_digits(p[1])}", " "),
    _style(FR, " au ", " et ", lambda p: f"de {_french(p[0])} à {_french(p[1])}", ", "),
    _style(FR_SHORT, " à ", " et ", lambda p: f"{_tight(p[0])}-{_tight(p[1])}", "\u00a0: "),
)


def _pairs(low: int, high: int) -> st.SearchStrategy[tuple[Pair, ...]]:
    """One or two disjoint intervals, in quarters of an hour."""
    marks = st.lists(st.integers(low // 15, high // 15), min_size=2, max_size=4, unique=True)
    return marks.map(sorted).map(lambda m: tuple((m[i] * 15, m[i + 1] * 15) for i in range(0, len(m) - 1, 2)))


def _weeks(pairs: st.SearchStrategy[tuple[Pair, ...]]) -> st.SearchStrategy[Week]:
    few = st.lists(pairs, min_size=1, max_size=3)
    return few.flatmap(lambda some: st.dictionaries(st.integers(0, 6), st.sampled_from(some), min_size=1))


def _spans(week: Week) -> tuple[Span, ...]:
    return tuple(sorted(Span(day, *pair) for day, pairs in week.items() for pair in pairs))


@settings(deadline=None)
@given(week=_weeks(_pairs(8 * 60, 23 * 60 + 30)), write=st.sampled_from(STYLES))
def test_hours_of_a_day_are_read_back_from_every_style(week: Week, write: Callable[[Week], str]) -> None:
    text = write(week)
    # "10:00-11:30" alone does not tell which clock it is of: a time outside of 10 to 1 must stand somewhere.
    times = [time for pairs in week.values() for pair in pairs for time in pair]
    assume(write is not STYLES[2] or any(not 600 <= time < 780 for time in times))
    found = read_hours(text)
    assert found.is_sure
    assert found.spans == _spans(week)


@settings(deadline=None)
@given(
    days=st.sets(st.integers(0, 6), min_size=1),
    opens=st.integers(16 * 4, 95).map(lambda q: q * 15),
    closes=st.integers(1, 32).map(lambda q: 1440 + q * 15),
    write=st.sampled_from(STYLES),
)
def test_hours_past_midnight_are_read_back(
    days: set[int], opens: int, closes: int, write: Callable[[Week], str]
) -> None:
    week: Week = dict.fromkeys(days, ((opens, closes),))
    assert read_hours(write(week)).spans == _spans(week)


@settings(deadline=None)
@given(week=_weeks(_pairs(0, 1425)), write=st.sampled_from(STYLES))
def test_no_style_is_ever_read_as_other_hours(week: Week, write: Callable[[Week], str]) -> None:
    found = read_hours(write(week))
    assert not found.is_sure or found.spans == _spans(week)


YEARS = st.integers(0, 100)
AGES_WITH_A_WORD = (
    "ages {}-{}",
    "Youth ({} to {})",
    "aged {} – {}",
    "between {} and {} years old",
    "jeunes de {} à {} ans",
)


@settings(deadline=None)
@given(
    low=YEARS,
    more=st.integers(0, 20),
    style=st.sampled_from(
        [
            "ages {}-{}",
            "{} to {} years",
            "Youth ({} to {})",
            "aged {} – {}",
            "between {} and {} years old",
            "{} à {} ans",
            "jeunes de {} à {} ans",
            "entre {} et {} ans",
            "de {}\u00a0à {}\u00a0ans",
        ],
    ),
)
def test_ages_from_to_are_read_back(low: int, more: int, style: str) -> None:
    # "1 to 3 years" and no more may be a length of stay.
    assume(low == 0 or low + more > 10 or style in AGES_WITH_A_WORD)
    assert read_ages(style.format(low, low + more)) == Ages(Decimal(low), Decimal(low + more), is_sure=True)


@settings(deadline=None)
@given(
    age=st.integers(1, 100),
    style=st.sampled_from(
        [
            "{}+",
            "{} and over",
            "{} years and older",
            "Women {}+",
            "at least {} years old",
            "{} ans et plus",
            "à partir de {} ans",
        ],
    ),
)
def test_lowest_ages_are_read_back(age: int, style: str) -> None:
    assert read_ages(style.format(age)) == Ages(low=Decimal(age), is_sure=True)


@settings(deadline=None)
@given(
    age=st.integers(1, 100),
    style=st.sampled_from(
        [
            ("under {}", 1),
            ("younger than {}", 1),
            ("moins de {} ans", 1),
            ("{} and under", 0),
            ("{} ans et moins", 0),
            ("up to {} years of age", 0),
            ("jusqu’à l’âge de {} ans", 0),
        ],
    ),
)
def test_highest_ages_are_read_back_and_under_leaves_its_own_number_out(
    age: int, style: tuple[str, int]
) -> None:
    text, less = style
    assert read_ages(text.format(age)) == Ages(high=Decimal(age - less), is_sure=True)
