"""Files that editors send: known by their bytes, bounded, and silent about who made them, when and where."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from cms.cleaning.faults import FileFault, Why
from cms.cleaning.files import LARGEST, clean_file
from cms.cleaning.jpegs import bare_jpeg
from cms.cleaning.pdfs import _parts
from tests.cms.making_files import SECRET, jpeg, locked_pdf, pdf, png, running_pdf


@pytest.mark.parametrize("raw", [jpeg(), png()], ids=["jpeg", "png"])
def test_a_picture_is_kept_as_it_looks_and_tells_nothing_else(raw: bytes) -> None:
    assert SECRET.encode() in raw
    clean = clean_file(raw)
    assert SECRET.encode() not in clean.content
    with Image.open(io.BytesIO(clean.content)) as picture:
        assert Image.MIME[str(picture.format)] == clean.kind
        assert not picture.getexif()
        assert "comment" not in picture.info


def test_a_picture_stands_upright_without_the_word_that_says_how() -> None:
    with Image.open(io.BytesIO(clean_file(jpeg()).content)) as picture:
        assert picture.size == (20, 40)


def test_a_wide_picture_is_made_smaller() -> None:
    with Image.open(io.BytesIO(clean_file(png(size=(4800, 100))).content)) as picture:
        assert picture.width == 2400


def _everything(raw: bytes) -> str:
    """All that a PDF holds, its streams opened."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(raw))
    data = [part._data for part in _parts(writer) if hasattr(part, "_data")]
    return raw.decode("latin-1") + repr(list(_parts(writer))) + repr(data) + str(writer.metadata)


def test_a_pdf_keeps_its_pages_its_language_and_its_links_and_tells_of_nobody() -> None:
    assert _everything(pdf()).count(SECRET) > 5
    clean = clean_file(pdf())
    assert clean.kind == "application/pdf"
    assert SECRET not in _everything(clean.content)
    kept = PdfReader(io.BytesIO(clean.content))
    assert len(kept.pages) == 1
    assert kept.root_object["/Lang"] == "en-CA"
    assert kept.pages[0]["/Resources"]["/XObject"]["/Im0"]["/Filter"] == "/DCTDecode"  # type: ignore[index]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", Why.UNKNOWN),
        (b"<html><script>", Why.UNKNOWN),
        (b"MZ\x90\x00", Why.UNKNOWN),
        (b"GIF89a" + b"\0" * 40, Why.UNKNOWN),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", Why.UNKNOWN),
        (b"%PDF-1.7\nnothing of the kind", Why.BROKEN),
        (b"\xff\xd8\xff\xe0 nothing of the kind", Why.BROKEN),
        (b"\x89PNG\r\n\x1a\n", Why.BROKEN),
        (b"%PDF-" + b"0" * LARGEST, Why.TOO_LARGE),
        (running_pdf(), Why.ACTIVE),
        (locked_pdf(), Why.LOCKED),
    ],
    ids=[
        "nothing",
        "page",
        "program",
        "gif",
        "svg",
        "no pdf",
        "no jpeg",
        "no png",
        "large",
        "active",
        "locked",
    ],
)
def test_what_is_not_taken_is_refused_with_its_reason(raw: bytes, why: Why) -> None:
    with pytest.raises(FileFault) as fault:
        clean_file(raw)
    assert fault.value.why == why


def test_a_small_file_that_would_be_a_huge_picture_is_not_opened() -> None:
    written = io.BytesIO()
    Image.new("1", (9000, 9000)).save(written, "PNG")
    assert len(written.getvalue()) < 100_000
    with pytest.raises(FileFault) as fault:
        clean_file(written.getvalue())
    assert fault.value.why == Why.TOO_LARGE


def test_a_jpeg_loses_its_words_and_keeps_its_picture() -> None:
    bare = bare_jpeg(jpeg())
    assert SECRET.encode() not in bare
    with Image.open(io.BytesIO(bare)) as one, Image.open(io.BytesIO(jpeg())) as other:
        assert one.tobytes() == other.tobytes()


@given(st.binary(max_size=60), st.sampled_from([b"", b"%PDF-1.4\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_no_bytes_make_it_fail_otherwise(tail: bytes, head: bytes) -> None:
    """Promise 25: a file that can't be read is refused, whatever it is."""
    with pytest.raises(FileFault):
        clean_file(head + tail)
