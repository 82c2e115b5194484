"""Web addresses and e-mail addresses as HSDS's schemas demand them, and what feeds write in their place."""

import re
from string import punctuation
from urllib.parse import quote

from directory.rules.hsds_shape import Field, Kind

_HEX = "%[0-9A-Fa-f][0-9A-Fa-f]"
_PLAIN = r"a-zA-Z0-9_.~!$&'()*+,;="


def _any(characters: str) -> str:
    """A pattern for any number of these and of others written by their bytes; it never goes back to read again."""
    return f"[{characters}]*(?:{_HEX}[{characters}]*)*"


_SEGMENTS = _any(f"{_PLAIN}:@/-")
_REST = f"(?:[?]{_any(f'{_PLAIN}:@/?-')})?(?:#{_any(f'{_PLAIN}:@/?-')})?"
_HOST = f"(?:{_any(f'{_PLAIN}:-')}@)?(?:[{_PLAIN}-]|{_HEX}){_any(f'{_PLAIN}-')}(?::[0-9]*)?"
# What RFC 3986 calls a URI, with a host where it is one of the web. Addresses of IPv6 are no provider's.
_URI = re.compile(
    f"[a-zA-Z][a-zA-Z0-9+.-]*://{_HOST}(?:/{_SEGMENTS})?{_REST}"
    "|(?![hH][tT][tT][pP][sS]?:)[a-zA-Z][a-zA-Z0-9+.-]*:"
    f"(?:/(?!/))?(?:(?:[{_PLAIN}:@-]|{_HEX}){_SEGMENTS})?{_REST}"
)
_USUAL = re.compile(r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9_.~/-]*)?(?:[?][A-Za-z0-9_.~/&=-]*)?")
_WEB = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}\.?(?::\d{1,5})?(?:[/?#].*)?")
_EMAIL = re.compile(r"""[^][@,;:<>()"\\\s]+@[^][@,;:<>()"\\\s]+""")

E_MAILS = frozenset({"email", "assurer_email"})
WEB_PAGES = frozenset({"website", "url", "schedule_link"})
"""Fields that hold the address of a page; the other URIs are names, and nobody knows what a wrong one was to be."""


def flag_of(field: Field) -> str:
    """The flag of a value that isn't of the field's format; "" for a field without one."""
    if field.kind is Kind.URI:
        return f"{field.name}:not_a_uri"
    return f"{field.name}:not_an_email" if field.name in E_MAILS else ""


def in_format(field: Field, text: str) -> str:
    """`text` as the field's format has it: the same, or plainly the same written correctly; "" if it is neither."""
    if field.name in E_MAILS:
        trimmed = text.strip()
        return trimmed if _EMAIL.fullmatch(trimmed) else ""
    if _USUAL.fullmatch(text) or _URI.fullmatch(text):
        return text
    return _mended(text.strip(), is_page=field.name in WEB_PAGES)


def _mended(text: str, *, is_page: bool) -> str:
    """A URI for an address with letters beyond ASCII (RFC 3987), or for a page's that lacks its scheme."""
    if any(character.isspace() or not character.isprintable() for character in text):
        return ""
    if is_page and _WEB.fullmatch(text):
        # What a browser does with the same words.
        text = f"https://{text}"
    made = quote(text, safe=punctuation)
    return made if _URI.fullmatch(made) else ""
