"""Editions on paper: tagged for screen readers, the same bytes of the same page, never looking more current than it."""

from io import BytesIO
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from pypdf import PdfReader

from accounts.models import User
from cms.actions.make_papers import make_papers
from cms.actions.review_edition import review_edition
from cms.models.edition import Edition
from cms.models.paper import Paper
from cms.papers.pdf import as_pdf
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.cms.conftest import Publish, again, day, fields, newest, rows
from tests.cms.test_editions import adviser
from tests.cms.test_tiers import CANARY, at_desk, kept
from tests.roles import RoleClient, role

__all__ = ["adviser", "kept"]
pytestmark = [pytest.mark.django_db]
WHERE = "/en/protocols/tea/1/pdf/"


def made(today_plus: int = 0) -> tuple[int, int]:
    """What the worker does."""
    return make_papers(today=day(today_plus))


def text_of(raw: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(raw)).pages).split())


def got(visitor: RoleClient, where: str = WHERE) -> str:
    """The words of a PDF that can be had."""
    answer = visitor.get(where)
    assert answer["Content-Type"] == "application/pdf"
    return text_of(answer.content)


def kinds(reader: PdfReader) -> list[tuple[str, Any]]:
    """The structure that a screen reader walks: kind and alternative text, in the order of reading."""
    root: Any = reader.trailer["/Root"]
    told: list[tuple[str, Any]] = []

    def walk(element: Any) -> None:
        element = element.get_object()
        if isinstance(element, list):
            for child in element:
                walk(child)
        elif isinstance(element, dict) and "/S" in element:
            told.append((element["/S"], element.get("/Alt")))
            walk(element.get("/K", []))

    walk(root["/StructTreeRoot"]["/K"])
    return told


