"""A look at a website at a real server: what is never asked, what is obeyed, and that it has an end."""

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from directory.actions import reach_website
from directory.actions.reach_website import REDIRECTS, Looker, resolve
from directory.rules.websites import Verdict, target_of

Answer = tuple[int, dict[str, str], bytes]
HERE = "http://clinic.ca"


class Provider:
    """A provider's server: `pages` answers by method and path, `seen` is what it was asked, `agents` by whom."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], Answer] = {}
        self.seen: list[str] = []
        self.agents: set[str] = set()
        self.hangs = threading.Event()
        self.is_slow = False

    def says(self, path: str, status: int, *, method: str = "", **headers: str) -> None:
        """To a method, or to both."""
        for one in [method] if method else ["HEAD", "GET"]:
            self.pages[one, path] = (status, headers, b"")

    def robots(self, words: bytes, status: int = 200) -> None:
        """What machines are told."""
        self.pages["GET", "/robots.txt"] = (status, {}, words)


@pytest.fixture
def provider(socket_enabled: None) -> Iterator[tuple[Provider, int]]:
    """The server and its port."""
    mine = Provider()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            mine.seen.append(f"{self.command} {self.headers['Host']}{self.path}")
            mine.agents.add(self.headers["User-Agent"])
            status, headers, body = mine.pages.get((self.command, self.path), (404, {}, b""))
            if mine.is_slow:
                mine.hangs.wait(20)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_HEAD = _answer  # noqa: N815  # the base class's names

        def log_message(self, *_words: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield mine, server.server_address[1]
    mine.hangs.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def looker(provider: tuple[Provider, int]) -> Looker:
    """Who takes this machine for a provider's, for the test's sake."""
    return Looker(
        "https://relais.example",
        resolve=lambda target: ["10.0.0.5" if target.host.startswith("inside") else "127.0.0.1"],
        may_be_asked=lambda address: address == "127.0.0.1",
        port=provider[1],
    )


@pytest.fixture
def clinic(provider: tuple[Provider, int]) -> Provider:
    """The server."""
    return provider[0]


def test_it_asks_for_the_head_alone_and_says_who_it_is(clinic: Provider, looker: Looker) -> None:
    clinic.says("/help", 200)
    assert looker.look(f"{HERE}/help") == Verdict.ANSWERED
    assert clinic.seen == ["GET clinic.ca/robots.txt", "HEAD clinic.ca/help"]
    assert clinic.agents == {"RelaisLinkCheck/1.0 (+https://relais.example)"}


def test_who_refuses_the_head_is_asked_for_the_page(clinic: Provider, looker: Looker) -> None:
    clinic.says("/", 405, method="HEAD")
    clinic.says("/", 200, method="GET")
    assert looker.look(HERE) == Verdict.ANSWERED
    assert clinic.seen[1:] == ["HEAD clinic.ca/", "GET clinic.ca/"]


@pytest.mark.parametrize(
    ("status", "verdict"), [(404, Verdict.FAILED), (500, Verdict.FAILED), (403, Verdict.UNCLEAR)]
)
def test_what_is_not_there(status: int, verdict: Verdict, clinic: Provider, looker: Looker) -> None:
    clinic.says("/", status)
    assert looker.look(HERE) == verdict


@pytest.mark.parametrize(
    ("words", "status", "verdict"),
    [
        (b"User-agent: *\nDisallow: /", 200, Verdict.UNCLEAR),
        (b"User-agent: RelaisLinkCheck\nDisallow: /", 200, Verdict.UNCLEAR),
        (b"User-agent: *\nDisallow: /private", 200, Verdict.ANSWERED),
        (b"\xff\xfe nonsense", 200, Verdict.ANSWERED),
        (b"", 404, Verdict.ANSWERED),
        (b"", 403, Verdict.UNCLEAR),
        (b"", 503, Verdict.UNCLEAR),
    ],
)
def test_robots_txt_is_obeyed(
    words: bytes, status: int, verdict: Verdict, clinic: Provider, looker: Looker
) -> None:
    clinic.says("/", 200)
    clinic.robots(words, status)
    assert looker.look(HERE) == verdict
    assert ("HEAD clinic.ca/" in clinic.seen) is (verdict == Verdict.ANSWERED)


def test_a_redirect_is_followed_and_looked_at_the_same_way(clinic: Provider, looker: Looker) -> None:
    clinic.says("/", 301, Location="http://new.clinic.ca/start")
    clinic.says("/start", 200)
    assert looker.look(HERE) == Verdict.ANSWERED
    assert clinic.seen[2:] == ["GET new.clinic.ca/robots.txt", "HEAD new.clinic.ca/start"]


@pytest.mark.parametrize(
    "inside",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://localhost/",
        "http://inside.clinic.ca/",
        "http://[::ffff:127.0.0.1]/",
        "//10.0.0.1/",
        "http://clinic.ca:22/",
        "file:///etc/passwd",
        "gopher://clinic.ca/",
    ],
)
def test_no_redirect_leads_inside(inside: str, clinic: Provider, looker: Looker) -> None:
    clinic.says("/", 302, Location=inside)
    assert looker.look(HERE) == Verdict.FAILED
    assert clinic.seen == ["GET clinic.ca/robots.txt", "HEAD clinic.ca/"]


def test_redirects_in_a_ring_have_an_end(clinic: Provider, looker: Looker) -> None:
    clinic.says("/", 302, Location="/")
    assert looker.look(HERE) == Verdict.FAILED
    assert len(clinic.seen) == 2 + REDIRECTS


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["::1"], ["93.184.215.14", "127.0.0.1"], []])
def test_a_name_that_leads_inside_is_not_asked(
    addresses: list[str], clinic: Provider, provider: tuple[Provider, int]
) -> None:
    looker = Looker("https://relais.example", resolve=lambda _target: addresses, port=provider[1])
    assert looker.look(HERE) == Verdict.FAILED
    assert clinic.seen == []


def test_of_a_name_that_leads_to_two_both_are_judged(clinic: Provider, looker: Looker) -> None:
    looker.resolve = lambda _target: ["127.0.0.1", "10.0.0.5"]
    clinic.says("/", 200)
    assert looker.look(HERE) == Verdict.FAILED
    assert clinic.seen == []


def test_no_other_address_is_asked_than_the_one_looked_up(clinic: Provider, looker: Looker) -> None:
    looker.resolve, looker.may_be_asked = (lambda _target: ["::1"]), (lambda _address: True)
    clinic.says("/", 200)
    assert looker.look(HERE) == Verdict.FAILED
    assert clinic.seen == []


def test_the_address_that_was_judged_is_the_one_that_is_asked(
    clinic: Provider, provider: tuple[Provider, int]
) -> None:
    """A name that leads elsewhere a moment later: each request is judged by the very answer it uses."""
    answers = iter([["127.0.0.1"], ["10.0.0.5"]])
    asked: list[str] = []

    def may(address: str) -> bool:
        asked.append(address)
        return address == "127.0.0.1"

    clinic.says("/", 200)
    looker = Looker("https://relais.example", lambda _target: next(answers), may, provider[1])
    assert looker.look(HERE) == Verdict.FAILED
    assert asked == ["127.0.0.1", "10.0.0.5"]
    assert clinic.seen == ["GET clinic.ca/robots.txt"]


def test_this_machine_is_found_by_its_name_and_refused(
    clinic: Provider, provider: tuple[Provider, int]
) -> None:
    """With nothing replaced: the name is looked up, and what it leads to is inside."""
    target = target_of(HERE)
    assert target is not None
    here = Looker("https://relais.example", lambda _target: resolve(type(target)("http", "localhost", "/")))
    assert here.look(HERE) == Verdict.FAILED
    assert clinic.seen == []


def test_a_server_that_never_ends_is_left(
    clinic: Provider, looker: Looker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach_website, "SECONDS", 0.3)
    clinic.is_slow = True
    assert looker.look(HERE) == Verdict.FAILED


@pytest.mark.parametrize("words", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300])
def test_what_is_no_answer_is_a_failure(words: bytes, serving: Callable[[bytes], int]) -> None:
    port = serving(words)
    looker = Looker("https://relais.example", lambda _target: ["127.0.0.1"], lambda _address: True, port)
    assert looker.look(HERE) == Verdict.FAILED
    assert looker.look("https://clinic.ca") == Verdict.FAILED, "nor does it speak TLS"


@pytest.fixture
def serving(socket_enabled: None) -> Iterator[Callable[[bytes], int]]:
    """A server that says these bytes to whoever connects, and closes."""
    listening: list[socket.socket] = []

    def start(words: bytes) -> int:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)

        def serve() -> None:
            while True:
                try:
                    visitor, _ = server.accept()
                except OSError:
                    return
                with visitor:
                    try:
                        visitor.recv(4096)
                        visitor.sendall(words)
                    except OSError:
                        continue

        threading.Thread(target=serve, daemon=True).start()
        return int(server.getsockname()[1])

    yield start
    for server in listening:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
