"""Reading one line as a Canadian street address, or not at all.

Lists put scopes, head offices, mail boxes and excuses into their address column. Only a street with a number,
a city and a province is a place; everything else gives no address, and that is no error.
"""

import re

from directory.rules.provinces import PROVINCES
from directory.rules.table_records import AddressFacts
from directory.rules.text import fold

_POSTAL = re.compile(
    r"\b([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])[ -]?(\d[ABCEGHJ-NPRSTV-Z]\d)\b", re.IGNORECASE
)
LONGEST_LINE = 300
_NOTE = re.compile(r"\(([^()]*)\)\s*$")
# Folded words that say: nobody is met here.
_NO_PLACE = (
    "po box", "p o box", "box", "pmb", "case postale", "c p", "general delivery", "poste restante",
    "head office", "siege social", "mailing", "adresse postale", "province wide", "across canada",
    "virtual", "virtuel", "online", "en ligne", "various", "multiple locations", "plusieurs", "moved to",
    "contact for location",
)  # fmt: skip
_PROVINCE_OF = {fold(word): code for code, names in PROVINCES.items() for word in (code, *names[:2])}
_PROVINCE_OF |= {"ont": "ON", "que": "QC", "pq": "QC", "nfld": "NL", "alta": "AB", "sask": "SK", "man": "MB"}


def province_code(text: str) -> str:
    """Return the two letters of a province or territory written in full or short, "" for anything else."""
    return _PROVINCE_OF.get(fold(text), "")


def read_address(line: str) -> AddressFacts | None:
    """Return the address in `line`, "12 Main St, Unit 4, Kingston, ON K7L 1A1 (rear door)"; else None."""
    if not line or len(line) > LONGEST_LINE or _is_no_place(line):
        return None
    note = _NOTE.search(line)
    parts = [part.strip() for part in (line[: note.start()] if note else line).split(",")]
    parts = [part for part in parts if part and fold(part) != "canada"]
    if len(parts) < 3 or not _is_street(parts[0]):
        return None
    province, postal_code = _province_and_code(parts[-1])
    if not province or not re.search(r"[^\W\d_]{2}", parts[-2]) or re.search(r"\d", parts[-2]):
        return None
    return AddressFacts(
        address_1=parts[0],
        address_2=", ".join(parts[1:-2]),
        city=parts[-2],
        state_province=province,
        postal_code=postal_code,
        note=note[1].strip() if note else "",
    )


def _is_no_place(line: str) -> bool:
    folded = f" {fold(line)} "
    return any(f" {words} " in folded for words in _NO_PLACE)


def _is_street(part: str) -> bool:
    """A number and a name: "144-146 Barrie St", "Suite 5" not."""
    return bool(re.match(r"\d+[\w-]*\s+\S*[^\W\d_]{2}", part) or re.match(r"(?i)rr\s*#?\d|lot\s+\d", part))


def _province_and_code(part: str) -> tuple[str, str]:
    postal = _POSTAL.search(part)
    province = province_code(_POSTAL.sub(" ", part))
    return province, f"{postal[1]} {postal[2]}".upper() if postal else ""


def street_key(address: AddressFacts) -> tuple[str, str, str]:
    """Return what two spellings of one door share: number, first word of the street, city."""
    words = fold(address.address_1).split()
    return words[0] if words else "", words[1] if len(words) > 1 else "", fold(address.city)


def tells_street(text: str, address: AddressFacts | None) -> bool:
    """True if `text` holds a postal code, or number and street of `address`: too much if it is protected."""
    if _POSTAL.search(text):
        return True
    if address is None:
        return False
    number, street, _ = street_key(address)
    return bool(number) and f" {number} {street} " in f" {fold(text)} "
