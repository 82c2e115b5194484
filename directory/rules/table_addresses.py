"""Reading one line as a Canadian street address, or not at all.

Lists put scopes, head offices, mail boxes and excuses into their address column. Only a street with a number,
a city and a province is a place; everything else gives no address, and that is no error.
"""

import re
from dataclasses import dataclass

from directory.rules.provinces import PROVINCES
from directory.rules.table_records import AddressFacts
from directory.rules.text import fold

POSTAL = re.compile(
    r"\b([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])[\s.\-\u2010-\u2013]{0,2}(\d[ABCEGHJ-NPRSTV-Z]\d)\b",
    re.IGNORECASE,
)
LONGEST_LINE = 300
_BREAK = re.compile(r"[,;|\n\r\t]+")
_NOTE = re.compile(r"\(([^()]*)\)\s*$")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
# Folded words that say: nobody is met here. What is written beside those of a box is of another place.
_OF_ANOTHER_PLACE = (
    "po box", "p o box", "box", "pmb", "case postale", "c p", "general delivery", "poste restante",
    "head office", "siege social", "mailing", "adresse postale", "moved to",
)  # fmt: skip
_NO_PLACE = (
    *_OF_ANOTHER_PLACE, "province wide", "across canada", "virtual", "virtuel", "online", "en ligne", "various",
    "multiple locations", "plusieurs", "contact for location",
)  # fmt: skip
_PROVINCE_OF = {fold(word): code for code, names in PROVINCES.items() for word in (code, *names[:2])}
_PROVINCE_OF |= {"ont": "ON", "que": "QC", "pq": "QC", "nfld": "NL", "alta": "AB", "sask": "SK", "man": "MB"}
_PROVINCE_OF |= {"p q": "QC", "b c": "BC", "c b": "BC", "n b": "NB", "n s": "NS", "p e i": "PE", "pei": "PE"}
_PROVINCE_OF |= {"i p e": "PE", "n w t": "NT", "nwt": "NT", "newfoundland": "NL", "terre neuve": "NL"}
_MOST_WORDS = 4
"""No name of a province has more."""

