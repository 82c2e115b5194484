"""A search in the database's terms."""

import math
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from directory.finding.clocks import clock_values
from directory.finding.windows import EVERYBODY, Window
from directory.rules.eligibility_tags import Conditions
from directory.rules.radius import door_limit, rough_limit
from directory.rules.tags import EVERYWHERE, LETTERS, reach_tag

ANYBODY = Conditions()

Guesses = tuple[tuple[str, tuple[str, ...]], ...]
"""Words as typed, each with the words that it was taken for."""


@dataclass(frozen=True, slots=True)
class Shunned:
    """A place where somebody must not be, or be seen: what lies within these metres of it is left out."""

    latitude: float
    longitude: float
    metres: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What the statements are made of. Points are in degrees, `within` and `away` in whole kilometres;
    `around` are ids of the community there.

    `tags` is a query_int of what must be offered, or empty. `ranks` are query_ints of languages, the best answer first;
    results that none of them describes come last. `person` excludes and sorts. Of `moments` and `parts` (query_ints of
    open and of shut) any will do; the first moment is now, asked for or not: `opens` says whether moments and parts
    exclude. `typed` are the words that may have slips in them; `forgives_slips`: words that are alike are found too, as
    is asked when nothing bears the words as typed, and `read_as` says what was taken for what. `known`
    are the words among several that somebody is known to mean something by, as typed; `is_loose`: one of them will do.
    `window`: through whose eyes listings are read. `beds_since`: only services that reported a bed after this
    moment, and by now.
    """

    language: str
    today: date
    moments: tuple[datetime, ...]
    opens: bool = False
    parts_open: str = ""
    parts_shut: str = ""
    tags: str = ""
    words: str = ""
    word_values: dict[str, str] = field(default_factory=dict)
    here: tuple[float, float] | None = None
    province: str = ""
    around: tuple[int, ...] = ()
    within: int | None = None
    away: int | None = None
    not_provinces: tuple[str, ...] = ()
    shunned: tuple[Shunned, ...] = ()
    ranks: tuple[str, ...] = ()
    person: Conditions = ANYBODY
    sort: str = "best"
    offset: int = 0
    candidates: int = 1000
    typed: tuple[str, ...] = ()
    forgives_slips: bool = False
    read_as: Guesses = ()
    known: tuple[str, ...] = ()
    is_loose: bool = False
    window: Window = EVERYBODY
    beds_since: datetime | None = None

    @property
    def limits(self) -> tuple[float, float]:
        """Metres below which an exact door is within, and any other place."""
        return (door_limit(self.within), rough_limit(self.within)) if self.within else (math.inf, math.inf)

    def _reaches(self) -> dict[str, str]:
        """What has no point is found by where it reaches."""
        if self.province not in LETTERS:
            return {}
        here = {name: reach_tag(name, self.province) for name in ("place", "province", "beside")}
        return {f"reach_{name}": str(tag) for name, tag in (here | {"country": EVERYWHERE}).items()}

    def values(self) -> dict[str, Any]:
        """What the statements are given."""
        latitude, longitude = self.here or (None, None)
        door, rough = self.limits
        values: dict[str, Any] = {
            "tags": self.tags,
            "no": f"!({self.person.no})",
            "barred": self.person.no,
            "yes": self.person.yes,
            "parts_open": self.parts_open,
            "parts_shut": self.parts_shut,
            "latitude": latitude,
            "longitude": longitude,
            "province": self.province,
            **self._reaches(),
            "around": "{" + ",".join(map(str, self.around)) + "}",
            "away": (self.away or 0) * 1000.0,
            "rough_away": rough_limit(self.away) if self.away else 0.0,
            "not_provinces": "{" + ",".join(self.not_provinces) + "}",
            "typed": list(self.typed),
            "offset": self.offset,
            "door_limit": door,
            "rough_limit": rough,
            "speaks": "|".join(self.ranks),
            "today": self.today,
            "beds_since": self.beds_since,
            "beds_by": self.moments[0],
        }
        values |= {f"rank_{number}": query for number, query in enumerate(self.ranks)}
        values |= {f"no_{name}": query for name, query in self.person.no_by.items()}
        for number, place in enumerate(self.shunned):
            values |= {
                f"shun_{number}_lat": place.latitude,
                f"shun_{number}_lon": place.longitude,
                f"shun_{number}_m": place.metres,
            }
        return values | clock_values(self.moments) | self.word_values
