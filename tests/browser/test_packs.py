"""A pack of protocols opened from a disk: readable, whole, and nothing is asked of any network."""

from io import BytesIO
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.readable import assert_readable
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
PACK = {"en": "/en/protocols/pack/shelter/", "fr": "/fr/protocoles/trousse/shelter/"}


@pytest.mark.promise(18)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_pack_is_read_from_a_disk(language: str, browser: Browser, site: Site, tmp_path: Path) -> None:
    with urlopen(f"{site.origin}{PACK[language]}") as answer:  # the site's own address
        ZipFile(BytesIO(answer.read())).extractall(tmp_path)  # our own pack
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto((tmp_path / "index.html").as_uri())
    assert_readable(page, language)
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_readable(page, language)
    assert all(url.startswith("file:") for url in asked)
    assert any(url.endswith("pack.css") for url in asked)
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "672px"
    page.close()
