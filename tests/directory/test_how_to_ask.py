"""The public page on vetting says how an organization asks, in both languages, without e-mail too."""

from typing import Any

import pytest

from config.settings import base
from tests.roles import RoleClient

HEADINGS = {
    "/en/vetting/": (
        "How to ask",
        "Without e-mail",
        "Groups of peers and other small groups",
        "If the answer is no",
    ),
    "/fr/verification/": (
        "Comment faire une demande",
        "Sans courriel",
        "Groupes de pairs et autres petits groupes",
        "Si la réponse est non",
    ),
}


@pytest.mark.parametrize("address", HEADINGS)
def test_it_says_how_to_ask(address: str, visitor: RoleClient, settings: Any, db: None) -> None:
    settings.ADVISERS_HAVE_DAYS = base.ADVISERS_HAVE_DAYS
    page = visitor.get(address).text
    for heading in HEADINGS[address]:
        assert f">{heading}</h" in page
    start = page.index(HEADINGS[address][0])
    assert f'href="mailto:{settings.CONTACT_EMAIL}"' in page[start : page.index(HEADINGS[address][1])]
    assert (" 3 working days " if "/en/" in address else " 3 jours ouvrables ") in page
