"""Ways to reach somebody that a text tells: numbers, addresses, sites, names on a network.

Who took over a keeper's account would write a number into the description where the number's own field is guarded. So a
text that tells a way which it did not tell before is held like a number (directory/rules/holding.py). Better one text
too many is asked about than one too few.
"""

import re

from directory.rules.said_numbers import numbers_in, plain

_ENDS = r"(?:c\s?a|c\s?o\s?m|o\s?r\s?g|net|info|app|io|me|link|quebec)\b"
_SPOKEN_SIGNS = (
    (re.compile(r"\s*[\[({<]\s*\.\s*[\])}>]\s*"), "."),
    (re.compile(rf"\s+\.\s*(?={_ENDS})"), "."),
    (re.compile(r"\s*[\[({<]\s*(?:at|a|à|chez|arobase|arrobas)\s*[\])}>]\s*"), "@"),
    (re.compile(r"\s*\b(?:arobase|arrobas|at\s?sign)\b\s*"), "@"),
    (
        re.compile(
            rf"\s*[\[(]?\b(?:at|arobase|arrobas)\b[\])]?\s*(?=[\w-]+(?:\.\w|\s+(?:dot|point)\s+{_ENDS}))"
        ),
        "@",
    ),
    (re.compile(rf"\s*[\[(]?\b(?:dot|point)\s*[\])]?\s*(?={_ENDS})"), "."),
    (re.compile(r"\s*\bdot\b\s*(?=\w{2})"), "."),
    (re.compile(r"(?<=\.)([co])\s(a|o|r)(?:\s(m|g))?\b"), r"\1\2\3"),
)
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")
_HANDLE = re.compile(r"@\s?[\w.-]{2,}|\b\w*[^\W_]_[^\W_]\w*|\b[^\W\d_]{5,}\d{2,}\b|[*#]\s?\d{3,}")
"""A name with its sign, or written as nobody but a network writes a name: "safe_sisters", "sisters99"."""
_SITE = re.compile(
    r"\bw{3}\b|\bw w w\b|\bhttps?\b"
    r"|(?<!['’\w])(?:t|wa|m|fb|ig|bit|linktr|discord|goo)[\s./_-]+(?:me|ly|ee|gg|gl)\b"
    r"|\b[\w-]{3,}\s+(?:ca|com|org)\b(?!['’-])"
)
_NETWORK = re.compile(
    r"\b(?:insta(?:gram)?|ig|snap(?:chat)?s?|telegram|what'?s\s?app|we\s?chat|weixin|messenger|facebook|fb|tik\s?tok"
    r"|discord|kik|viber|skype|twitter|reddit|linked\s?in|youtube|pinterest|tumblr|only\s?fans|linktree|tinyurl|bitly"
    r"|gmail|g\s?mail|hotmail|outlook|yahoo|proton(?:\s?mail)?|icloud|qr|dm"
    r"|(?:on|via|sur|par|app|use|utilisez)\s+signal|signal\s+app)\b"
)
_BESIDE = 3
"""Words on either side of a network that tell who is meant there."""
_WORD = re.compile(r"\w+")


def _with_beside(text: str, found: re.Match[str]) -> str:
    """What was found, with the words beside it: another name on the same network is another way."""
    before = _WORD.findall(text[: found.start()])[-_BESIDE:]
    behind = _WORD.findall(text[found.end() :])[:_BESIDE]
    return " ".join([*before, found[0], *behind])


def ways_in(text: str) -> frozenset[str]:
    """The ways to reach somebody that a text tells: digits together, hosts, names with their sign or network."""
    told = plain(text)
    numbers = numbers_in(told, text)
    for spoken, sign in _SPOKEN_SIGNS:
        told = spoken.sub(sign, told)
    hosts = {found[0] for found in _HOST.finditer(told) if not found[0].replace(".", "").isdigit()}
    handles = {found[0].replace(" ", "") for found in _HANDLE.finditer(told)}
    named = {_with_beside(told, found) for pattern in (_SITE, _NETWORK) for found in pattern.finditer(told)}
    return frozenset(hosts | handles | named) | numbers


def tells_a_new_way(before: str, after: str) -> bool:
    """True if `after` tells a way to reach somebody that `before` did not."""
    return not ways_in(after) <= ways_in(before)
