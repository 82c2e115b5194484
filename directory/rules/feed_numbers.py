"""Which number of a feed could lead people to somebody else, where a person confirmed what is told (promise 26)."""

from collections.abc import Iterable
from typing import NamedTuple

from directory.rules.hsds_package_words import phone_key
from directory.rules.redirecting import tells_a_new_way


class Number(NamedTuple):
    """A number as somebody wrote it. `stays`: a person stands behind it, and no feed takes it away."""

    number: str
    extension: str = ""
    description: str = ""
    stays: bool = False

    @property
    def dialled(self) -> tuple[str, str]:
        """What a telephone makes of it: digits, or a short code as it is; and the extension."""
        return phone_key(self.number) or self.number.strip(), self.extension.strip()


def leads_elsewhere(said: Number, was: Number | None, known: Iterable[Number]) -> bool:
    """True if a feed's number reaches somebody whom neither it (`was`) nor those that are shown (`known`) reach.

    What is written beside it may tell a number, too.
    """
    told = [*known, *([was] if was else [])]
    if said.dialled not in {one.dialled for one in told}:
        return True
    return tells_a_new_way("\n".join(f"{one.number}\n{one.description}" for one in told), said.description)


def is_there(said: Number, known: Iterable[Number]) -> bool:
    """True if the same number stands there already, and no feed takes it away: it need not be shown twice."""
    return said.dialled in {one.dialled for one in known if one.stays}
