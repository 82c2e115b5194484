"""Taking apart a cell that holds one or several phone numbers, each perhaps with a word of what it is for.

Numbers stay as they were written: short codes and toll-free numbers are none of a validator's business here. Only
letters of a toll-free number become digits, since nobody can dial them from a link; the letters stay beside them.
Digits that are no telephone number for certain (hours, rooms, foreign or cut-off numbers) stay words.
"""

import re
from typing import NamedTuple

from directory.rules.table_cells import CellError
from directory.rules.table_records import PhoneFacts

LONGEST_CELL = 500

_DASH = r"[.\-\u2010-\u2015]"
_GAP = r"(?:[^\S\n]?[.\-\u2010-\u2015][^\S\n]?|[^\S\n]{1,2})"
_ENDS = rf"(?!\d|{_DASH}\d)"
_CODE = r"(?:[2-9]11|988)"
_AREA = rf"(?!{_CODE})[2-9]\d\d"
_LONG = (
    rf"(?:\+?[^\S\n]?\(?1\)?{_GAP}?)?(?:\({_AREA}\)|{_AREA})(?:{_GAP}|/)?\d{{3}}{_GAP}?"
    rf"\d{{2}}[^\S\n.\-]?\d{{2}}{_ENDS}"
)
# "900-1700" are hours.
_HOURS_OF_FOUR = r"(?![6-9](?:[03]0|[14]5)[^\d]+(?:1\d|2[0-3])(?:[03]0|[14]5)(?!\d))"
_LOCAL = rf"(?!{_CODE}){_HOURS_OF_FOUR}[2-9]\d\d{_GAP}?\d{{4}}{_ENDS}"
_TIME = (
    r"\d{1,2}(?:[^\S\n]?[:h][^\S\n]?\d{2}(?!\d)|\.\d{2}(?!\d)|[^\S\n]?h(?:eures?|rs?)?\b)?"
    r"(?:[^\S\n]?[ap]\.?[^\S\n]?m\b\.?)?"
)
_HOURS = (
    rf"24\s?h?(?:eures?)?\s?/\s?(?:7|24)(?!\d)(?:\s?/\s?365)?|7\s?j(?:ours)?\s?(?:/|sur)\s?7(?!\d)|{_TIME}\s*(?:{_DASH}|to\b|until\b|and\b|à|a\b|au\b|et\b)\s*{_TIME}{_ENDS}"
    r"|\d{1,3}[^\S\n-]?-?(?:hours?|hrs?|heures?|h|days?|jours?|j|min(?:utes)?|years?|yrs?|ans|[ap]\.?[^\S\n]?m)\b\.?"
    r"|\d{1,2}[^\S\n]?[:h][^\S\n]?\d{2}(?!\d)"
)
_PLACE = (
    rf"\b(?:suite|ste|unit|unité|room|rm|apt|appt|app|bureau|local|floor|étage|box|casier|option|press|touche"
    rf"|appuyez sur(?: le)?)\.?\s?\#?(?!{_LONG}|{_LOCAL})\d+"
    r"|\d{1,6}\s+(?:[^\W\d_][\w'.-]*\s+){1,3}(?:street|st|avenue|ave|road|rd|drive|dr|blvd|lane)\b"
    r"|\d{1,6},?\s+(?:rue|boul|boulevard|chemin|avenue|route)\b"
)
_EXTENSION = (
    rf"(?:(?:\bext(?:ension)?\.?|\bposte\b|(?<=\d)\s*x\.?|\bx\.?|\bp\.|(?<=\d{{4}})\s+\#|(?<=\d{{4}}),\s*\#)"
    rf"|\blocal\b(?!\s*:?\s*{_LOCAL}))\s*:?\s*(?!{_LONG})(?P<extension>\d[\d-]*)"
)
_DIGITS = re.compile(
    rf"(?P<foreign>\+\s?(?!1\D|1\d{{10}}(?!\d))\d(?:[\s().-]*\d)*)|(?P<long>(?<![\d$]){_LONG})|(?P<tail>{_EXTENSION})"
    rf"|(?P<hours>{_HOURS})|(?P<local>{_LOCAL})|(?P<place>{_PLACE})|(?P<star>[*#]\s?\d{{2,6}}(?!\d))"
    rf"|(?P<code>(?<!\$)(?:{_CODE}|[2-9]-1-1|9-8-8|\d{{5,6}}){_ENDS})|(?P<other>\d+(?:{_DASH}\d+)*)",
    re.IGNORECASE,
)
"""Every group of digits in a cell: what is neither hours, a place nor another thing is a number to call."""
_NUMBERS = ("long", "local", "star", "code")
_SPELLED = re.compile(
    r"(?<!\d)(?P<start>(?:1[-. ])?\(?8(?:00|33|44|55|66|77|88)\)?[-. ])(?P<word>[A-Z0-9][A-Z0-9-]*[A-Z][A-Z0-9-]*)"
)
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_BETWEEN = re.compile(r"[;/|\n]|,|\b(?:or|ou)\b", re.IGNORECASE)
_FOUR = re.compile(r"\W*(\d{4})(?!\d)(\D*)")
_BESIDE = re.compile(r"[\s().\-\u2010-\u2015]*")
_LINK = re.compile(r"^(?:[\s,/&+\-\u2010-\u2015]|(?:and|et|or|ou)\b)+", re.IGNORECASE)
_TEXTING = re.compile(r"\b(?:sms|text(?:e|ez|o)?)\b", re.IGNORECASE)
_CALLING = re.compile(r"\b(?:call|appel(?:ez)?|voice|phone|voix)\b", re.IGNORECASE)
_FAX = r"(?:fax(?:e|es)?|facsimile|t[ée]l[ée]c(?:op(?:ieurs?|ies?)?)?)"
_TEXTPHONE = (
    r"(?:tty|ats|tdd|text[ -]?(?:tele)?phones?|teletypewriter|teleprinter"
    r"|t[ée]l[ée](?:imprimeur|scripteur|type))"
)
_VOICE = r"(?:voice|voix|calls?|appels?|(?:tele)?phones?|t[ée]l[ée]phone|t[ée]l)"
_BOTH = r"\b\.?\s*(?:[/&+,]|\b(?:and|et|or|ou)\b)\s*"
_OTHER_TYPES = tuple(
    (
        kind,
        re.compile(rf"\b{words}\b", re.IGNORECASE),
        # "Voice/TTY", "Tél. et téléc.": the line rings as well.
        re.compile(rf"\b(?:{_VOICE}{_BOTH}{words}|{words}{_BOTH}{_VOICE})\b", re.IGNORECASE),
    )
    for kind, words in (("textphone", _TEXTPHONE), ("fax", _FAX))
)


