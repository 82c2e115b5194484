"""The outline that the map is drawn on, as it is made of the package's file."""

import gzip
import json
from typing import Any

from config.settings.environment import ROOT
from deploy.local.outline import cut_south, outline, simplified, twice_area

SQUARE = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]


def _two_provinces() -> dict[str, Any]:
    """Two squares side by side with one border between them, and a pond too small to be seen."""
    arcs = [
        [[100, 4000], [0, 100]],
        [[100, 4100], [-100, 0], [0, -100], [100, 0]],
        [[100, 4000], [100, 0], [0, 100], [-100, 0]],
        [[10, 4010], [5, 0], [0, 5], [-5, -5]],
    ]
    subunits = [
        {"type": "Polygon", "id": "AA", "properties": {"gu": "CAN"}, "arcs": [[0, 1]]},
        {"type": "MultiPolygon", "id": "BB", "properties": {"gu": "CAN"}, "arcs": [[[2, -1]]]},
        {"type": "Polygon", "id": "XX", "properties": {"gu": "USA"}, "arcs": [[2, -1]]},
    ]
    pond = {"type": "Polygon", "arcs": [[3]]}
    layers = {"subunits": subunits, "countries": [], "lakes": [pond]}
    return {
        "objects": {name: {"geometries": members} for name, members in layers.items()},
        "arcs": arcs,
        "transform": {"scale": [0.01, 0.01], "translate": [-100, 10]},
    }


def _ends(row: list[int]) -> tuple[tuple[int, int], tuple[int, int]]:
    return (row[0], row[1]), (sum(row[0::2]), sum(row[1::2]))


def _assert_closed(told: dict[str, Any], ring: list[int]) -> None:
    ends = [_ends(told["arcs"][n]) if n >= 0 else _ends(told["arcs"][~n])[::-1] for n in ring]
    for (_, last), (first, _) in zip(ends, [*ends[1:], ends[0]], strict=True):
        assert last == first


def test_a_border_that_two_provinces_share_is_told_once() -> None:
    told = outline(_two_provinces())
    assert (len(told["land"]), told["around"], told["lakes"]) == (2, [], [])
    assert len(told["arcs"]) == 3
    (border,) = told["borders"]
    assert {_ends(told["arcs"][border])[0], _ends(told["arcs"][border])[1]} == {(100, 4000), (100, 4100)}
    for ring in told["land"]:
        _assert_closed(told, ring)


def test_a_line_keeps_its_ends_and_what_strays() -> None:
    assert simplified([(0, 0), (50, 0), (100, 0)], 1) == [(0, 0), (100, 0)]
    assert simplified([(0, 0), (50, 9), (100, 0)], 1) == [(0, 0), (50, 9), (100, 0)]


def test_what_lies_south_is_cut_away() -> None:
    assert twice_area(cut_south(SQUARE, 40)) == 2 * 100 * 60
    assert cut_south(SQUARE, 101) == []


def test_the_outline_that_is_shipped_is_whole_and_light() -> None:
    raw = (ROOT / "static/vendor/outline.json").read_bytes()
    told = json.loads(raw)
    assert len(gzip.compress(raw, 6)) < 36_000
    assert len(told["borders"]) >= 13
    for name in ("land", "around", "lakes"):
        assert told[name]
        for ring in told[name]:
            _assert_closed(told, ring)
