"""What every page owes its reader: a language, a neutral title, one main heading, no barrier, no sideways scroll."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

NEUTRAL = {"en": "Community services", "fr": "Services communautaires"}
SIZES = [(1280, 900), (360, 740)]
# Our style sheets need no second fetching to be read; that alone takes longer than all rules together.
QUICKLY = {"resultTypes": ["violations"], "preload": False}
AXE = Axe().axe_script
# The rest of its answer, a long list of what is well, would be carried here for nothing.
VIOLATIONS = """async (options) => (await axe.run(options)).violations.map(
  (rule) => [rule.id, rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))])"""
NARROWEST = {"width": 320, "height": 640}
# Text may run out of a box that itself is narrow: the page's own width tells, the boxes only help to look.
TOO_WIDE = """() => {
  const width = document.documentElement.scrollWidth;
  const culprits = [...document.querySelectorAll("body *")].filter((e) => e.scrollWidth > innerWidth);
  return width > innerWidth ? [width, ...culprits.map((e) => e.outerHTML.slice(0, 80))] : []; }"""


def barriers(page: Page) -> list[Any]:
    """What axe finds, at a desk's width and a phone's: rule and the places where it is broken.

    In a window without JavaScript it would wait for ever.
    """
    page.evaluate(AXE)
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found += [(width, *violation) for violation in page.evaluate(VIOLATIONS, QUICKLY)]
    return found


def assert_readable(page: Page, language: str) -> None:
    """One main heading, the page's language, a title that tells nothing, no barrier, no sideways scroll."""
    assert page.locator("html").get_attribute("lang") == language
    assert page.title().startswith(NEUTRAL[language])
    expect(page.locator("h1")).to_have_count(1)
    assert barriers(page) == []
    page.set_viewport_size(NARROWEST)
    assert page.evaluate(TOO_WIDE) == []
