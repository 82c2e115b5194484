"""One Chromium and one running site for all browser tests; a fresh profile for each of them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

from tests import databases
from tests.browser.serving import Site, neutral_page, served
from tests.browser.watching import Visit

Visiting = Callable[..., Visit]
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Browsers keep passkeys for names, not for numbers: `localhost` is this machine, too.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
PATIENCE_MS = 15_000
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")


def launch_arguments() -> dict[str, Any]:
    """How Chromium is started here. Fails with what to install where it is missing; root has no sandbox.

    Its headless shell, where there is one: the same engine without tabs and bars that nobody sees, in half the time.
    """
    path = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if path is None:
        pytest.fail("The browser tests need Chromium: apt-get install chromium, or `make test` as root.")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": path, "args": [*ARGUMENTS, *sandbox]}


# Package, not session: Playwright's event loop must be gone before the next folder's tests ask the database.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The one Chromium."""
    arguments = launch_arguments()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**arguments)
        yield started
        started.close()


@pytest.fixture(autouse=True, scope="package")
def seals_of_the_site(seals: Path) -> Iterator[None]:
    """What a test seals here, the running site has to know."""
    before, settings.SEAL_FOLDER = settings.SEAL_FOLDER, seals
    yield
    settings.SEAL_FOLDER = before


@pytest.fixture(scope="package")
def elsewhere() -> Iterator[str]:
    """The address that the exit leads to."""
    with neutral_page() as address:
        yield address


@pytest.fixture(scope="package")
def site(elsewhere: str) -> Iterator[Site]:
    """The site with demo data and the three real roles."""
    with databases.cloned(with_demo=True) as name, served(name, elsewhere) as running:
        yield running


@pytest.fixture
def visiting(browser: Browser, site: Site) -> Iterator[Visiting]:
    """Opens windows. However a test goes, none may ask a stranger for anything, or complain (promise 18)."""
    visits: list[Visit] = []

    def open_window(*, javascript: bool = True, origin: str = "", **more: Any) -> Visit:
        context = browser.new_context(java_script_enabled=javascript, reduced_motion="reduce", **more)
        context.set_default_timeout(PATIENCE_MS)
        visits.append(Visit(context, context.new_page(), origin or site.origin))
        return visits[-1]

    yield open_window
    for visit in visits:
        visit.context.close()
    for visit in visits:
        assert visit.strangers(site.exit_url) == []
        assert visit.complaints == []
