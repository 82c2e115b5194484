"""What an edition says on paper today, as one page of HTML, and by what its PDF is known."""

from datetime import date
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from cms.models.edition import Edition
from cms.shown import shown

STYLE = "css/paper.css"


def style() -> str:
    """How it is set."""
    return found_file(STYLE).read_text(encoding="utf-8")


def found_file(name: str) -> Path:
    """A file of ours among the static ones."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"{name} is not among the static files: run `make assets`.")
    return Path(found)


def permanent_address(edition: Edition) -> str:
    """Where this edition is for good, for those who may read it."""
    name = "desk_protocol_edition" if edition.tier == "vetted" else "protocol_edition"
    return f"{settings.SITE_URL}{reverse(name, kwargs={'slug': edition.slug, 'number': edition.number})}"


def page_of(edition: Edition, today: date) -> str:
    """The HTML, in the language of the edition. The same as long as the page has nothing else to say."""
    with override(edition.language):
        page = shown(edition.facts, reviewed_on=edition.reviewed_on, today=today)
        told = {"page": page, "edition": edition, "permanent": permanent_address(edition)}
        return render_to_string("cms/paper.html", told | {"language": edition.language})


def digest_of_page(html: str) -> str:
    """In 64 hex digits: two pages that look the same on paper have the same."""
    return sha256(f"{html}\0{style()}".encode()).hexdigest()