_UNIT = (
    r"unit|suite|ste|apt|apartment|room|rm|office|bureau|local|app|appartement|porte|floor|level|étage|etage"
)
_UNIT_FIRST = re.compile(rf"(?i)(?:(?:{_UNIT})\b\.?\s*#?|#|no\.?\s|n[°º])\s*(?=\w)")
_FLOOR = re.compile(r"(?i)(?:\w+\s+)?(?:floor|fl\.?|level|étage|etage|rez-de-chaussée|basement|sous-sol)$")
_UNIT_BEFORE = re.compile(
    rf"(?i)((?:(?:{_UNIT})\b\.?\s*#?\s*|#\s*)\w+|\d+(?:st|nd|rd|th)\s+floor)\s*[-\u2013\u2014:]?\s+(?=\d)"
    rf"|((?:(?:{_UNIT})\b\.?\s*#?\s*|#\s*)\w+)[-\u2013\u2014](?=\d)"
)
_BARE_NUMBER = re.compile(r"(?i)\d+[a-z]?(?:\s*[-\u2013/&]\s*\d+[a-z]?)*(?:\s+(?:[a-z]|bis|½|1/2))?$")
_STREET = re.compile(
    r"(?i)\d+[\w½-]*(?:\s*[-\u2013/&]\s*\d+\w*)*(?:\s+(?:1/2|bis|[a-z]))?,?\s+\S*[^\W\d_]{2}"
)
# "10123 99 Street", "12 5 Ave", "1234 Highway 7": the name is itself a number.
_NUMBERED = re.compile(r"(?i)\d+[\w-]*\s+\d+(?:st|nd|rd|th|e|re)?\s+[^\W\d_]{2}")
_NAMED_FIRST = re.compile(r"(?i)(?:rue|boul(?:evard)?|chemin|ch|avenue|av|route|rang|rr|lot)\b\.?\s")
"""A street whose number stands in the part before it."""
_ENGLISH_TYPE = (
    r"street|st|avenue|ave|road|rd|drive|dr|boulevard|blvd|crescent|cres|court|lane|way|terrace|trail"
)
_DIRECTION = r"north|south|east|west|[nsew]|n\.?e|n\.?w|s\.?e|s\.?w"
_UNPARTED = re.compile(
    rf"(?i)(\d[\w-]*\s+(?!(?:{_ENGLISH_TYPE})\b)\S.*?\s(?:{_ENGLISH_TYPE})\b\.?(?:\s+(?:{_DIRECTION})\b\.?)?)\s+"
    rf"(?!(?:{_UNIT}|{_DIRECTION})\b)([^\W\d_][^\d]+)$"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in its parts: those before the city, and what stands behind them."""

    parts: tuple[str, ...]
    city: str
    province: str
    postal_code: str
    note: str


def province_code(text: str) -> str:
    """Return the two letters of a province or territory written in full or short, "" for anything else."""
    return _PROVINCE_OF.get(fold(text), "")


def read_address(line: str) -> AddressFacts | None:
    """Return the address in `line`, "12 Main St, Unit 4, Kingston, ON K7L 1A1 (rear door)"; else None."""
    read = _taken_apart(line)
    street, more = _street_in(read.parts) if read else ("", ())
    if read is None or not street:
        return None
    return AddressFacts(
        address_1=street,
        address_2=", ".join(more),
        city=read.city,
        state_province=read.province,
        postal_code=read.postal_code,
        note=read.note,
    )


def read_town(line: str) -> tuple[str, str, str]:
    """Return city, province and postal code of a line that may tell no street; empty where it tells no town."""
    read = _taken_apart(line)
    return (read.city, read.province, read.postal_code) if read else ("", "", "")


def is_no_place(line: str) -> bool:
    """True for a box, a head office, a scope and all else that says: nobody is met here."""
    return _has(line, _NO_PLACE)


def is_of_another_place(line: str) -> bool:
    """True for a box, a head office and a mailing address: its town and its code say nothing of the service's."""
    return _has(line, _OF_ANOTHER_PLACE)


def _has(line: str, phrases: tuple[str, ...]) -> bool:
    folded = f" {fold(line)} "
    return any(f" {words} " in folded for words in phrases)


def behind_street(part: str) -> str | None:
    """Return what stands behind the street in one part of a line, None if there is no street in it.

    "Windsor" of "100 King St Windsor"; "" of "100 King St".
    """
    bare = _unit_before(part)[1]
    if unparted := _UNPARTED.match(bare):
        return unparted[2]
    return "" if _is_street(bare) or _BARE_NUMBER.match(bare) or _NAMED_FIRST.match(bare) else None


def is_unit(part: str) -> bool:
    """True of "Unit 3", "#200", "2e étage", "Main floor": part of a building, and no street."""
    return bool(_FLOOR.match(part) or (_UNIT_FIRST.match(part) and not _UNIT_BEFORE.match(part)))


def _taken_apart(line: str) -> _Line | None:
    """The line in its parts, if it names a town and its province."""
    if not line or len(line) > LONGEST_LINE or is_no_place(line):
        return None
    bare, province, note = _without_brackets(line)
    codes = list(POSTAL.finditer(bare))
    code = f"{codes[-1][1]} {codes[-1][2]}".upper() if codes else ""
    if codes:
        bare = f"{bare[: codes[-1].start()]},{bare[codes[-1].end() :]}"
    parts = [_without_country(part.strip()) for part in _BREAK.split(bare)]
    parts = [part for part in parts if part]
    if not province and parts:
        province = _take_province(parts)
    if len(parts) == 1 and (unparted := _UNPARTED.match(parts[0])):
        parts = [unparted[1], unparted[2]]
    if not province or not parts or not _is_city(parts[-1]):
        return None
    return _Line(tuple(parts[:-1]), parts[-1].rstrip(" ."), province, code, note)


def _without_brackets(line: str) -> tuple[str, str, str]:
    """The line without "(Québec)" and without a note at its end; the province; the note."""
    province = ""
    for found in _IN_BRACKETS.finditer(line):
        if code := province_code(found[1]):
            province = code
            line = line.replace(found[0], ",", 1)
    note = _NOTE.search(line)
    return (line[: note.start()], province, note[1].strip()) if note else (line, province, "")


def _without_country(part: str) -> str:
    return re.sub(r"(?i)(^|\s)canada$", "", part).strip(" -")


def _take_province(parts: list[str]) -> str:
    """The province at the end, which is taken off `parts`; "" if none stands there."""
    words = parts[-1].split()
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        code = province_code(" ".join(words[-count:]))
        if code:
            rest = " ".join(words[:-count]).strip(" .-")
            parts[-1:] = [rest] if rest else []
            return code
    return ""


def _is_city(part: str) -> bool:
    has_name = bool(re.search(r"[^\W\d_]{2}", part)) and not re.search(r"\d", part)
    return has_name and not is_unit(part)


def _is_street(part: str) -> bool:
    """A number and a name: "144-146 Barrie St", "Suite 5" not."""
    if is_unit(part):
        return False
    return bool(_STREET.match(part) or _NUMBERED.match(part) or re.match(r"(?i)lot\s+\d", part))


def _street_in(parts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The street among the parts before a city, and the others: a unit or a building before or behind it."""
    for place, part in enumerate(parts):
        unit, rest = _unit_before(part)
        if _BARE_NUMBER.match(rest) and place + 1 < len(parts):
            joined = f"{rest}, {parts[place + 1]}"
            if _is_street(joined) and not is_unit(parts[place + 1]):
                return joined, (*parts[:place], *unit, *parts[place + 2 :])
        if _is_street(rest):
            return rest, (*parts[:place], *unit, *parts[place + 1 :])
    return "", ()


def _unit_before(part: str) -> tuple[tuple[str, ...], str]:
    """ "Suite 200 - 12 Main St" as its unit and its street."""
    found = _UNIT_BEFORE.match(part)
    return ((found[1] or found[2],), part[found.end() :]) if found else ((), part)