class _Found(NamedTuple):
    """One group of digits at text[start:end]; `kind` is a group of _DIGITS."""

    kind: str
    start: int
    end: int
    text: str


class _Line(NamedTuple):
    """A number with the words that belong to it."""

    number: str
    extension: str
    words: tuple[str, ...]
    letters: str


def read_phones(text: str, label: str = "") -> tuple[PhoneFacts, ...]:
    """Return the numbers in `text`; `label` describes the first that says nothing itself.

    "613-555-0100 (Kingston) / 1-866-555-0101 ext. 5" gives two. A number has seven or ten digits (eleven with a
    leading 1), or is a short code: three digits as 211 or 988, five or six for texting, or "#" or "*" with digits.
    Raises CellError if there is text but no number in it.
    """
    if not text:
        return ()
    if len(text) > LONGEST_CELL:
        raise CellError("is too long for phone numbers")
    phones = [_facts(line) for line in _lines(*_spelled(text))]
    if not phones:
        raise CellError("holds no phone number")
    if label and not phones[0].description:
        first = phones[0]
        phones[0] = PhoneFacts(first.number, first.extension, first.type or _type(label), label)
    return tuple({(phone.number, phone.extension): phone for phone in reversed(phones)}.values())[::-1]


def _spelled(text: str) -> tuple[str, dict[int, str]]:
    """The text with digits in place of letters ("1-866-FOR-LAWS"), and the letters by where the digits begin."""
    letters: dict[int, str] = {}
    at = 0
    while match := _SPELLED.search(text, at):
        at = match.end()
        keys = re.sub(r"\W", "", match["word"]).translate(_KEYS)[:7]
        if len(keys) < 7:
            continue
        digits = f"{match['start']}{keys[:3]}-{keys[3:]}"
        after = text[match.end() :]
        told = re.match(r"\s*\(([\d\s().-]+)\)", after)
        # "1-800-668-HELP (4357)" tells the same digits twice.
        if told and re.sub(r"\D", "", digits).endswith(re.sub(r"\D", "", told[1])):
            after = after[told.end() :]
        letters[match.start()] = match[0].strip()
        text = text[: match.start()] + digits + after
        at = match.start() + len(digits)
    return text, letters


