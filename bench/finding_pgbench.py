"""The statements of searches through PostgreSQL's own pgbench, as the public role: no program can be faster."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from config.settings.environment import ROOT
from tests.databases import address


def _pgbench() -> str:
    """Its path: beside the server that `make` starts, else on the path. Raises RuntimeError where there is none."""
    spec = importlib.util.spec_from_file_location("packages", ROOT / "deploy/local/packages.py")
    assert spec is not None
    assert spec.loader is not None
    packages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(packages)
    beside = packages.server_bin()
    found = shutil.which("pgbench", path=str(beside) if beside else None) or shutil.which("pgbench")
    if found is None:
        raise RuntimeError("pgbench was not found: it comes with the PostgreSQL server.")
    return found


def _connection(database: str) -> dict[str, str]:
    """libpq's environment for the public role: a password is no argument, where everybody could read it."""
    parts = urlsplit(address("PUBLIC_DATABASE_URL", database))
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    told = {
        "PGHOST": asked.get("host") or parts.hostname or "",
        "PGPORT": asked.get("port") or str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": database,
    }
    return os.environ | {name: value for name, value in told.items() if value}


def _script(folder: Path, name: str, statements: Sequence[str]) -> Path:
    """One transaction of pgbench's: one search. A statement in one line can't begin a line with a command of pgbench's.

    Line breaks stand between words alone: what a visitor typed has none.
    """
    path = folder / f"{name}.sql"
    path.write_text("".join(" ".join(sql.split("\n")) + ";\n" for sql in statements), encoding="utf-8")
    return path


def seconds_by_pgbench(
    database: str, statements: Mapping[str, Sequence[str]], clients: int, seconds: float
) -> dict[str, list[float]]:
    """Seconds of each search by question, drawn at random. Raises RuntimeError if a statement fails."""
    with tempfile.TemporaryDirectory(prefix="relais-bench-") as made:
        folder = Path(made)
        scripts = [_script(folder, name, each) for name, each in statements.items()]
        command = [_pgbench(), "-n", "-c", str(clients), "-T", str(max(1, round(seconds)))]
        command += ["-l", f"--log-prefix={folder}/log"]
        for script in scripts:
            command += ["-f", str(script)]
        done = subprocess.run(
            command, env=_connection(database), cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode or "aborted" in done.stderr:
            raise RuntimeError(f"pgbench failed:\n{done.stderr[-3000:]}")
        return _logged(folder, list(statements))


def _logged(folder: Path, names: Sequence[str]) -> dict[str, list[float]]:
    """Of each line: client, number, microseconds, script, ..."""
    found: dict[str, list[float]] = defaultdict(list)
    for path in folder.glob("log.*"):
        for line in path.read_text(encoding="ascii").splitlines():
            _client, _number, micros, script, *_ = line.split()
            found[names[int(script)]].append(int(micros) / 1_000_000)
    missing = [name for name in names if name not in found]
    if missing:
        raise RuntimeError(
            f"pgbench did not come to {', '.join(missing)}: give it more BENCH_FINDING_SECONDS."
        )
    return dict(found)
