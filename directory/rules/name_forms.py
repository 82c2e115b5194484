"""Words made of a name: its people ("Wawaites", "les Atikokanais"), its plural, and a house's word in one with it.

Digests know a name whole: so each word is taken apart, and what may be a name in it is asked for.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from directory.rules.text import fold

SHORTEST = 4
"""Letters of a name whose people have a name in texts."""

SHORTEST_IN_ONE = 3
"""Letters of a name that is looked for in one with a house's word."""

_LONGEST = 60


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH = ("s", "er", "ers", "ite", "ites", "ian", "ians", "an", "ans", "n", "ns", "onian", "onians", "miut")
_FRENCH = tuple(
    ending + more
    for endings, many in (
        (("ais", "ois"), ("", "e", "es")),
        (("ien", "een"), ("", "s", "ne", "nes")),
        (("ain", "in"), ("", "s", "e", "es")),
    )
    for ending in endings
    for more in many
)
_ENDINGS = tuple(sorted({*_ENGLISH, *_FRENCH}, key=len, reverse=True))
_FRENCH_SET = frozenset(_FRENCH)
_LOST = ("", "e", "y", "q", "a", "ie")
"""What a name may lose before its people's ending: "Cochranites" of Cochrane, "Kuujjuamiut" of Kuujjuaq."""

MOST_LOST = max(map(len, _LOST))
"""Letters."""

_HOUSES = tuple(
    sorted(
        _words(
            "house houses housing home homes shelter shelters lodge haven centre center centres place residence"
            " residences refuge refuges maison maisons auberge foyer hebergement halte toit clinic clinique women"
            " womens woman femme femmes family families famille familles youth jeunes jeunesse crisis crise"
            " outreach transition transitional resource resources ressource ressources service services support"
            " help helpline helps care hostel hospice society community communautaire council counselling"
            " association accueil safe safehome safehouse hope espoir dropin detox recovery hospital group groupe"
            " office bureau"
        ),
        key=len,
        reverse=True,
    )
)
_BETWEEN = ("for", "of", "the", "and", "de", "du", "des", "la", "le", "les", "et", "pour", "aux", "au")
_COMPOUNDS = _words(
    "warehouse warehouses warehousing greenhouse greenhouses farmhouse courthouse lighthouse bathhouse boathouse"
    " clubhouse schoolhouse townhouse townhouses townhome townhomes powerhouse roundhouse storehouse guesthouse"
    " firehouse playhouse workhouse longhouse birdhouse doghouse treehouse smokehouse roadhouse steakhouse"
    " teahouse coffeehouse penthouse icehouse bunkhouse almshouse poorhouse henhouse gatehouse statehouse"
    " safehouse workplace workplaces marketplace marketplaces fireplace fireplaces birthplace commonplace anyplace"
    " someplace childcare healthcare daycare aftercare skincare eldercare homecare medicare pharmacare selfcare"
    " pericare downtown uptown midtown hometown chinatown nursinghome motherhome wellhome crosstown newtown"
    " oldtown motorhome mobilehome gentlewomen businesswoman businesswomen policewomen chairwoman spokeswoman"
    " madhouse helphouse workgroup subgroup focusgroup playgroup selfhelp"
)
"""Words in one with a house's that are no name with it."""

_PIECES = re.compile(r"[^\W_]+(?:[-_'’][^\W_]+)*")


@lru_cache(maxsize=20_000)
def people_of(word: str) -> tuple[tuple[str, bool], ...]:
    """What a folded word may be the people or the plural of, and whether such a word may begin with a small letter."""
    found = {
        (word[: -len(ending)] + lost, ending in _FRENCH_SET)
        for ending in _ENDINGS
        if word.endswith(ending)
        for lost in (_LOST if len(ending) > 1 else ("",))
    }
    return tuple(
        sorted((stem, is_french) for stem, is_french in found if len(stem) >= SHORTEST and stem != word)
    )


def in_one(text: str) -> Iterator[str]:
    """What may be a name in words that are written in one with those of houses: "wawahouse", "wawa-house"."""
    for piece in set(_PIECES.findall(text)):
        word = "".join(fold(piece).split())
        if len(word) <= _LONGEST and word not in _COMPOUNDS:
            yield from _names_in(word)


@lru_cache(maxsize=20_000)
def _names_in(word: str) -> tuple[str, ...]:
    """The parts before, behind and between the words of houses."""
    behind = {word[len(head) :] for head in _heads(word)}
    before = {word[: len(word) - len(tail)] for tail in _tails(word)}
    between = {part[: len(part) - len(tail)] for part in behind for tail in _tails(part)}
    return tuple(sorted(part for part in behind | before | between if len(part) >= SHORTEST_IN_ONE))


def _heads(word: str, *, is_begun: bool = False) -> Iterator[str]:
    """All beginnings that are made of houses' words, small words between them: "maison", "maisonde"."""
    for known in (*_HOUSES, *(_BETWEEN if is_begun else ())):
        if word.startswith(known) and len(known) < len(word):
            yield known
            yield from (known + more for more in _heads(word[len(known) :], is_begun=True))


def _tails(word: str) -> Iterator[str]:
    """All ends that are: "house", "womenshouse"; a house's word stands last."""
    for known in _HOUSES:
        if word.endswith(known) and len(known) < len(word):
            yield known
            yield from (more + known for more in _inner(word[: -len(known)]))


def _inner(word: str) -> Iterator[str]:
    for known in (*_HOUSES, *_BETWEEN):
        if word.endswith(known) and len(known) < len(word):
            yield known
            yield from (more + known for more in _inner(word[: -len(known)]))
