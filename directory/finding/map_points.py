"""Where the services of a search are, as the public may know it: all that its list shows, in one statement.

The same candidates, judged and put in order as `directory.finding.search` does for a page of the list, so that the
two are the same; looked for farther around, with forgiven slips, or for a part of the words, where the list was.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from directory.finding.alike import Alike, read_alike
from directory.finding.asked import Asked
from directory.finding.asking import asked_of
from directory.finding.languages_typed import languages_asked
from directory.finding.places import gazetteer
from directory.finding.places_asked import AROUND, near_of, shunned_by
from directory.finding.search import facts_of, fetch, looked_for
from directory.finding.search_sql import PER_PAGE, afar_sql, alike_sql, merged_sql, order_sql
from directory.finding.vocabulary import vocabulary
from directory.models.location import PlacedBy
from directory.rules.map_places import Point, names_around, told_point
from directory.rules.places import Place
from directory.rules.query import LAST_PAGE, Fault, Query, Reading

MOST = LAST_PAGE * PER_PAGE
"""Services that a list can show on all its pages."""

POINTS = """
SELECT (SELECT count(*) FROM merged), (SELECT count(*) FROM every), {afar}, {alike},
       ST_Y(l.point::geometry), ST_X(l.point::geometry), s.has_exact_point, p.{language}
  FROM (SELECT 1) one LEFT JOIN (
    SELECT *, row_number() OVER (ORDER BY {order}) AS position FROM merged ORDER BY position LIMIT {most}
) s ON true LEFT JOIN listing l ON l.id = s.id LEFT JOIN listing_page p ON p.id = s.id
 ORDER BY s.position
"""


@dataclass(frozen=True, slots=True)
class Spot:
    """One service of the list: its public facts, and where the map shows it, if anywhere.

    `around_km` is 0 where the point is its door; else it lies somewhere around, so far or farther.
    """

    facts: dict[str, Any]
    point: Point | None = None
    around_km: int = 0


@dataclass(frozen=True, slots=True)
class MapAnswer:
    """What a map of a search shows, or what is wrong with the search. `names` are places to be written on it."""

    query: Query
    faults: tuple[Fault, ...] = ()
    place: Place | None = None
    total: int = 0
    spots: tuple[Spot, ...] = ()
    names: tuple[Place, ...] = ()


def points_sql(asked: Asked) -> str:
    """The statement: every service of the list with its point, in the list's order; one row at least."""
    return merged_sql(asked) + POINTS.format(
        language=asked.language,
        order=order_sql(asked),
        most=MOST,
        afar=afar_sql(asked),
        alike=alike_sql(asked),
    )


def _around_km(point: Point) -> int:
    """How wide an area is drawn: of the community at its public point, whatever stands there."""
    nearest = gazetteer().nearest(*point)
    people = nearest.population if nearest else 0
    return round(next(metres for least, metres in AROUND if people >= least) / 1000)


def _is_whole_province(place: dict[str, str]) -> bool:
    """True of an area whose one point says nothing of where in the province. (Québec is a city as well.)"""
    return place["placed_by"] == PlacedBy.AREA and place["name"] == place["province_name"]


def _spot(latitude: float | None, longitude: float | None, is_exact: bool, stored: Any) -> Spot:  # noqa: FBT001  # a row's own columns
    facts = facts_of(stored)
    if latitude is None or longitude is None or _is_whole_province(facts["place"]):
        return Spot(facts)
    point = told_point((latitude, longitude), is_exact=is_exact, has_street=bool(facts["address"]))
    return Spot(facts, point, 0 if is_exact else _around_km(point))


class _Points(NamedTuple):
    """How many services there are, how many listings were looked at, whether any is afar alone, and the rows."""

    total: int
    seen: int
    is_afar: bool
    alike: Alike
    rows: list[tuple[Any, ...]]


def _find(asked: Asked) -> _Points:
    rows = fetch(points_sql(asked), asked.values())
    return _Points(*rows[0][:3], read_alike(rows[0][3]), [row[4:] for row in rows if row[7] is not None])


def map_answer(reading: Reading, language: str, now: datetime) -> MapAnswer:
    """All services of a search at `now`, with facts in "en" or "fr"; with any fault nothing is searched."""
    query, near = languages_asked(reading.query), near_of(reading.query.near)
    shunned, shun_faults = shunned_by(query.not_in)
    faults = reading.faults + near.faults + shun_faults
    if faults:
        return MapAnswer(query, faults)
    asks = partial(asked_of, query, near.place, shunned, vocabulary(), language, now)
    _, found = looked_for(asks, _find)
    spots = tuple(_spot(*row) for row in found.rows)
    points = [spot.point for spot in spots if spot.point]
    here = [(near.place.latitude, near.place.longitude)] if near.place else []
    names = tuple(names_around([*here, *points], gazetteer().communities))
    return MapAnswer(query, (), near.place, found.total, spots, names)
