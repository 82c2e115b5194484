"""One careful look at a website: the very address that was judged is asked, and never one of a network inside.

HEAD, then GET without reading on; few redirects, each looked at the same way; robots.txt is obeyed; a hard end.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from directory.rules.websites import Target, Verdict, may_be_asked, target_of, verdict_of

SECONDS = 6.0
"""For one request, whatever the other side does."""

LOOK_SECONDS = 20.0
"""After which no other request of one look begins."""

REDIRECTS = 4
ROBOTS_BYTES = 64 * 1024
MAY_NOT_HEAD = (400, 403, 404, 405, 500, 501, 503)
NAME = "RelaisLinkCheck"

Resolve = Callable[[Target], list[str]]
May = Callable[[str], bool]


class Unreachable(Exception):
    """Nothing there answered; the message is one word."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: the status, where it leads, and the beginning of what it sent where that was asked for."""

    status: int
    location: str = ""
    body: bytes = b""


def resolve(target: Target) -> list[str]:
    """All addresses of its name. Raises OSError."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_family, address in found))


@dataclass(slots=True)
class Looker:
    """Looks at websites one after another. `site`: our own address, by which it says who asks."""

    site: str
    resolve: Resolve = resolve
    may_be_asked: May = may_be_asked
    port: int | None = None
    """For tests alone: where the other side listens instead."""
    _robots: dict[tuple[str, str], RobotFileParser | None] = field(default_factory=dict)

    @property
    def agent(self) -> str:
        """What the other side reads of us."""
        return f"{NAME}/1.0 (+{self.site})"

    def look(self, url: str) -> Verdict:
        """What is found at an address. Never raises for what the other side does."""
        target, end = target_of(url), time.monotonic() + LOOK_SECONDS
        try:
            for _redirect in range(REDIRECTS + 1):
                if target is None or time.monotonic() > end:
                    return Verdict.FAILED
                if not self._is_welcome(target):
                    return Verdict.UNCLEAR
                answer = self._ask_twice(target)
                if not (300 <= answer.status < 400 and answer.location):
                    return verdict_of(answer.status)
                target = target_of(urljoin(target.url, answer.location))
        except Unreachable:
            return Verdict.FAILED
        return Verdict.FAILED

    def _ask_twice(self, target: Target) -> Answer:
        answer = self._ask("HEAD", target)
        return self._ask("GET", target) if answer.status in MAY_NOT_HEAD else answer

    def _is_welcome(self, target: Target) -> bool:
        """What robots.txt says to machines. A server that can't tell is left alone (RFC 9309)."""
        key = (target.scheme, target.host)
        if key not in self._robots:
            self._robots[key] = self._rules(Target(target.scheme, target.host, "/robots.txt"))
        rules = self._robots[key]
        return rules is not None and rules.can_fetch(NAME, target.url)

    def _rules(self, target: Target) -> RobotFileParser | None:
        answer = self._ask("GET", target, most=ROBOTS_BYTES)
        if answer.status >= 500 or answer.status in (401, 403, 429):
            return None
        rules = RobotFileParser()
        is_told = 200 <= answer.status < 300
        rules.parse(answer.body.decode("utf-8", "replace").splitlines() if is_told else [])
        return rules

    def _address(self, target: Target) -> str:
        """The one that is asked: all that the name leads to have to be at large, or somebody is playing."""
        try:
            found = self.resolve(target)
        except (OSError, UnicodeError) as fault:
            raise Unreachable("name") from fault
        if not found or not all(map(self.may_be_asked, found)):
            raise Unreachable("inside")
        return found[0]

    def _ask(self, method: str, target: Target, *, most: int = 0) -> Answer:
        address = self._address(target)
        connection = http.client.HTTPConnection(target.host, target.port, timeout=SECONDS)
        end = threading.Timer(SECONDS, _cut, [connection])
        end.start()
        try:
            connection.sock = self._connected(target, address)
            connection.request(method, target.path, headers=self._headers())
            told = connection.getresponse()
            return Answer(told.status, told.getheader("Location", ""), told.read(most) if most else b"")
        except (OSError, http.client.HTTPException, ValueError, AttributeError) as fault:
            raise Unreachable("answer") from fault
        finally:
            end.cancel()
            connection.close()

    def _headers(self) -> dict[str, str]:
        return {"User-Agent": self.agent, "Accept": "text/html,*/*;q=0.5", "Connection": "close"}

    def _connected(self, target: Target, address: str) -> socket.socket:
        """Connected to the address that was judged, and to no other that the name might lead to a moment later."""
        plain = socket.create_connection((address, self.port or target.port), timeout=SECONDS)
        if target.scheme == "http":
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)


def _cut(connection: http.client.HTTPConnection) -> None:
    """A server that sends a letter now and then would keep us for ever."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