def _digits(text: str) -> list[_Found]:
    """Every group of digits. A short number close beside digits of no known kind is not believed."""
    found = [_Found(m.lastgroup or "", m.start(), m.end(), m[0]) for m in _DIGITS.finditer(text)]
    # "extension" stands inside "tail".
    found = [f._replace(kind="tail") if f.kind == "extension" else f for f in found]
    for at, each in enumerate(found):
        near = [found[at - 1]] if at else []
        near += found[at + 1 : at + 2] if each.kind == "code" else []
        if each.kind in _NUMBERS and any(_is_beside(text, each, other) for other in near):
            found[at] = each._replace(kind="other")
    return found


def _is_beside(text: str, each: _Found, other: _Found) -> bool:
    between = text[min(each.end, other.end) : max(each.start, other.start)]
    return other.kind in ("other", "foreign") and "\n" not in between and bool(_BESIDE.fullmatch(between))


def _lines(text: str, letters: dict[int, str]) -> list[_Line]:
    found = _digits(text)
    lines: list[_Line] = []
    for start, end, link in _pieces(text, found):
        inside = [f for f in found if start <= f.start < end]
        if numbers := _numbers(text, inside):
            lines += _piece(text, (start, end), inside, numbers, letters)
        elif lines and (ending := _ending(lines[-1], text[start:end], link)):
            lines.append(ending)
        elif lines:
            lines[-1] = _longer(lines[-1], text, (start, end), inside)
    return lines


def _longer(line: _Line, text: str, bounds: tuple[int, int], inside: list[_Found]) -> _Line:
    """The line with a part that holds no number itself: words, or ", poste 12"."""
    extension, words = _told(text, bounds, inside)
    if extension and line.extension:
        extension, words = "", text[slice(*bounds)]
    return line._replace(extension=line.extension or extension, words=(*line.words, words))


def _told(text: str, bounds: tuple[int, int], inside: list[_Found]) -> tuple[str, str]:
    """The extension between two places of the text ("" for none), and the words around it."""
    start, end = bounds
    tail = next((f for f in inside if f.kind == "tail" and start <= f.start < end), None)
    match = re.search(r"\d[\d-]*$", tail.text) if tail else None
    if tail is None or match is None:
        return "", text[start:end]
    return match[0], f"{text[start : tail.start]} {text[tail.end : end]}"


def _numbers(text: str, inside: list[_Found]) -> list[_Found]:
    """The numbers to call of a piece. Beside a longer number, "Hall 211" is none, but "text 686868" is."""
    numbers = [f for f in inside if f.kind in _NUMBERS]
    if not any(f.kind in ("long", "local") for f in numbers):
        return numbers
    ends = [0, *(f.end for f in inside)]
    return [
        f
        for f in numbers
        if f.kind != "code"
        or (len(f.text) > 4 and _TEXTING.search(text[max(e for e in ends if e <= f.start) : f.start]))
    ]


def _ending(before: _Line, part: str, link: str) -> _Line | None:
    """ "613-555-0100/0101" tells the second by its last four digits. No short code has four."""
    match = _FOUR.fullmatch(part)
    is_long = len(re.sub(r"\D", "", before.number)) >= 10 and before.number[-4:].isdecimal()
    if not match or not is_long or before.extension or link.strip() in (",", ";", ""):
        return None
    return _Line(before.number[:-4] + match[1], "", (match[2],), "")


