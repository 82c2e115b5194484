"""A large package is read in several processes: what comes of it is the same, and none of them is left behind."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from config.settings.environment import ROOT
from directory.actions import import_hsds_apart
from directory.actions.import_hsds import CannotImport
from directory.actions.import_hsds_apart import read_apart
from directory.actions.import_hsds_report import ImportReport
from directory.models.service import Service
from directory.rules.hsds_package import PackageError, Part, Told
from tests.directory.hsds_packages import folder, many, reasons, small, table, taken, whole, zipped

BEGIN_AND_WAIT = """
import time
from directory.actions.beside import processes_with
from tests.directory.processes import tell_pid_and_sleep
with processes_with(tell_pid_and_sleep, [(), ()]) as pipes:
    print(*(pipe.recv() for pipe in pipes), flush=True)
    time.sleep(600)
"""


@dataclass(frozen=True)
class Piece:
    """A file whose reading ends as `how` says."""

    how: str
    name: str = "services.csv"
    entity: str = "service"
    size: int = 1

    def parts(self, told: Told) -> Iterator[Part]:
        """Nothing good."""
        if self.how == "dies":
            os._exit(9)
        if self.how == "lasts":
            time.sleep(600)
        raise PackageError(self.how) if self.how.endswith(".") else ValueError(self.how)


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even the smallest package is worth several processes."""
    monkeypatch.setattr(import_hsds_apart, "WORTH_IT", 0)


def _both(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[ImportReport]:
    """Dry runs: read here, and read apart."""
    here = taken(path, dry_run=True)
    monkeypatch.setattr(import_hsds_apart, "WORTH_IT", 0)
    return [here, taken(path, dry_run=True)]


@pytest.mark.django_db
@pytest.mark.parametrize("make", [folder, zipped])
def test_what_was_read_apart_is_unchanged_when_it_is_read_here(
    make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "p.zip", whole())
    monkeypatch.setattr(import_hsds_apart, "WORTH_IT", 0)
    assert taken(path).added.total() > 20
    monkeypatch.setattr(import_hsds_apart, "WORTH_IT", 10**9)
    assert taken(path).is_unchanged
    assert active_children() == [] or all("forkserver" in str(child) for child in active_children())


@pytest.mark.django_db
def test_every_refusal_is_told_in_the_order_of_files_and_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, Any] = many(700)
    for row in files["services.csv"][::2]:
        row["status"] = "open"
    for row in files["phones.csv"][:3]:
        row["id"] = ""
    files["languages.csv"] = b""
    files["schedules.csv"] = b"nonsense\n1\n"
    files["contacts.csv"] = table([{"id": "c1", "name": "", "rank": "9"}])
    here, there = _both(folder(tmp_path / "p", files), monkeypatch)
    assert len(here.refusals) == 500
    assert here.refusals_total > 350
    assert there.as_json() == here.as_json()


@pytest.mark.django_db
@pytest.mark.usefixtures("apart")
def test_values_with_tabs_backslashes_and_line_ends_arrive_as_they_are(tmp_path: Path) -> None:
    files = small()
    name = 'Tab\there, back\\slash, \\N, line\nend, "quotes"'
    files["services.csv"][0] |= {"name": name, "description": r"\N"}
    taken(folder(tmp_path / "p", files))
    service = Service.objects.get()
    assert (service.name, service.description) == (name, r"\N")


@pytest.mark.django_db
@pytest.mark.usefixtures("apart")
def test_a_damaged_archive_is_told_and_nothing_comes_of_it(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", many(3000))
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("services.csv").header_offset + 3000
    told = bytearray(path.read_bytes())
    told[start : start + 200] = bytes(200)
    path.write_bytes(told)
    with pytest.raises(CannotImport, match=r"services\.csv: the archive is damaged"):
        taken(path)
    assert not Service.objects.exists()


@pytest.mark.parametrize(
    ("how", "fault", "words"),
    [
        ("services.csv can't be read.", PackageError, "services.csv can't be read."),
        ("a slip of ours", RuntimeError, "ValueError: a slip of ours"),
        ("dies", RuntimeError, "ended before its time"),
    ],
)
def test_a_process_that_stops_stops_the_reading(how: str, fault: type[Exception], words: str) -> None:
    with pytest.raises(fault, match=words):
        list(read_apart([Piece(how), Piece("lasts", "phones.csv", "phone")], "feed"))
    assert not active_children()


def test_no_process_outlives_one_that_was_killed() -> None:
    command = [sys.executable, "-c", BEGIN_AND_WAIT]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.send_signal(signal.SIGKILL)
    assert len(pids) == 2
    for _ in range(600):
        left = [pid for pid in pids if _runs(pid)]
        if not left:
            return
        time.sleep(0.05)
    raise AssertionError(f"{left} still run")


def _runs(pid: int) -> bool:
    """True unless it has ended, or waits to be told of."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False


@pytest.mark.django_db
@pytest.mark.usefixtures("apart")
def test_refusals_of_rows_read_apart_are_refused_with_what_hangs_on_them(tmp_path: Path) -> None:
    files = many(2)
    files["services.csv"][0]["status"] = "open"
    told = reasons(taken(folder(tmp_path / "p", files)))
    assert any("phones.csv, row 2" in reason and "was refused" in reason for reason in told)
