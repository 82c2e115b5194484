"""Taking apart a cell that holds one or several phone numbers, each perhaps with a word of what it is for.

Numbers stay as they were written: short codes and toll-free numbers are none of a validator's business here. Only
letters of a toll-free number become digits, since nobody can dial them from a link; the letters stay beside them.
"""

import re
from dataclasses import replace

from directory.rules.table_cells import CellError
from directory.rules.table_records import PhoneFacts

LONGEST_CELL = 500

_NUMBER = re.compile(r"[*#]\s?\d{2,}|(?:\+\s?)?\(?\d[\d\s().\-\u2010-\u2014]*\d")
_EXTENSION = re.compile(
    r"(?:\bext(?:ension)?\.?|\bposte\b|\blocal\b|(?<=\d)\s*x\.?|\bx\.?|\bp\.|(?<=\d{4})\s+#|(?<=\d{4}),\s*#)"
    r"\s*:?\s*(\d[\d-]*)",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"(?P<start>(?:1[-. ])?\(?8(?:00|33|44|55|66|77|88)\)?[-. ])(?P<word>[A-Z0-9][A-Z0-9-]*[A-Z][A-Z0-9-]*)"
)
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_ENDING = re.compile(r"\d{4}")
_BETWEEN = re.compile(r"[;/|\n]|,|\b(?:or|ou)\b", re.IGNORECASE)
_TEXTING = re.compile(r"\b(?:sms|text(?:e|ez|o)?)\b", re.IGNORECASE)
_CALLING = re.compile(r"\b(?:call|appel(?:ez)?|voice|phone)\b", re.IGNORECASE)
_OTHER_TYPES = (
    ("fax", re.compile(r"\b(?:fax|t[ée]l[ée]copieur)\b", re.IGNORECASE)),
    ("textphone", re.compile(r"\b(?:tty|ats|tdd)\b", re.IGNORECASE)),
)


def read_phones(text: str, label: str = "") -> tuple[PhoneFacts, ...]:
    """Return the numbers in `text`; `label` describes the first that says nothing itself.

    "613-555-0100 (Kingston) / 1-866-555-0101 ext. 5" gives two.
    Raises CellError if there is text but no number in it.
    """
    if not text:
        return ()
    if len(text) > LONGEST_CELL:
        raise CellError("is too long for phone numbers")
    phones = _endings([_read_one(piece) for piece in _pieces(text)])
    if not phones:
        raise CellError("holds no phone number")
    if label and not phones[0].description:
        first = phones[0]
        phones[0] = PhoneFacts(first.number, first.extension, first.type or _type(label), label)
    return tuple({(phone.number, phone.extension): phone for phone in reversed(phones)}.values())[::-1]


def _endings(phones: list[PhoneFacts]) -> list[PhoneFacts]:
    """ "613-555-0100/0101" tells the second by its last four digits. No short code has four."""
    found: list[PhoneFacts] = []
    for phone in phones:
        before = found[-1].number if found else ""
        if (
            _ENDING.fullmatch(phone.number)
            and len(re.sub(r"\D", "", before)) >= 10
            and before[-4:].isdecimal()
        ):
            phone = replace(phone, number=before[:-4] + phone.number)
        found.append(phone)
    return found


def _spelled(piece: str) -> tuple[str, str]:
    """The piece with digits in place of letters ("1-866-FOR-LAWS"), and the letters as they stood."""
    match = _SPELLED.search(piece)
    keys = re.sub(r"\W", "", match["word"]).translate(_KEYS)[:7] if match else ""
    if match is None or len(keys) < 7:
        return piece, ""
    digits = f"{match['start']}{keys[:3]}-{keys[3:]}"
    after = piece[match.end() :]
    told = re.match(r"\s*\(([\d\s().-]+)\)", after)
    # "1-800-668-HELP (4357)" tells the same digits twice.
    if told and re.sub(r"\D", "", digits).endswith(re.sub(r"\D", "", told[1])):
        after = after[told.end() :]
    return piece[: match.start()] + digits + after, match[0].strip()


def _pieces(text: str) -> list[str]:
    """Split between numbers, never inside brackets; a part without a number belongs to the one before it."""
    pieces: list[str] = []
    for part in _parts(text):
        if _NUMBER.search(_EXTENSION.sub("", part)) or not pieces:
            pieces.append(part)
        else:
            pieces[-1] = f"{pieces[-1]} {part}"
    return [piece for piece in pieces if _NUMBER.search(_EXTENSION.sub("", piece))]


def _parts(text: str) -> list[str]:
    cuts, depth_at = [0], _depths(text)
    for match in _BETWEEN.finditer(text):
        if depth_at[match.start()] == 0:
            cuts += [match.start(), match.end()]
    cuts.append(len(text))
    return [text[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True)]


def _depths(text: str) -> list[int]:
    depths, depth = [], 0
    for character in text:
        depth = max(0, depth + (character == "(") - (character == ")"))
        depths.append(depth)
    return depths


def _read_one(piece: str) -> PhoneFacts:
    piece, letters = _spelled(piece)
    extension = _EXTENSION.search(piece)
    rest = _EXTENSION.sub(" ", piece)
    match = _NUMBER.search(rest)
    if match is None:
        raise CellError("holds no phone number")
    number = match[0].strip()
    # "(613) 555-0100" keeps its bracket, the bracket of "#SAFE (#7233)" is not part of the number.
    if number.count("(") != number.count(")"):
        number = number.replace("(", "").replace(")", "").strip()
    around = rest[: match.start()] + " " + rest[match.end() :]
    words = " ".join(re.sub(r"\(\s*\)", " ", around).split()).strip(" -,:;.\u2013")
    whole = re.fullmatch(r"\(([^()]*)\)?", words)
    words = whole[1].strip() if whole else words
    words = ", ".join(filter(None, (letters, words)))
    return PhoneFacts(number, extension[1] if extension else "", _type(words), words)


def _type(words: str) -> str:
    """Return HSDS's word for the kind of line, "" where nothing is said."""
    if _TEXTING.search(words):
        return "" if _CALLING.search(words) else "text"
    return next((kind for kind, pattern in _OTHER_TYPES if pattern.search(words)), "")