def _pieces(text: str, found: list[_Found]) -> list[tuple[int, int, str]]:
    """(start, end, what stood before it) of the parts; one with a name only belongs to the number after it, where
    the cell begins with one or the part ends in a colon, else to the number before it."""
    pieces: list[tuple[int, int, str]] = []
    names_first, kept = False, -1
    for start, end, link in _parts(text, found):
        is_name = not any(f.kind in _NUMBERS for f in found if start <= f.start < end)
        names_first = names_first or (is_name and not pieces)
        has_digits = any(start <= f.start < end for f in found)
        if (
            is_name
            and end < len(text)
            and ((names_first and not has_digits) or not pieces or _is_name(text[start:end]))
        ):
            kept = start if kept < 0 else kept
            continue
        pieces.append((start if kept < 0 else kept, end, link))
        kept = -1
    return pieces if kept < 0 else [*pieces, (kept, len(text), "")]


def _is_name(part: str) -> bool:
    return part.rstrip().endswith(":")


def _parts(text: str, found: list[_Found]) -> list[tuple[int, int, str]]:
    """Split between numbers, never inside brackets or in "24/7"."""
    parts, at, link, depth_at = [], 0, "", _depths(text)
    for match in _BETWEEN.finditer(text):
        if depth_at[match.start()] == 0 and not any(f.start <= match.start() < f.end for f in found):
            parts.append((at, match.start(), link))
            at, link = match.end(), match[0]
    return [*parts, (at, len(text), link)]


def _depths(text: str) -> list[int]:
    depths, depth = [], 0
    for character in text:
        depth = max(0, depth + (character == "(") - (character == ")"))
        depths.append(depth)
    return depths


def _piece(
    text: str, bounds: tuple[int, int], inside: list[_Found], numbers: list[_Found], letters: dict[int, str]
) -> list[_Line]:
    """The numbers of one piece, each with its extension and its share of the words around."""
    ends = [f.start for f in numbers[1:]] + [bounds[1]]
    lead, gaps, extensions = text[bounds[0] : numbers[0].start], [], []
    for number, end in zip(numbers, ends, strict=True):
        extension, gap = _told(text, (number.end, end), inside)
        extensions.append(extension)
        gaps.append(gap)
    return [
        _Line(number.text.strip(), extension, words, letters.get(number.start, ""))
        for number, extension, words in zip(numbers, extensions, _shares(lead, gaps), strict=True)
    ]


def _shares(lead: str, gaps: list[str]) -> list[tuple[str, ...]]:
    """Words for each number: those before it, except what brackets say behind the number before; where only the
    last number has any behind it and the first none before, all stand behind theirs."""
    last = gaps[-1]
    behind = not re.search(r"\w", lead) and bool(re.search(r"\w", re.sub(r"\(.*\)", "", last)))
    bracketed_first = (
        lead.lstrip().startswith("(") and bool(re.search(r"\w", lead)) and not re.search(r"\w", last)
    )
    shares: list[tuple[str, ...]] = []
    before = lead
    for gap in gaps[:-1]:
        bracket = None if bracketed_first else re.match(r"\s*\([^()]*\)", gap)
        cut = bracket.end() if bracket else 0
        if behind and not gap.rstrip().endswith(":"):
            cut = len(gap)
        shares.append((before, gap[:cut]))
        before = _LINK.sub("", gap[cut:])
    return [*shares, (before, last)]


def _facts(line: _Line) -> PhoneFacts:
    words = " ".join(re.sub(r"\(\s*\)", " ", " ".join(line.words)).split()).strip(" -,:;.\u2013&+")
    whole = re.fullmatch(r"\(([^()]*)\)?|([^()]*)\)", words)
    words = (whole[1] or whole[2] or "").strip(" -,:;.\u2013") if whole else words
    words = ", ".join(filter(None, (line.letters, words)))
    return PhoneFacts(line.number, line.extension, _type(words), words)


def _type(words: str) -> str:
    """Return HSDS's word for the kind of line, "" where nothing is said, or where it takes calls too."""
    told = [kind for kind, named, _ in _OTHER_TYPES if named.search(words)]
    if any(rings.search(words) for _, _, rings in _OTHER_TYPES):
        return ""
    if "textphone" not in told and _TEXTING.search(words):
        return "" if _CALLING.search(words) else "text"
    return next(iter(told), "")
