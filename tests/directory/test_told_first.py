"""What a reader is told first: the kind of help that was asked for, and lines that answer at once."""

import pytest

from tests.directory.conftest import MakeService
from tests.roles import RoleClient


@pytest.mark.parametrize("need", ["crisis_line", "talk"])
def test_a_card_shows_the_kind_that_was_asked_for(
    visitor: RoleClient, make_service: MakeService, need: str
) -> None:
    make_service("Many", needs=["safe_home", "transport", "crisis_line"])
    page = visitor.post("/en/find/", {"near": "Kingston", "need": need}, follow=True).content.decode()
    assert '<p class="kind">Crisis line' in page
    page = visitor.post("/en/find/", {"near": "Kingston"}, follow=True).content.decode()
    assert '<p class="kind">Home at an unlisted address, ' in page


@pytest.mark.parametrize("path", ["/en/", "/fr/", "/en/worried/", "/fr/inquietude/"])
def test_the_line_against_suicide_is_called_and_texted_by_its_links(
    visitor: RoleClient, db: None, path: str
) -> None:
    page = visitor.get(path).content.decode()
    assert 'href="tel:988"' in page
    assert 'href="sms:988"' in page
