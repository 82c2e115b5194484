"""The site as it really runs, gunicorn with the three roles, and the neutral page that the exit leads to here."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg

from config.settings.environment import ROOT
from tests import databases
from tests.gunicorn_served import gunicorn

NEUTRAL_TITLE = "Weather"
NEUTRAL = f"""<!DOCTYPE html><html lang="en"><head><title>{NEUTRAL_TITLE}</title>
<link rel="icon" href="data:,"></head><body><h1>Sunny</h1></body></html>"""


@dataclass(frozen=True)
class Site:
    """A running site: where it answers, on which database, and where its exit leads."""

    origin: str
    database: str
    exit_url: str

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Rows of one statement on the site's database, as relais_owner; for scenes and for looking behind."""
        address = databases.address("OWNER_DATABASE_URL", self.database)
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def manage(self, *words: str) -> str:
        """What `manage.py` prints when it runs beside this site."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=databases.environment(self.database),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()


class _Neutral(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the name that http.server looks for
        body = NEUTRAL.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Nothing is printed."""


@contextmanager
def neutral_page() -> Iterator[str]:
    """Another origin on this machine, in the place of the weather; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Neutral)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def served(database: str, exit_url: str, *, ready: str = "/readyz", workers: int = 2) -> Iterator[Site]:
    """The site on `database`, up as soon as `ready` answers; stopped at the end."""
    with gunicorn(database, ready, {"EXIT_URL": exit_url, "WORKERS": str(workers)}) as port:
        yield Site(f"http://127.0.0.1:{port}", database, exit_url)
