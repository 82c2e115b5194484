"""What the places of a search mean: where it is near, and where somebody must not be sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from directory.finding.asked import Shunned
from directory.finding.places import gazetteer
from directory.rules.place_answers import largest, places_of
from directory.rules.places import Choice, Found, NotFound, Place, Resolution, RuralPostalCode
from directory.rules.province_names import province_meant, province_slipped
from directory.rules.query import Fault

AROUND = ((500_000, 40_000.0), (50_000, 20_000.0), (0, 10_000.0))
"""Of a place with so many people, the metres around its middle that are taken for it."""
TOLD = 60
"""Characters of a typed place that are repeated."""
OFFERED_OF_A_PROVINCE = 6
"""Of its communities, the largest, to choose from where a whole province was typed."""


@dataclass(frozen=True, slots=True)
class Near:
    """What a typed place came to. `is_also_province`: a city was taken that is called like its province."""

    place: Place | None = None
    others: tuple[Place, ...] = ()
    choices: tuple[Place, ...] = ()
    is_corrected: bool = False
    is_also_province: bool = False
    faults: tuple[Fault, ...] = ()


def near_of(text: str) -> Near:
    """The place that `text` names; several to choose from; or what is wrong with it."""
    if not text:
        return Near()
    letters = province_meant(text)
    if letters and not gazetteer().called(text):
        return _of_province(letters, text)
    found = gazetteer().resolve(text)
    match found:
        case Found(place, others, corrected):
            return Near(place, others, is_corrected=corrected, is_also_province=bool(letters))
        case RuralPostalCode(code, _, reason, named):
            return Near(choices=named, faults=(Fault("near", reason, code),))
    if _is_doubtful(found) and (slipped := province_slipped(text)):
        return _of_province(slipped, text, found)
    if isinstance(found, NotFound):
        return Near(faults=(Fault("near", found.reason, text[:TOLD]),))
    return Near(choices=found.places, faults=(Fault("near", _question(found), text[:TOLD]),))


def _question(found: Choice) -> str:
    """Several bear the name; or none does, and one or several may be meant."""
    if not found.corrected:
        return "choose"
    return "meant" if len(found.places) > 1 else "meant_one"


def _of_province(letters: str, text: str, found: Resolution | None = None) -> Near:
    """Nobody stands in the middle of a province: its communities are offered, behind those that may be meant."""
    meant = found.places if isinstance(found, Choice) else gazetteer().called(text)
    offered = dict.fromkeys((*meant, *_largest(letters, len(gazetteer()))))
    return Near(choices=tuple(offered), faults=(Fault("near", "province", text[:TOLD]),))


@lru_cache(maxsize=32)
def _largest(letters: str, _known: int) -> tuple[Place, ...]:
    """Kept as long as so many places are known: it reads them all."""
    return largest(gazetteer().communities, letters, OFFERED_OF_A_PROVINCE)


def _is_doubtful(found: Resolution) -> bool:
    """True if nothing is called just so."""
    return isinstance(found, NotFound) or (isinstance(found, Found | Choice) and found.corrected)


@dataclass(frozen=True, slots=True)
class RuledOut:
    """One value of `not_in` as typed, and what it leaves out: a province by its letters, and around places.

    `is_guessed`: nothing is called just so, or places of several names are, and what may be meant is left out.
    """

    typed: str
    province: str = ""
    places: tuple[Place, ...] = ()
    is_guessed: bool = False


@dataclass(frozen=True, slots=True)
class NotIn:
    """Where somebody must not be sent: provinces by their letters, and around places; `told` by what was typed."""

    provinces: tuple[str, ...] = ()
    places: tuple[Shunned, ...] = ()
    told: tuple[RuledOut, ...] = ()


def _ruled_out(name: str) -> RuledOut | Fault:
    if letters := province_meant(name):
        return RuledOut(name, letters, gazetteer().called(name))
    found = gazetteer().resolve(name)
    slipped = province_slipped(name) if _is_doubtful(found) else ""
    match found:
        case Found() | Choice():
            places = places_of(found)
            is_guessed = found.corrected or len({place.name for place in places}) > 1
            return RuledOut(name, slipped, places, is_guessed)
        case RuralPostalCode(code, _, reason, _):
            return Fault("not_in", reason, code)
    return RuledOut(name, slipped, is_guessed=True) if slipped else Fault("not_in", found.reason, name[:TOLD])


def shunned_by(names: Iterable[str]) -> tuple[NotIn, tuple[Fault, ...]]:
    """What `not_in` means. Of what one name may mean all is left out: to be sent there is what must not be.

    So a province goes with the places of its name, and several places of one name all do.
    """
    read = [_ruled_out(name) for name in names]
    told = tuple(one for one in read if isinstance(one, RuledOut))
    faults = tuple(one for one in read if isinstance(one, Fault))
    provinces = tuple(dict.fromkeys(one.province for one in told if one.province))
    places = dict.fromkeys(place for one in told for place in one.places)
    return NotIn(provinces, tuple(map(_around, places)), told), faults


def _around(place: Place) -> Shunned:
    metres = next(metres for people, metres in AROUND if place.population >= people)
    return Shunned(place.latitude, place.longitude, metres)
