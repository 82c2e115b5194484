"""Runs the site of this clone: prepare the database, start gunicorn, say when it is ready, stop all of it.

Called by `make run` inside `cluster.py with`, in the virtual environment.
"""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from children import start

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
PORT = os.environ.get("PORT", "8000")
ADDRESS = f"http://localhost:{PORT}"
PATIENCE = 60.0
DEMO_PEOPLE = "navigator intake keeper outsider steward approver analyst editor reviewer"


def _python(*words: str) -> list[str]:
    return [sys.executable, *words]


def _prepare() -> None:
    done = subprocess.run(_python("manage.py", "prepare"), cwd=ROOT, check=False)
    if done.returncode:
        sys.exit("run: the database could not be prepared; the lines above say why.")


def _start() -> list[subprocess.Popen[bytes]]:
    site = _python("-m", "gunicorn", "-c", "config/gunicorn.py")
    worker = _python("manage.py", "procrastinate", "worker", "--concurrency", "1")
    os.environ.setdefault("SITE_URL", ADDRESS)  # letters and links lead back to this very site
    # In sessions of their own: Ctrl-C reaches this program alone, which stops them in order.
    return [start(words, cwd=ROOT, own_session=True) for words in (site, worker)]


def _refuse_taken_port() -> None:
    """Before anything starts: whatever answers at a taken port would be mistaken for this site."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, int(PORT)))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sys.exit(f"run: port {PORT} is taken. Choose another: PORT=8001 make run")


def _is_ready() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _await_ready(processes: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if any(p.poll() is not None for p in processes):
            _stop(processes)
            sys.exit("run: the site stopped at once; the lines above say why.")
        if _is_ready():
            return
        time.sleep(0.1)
    _stop(processes)
    sys.exit(f"run: {ADDRESS}/readyz did not answer within {PATIENCE:.0f} seconds.")


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask, wait, then insist: nothing is left behind."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _welcome() -> str:
    password = (LOCAL / "demo-password").read_text(encoding="utf-8").strip()
    return f"""
Relais is ready: {ADDRESS}/

Demo sign-in: {ADDRESS}/en/accounts/login/
  as {", ".join(DEMO_PEOPLE.split())} @demo.invalid
  password: {password}
  second factor: ./manage.py demo_code navigator@demo.invalid

Ctrl-C stops the site and its database.
"""


def _ignore_more_signals() -> None:
    """While stopping, an impatient second Ctrl-C must not leave anything behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Entry; returns 0 after Ctrl-C, the site's own code if it ends by itself."""
    # SIGINT too: a shell that started us in the background left it ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        _refuse_taken_port()
        _prepare()
        processes = _start()
        _await_ready(processes)
        print(_welcome(), flush=True)
        while all(p.poll() is None for p in processes):
            time.sleep(0.5)
        return 1
    except KeyboardInterrupt:
        _ignore_more_signals()
        print("\nrun: stopping ...", flush=True)
        return 0
    finally:
        _ignore_more_signals()
        _stop(processes)


if __name__ == "__main__":
    sys.exit(main())
