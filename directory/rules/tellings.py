"""What an organization signed that it tells the police, immigration and child protection, beside what a listing states.

Where both speak, the one who tells more is believed: a promise that is kept too well costs nothing.
"""

from collections.abc import Iterable, Mapping, Sequence

from directory.rules.eligibility_terms import Fact
from directory.rules.narrowing import DISCRETION, TOLD, told_of

WARNING = "routinely"
"""What stays said after an organization's word has ended: only assurances end."""


def lines_with(stated: str, signed: Mapping[str, str]) -> tuple[str, frozenset[str]]:
    """The lines of a service's facts with its organization's `signed` (dimension to term), and where it was believed.

    A line: dimension|term|true or false|low|high. A listing's own stated no on such a term says nothing of the others.
    """
    own = {line.split("|")[0]: line for line in stated.splitlines() if _is_yes(line)}
    believed = frozenset(
        dimension for dimension, term in signed.items() if _tells_more(term, own.get(dimension, ""))
    )
    kept = [line for line in stated.splitlines() if line.split("|")[0] not in believed]
    added = [f"{dimension}|{signed[dimension]}|true||" for dimension in sorted(believed)]
    return "\n".join([*kept, *added]), believed


def _is_yes(line: str) -> bool:
    return line.split("|")[2] == "true"


def _tells_more(term: str, own: str) -> bool:
    return not own or DISCRETION[term] < DISCRETION.get(own.split("|")[1], 0)


def signed_terms(lines: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Of lines "dimension|term|day": the terms and the days, by dimension."""
    parts = [line.split("|") for line in lines]
    return {one[0]: one[1] for one in parts}, {one[0]: one[2] for one in parts}


NOTHING = ("accept", "no_enforcement_sharing")
"""The dimension and the term of the promise that police and immigration are told nothing."""
_OF_NOTHING = ("tells_police", "tells_immigration")
_SILENT = "with_consent"


def assures_unsigned(before: Sequence[Fact], after: Sequence[Fact], signed: Mapping[str, str]) -> bool:
    """True if `after` promises more silence than `before`, and than its organization `signed` (dimension to term)."""
    for dimension in TOLD:
        promised = told_of(after, dimension)
        if promised > max(told_of(before, dimension), DISCRETION.get(signed.get(dimension, ""), 0)):
            return True
    is_silent = all(signed.get(dimension) == _SILENT for dimension in _OF_NOTHING)
    return _says_nothing_is_told(after) and not _says_nothing_is_told(before) and not is_silent


def _says_nothing_is_told(facts: Iterable[Fact]) -> bool:
    return any((fact.dimension, fact.term) == NOTHING and fact.stated for fact in facts)
