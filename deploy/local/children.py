"""Starting programs that don't outlive us, even if we are killed without a chance to stop them."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """In the child, before its program starts: Linux sends it TERM when its parent is gone."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(
    words: list[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    own_session: bool = False,
) -> "subprocess.Popen[bytes]":
    """Start `words`; with `own_session`, Ctrl-C at the terminal doesn't reach it."""
    return subprocess.Popen(
        words, cwd=cwd, env=env, start_new_session=own_session, preexec_fn=_end_with_parent
    )
