"""Install the system packages that Relais needs, or say exactly which are missing.

Debian and Ubuntu with root or sudo: missing packages are installed. Elsewhere nothing is touched; the
sentence printed says what to install. Standard library only: nothing else exists yet when this runs.
"""

import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from importlib.util import find_spec
from pathlib import Path

RUN_PROGRAMS = {"msgfmt": "gettext", "xgettext": "gettext"}
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""Any of them opens the pages of the browser tests; the first in half the time, where a system has it."""


def server_bin() -> Path | None:
    """The folder of the newest PostgreSQL server that has PostGIS 3 beside it, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    candidates = [p.parent for p in found] + ([Path(on_path).resolve().parent] if on_path else [])
    return next((b for b in candidates if _has_postgis(b)), None)


def _version(initdb: Path) -> int:
    name = initdb.parent.parent.name
    return int(name) if name.isdigit() else 0


def _has_postgis(folder: Path) -> bool:
    config = folder / "pg_config"
    if config.exists():
        out = subprocess.run([config, "--sharedir"], capture_output=True, text=True, check=False)
        if out.returncode == 0 and (Path(out.stdout.strip()) / "extension/postgis.control").exists():
            return True
    share = Path("/usr/share/postgresql") / folder.parent.name / "extension/postgis.control"
    return share.exists()


def _has_gdal() -> bool:
    return find_library("gdal") is not None


def _has_pango() -> bool:
    """What sets the text of PDF papers."""
    return all(find_library(name) for name in ("pango-1.0", "pangoft2-1.0"))


def _has_venv() -> bool:
    """Debian splits what `python3 -m venv` needs from Python itself."""
    return find_spec("ensurepip") is not None and find_spec("venv") is not None


def missing(*, with_tests: bool) -> list[str]:
    """Names of Debian packages that are needed and not there, in a fixed order."""
    wanted: list[str] = []
    if server_bin() is None:
        wanted += ["postgresql", "postgresql-postgis"]
    if not _has_venv():
        wanted.append("python3-venv")
    if not _has_gdal():
        wanted.append("gdal-bin")
    if not _has_pango():
        wanted += ["libpango-1.0-0", "libpangoft2-1.0-0"]
    wanted += sorted({package for program, package in RUN_PROGRAMS.items() if shutil.which(program) is None})
    if with_tests and not any(map(shutil.which, BROWSERS)):
        wanted.append("chromium")
    return wanted


def welcome(*, with_tests: bool) -> list[str]:
    """Names of Debian packages that make the tests faster; nobody needs them."""
    return [BROWSERS[0]] if with_tests and shutil.which(BROWSERS[0]) is None else []


def _postgis_package() -> str:
    """Debian names PostGIS after the server's version: postgresql-15-postgis-3."""
    out = subprocess.run(
        ["apt-cache", "depends", "postgresql"], capture_output=True, text=True, check=True
    ).stdout
    versions = [w for w in out.split() if w.startswith("postgresql-") and w[11:].isdigit()]
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    version = installed[-1].parent.parent.name if installed else versions[0][11:]
    return f"postgresql-{version}-postgis-3"


def _apt(*words: str, must: bool = True) -> None:
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [*sudo, "apt-get", "-q", *words]
    done = subprocess.run(command, env=env, check=False, stdout=sys.stderr)
    if done.returncode and must:
        sys.exit(f"packages: `{' '.join(command)}` failed with exit code {done.returncode}.")


def may_install() -> bool:
    """True on Debian-like systems when we are root or may become root without a question."""
    if shutil.which("apt-get") is None:
        return False
    if os.geteuid() == 0:
        return True
    asked = ["sudo", "-n", "true"]
    return shutil.which("sudo") is not None and subprocess.run(asked, check=False).returncode == 0


def install(names: list[str], more: list[str]) -> None:
    """Install by apt, `more` if it can be had; PostgreSQL's automatic cluster is not wanted, ours is private."""
    print(f"packages: installing {', '.join([*names, *more])} ...", file=sys.stderr)
    _apt("update", must=bool(names))
    names = [_postgis_package() if n == "postgresql-postgis" else n for n in names]
    if names:
        _apt("install", "-y", "--no-install-recommends", *names)
    for name in more:
        _apt("install", "-y", "--no-install-recommends", name, must=False)


def main() -> None:
    """Entry: `packages.py [--tests]`; ends with status 1 and a sentence if something is missing."""
    with_tests = "--tests" in sys.argv[1:]
    names, more = missing(with_tests=with_tests), welcome(with_tests=with_tests)
    if (names or more) and may_install():
        install(names, more)
        names = missing(with_tests=with_tests)
    if names:
        sys.exit(
            "packages: please install: " + " ".join(names) + "\n"
            "(PostgreSQL 15 or newer with PostGIS 3, GDAL, Pango, GNU gettext"
            + (", and Chromium for the browser tests)" if with_tests else ")")
            + ".\nOn Debian or Ubuntu: sudo apt-get install postgresql postgresql-NN-postgis-3 "
            "gdal-bin libpango-1.0-0 libpangoft2-1.0-0 gettext" + (" chromium" if with_tests else "")
        )


if __name__ == "__main__":
    main()
