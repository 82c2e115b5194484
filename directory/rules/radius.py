"""What `within` means: exact doors by their kilometres, everything else by steps as coarse as the bands.

A protected place and one known only by its community have no kilometres. They count as within a radius as soon as
their band begins inside it: "25 to 50 km away" may be 26. So a radius tells no more of them than the steps do, and
those are measured from the published area's own fixed point, which is the same for every place in it.
"""

import math

NEAREST, FARTHEST = 1, 5000
CHOICES = (5, 10, 25, 50, 100, 250)
"""Radii that the form offers, in kilometres."""

STEPS = (5, 25, 50, 100, 250, 500, 1000, 2000)
"""Where a step of distance ends, in kilometres, exclusive. To 250 they are the bands that readers see."""


def door_limit(within: int) -> float:
    """Metres below which an exact door is within: it is told as `within` whole kilometres at most."""
    return (within + 0.5) * 1000


def rough_limit(within: int) -> float:
    """Metres below which a place without kilometres may be within: the end of the step that `within` cuts."""
    return next((step * 1000.0 for step in STEPS if step >= within), math.inf)
