"""Ways to reach somebody that a text tells: numbers, addresses, sites, names with an "at" sign.

Who took over a keeper's account would write a number into the description where the number's own field is guarded. So a
text that tells a way which it did not tell before is held like a number (directory/rules/holding.py). Better one text
too many is asked about than one too few.
"""

import re
import unicodedata

_DIGITS = {
    word: str(number)
    for number, words in enumerate(
        (
            "zero zéro oh",
            "one un une",
            "two deux",
            "three trois",
            "four quatre",
            "five cinq",
            "six",
            "seven sept",
            "eight huit",
            "nine neuf",
        )
    )
    for word in words.split()
}
_WORD = re.compile(r"[^\W\d_]+")
_ENDS = r"(?:ca|com|org|net|info|app|io|me|link|quebec)\b"
_SPOKEN_SIGNS = (
    (re.compile(r"\s*[\[({]\s*\.\s*[\])}]\s*"), "."),
    (re.compile(rf"\s+\.\s*(?={_ENDS})"), "."),
    (
        re.compile(
            rf"\s*[\[(]?\b(?:at|arobase|arrobas)\b[\])]?\s*(?=[\w-]+(?:\.\w|\s+(?:dot|point)\s+{_ENDS}))"
        ),
        "@",
    ),
    (re.compile(rf"\s*[\[(]?\b(?:dot|point)\b[\])]?\s*(?={_ENDS})"), "."),
)
_NO_NUMBERS = re.compile(
    r"\b(?:[01]?\d|2[0-4])\s?[:h]\s?[0-5]\d\b|\b(?:19|20)\d\d-[01]\d-[0-3]\d\b|(?<![\d-])(?:19|20)\d\d(?![\d])"
)
"""Times of day, days and years: a clock is no telephone."""
_NUMBER = re.compile(r"\d(?:[^\w\n]{0,3}\d){4,}")
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")
_HANDLE = re.compile(r"@\s?[\w.-]{2,}")


def _plain(text: str) -> str:
    """Every digit an ASCII one, no invisible characters, lower case."""
    shown = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    found = "".join(str(unicodedata.digit(c, c)) if c.isdigit() else c for c in shown)
    return found.casefold()


def ways_in(text: str) -> frozenset[str]:
    """The ways to reach somebody that a text tells: digits together, hosts, names with their sign."""
    plain = _plain(text)
    for spoken, sign in _SPOKEN_SIGNS:
        plain = spoken.sub(sign, plain)
    hosts = {found[0] for found in _HOST.finditer(plain) if not found[0].replace(".", "").isdigit()}
    handles = {found[0].replace(" ", "") for found in _HANDLE.finditer(plain)}
    counted = _WORD.sub(lambda word: _DIGITS.get(word[0], word[0]), _NO_NUMBERS.sub("x", plain))
    numbers = {re.sub(r"\D", "", found[0]) for found in _NUMBER.finditer(counted)}
    return frozenset(hosts | handles | numbers)


def tells_a_new_way(before: str, after: str) -> bool:
    """True if `after` tells a way to reach somebody that `before` did not."""
    return not ways_in(after) <= ways_in(before)
