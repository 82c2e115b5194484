"""The private PostGIS cluster of this clone: start it, use it, stop it when nobody uses it.

    cluster.py with -- COMMAND ...   run COMMAND with the cluster up; the last one out stops it
    cluster.py stop | status | remove

With DATABASE_URL set nothing is started: the operator brings the database. Standard library only.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import children
import place
import roles
from packages import server_bin

SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
work_mem = 32MB
maintenance_work_mem = 256MB
jit = off
max_wal_size = 4GB
wal_compression = on
wal_level = minimal
max_wal_senders = 0
log_min_duration_statement = -1
log_statement = 'none'
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_min_error_statement = panic
timezone = 'UTC'
"""


def _shared_megabytes() -> int:
    """A sixteenth of this machine's memory, 128 MB at least and 1 GB at most: the whole read model of a large test."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(128, min(1024, memory // 16 // 2**20))


def _bin() -> Path:
    folder = server_bin()
    if folder is None:
        sys.exit("cluster: no PostgreSQL server with PostGIS found. Run deploy/local/packages.py.")
    return folder


def _run(*words: str, **more: object) -> subprocess.CompletedProcess[str]:
    command = [*place.as_server(), *words]
    return subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload, no-any-return]  # the keywords are subprocess's own


def _must(done: subprocess.CompletedProcess[str], what: str) -> None:
    if done.returncode:
        sys.exit(f"cluster: {what} failed:\n{done.stdout}{done.stderr}")


def _init(data: Path) -> None:
    """Make the cluster in a draft folder and rename it last, so that a killed start leaves no half."""
    draft = data.with_name(data.name + ".new")
    _run("rm", "-rf", str(draft))
    passwords = roles.passwords()
    password_file = place.socket_folder() / "admin-password"
    _run("sh", "-c", f"umask 077; cat > {password_file}", input=passwords["relais_admin"])
    done = _run(
        str(_bin() / "initdb"), "-D", str(draft), "-U", "relais_admin", "-E", "UTF8",
        "--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={password_file}", "--no-sync",
    )  # fmt: skip
    _run("rm", "-f", str(password_file))
    _must(done, "initdb")
    settings = SETTINGS + f"shared_buffers = {_shared_megabytes()}MB\n"
    settings += f"unix_socket_directories = '{place.socket_folder()}'\n"
    _must(_run("sh", "-c", f"cat >> {draft}/postgresql.conf", input=settings), "settings")
    _must(_run("mv", str(draft), str(data)), "mv")


def _is_up(data: Path) -> bool:
    return _run(str(_bin() / "pg_ctl"), "-D", str(data), "status").returncode == 0


def _remembering() -> str:
    """Where the server can, it notes what its memory held and reads that first after a restart.

    Otherwise the first questions would read thousands of pages one by one and meet their time limit.
    """
    is_there = (_bin().parent / "lib" / "pg_prewarm.so").exists()
    return "-c shared_preload_libraries=pg_prewarm" if is_there else ""


def _in_haste() -> str:
    """`make test` sets RELAIS_IN_HASTE: the disk is not waited for. A power cut may then cost what is made anew."""
    return "-c fsync=off -c full_page_writes=off" if os.environ.get("RELAIS_IN_HASTE") else ""


def start() -> None:
    """Bring the cluster up, making it first where there is none; roles and template included."""
    place.make_local()
    data = place.data_folder()
    place.make_own_folder(place.socket_folder())
    place.make_own_folder(data.parent)
    _set_orphan_aside(data)
    if _run("test", "-d", str(data)).returncode:
        _init(data)
    if not _is_up(data):
        log = place.socket_folder() / "log"
        options = f"-k {place.socket_folder()} {_remembering()} {_in_haste()}"
        done = _run(
            str(_bin() / "pg_ctl"), "-D", str(data), "-l", str(log), "-o", options, "-w", "-t", "60", "start"
        )  # fmt: skip
        _must(done, f"starting the database (log: {log})")
    roles.ensure(_bin())


def _set_orphan_aside(data: Path) -> None:
    """Data whose passwords and keys were removed with `.local/` opens to nobody: keep it, start anew beside it."""
    if (place.LOCAL / "secrets.json").exists() or _run("test", "-d", str(data)).returncode:
        return
    if _is_up(data):
        _must(_run(str(_bin() / "pg_ctl"), "-D", str(data), "-m", "fast", "-w", "stop"), "stopping")
    aside = data.with_name(f"{data.name}-without-secrets-{int(time.time())}")
    _must(_run("mv", str(data), str(aside)), "mv")
    print(f"cluster: .local/secrets.json is gone; its database was set aside in {aside}", file=sys.stderr)


def stop() -> None:
    """Stop the cluster if it runs; waiting connections are closed."""
    data = place.data_folder()
    if _is_up(data):
        _must(_run(str(_bin() / "pg_ctl"), "-D", str(data), "-m", "fast", "-w", "stop"), "stopping")


@contextmanager
def held() -> Iterator[None]:
    """Hold the cluster up; whoever lets go last stops it. A killed holder lets go by itself."""
    place.make_local()
    with (place.LOCAL / "cluster.lock").open("a") as lock, (place.LOCAL / "start.lock").open("a") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(lock, fcntl.LOCK_SH)
        start()
        fcntl.flock(door, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(door, fcntl.LOCK_EX)
            if _is_last(lock.fileno()):
                stop()


def _is_last(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def run_with(command: list[str]) -> int:
    """Run `command` with the cluster up. Ctrl-C reaches it by the terminal; TERM is passed on."""
    with held():
        child = children.start(command, env={**os.environ, **roles.environment()})
        # Ctrl-C reaches the child by the terminal; what is sent to us alone is passed on.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: child.terminate())
        return child.wait()


def main(words: list[str]) -> int:
    """Entry of the command line; returns the exit code."""
    match words:
        case ["with", "--", *command] if command:
            return subprocess.call(command) if os.environ.get("DATABASE_URL") else run_with(command)
        case ["stop"]:
            stop()
        case ["remove"]:
            stop()
            _run("rm", "-rf", str(place.data_folder().parent), str(place.socket_folder()))
        case ["status"]:
            print("up" if _is_up(place.data_folder()) else "down", place.data_folder())
        case _:
            sys.exit(__doc__)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
