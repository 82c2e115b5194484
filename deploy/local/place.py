"""Where this clone keeps what it makes: `.local/`, and what must lie elsewhere.

PostgreSQL refuses to run as root, so root's cluster runs as user `postgres`; where that user can't enter the
clone, the data lies in /var/tmp and `.local/data-folder` says where. A socket's path may have 107 bytes at
the most, so the socket lies in a short folder of its own. Both names come from the clone's path: two
clones side by side never meet.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
SERVER_USER = "postgres"


def clone_mark() -> str:
    """Ten hex digits that tell this clone from every other on the machine."""
    return hashlib.sha256(f"{os.getuid()}:{ROOT}".encode()).hexdigest()[:10]


def make_local() -> None:
    """`.local/`: entered by its owner; by the database's user only to pass through to its data."""
    LOCAL.mkdir(exist_ok=True)
    LOCAL.chmod(0o711 if os.geteuid() == 0 else 0o700)


def as_server() -> list[str]:
    """The words to put before a command so that it runs as the database's user."""
    if os.geteuid() != 0:
        return []
    if shutil.which("runuser") is None:
        sys.exit("cluster: as root, `runuser` is needed (Debian package util-linux).")
    return ["runuser", "-u", SERVER_USER, "--"]


def _server_can_enter(folder: Path) -> bool:
    test = [*as_server(), "test", "-x", str(folder)]
    return subprocess.run(test, check=False, cwd="/").returncode == 0


def data_folder() -> Path:
    """The cluster's data: in `.local/` where its server can enter, else in /var/tmp and noted."""
    note = LOCAL / "data-folder"
    elsewhere = Path("/var/tmp") / f"relais-{clone_mark()}" / "postgres"
    if note.exists() and note.read_text(encoding="utf-8").strip() == str(elsewhere):
        return elsewhere
    if os.geteuid() == 0 and not _server_can_enter(LOCAL):
        note.write_text(f"{elsewhere}\n", encoding="utf-8")
        return elsewhere
    return LOCAL / "cluster" / "postgres"


def socket_folder() -> Path:
    """A short folder, 0700, the server's own; refuses one that somebody else made."""
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp")
    if os.geteuid() == 0 or len(str(base)) > 60 or not base.is_dir():
        base = Path("/tmp")
    return base / f"relais-{clone_mark()}"


def make_own_folder(folder: Path) -> None:
    """Make `folder` 0700 and the server's own; another's folder of that name is refused."""
    owner = pwd.getpwnam(SERVER_USER).pw_uid if os.geteuid() == 0 else os.geteuid()
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, owner, -1)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
            sys.exit(f"cluster: {folder} exists and is not ours. Remove it and start again.")
    folder.chmod(0o700)


def write_private(path: Path, text: str) -> None:
    """Write `text` to a file that only its owner reads; whole or not at all."""
    draft = path.with_suffix(path.suffix + ".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    draft.replace(path)
