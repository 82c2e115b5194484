"""Files of pages: had through an edition that may be read, at no other address, and by nobody else."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction

from accounts.models import User
from cms.actions.keep_files import add_file, remove_file
from cms.actions.keep_home import ADVISERS, AUTHORS, EDITORS
from cms.cleaning.files import LARGEST
from cms.models.attached_file import AttachedFile
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.cms.conftest import Publish, again, fields, rows
from tests.cms.making_files import SECRET, pdf, png
from tests.cms.test_tiers import at_desk
from tests.roles import RoleClient, role

pytestmark = [pytest.mark.django_db, pytest.mark.promise(2)]
CANARY = "zebra"


@pytest.fixture
def author(keeper: User) -> User:
    """Kim writes."""
    keeper.groups.add(*Group.objects.filter(name__in=[AUTHORS, EDITORS]))
    return keeper


@pytest.fixture
def file(author: User) -> AttachedFile:
    """A leaflet that no page carries yet."""
    return add_file(title="Leaflet", raw=pdf(), viewer=Viewer(user=author.pk))


def carrying(file: AttachedFile, **other: Any) -> dict[str, Any]:
    """The fields of a page that carries it."""
    return fields(attachments=rows({"file": str(file.pk), "title": f"The leaflet {CANARY}"}), **other)


def where(file: AttachedFile, slug: str = "tea", number: int = 1, start: str = "/en/protocols/") -> str:
    return f"{start}{slug}/{number}/file/{file.pk}/"


def test_a_public_page_gives_its_file_under_a_name_that_tells_nothing(
    publish: Publish, visitor: RoleClient, file: AttachedFile
) -> None:
    publish("tea", **carrying(file))
    text = visitor.get("/en/protocols/tea/").text
    assert f'href="{where(file)}"' in text
    answer = visitor.get(where(file))
    assert answer.content == bytes(file.content)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="document.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


def test_a_file_is_had_by_nobody_before_a_page_that_carries_it_is_published(
    publish: Publish, visitor: RoleClient, file: AttachedFile
) -> None:
    publish("tea", **fields())
    assert visitor.get(where(file)).status_code == 404
    with role("relais_public"):
        assert not AttachedFile.objects.exists()


@pytest.fixture
def kept(publish: Publish, file: AttachedFile) -> AttachedFile:
    """Carried by a page for vetted organizations, beside a public page."""
    publish("tea", **fields())
    publish("kept", tier="vetted", **carrying(file, title=f"Kept {CANARY}"))
    return file


def test_a_vetted_file_is_had_by_no_address_guess_feed_search_or_api(
    visitor: RoleClient, kept: AttachedFile
) -> None:
    """Promise 2: nor by a number that another page has, nor by the desk's address without signing in."""
    ways = [where(kept, slug, number) for slug in ("tea", "kept") for number in (1, 2)]
    ways += [where(kept, "kept", 1, "/fr/protocoles/").replace("/file/", "/fichier/"), f"/media/{kept.pk}"]
    ways += [f"/documents/{kept.pk}/", f"/static/{kept.pk}", f"/en/protocols/file/{kept.pk}/"]
    for way in ways:
        assert visitor.get(way).status_code == 404, way
    for way in (where(kept, "kept", 1, "/en/desk/protocols/"), f"/cms/files/{kept.pk}/", "/cms/files/"):
        assert visitor.get(way).status_code == 302, way
    found = visitor.post("/en/protocols/", {"q": CANARY})["Location"]
    for way in (found, "/en/protocols/", "/en/protocols/feed.atom", "/api/protocols", "/en/protocols/tea/"):
        text = visitor.get(way).text.replace(f'value="{CANARY}"', "")
        assert CANARY not in text, way
        assert str(kept.pk) not in text, way


def test_the_database_itself_keeps_it_from_the_public_role(kept: AttachedFile) -> None:
    with role("relais_public"):
        assert not AttachedFile.objects.exists()


def test_at_the_desk_it_goes_to_vetted_organizations_alone(
    kept: AttachedFile, navigator: User, outsider: User, steward: User, sign_in: SignIn
) -> None:
    way = where(kept, "kept", 1, "/en/desk/protocols/")
    assert at_desk(navigator, sign_in, vetted=True, by=steward).get(way).content == bytes(kept.content)
    assert at_desk(outsider, sign_in, vetted=False, by=steward).get(way).status_code == 404


