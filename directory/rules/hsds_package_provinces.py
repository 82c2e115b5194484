"""Provinces as packages write them: by letters or name, in English or French; and what is none of Canada's."""

from functools import lru_cache

from directory.rules.hsds_package_words import area_named
from directory.rules.table_addresses import province_code
from directory.rules.text import fold

_CANADA = frozenset({"", "ca", "can", "canada"})


def is_in_canada(country: str) -> bool:
    """True for Canada however it is written, and where no country is told."""
    return fold(country) in _CANADA


def province_named(text: str) -> str:
    """The two letters of the province or territory that `text` names, "" where it names none."""
    named = area_named(text)
    return province_code(text) or (named if len(named) == 2 else "")


@lru_cache(maxsize=4096)
def is_no_province(text: str, country: str) -> bool:
    """True if an address in Canada names a province that there isn't: nobody knows which town it is in."""
    return bool(text.strip()) and is_in_canada(country) and not province_named(text)
