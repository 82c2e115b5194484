"""Rows, items, outlines and words of HSDS packages, without a database."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.hsds_package import Broken, canonical, derived_id, in_writing_order, lacking
from directory.rules.hsds_package_items import kind_of, take_apart
from directory.rules.hsds_package_outlines import outline_of
from directory.rules.hsds_package_placing import Placer
from directory.rules.hsds_package_rows import RowReader
from directory.rules.hsds_package_words import area_named, is_correctional_lodge, name_key, phone_key
from directory.rules.hsds_shape import ENTITIES
from directory.rules.hsds_values import Unusable
from directory.rules.places import Gazetteer, Place

UPPER = "D9D5E0F5-D3CE-4F73-9A2F-4DD0ECC6C610"


def row(entity: str, **values: str) -> dict[str, Any]:
    """What is staged of one record, by column."""
    reader = RowReader("feed", entity)
    names = ("_given", "_loose", "id", "written", "flags", *reader.columns[10:])
    cells = [values.get(field.name, "") for field in ENTITIES[entity].fields]
    return dict(zip(names, reader.read(cells), strict=True))


def test_a_uuid_is_taken_in_lower_case_and_told_as_it_was_written() -> None:
    found = row("phone", id=UPPER, number="613-555-0142", service_id=UPPER)
    assert (found["id"], found["service_id"], found["_given"]) == (UPPER.lower(), UPPER.lower(), "")
    assert json.loads(found["written"]) == {"id": UPPER, "service_id": UPPER}


def test_an_id_that_is_no_uuid_becomes_the_same_one_in_every_run() -> None:
    found = row("phone", id="p-1", number="613-555-0142", service_id="s-1")
    assert found["_given"] == "p-1"
    assert found["id"] == derived_id("feed", "phone", "p-1") == str(canonical(found["id"]))
    assert found["service_id"] == derived_id("feed", "service", "s-1")
    assert found["service_id"] != derived_id("other", "service", "s-1")


def test_a_tie_to_a_thing_of_unknown_kind_is_kept_as_written() -> None:
    found = row("attribute", id=UPPER, link_id="x", link_entity="thing")
    assert found["link_id"] is None
    assert json.loads(found["written"])["link_id"] == "x"


@pytest.mark.parametrize("text", ["", "x" * 201])
def test_an_id_that_says_nothing_or_too_much_is_refused(text: str) -> None:
    with pytest.raises(Unusable):
        row("phone", id=text, number="613-555-0142")


def test_a_text_without_an_end_is_refused() -> None:
    with pytest.raises(Unusable, match="description is longer than"):
        row("organization", id=UPPER, name="House", description="x" * 200_001)


@given(
    st.lists(
        st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.lists(st.text())),
        min_size=23,
        max_size=23,
    )
)
def test_any_cells_are_read_or_refused(cells: list[Any]) -> None:
    with suppress(Unusable):
        assert len(RowReader("feed", "service").read(cells)) == 5 + 21


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "phones", "organization", "locations", "x"]), inner)
    ),
    max_leaves=20,
)


@given(JSON.filter(lambda value: isinstance(value, dict)))
def test_any_item_is_taken_apart_or_refused(item: dict[str, Any]) -> None:
    for entity in ("service", "organization", "location"):
        taken = take_apart(entity, item)
        if isinstance(taken, Broken):
            assert taken.reason
        else:
            assert taken.records[0][0] == entity


@pytest.mark.parametrize(
    "entity", ["service", "organization", "location", "service_at_location", "taxonomy_term"]
)
def test_an_item_is_told_by_its_keys(entity: str) -> None:
    keys = {
        "service": ["id", "name", "status"],
        "organization": ["id", "name", "description"],
        "location": ["id", "name", "location_type"],
        "service_at_location": ["id", "description", "service"],
        "taxonomy_term": ["id", "name", "code", "description"],
    }
    item = dict.fromkeys(keys[entity], "x") | ({"email": "x"} if entity == "organization" else {})
    assert kind_of(item) == entity


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("Canada", "country"),
        ("Partout au Canada", "country"),
        ("Ontario", "ON"),
        ("Province of Ontario", "ON"),
        ("Nouvelle-Écosse", "NS"),
        ("qc", "QC"),
        ("Ontario Street", ""),
        ("", ""),
    ],
)
def test_areas_are_known_by_their_names_in_both_languages(name: str, area: str) -> None:
    assert area_named(name) == area


def test_names_and_numbers_are_compared_as_people_read_them() -> None:
    assert name_key("Maison de l’Été") == name_key("maison  de l'ete")
    assert phone_key("+1 (613) 555-0142") == phone_key("613.555.0142") == "6135550142"
    assert phone_key("211") == ""


def test_a_lodge_is_a_prison_only_where_its_words_say_so() -> None:
    assert is_correctional_lodge(["Buffalo Sage Wellness House", "", ""])
    assert is_correctional_lodge(["Lodge", "", "A healing lodge of the Correctional Service"])
    assert not is_correctional_lodge(["Healing lodge", "", "Elders meet people by choice"])
    assert not is_correctional_lodge(["Legal advice", "", "Help for people who were in a penitentiary"])


RING = [[-77, 44], [-76, 44], [-76, 45], [-77, 44]]


@pytest.mark.parametrize(
    "value",
    [
        {"type": "Polygon", "coordinates": [RING]},
        {"type": "MultiPolygon", "coordinates": [[RING]]},
        {
            "type": "FeatureCollection",
            "features": [{"geometry": {"type": "Polygon", "coordinates": [RING]}, "type": "Feature"}],
        },
    ],
)
def test_every_form_of_an_outline_becomes_one(value: dict[str, Any]) -> None:
    assert json.loads(outline_of(json.dumps(value))) == {"type": "MultiPolygon", "coordinates": [[RING]]}


@pytest.mark.parametrize(
    "ring", [RING[:3], [*RING[:3], [0, 0]], [[-181, 44], *RING[1:3], [-181, 44]], [[1], [1], [1], [1]]]
)
def test_a_ring_that_bounds_nothing_is_no_outline(ring: list[list[float]]) -> None:
    assert outline_of(json.dumps({"type": "Polygon", "coordinates": [ring]})) == ""


@given(st.text() | JSON.map(json.dumps))
def test_any_text_is_an_outline_or_none(text: str) -> None:
    assert outline_of(text) == "" or outline_of(text).startswith('{"type": "MultiPolygon"')


def test_the_core_of_a_package_is_asked_for() -> None:
    assert lacking(["services.csv"]) == lacking(["taxonomies.csv"]) == ""
    assert lacking(["phones.csv"]).startswith("lacks its core")
    assert lacking([]).startswith("holds no file")


def test_what_is_named_comes_before_what_names_it() -> None:
    assert in_writing_order(["phones.csv", "services.csv", "organizations.csv"])[0] == "organizations.csv"


KINGSTON = Place(1, "Kingston", "", "ON", 44.23, -76.48, 130_000, "America/Toronto", "community")
CODE = Place(-1, "K7L", "", "ON", 44.24, -76.49, 0, "America/Toronto", "postal_area")
FAR = Place(-2, "V6B", "", "BC", 49.28, -123.12, 0, "America/Vancouver", "postal_area")
TOWN = Place(3, "Atikokan", "", "ON", 48.76, -91.62, 2_700, "America/Atikokan", "community")
RURAL = Place(-3, "P0T", "", "ON", 50.14, -89.06, 0, "America/Thunder_Bay", "postal_area")
PLACER = Placer(Gazetteer([KINGSTON, CODE, FAR, TOWN, RURAL]), [KINGSTON, TOWN])


@pytest.mark.parametrize(
    ("where", "placed"),
    [
        ((44.2, -76.5, "", "", "", ""), ("coordinates", 1)),
        ((44.2, -76.5, "Kingston", "ON", "", "CA"), ("coordinates", 1)),
        ((49.3, -123.1, "Kingston", "ON", "", "CA"), ("community", 1)),
        ((0.0, 0.0, "Kingston", "Ontario", "", "Canada"), ("community", 1)),
        ((None, None, "Kingston", "BC", "", ""), ("nothing", None)),
        ((None, None, "", "", "K7L 1A1", ""), ("postal_area", -1)),
        ((None, None, "Kingston", "Ontario", "V6B 1A1", "CA"), ("community", 1)),
        ((None, None, "Nowhere", "Ontario", "V6B 1A1", "CA"), ("nothing", None)),
        ((None, None, "Kingston", "", "V6B 1A1", "CA"), ("postal_area", -2)),
        ((None, None, "Kingston", "ON", "", "US"), ("nothing", None)),
        ((48.7, -91.6, "Atikokan", "ON", "P0T 1C0", "CA"), ("coordinates", 3)),
        ((None, None, "", "", "", ""), ("nothing", None)),
    ],
)
def test_a_place_is_known_as_well_as_its_row_tells(where: Any, placed: tuple[str, int | None]) -> None:
    found = PLACER.place(*where)
    assert (found.placed_by, found.community) == placed
