"""Points as texts tell them: decimals, degrees with minutes and seconds, and codes that name a spot of the earth."""

import math
import re
from collections.abc import Iterator

_NUMBER = re.compile(r"(?<!\d)(\d{1,3})[.,](\d{3})")
_MARK = r"\s{0,3}[°º˚]\s{0,3}|\s{0,3}deg\w*\.?\s{0,3}"
_MINUTE, _SECOND = r"\s{0,3}['′’‘´]\s{0,3}", r"\s{0,3}(?:[\"″”“]|['′’‘´]{2})"
_MARKED = re.compile(r"\d\s{0,3}(?:[°º˚]|deg)|\d\s{0,3}[\"″”'′’]?\s{0,3}[NSEWO]\b")


def _angle(mark: str, side: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d.,])(\d{{1,3}})(?:{mark})(\d{{1,2}})(?:[.,](\d{{1,8}}))?(?:{_MINUTE}|[\s:-]\s?)?"
        rf"(?:(?<!\d)(\d{{1,2}})(?:[.,](\d{{1,6}}))?)?(?:{_SECOND}|{_MINUTE})?{side}"
    )


_ANGLES = (_angle(_MARK, ""), _angle(r"[\s:-]\s?", r"\s{0,3}[NSEWOnsewo]\b"))
"""Without the mark of degrees only with the side of the earth behind: "44 13 52.6 N"."""

_SCALE = 1000
_PLUS = re.compile(
    r"(?<![\w+])(?=[\w+]*\d)(?=[\w+]*[a-z])(?:[2-9cfghjmpqrvwx]{8}|[2-9cfghjmpqrvwx]{6}|[2-9cfghjmpqrvwx]{4})"
    r"\+[2-9cfghjmpqrvwx]{2,7}(?!\w)",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_]{2,30}"
_THREE_WORDS = re.compile(
    rf"(?:///\s?|w3w\.co/|(?:what\s?(?:3|three)\s?words|w3w)[^.\n]{{0,40}}?){_WORD}\.{_WORD}\.{_WORD}",
    re.IGNORECASE,
)


def decimals(text: str) -> Iterator[str]:
    """Coordinates that are told, cut to three decimals, with a point; what is told in degrees counts as decimals."""
    yield from (f"{whole}.{part}" for whole, part in _NUMBER.findall(text))
    if _MARKED.search(text):
        for found in (one for angle in _ANGLES for one in angle.finditer(text)):
            yield from _decimals_of(found)


def _decimals_of(found: re.Match[str]) -> Iterator[str]:
    """Both of two neighbours where seconds, or minutes, are too coarse to tell which is meant."""
    degrees, minutes, part, seconds, fraction = found.groups()
    value = (
        int(degrees) + float(f"{minutes}.{part or 0}") / 60 + float(f"{seconds or 0}.{fraction or 0}") / 3600
    )
    finest = 3600 * 10 ** len(fraction or "") if seconds else 60 * 10 ** len(part or "")
    forms = (value - 1 / finest, value, value + 1 / finest)
    # A thousandth of a degree: coarser ones are found in too many texts that mean something else.
    if finest >= _SCALE:
        yield from dict.fromkeys(f"{math.floor(max(0, form) * _SCALE) / _SCALE:.3f}" for form in forms)


def is_spot_told(text: str) -> bool:
    """True if a plus code ("88R2+XX") or three words for a square of three metres stand in `text`, of any spot."""
    return ("+" in text and bool(_PLUS.search(text))) or bool(_THREE_WORDS.search(text))
