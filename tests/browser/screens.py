"""Pictures of every public page at two widths in both languages, for people to look at.

python -m tests.browser.screens http://localhost:8000 FOLDER     (a running site with demo data)
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import launch_arguments
from tests.browser.public_pages import PAGES, address
from tests.browser.serving import Site

WIDTHS = (360, 1280)


def photograph(browser: Browser, origin: str, folder: Path) -> list[Path]:
    """One whole page for each picture, `results-fr-360.png`; the files that were written."""
    folder.mkdir(parents=True, exist_ok=True)
    site, made = Site(origin, "", ""), []
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": 800})
        for name in PAGES:
            for language in ("en", "fr"):
                page.goto(origin + address(site, name, language))
                made.append(folder / f"{name.replace(' ', '-')}-{language}-{width}.png")
                page.screenshot(path=made[-1], full_page=True)
        page.close()
    return made


def main(words: list[str]) -> int:
    """Entry; 2 if address or folder is missing."""
    if len(words) != 2:
        sys.stderr.write(str(__doc__))
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        made = photograph(browser, words[0].rstrip("/"), Path(words[1]))
        browser.close()
    sys.stdout.write(f"{len(made)} pictures in {words[1]}\n")
    return 0


if __name__ == "__main__":
    # Sealing an address that has expired reads the settings of this clone.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    sys.exit(main(sys.argv[1:]))
