"""Which websites of providers may be looked at by the site's own worker, and when one is told to lead nowhere.

A feed may name any address: what lies inside somebody's network is never asked, whatever name leads there.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit, urlunsplit

PORTS = {"http": 80, "https": 443}
NOWHERE = (".example", ".invalid", ".test", ".localhost", ".local", ".internal", ".onion", ".home.arpa")
"""Endings of names that lead nowhere at large, or nowhere but inside."""

CARRYING = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))
"""Addresses that carry one of the older kind in them: a gateway might lead from there to inside."""

LONGEST = 2000
FAILURES = 3
"""So many failures, each on a day of its own, before anybody is told."""

WEEK, SOON = timedelta(days=7), timedelta(days=2)
"""After how long a website is looked at again; sooner one that did not answer."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: `host` in lower case and as the network writes it, `path` with its question."""

    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        """The usual one; no other is ever asked."""
        return PORTS[self.scheme]

    @property
    def url(self) -> str:
        """The whole address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{self.path}"


def target_of(url: str) -> Target | None:
    """Where a website lies; None for what is none, names another port or a person, or leads nowhere at large."""
    text = url.strip()
    if not text or len(text) > LONGEST or not text.isprintable() or " " in text:
        return None
    try:
        parts = urlsplit(text if "//" in text else f"https://{text}")
        scheme, port = parts.scheme.lower(), parts.port
        host = (parts.hostname or "").encode("idna").decode().rstrip(".")
    except (ValueError, UnicodeError):
        return None
    named = parts.username is not None or parts.password is not None
    if scheme not in PORTS or named or port not in (None, PORTS[scheme]) or not _is_at_large(host):
        return None
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    return Target(scheme, host, _quoted(path))


def _quoted(path: str) -> str:
    return "".join(
        letter if letter.isascii() else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in path
    )


def _is_at_large(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        is_named = "." in host and not host.replace(".", "").isdigit() and not host.startswith("0x")
        return is_named and not f".{host}".endswith(NOWHERE)
    return may_be_asked(host)


def may_be_asked(address: str) -> bool:
    """True for an address of the internet at large: not of this machine, of a network inside, or of no one host."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.scope_id is not None or any(found in network for network in CARRYING):
            return False
        if found.ipv4_mapped is not None:
            return may_be_asked(str(found.ipv4_mapped))
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


class Verdict(StrEnum):
    """What one look found. UNCLEAR says nothing: a server that refuses machines may serve people."""

    ANSWERED = "answered"
    FAILED = "failed"
    UNCLEAR = "unclear"


def verdict_of(status: int) -> Verdict:
    """What a status of HTTP says of a page that people are sent to."""
    if 200 <= status < 400:
        return Verdict.ANSWERED
    return Verdict.FAILED if status in (404, 410) or status >= 500 else Verdict.UNCLEAR


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a website. `failed_on`: the last day on which it failed; `since`: the first of this row."""

    failures: int = 0
    since: date | None = None
    failed_on: date | None = None


def after(record: Record, verdict: Verdict, day: date) -> Record:
    """The record after one more look. One day counts once; an answer ends it."""
    if verdict == Verdict.ANSWERED:
        return Record()
    if verdict == Verdict.UNCLEAR or record.failed_on == day:
        return record
    return Record(record.failures + 1, record.since or day, day)


def our_own_fault(verdicts: list[Verdict]) -> bool:
    """True if so much failed at once that it is rather our own network: then nothing is kept of it."""
    failed = verdicts.count(Verdict.FAILED)
    return failed >= FAILURES and Verdict.ANSWERED not in verdicts
