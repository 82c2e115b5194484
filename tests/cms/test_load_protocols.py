"""manage.py load_protocols: the starting content, in both languages or not at all."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import User
from cms.actions.load_protocols import load_protocols, read_folder
from cms.models.edition import Edition
from cms.models.instructed import InstructedPage
from cms.models.protocol import ProtocolPage
from cms.rules.content import ContentFault
from safety.viewer import VISITOR
from tests.cms.conftest import again
from tests.roles import RoleClient

pytestmark = pytest.mark.django_db
OURS = settings.FIXTURES / "protocols"
CONTENT = Path(__file__).with_name("content")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page in both languages, to spoil."""
    for language in ("en", "fr"):
        shutil.copy(CONTENT / f"first-contact.{language}.toml", tmp_path)
    return tmp_path


def spoil(folder: Path, before: str, after: str, name: str = "first-contact.en.toml") -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_every_file_of_ours_can_be_read_in_both_languages() -> None:
    assert 2 * len(read_folder(OURS)) == len(list(OURS.glob("*.toml")))


def test_each_page_of_ours_has_its_address_in_its_own_language() -> None:
    pairs = read_folder(OURS)
    assert [pair["en"]["slug"] for pair in pairs if pair["en"]["slug"] == pair["fr"]["slug"]] == []


def test_two_french_pages_at_one_address_are_refused(folder: Path) -> None:
    for language in ("en", "fr"):
        shutil.copy(folder / f"first-contact.{language}.toml", folder / f"second-contact.{language}.toml")
    spoil(folder, 'slug = "first-contact"', 'slug = "second-contact"', "second-contact.en.toml")
    with pytest.raises(ContentFault, match="premier-contact: two French pages have this slug"):
        load_protocols(folder=folder, viewer=VISITOR)


def test_it_comes_in_both_languages_live_and_marked_for_review(folder: Path, visitor: RoleClient) -> None:
    loaded = load_protocols(folder=folder, viewer=VISITOR)
    assert (loaded.added, loaded.renewed) == (2, 0)
    for path in ("/en/protocols/", "/fr/protocoles/"):
        assert visitor.get(path).text.count('class="mark ask"') == 1
    english, french = Edition.objects.order_by("language")
    assert english.key == french.key
    assert english.jurisdictions == ["ca", "QC"]


def test_loading_twice_changes_nothing(folder: Path) -> None:
    load_protocols(folder=folder, viewer=VISITOR)
    assert not load_protocols(folder=folder, viewer=VISITOR)
    assert Edition.objects.count() == 2


def test_a_file_that_changed_becomes_a_new_version(folder: Path) -> None:
    load_protocols(folder=folder, viewer=VISITOR)
    spoil(folder, 'when = "first minute"', 'when = "at once"')
    loaded = load_protocols(folder=folder, viewer=VISITOR)
    assert (loaded.added, loaded.renewed) == (0, 1)
    assert set(Edition.objects.values_list("language", "number")) == {("en", 1), ("en", 2), ("fr", 1)}


def test_a_french_page_that_moved_is_led_to_from_where_it_was(folder: Path, visitor: RoleClient) -> None:
    load_protocols(folder=folder, viewer=VISITOR)
    spoil(folder, 'slug = "premier-contact"', 'slug = "tout-premier-contact"', "first-contact.fr.toml")
    assert load_protocols(folder=folder, viewer=VISITOR).renewed == 1
    moved = visitor.get("/fr/protocoles/premier-contact/")
    assert (moved.status_code, moved["Location"]) == (301, "/fr/protocoles/tout-premier-contact/")


def test_what_somebody_edited_or_took_off_here_is_left_alone(folder: Path, keeper: User) -> None:
    load_protocols(folder=folder, viewer=VISITOR)
    english, french = ProtocolPage.objects.order_by("locale__language_code")
    again(english, by=keeper, summary="Ours.")
    french.unpublish()
    spoil(folder, 'when = "first minute"', 'when = "at once"')
    loaded = load_protocols(folder=folder, viewer=VISITOR)
    assert (loaded.added, loaded.renewed, loaded.left) == (0, 0, 2)
    assert Edition.objects.get(language="en", is_current=True).facts["summary"] == "Ours."
    assert not Edition.objects.filter(language="fr", is_live=True).exists()


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('kind = "protocol"', 'kind = "poem"', "kind: 'poem' is not known"),
        ('sector = ["shelter"', 'sector = ["circus"', "sector: circus is not known"),
        ('needs = ["safety_planning"', 'needs = ["luck"', "needs: luck is not known"),
        ("review_by = 2", "review_on = 2", "review_on is not known"),
        ('title = "First contact', 'title = "<b>First contact', "title holds markup"),
        ('slug = "first-contact"', 'slug = "last-contact"', "its slug and language say last-contact.en"),
        ('evidence = "consultation"', 'evidence = "law"', "evidence differs between the languages"),
        ("[[steps]]", "[[steps", "first-contact.en.toml"),
        ('jurisdiction = "ca"', 'jurisdiction = "zz"', "law: jurisdiction: 'ZZ' is not known"),
    ],
)
def test_a_bad_file_is_refused_whole_with_its_reason(
    folder: Path, before: str, after: str, reason: str
) -> None:
    spoil(folder, before, after)
    with pytest.raises(ContentFault, match=reason):
        load_protocols(folder=folder, viewer=VISITOR)
    assert not Edition.objects.exists()


def test_a_language_alone_is_refused(folder: Path) -> None:
    (folder / "first-contact.fr.toml").unlink()
    with pytest.raises(CommandError, match=r"Nothing was loaded: first-contact.fr.toml"):
        call_command("load_protocols", str(folder))
    assert not any(model.objects.exists() for model in InstructedPage.__subclasses__())
