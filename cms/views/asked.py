"""What a reader asks of the list of protocols: words and one choice of each kind, sealed into an address."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from cms.words import FORMS, KINDS, LISTS, jurisdictions
from safety.seal import seal, unseal

PURPOSE = "protocols"
LONGEST = 200
CHOICES = ("kind", "sector", "situations", "forms", "jurisdictions")


class Unreadable(ValueError):
    """A name or a value that the list doesn't know."""


def known(name: str) -> frozenset[str]:
    """The values that one of CHOICES may have."""
    if name == "jurisdictions":
        return frozenset(code for code, _ in jurisdictions())
    return frozenset(KINDS if name == "kind" else LISTS.get(name, FORMS))


def read_asked(sent: Mapping[str, Any]) -> dict[str, str]:
    """What was sent, without what was left empty. Raises Unreadable."""
    told = {name: str(value).strip() for name, value in sent.items() if str(value).strip()}
    for name, value in told.items():
        if name not in ("q", *CHOICES) or "\x00" in value:
            raise Unreadable(name)
        if name == "q" and len(value) > LONGEST:
            raise Unreadable(name)
        if name != "q" and value not in known(name):
            raise Unreadable(name)
    return told


def sealed(asked: Mapping[str, str]) -> str:
    """The token of a list that was narrowed. Raises safety.seal.NotSealable."""
    return seal(urlencode(sorted(asked.items())), PURPOSE, datetime.now(UTC))


def opened(token: str) -> dict[str, str]:
    """What a token holds. Raises safety.seal.Broken and Unreadable."""
    return read_asked(dict(parse_qsl(unseal(token, PURPOSE, datetime.now(UTC)))))
