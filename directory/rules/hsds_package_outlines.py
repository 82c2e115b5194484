"""Reading the outline of a service area from GeoJSON (RFC 7946), or seeing that it is none."""

import json
import math

MOST_POSITIONS = 100_000
"""Corners of one outline."""


def outline_of(text: str) -> str:
    """The outline in `text` as one GeoJSON MultiPolygon; "" where it is no outline on earth.

    A geometry, a feature or a collection of features is read; points and lines bound nothing.
    """
    try:
        value = json.loads(text)
        polygons = _polygons(value, 0)
    except (ValueError, RecursionError, TypeError, LookupError, OverflowError):
        return ""
    count = sum(len(ring) for polygon in polygons for ring in polygon)
    if not polygons or count > MOST_POSITIONS:
        return ""
    return json.dumps({"type": "MultiPolygon", "coordinates": polygons})


def _polygons(value: object, depth: int) -> list[list[list[list[float]]]]:
    """The polygons of any GeoJSON object. Raises ValueError or a kin for what bounds no area."""
    if not isinstance(value, dict) or depth > 4:
        raise ValueError("no GeoJSON")
    match value["type"]:
        case "Feature":
            return _polygons(value["geometry"], depth + 1)
        case "FeatureCollection":
            return [p for feature in value["features"] for p in _polygons(feature, depth + 1)]
        case "GeometryCollection":
            return [p for geometry in value["geometries"] for p in _polygons(geometry, depth + 1)]
        case "Polygon":
            return [_polygon(value["coordinates"])]
        case "MultiPolygon":
            return [_polygon(polygon) for polygon in value["coordinates"]]
    raise ValueError("bounds no area")


def _polygon(rings: list[list[list[float]]]) -> list[list[list[float]]]:
    if not rings:
        raise ValueError("a polygon without a ring")
    return [_ring(ring) for ring in rings]


def _ring(ring: list[list[float]]) -> list[list[float]]:
    """Longitude and latitude of a closed ring. Raises ValueError for fewer than four corners or one off the earth."""
    made = [[float(position[0]), float(position[1])] for position in ring]
    if len(made) < 4 or made[0] != made[-1]:
        raise ValueError("a ring that isn't closed")
    for longitude, latitude in made:
        if not (math.isfinite(longitude) and abs(longitude) <= 180 and abs(latitude) <= 90):
            raise ValueError("off the earth")
    return made
