"""What a real gunicorn writes of requests: nothing by itself, and no word of a search where somebody asks for a log."""

import contextlib
import socket
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests import databases
from tests.gunicorn_served import gunicorn

CANARY = "quillfeather4711"
EVERYTHING = "%(h)s %(u)s %(r)s %(U)s %(q)s %(f)s %(a)s %({x-forwarded-for}i)s %({cookie}i)s %({location}o)s %(s)s done"
ASKED = [
    f"/en/find/?near={CANARY}",
    f"/api/search?q={CANARY}",
    f"/en/{CANARY}/",
    f"/hsds/services?search={CANARY}",
    f"/en/beds/{CANARY}/",
]
TELLING = {"Referer": f"http://a.example/{CANARY}", "User-Agent": CANARY, "Cookie": f"a={CANARY}"}


@pytest.fixture(scope="module")
def clone(django_db_setup: None) -> Iterator[str]:
    """A database for the site."""
    with databases.cloned() as name:
        yield name


def written_by(clone: str, arguments: str) -> str:
    """All that gunicorn prints while somebody searches, and sends a line that is no HTTP."""
    with tempfile.TemporaryFile() as log:
        with gunicorn(clone, "/healthz", {"GUNICORN_CMD_ARGS": arguments, "WORKERS": "1"}, log) as port:
            for path in ASKED:
                asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=TELLING)
                with (
                    contextlib.suppress(urllib.error.HTTPError),
                    urllib.request.urlopen(asked, timeout=20) as told,
                ):
                    told.read()
            with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
                line.sendall(f"GET {CANARY} {CANARY}\r\n{CANARY}\r\n\r\n".encode())
                line.recv(100)
        log.seek(0)
        return log.read().decode(errors="replace")


@pytest.mark.promise(20)
def test_gunicorn_writes_nothing_of_a_request(clone: str) -> None:
    """Promise 20: as it is configured."""
    assert written_by(clone, "") == ""


@pytest.mark.promise(20)
@pytest.mark.parametrize("form", ["", f"--access-logformat '{EVERYTHING}'"], ids=["usual", "everything"])
def test_an_access_log_that_somebody_asks_for_tells_no_word_and_no_address(clone: str, form: str) -> None:
    """Promise 20: whatever the format, and at the level at which gunicorn says most."""
    told = written_by(clone, f"--access-logfile - --log-level debug {form}")
    assert told.count("done" if form else "HTTP") >= len(ASKED) or told.count(" 200 ") >= 1, told[-2000:]
    assert CANARY not in told
    assert "a.example" not in told
    assert "127.0.0.1 - " not in told
