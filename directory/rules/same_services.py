"""When two publishers' records under one id are clearly one service, and which of them shows.

An id is public: whoever knows it may publish under it first. It links nothing by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from directory.rules.hsds_package_words import name_key, phone_key


@dataclass(frozen=True, slots=True)
class Likely:
    """What is compared of a record. `is_confirmed`: somebody there said that it is so."""

    name: str
    url: str = ""
    email: str = ""
    is_demo: bool = False
    is_confirmed: bool = False
    numbers: Sequence[str] = ()


def _numbers(record: Likely) -> set[str]:
    return {key for number in record.numbers if (key := phone_key(number))}


def _host(url: str) -> str:
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return url
    return host.removeprefix("www.")


def _differ(one: str, two: str) -> bool:
    return bool(one and two and one != two)


def clearly_same(one: Likely, two: Likely) -> bool:
    """True if the names agree and nothing that leads a person there - phone, web site, e-mail - differs.

    Two that have no phone in common differ, unless one of them has none.
    """
    phones = _numbers(one), _numbers(two)
    if not name_key(one.name) or name_key(one.name) != name_key(two.name):
        return False
    if all(phones) and phones[0].isdisjoint(phones[1]):
        return False
    mails = one.email.strip().lower(), two.email.strip().lower()
    return not (_differ(_host(one.url), _host(two.url)) or _differ(*mails))


def shows_rather(second: Likely, first: Likely) -> bool:
    """True if `second` is to be listed in place of `first`, which came first: only for a reason."""
    return _worth(second) > _worth(first)


def _worth(record: Likely) -> tuple[bool, bool, bool]:
    return record.is_confirmed, not record.is_demo, bool(_numbers(record))