def test_it_is_tagged_speaks_its_language_and_carries_its_fonts(
    publish: Publish, visitor: RoleClient
) -> None:
    publish("the", "fr", **fields(title="Premier contact"))
    made()
    reader = PdfReader(BytesIO(visitor.get("/fr/protocoles/the/1/pdf/").content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == "Services communautaires\N{NO-BREAK SPACE}: protocole"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    found = [kind for kind, _ in kinds(reader)]
    assert found.count("/H1") == 1
    assert {"/H2", "/H3", "/P", "/L", "/LI", "/LBody"} <= set(found)
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inside = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "Noto-Sans" in inside["/FontName"]
            assert {"/FontFile2", "/FontFile3"} & set(inside)


def test_the_page_offers_it_once_it_is_made_under_a_name_that_tells_nothing(
    publish: Publish, visitor: RoleClient
) -> None:
    publish("tea", **fields(title="Tea for two"))
    assert "pdf/" not in visitor.get("/en/protocols/tea/").text
    early = visitor.get(WHERE)
    assert early.status_code == 404
    assert "is being made" in early.text
    assert "Tea for two" in early.text
    assert made() == (1, 0)
    assert f'href="{WHERE}"' in visitor.get("/en/protocols/tea/").text
    answer = visitor.get(WHERE)
    assert answer["Content-Disposition"] == 'attachment; filename="document.pdf"'
    assert "Set-Cookie" not in answer.headers
    for words in ("Tea for two", "Make tea", "hot", "Asked for", "/en/protocols/tea/1/"):
        assert words in text_of(answer.content)
    assert made() == (0, 0)


def test_the_same_page_makes_the_same_bytes(publish: Publish) -> None:
    publish("tea", **fields())
    made()
    first = bytes(Paper.objects.get().content)
    Paper.objects.all().delete()
    made()
    assert bytes(Paper.objects.get().content) == first


def test_it_never_looks_more_current_than_its_page(
    publish: Publish, visitor: RoleClient, adviser: User
) -> None:
    page = publish("tea", **fields(review_by=day(5)))
    made()
    assert "Needs review by a qualified person" in got(visitor)
    review_edition(edition=newest(page).pk, viewer=Viewer(user=adviser.pk), today=day())
    assert (
        visitor.get(WHERE).status_code == 404
    )  # the one with the mark is not given out for the page without
    made()
    assert "Needs review" not in got(visitor)
    assert "look online before you go by it" in got(visitor)


def test_tomorrows_mark_is_on_paper_before_tomorrow(publish: Publish, visitor: RoleClient) -> None:
    publish("tea", **fields(review_by=day()))
    assert made() == (2, 0)
    assert "Review is overdue" not in got(visitor)
    told = {text_of(bytes(paper.content)) for paper in Paper.objects.all()}
    assert sum("Review is overdue" in text for text in told) == 1
    assert make_papers(today=day(1)) == (0, 1)


def test_what_was_replaced_says_so_on_paper_too(publish: Publish, visitor: RoleClient) -> None:
    page = publish("tea", **fields())
    made()
    again(page, summary="Something else.")
    assert visitor.get(WHERE).status_code == 404
    assert made() == (2, 1)
    assert "It was replaced" in got(visitor)
    assert "Something else." in got(visitor, "/en/protocols/tea/2/pdf/")


def test_what_is_taken_off_is_gone_and_its_paper_after_it(publish: Publish, visitor: RoleClient) -> None:
    page = publish("tea", **fields())
    made()
    page.unpublish()
    assert visitor.get(WHERE).status_code == 404
    assert made() == (0, 1)


@pytest.mark.promise(2)
def test_a_vetted_text_is_had_on_paper_by_vetted_workers_alone(
    kept: Edition, visitor: RoleClient, navigator: User, steward: User, sign_in: SignIn
) -> None:
    made()
    refused = visitor.get("/en/protocols/kept/1/pdf/")
    assert refused.status_code == 404
    assert CANARY not in refused.text
    with role("relais_public"):
        assert set(Paper.objects.values_list("edition__slug", flat=True)) == {"tea"}
    worker = at_desk(navigator, sign_in, vetted=True, by=steward)
    assert CANARY in got(worker, "/en/desk/protocols/kept/1/pdf/")


@pytest.mark.promise(2)
def test_who_is_not_vetted_gets_none_at_the_desk(
    kept: Edition, outsider: User, steward: User, sign_in: SignIn
) -> None:
    made()
    browser = at_desk(outsider, sign_in, vetted=False, by=steward)
    assert browser.get("/en/desk/protocols/kept/1/pdf/").status_code == 404
    assert browser.get("/en/desk/protocols/tea/1/pdf/").status_code == 200


@pytest.mark.promise(2)
def test_no_role_that_serves_alters_one_and_the_public_role_writes_none(publish: Publish) -> None:
    publish("tea", **fields())
    made()
    for name in ("relais_portal", "relais_public"):
        with role(name), pytest.raises(ProgrammingError), transaction.atomic():
            Paper.objects.update(content=b"other")
    with role("relais_public"), pytest.raises(ProgrammingError), transaction.atomic():
        Paper.objects.all().delete()


def test_one_that_cannot_be_made_loses_no_other(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("tea", **fields())
    publish("law", **fields(title="Law"))

    def broken(html: str, style: str, digest: str) -> bytes:
        if "Law" in html:
            raise OSError("pango")
        return as_pdf(html, style, digest)

    monkeypatch.setattr("cms.actions.make_papers.as_pdf", broken)
    with pytest.raises(ExceptionGroup, match="1 papers"):
        made()
    assert list(Paper.objects.values_list("edition__slug", flat=True)) == ["tea"]


def test_a_paper_asks_nobody_for_anything() -> None:
    """An address in its HTML or style is refused before anybody is asked: sockets are shut in tests."""
    html = (
        '<!DOCTYPE html><html lang="en"><title>x</title><img src="http://127.0.0.1/a.png" alt="a"><p>kept</p>'
    )
    style = '@import url("file:///etc/passwd"); p { background: url("http://127.0.0.1/b.png") }'
    assert text_of(as_pdf(html, style, "ab" * 32)) == "kept a"


def test_every_word_of_a_page_is_on_its_paper(publish: Publish, visitor: RoleClient) -> None:
    steps = rows(
        *({"title": f"Step {n} é—ï", "text": f"word{n}\n\n- “a{n}”\n- b{n} œ", "when": ""} for n in range(60))
    )
    publish("tea", **fields(steps=steps))
    made()
    told = got(visitor)
    for n in range(60):
        for words in (f"Step {n} é—ï", f"word{n}", f"“a{n}”", f"b{n} œ"):
            assert words in told
