"""What an organization signed that it tells the police, immigration and child protection, beside what a listing states.

Where both speak, the one who tells more is believed: a promise that is kept too well costs nothing.
"""

from collections.abc import Iterable, Mapping

from directory.rules.narrowing import DISCRETION

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
