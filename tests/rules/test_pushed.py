"""A pushed record, whatever it holds, is values of parts or faults by field; nothing else of a listing is touched."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from directory.rules.pushed import PUSHED, read_pushed

KEY = "0b9dc1ae-9a31-4a6e-8a05-1b5dd8d1a0b5"
WEEK = {"state": "times", "days": [[[540, 720]], *[[]] * 6], "note": "Ring.", "is_plain": True}
PROFILE: dict[str, Any] = {
    "service.name": "Clinic",
    "phones": [
        {
            "id": "1",
            "number": "613-555-0142",
            "extension": "",
            "type": "voice",
            "description": "A",
            "description_fr": "",
        },
        {
            "id": "2",
            "number": "613-555-0143",
            "extension": "",
            "type": "",
            "description": "",
            "description_fr": "",
        },
    ],
    "languages": [{"id": "3", "code": "cre", "name": "Swampy Cree", "note": "interpreter"}],
    f"hours/{KEY}/": WEEK,
}
NAMES = {"eng": "English", "cre": "Cree"}
plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12)
fields = st.sampled_from(
    [
        "id",
        "number",
        "extension",
        "type",
        "description",
        "code",
        "note",
        "freq",
        "byday",
        "opens_at",
        "closes_at",
    ]
)
values = st.recursive(
    plain, lambda v: st.lists(v, max_size=3) | st.dictionaries(fields, v, max_size=5), max_leaves=12
)
clocks = st.sampled_from(["09:00", "9", "25:00", "17:00:00Z", "23:59", ""])
weeks = st.lists(
    st.fixed_dictionaries(
        {"freq": st.just("WEEKLY"), "byday": st.sampled_from(["MO", "MO,TU", "1MO", "X", ""])},
        optional={"opens_at": clocks, "closes_at": clocks, "interval": st.sampled_from([1, "1", 2, "x"])},
    ),
    max_size=4,
)


@given(
    st.dictionaries(st.sampled_from([*sorted(PUSHED), "assured_date", "version"]), values | weeks, max_size=5)
)
def test_any_record_is_values_or_faults(record: dict[str, Any]) -> None:
    read = read_pushed(record, PROFILE, KEY, NAMES)
    told = {name for name in record.keys() & PUSHED if record[name] is not None}
    assert len(read.values) + len(read.faults.keys() - {"name"}) >= len(told - {"name"})
    assert not PUSHED & set(read.not_taken)


def test_what_a_record_leaves_out_of_a_number_stays() -> None:
    read = read_pushed(
        {"phones": [{"number": "613-555-0143"}, {"id": "1", "number": "613-555-0199"}]}, PROFILE, KEY, NAMES
    )
    second, first = read.values["phones"]
    assert second == PROFILE["phones"][1]
    assert first == PROFILE["phones"][0] | {"number": "613-555-0199"}


def test_a_week_keeps_the_notes_that_are_told_beside_it() -> None:
    row = {"freq": "WEEKLY", "byday": "FR", "opens_at": "09:00", "closes_at": "12:00"}
    hours = read_pushed({"schedules": [row]}, PROFILE, KEY, NAMES).values[f"hours/{KEY}/"]
    assert (hours["days"][4], hours["days"][0], hours["note"]) == ([[540, 720]], [], "Ring.")
