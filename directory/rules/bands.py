"""Words for distances, where a number would claim more than is known.

A place known only by its community is given a band, never kilometres.
"""

import math

# Upper bounds in kilometres, exclusive. "here" is the community itself and its edge.
_BOUNDS = ((5.0, "here"), (25.0, "near"), (50.0, "within_50"), (100.0, "within_100"))
_BOUNDS_AFAR = ((250.0, "within_250"), (math.inf, "far"))

BANDS: tuple[str, ...] = tuple(slug for _, slug in _BOUNDS + _BOUNDS_AFAR)
"""Every band, nearest first: the index of a band is its rank."""


def distance_band(km: float) -> str:
    """Return the band of a distance in kilometres. Raises ValueError below 0 or for NaN."""
    if math.isnan(km) or km < 0:
        raise ValueError(f"not a distance in kilometres: {km}")
    return next((slug for bound, slug in _BOUNDS + _BOUNDS_AFAR if km < bound), "far")


def least_km(band: str) -> int:
    """Return the kilometres that a band says at least: where the one before it ends. Raises ValueError for no band."""
    number = BANDS.index(band)
    return int((_BOUNDS + _BOUNDS_AFAR)[number - 1][0]) if number else 0


def whole_km(metres: float) -> int:
    """Return `metres` in whole kilometres, halves upward. Raises ValueError unless finite, >= 0."""
    if not math.isfinite(metres) or metres < 0:
        raise ValueError(f"not a distance in metres: {metres}")
    return math.floor(metres / 1000 + 0.5)