def test_what_becomes_vetted_or_is_taken_off_takes_its_file_along(
    publish: Publish, visitor: RoleClient, file: AttachedFile
) -> None:
    page = publish("tea", **carrying(file))
    again(page, tier="vetted", summary="For few.")
    assert visitor.get(where(file)).status_code == 404
    again(page, tier="public", summary="For all.")
    assert visitor.get(where(file)).status_code == 200
    page.unpublish()
    assert visitor.get(where(file)).status_code == 404


def test_a_cited_version_keeps_its_file_and_history_tells_that_it_came(
    publish: Publish, visitor: RoleClient, file: AttachedFile
) -> None:
    page = publish("tea", **carrying(file))
    again(page, attachments=rows())
    assert visitor.get(where(file)).status_code == 200
    assert visitor.get(where(file, number=2)).status_code == 404
    text = visitor.get("/en/protocols/tea/history/").text
    assert f"<del>The leaflet {CANARY}</del>" in text
    assert str(file.pk) not in text


def test_nobody_alters_a_file_and_what_is_carried_stays(
    publish: Publish, file: AttachedFile, author: User
) -> None:
    publish("tea", **carrying(file))
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        AttachedFile.objects.update(content=b"")
    assert AttachedFile.objects.all()._raw_delete("default") == 0
    with pytest.raises(Exception, match="carries this file"):
        remove_file(key=file.pk, viewer=Viewer(user=author.pk))
    assert AttachedFile.objects.get().digest == file.digest


def sent(browser: RoleClient, raw: bytes, title: str = "Leaflet") -> Any:
    upload = SimpleUploadedFile(f"{SECRET}.pdf", raw, "application/pdf")
    return browser.post("/cms/files/", {"title": title, "file": upload})


@pytest.mark.ignore_template_errors
def test_an_author_sends_a_file_which_is_kept_clean(author: User, sign_in: SignIn) -> None:
    browser = sign_in(author)
    assert "Add this file" in browser.get("/cms/files/").text
    assert sent(browser, png()).status_code == 302
    made = AttachedFile.objects.get()
    assert (made.kind, made.title) == ("image/png", "Leaflet")
    assert SECRET.encode() not in bytes(made.content)
    entry = AuditEntry.objects.get(action="add_protocol_file")
    assert (entry.actor, entry.subject_id) == (author.pk, made.pk)
    assert browser.get(f"/cms/files/{made.pk}/").content == bytes(made.content)
    assert browser.post(f"/cms/files/{made.pk}/removed/").status_code == 302
    assert not AttachedFile.objects.exists()
    assert AuditEntry.objects.filter(action="remove_protocol_file", actor=author.pk).exists()


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(
    ("raw", "title", "words"),
    [
        (b"<html>", "Leaflet", "Only PDF, JPEG, PNG and WebP"),
        (b"%PDF-" + b"0" * LARGEST, "Leaflet", "too large"),
        (b"%PDF-1.4 no", "Leaflet", "may be damaged"),
        (png(), "", "blank"),
        (png(), "<b>", "plain text"),
    ],
)
def test_what_is_not_taken_is_said(author: User, sign_in: SignIn, raw: bytes, title: str, words: str) -> None:
    answer = sent(sign_in(author), raw, title)
    assert answer.status_code == 400
    assert words in answer.text
    assert not AttachedFile.objects.exists()


@pytest.mark.ignore_template_errors
def test_who_reviews_may_look_and_not_send(intake: User, file: AttachedFile, sign_in: SignIn) -> None:
    intake.groups.add(Group.objects.get(name=ADVISERS))
    browser = sign_in(intake)
    page = browser.get("/cms/files/").text
    assert "Leaflet" in page
    assert "Add this file" not in page
    assert sent(browser, png())["Location"] == "/cms/"
    assert browser.post(f"/cms/files/{file.pk}/removed/")["Location"] == "/cms/"
    assert AttachedFile.objects.count() == 1


def test_nobody_else_sends_or_removes_one(file: AttachedFile, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        add_file(title="x", raw=png(), viewer=Viewer(user=outsider.pk))
    with pytest.raises(PermissionDenied):
        remove_file(key=file.pk, viewer=Viewer(user=outsider.pk))


@pytest.mark.ignore_template_errors
def test_what_is_not_there_answers_alike(author: User, sign_in: SignIn) -> None:
    browser = sign_in(author)
    assert browser.get(f"/cms/files/{uuid4()}/").status_code == 404
    assert browser.post(f"/cms/files/{uuid4()}/removed/").status_code == 404
