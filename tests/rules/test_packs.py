"""A pack: the same bytes of the same files, and nobody changes one unseen."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.rules.packs import HOLDS, LIST, SIGNATURE, faults, good_until, packed

DAY = date(2026, 11, 24)
FILES = {"index.html": b"<p>1</p>", "pages/tea.html": "thé".encode()}


def mark(text: bytes) -> bytes:
    return b"signed " + text[::-1]


def is_marked(text: bytes, signature: bytes) -> bool:
    return signature == mark(text)


def pack(files: dict[str, bytes] = FILES) -> bytes:
    return packed(files, {"sector": "shelter"}, DAY, mark)


def changed(raw: bytes, name: str, content: bytes | None) -> bytes:
    """The pack with one file changed, added, or (None) left out."""
    buffer = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(buffer, "w") as new:
        told = {one: old.read(one) for one in old.namelist()} | ({} if content is None else {name: content})
        for one, text in told.items():
            if content is not None or one != name:
                new.writestr(one, text)
    return buffer.getvalue()


def test_the_same_files_make_the_same_bytes_in_any_order() -> None:
    assert pack() == pack(dict(reversed(FILES.items())))
    assert faults(pack(), is_marked) == []


@given(st.binary(max_size=20))
def test_a_changed_file_is_named(content: bytes) -> None:
    raw = changed(pack(), "pages/tea.html", content)
    assert faults(raw, is_marked) == [("changed", "pages/tea.html")]


def test_so_is_one_that_is_missing_or_added() -> None:
    assert faults(changed(pack(), "index.html", None), is_marked) == [("missing", "index.html")]
    assert faults(changed(pack(), "more.html", b""), is_marked) == [("added", "more.html")]


def test_a_list_that_somebody_wrote_anew_is_not_signed() -> None:
    assert faults(changed(pack(), LIST, b'{"files": {}}'), is_marked) == [("unsigned", LIST)]
    assert faults(changed(pack(), SIGNATURE, None), is_marked) == [("unsigned", LIST)]


@given(st.binary(max_size=200))
def test_what_is_no_pack_is_said_to_be_none(raw: bytes) -> None:
    assert faults(raw, is_marked) == [("unreadable", "")]


@pytest.mark.parametrize("flip", [1, 2, 4, 64, 128, 255])
def test_no_flipped_byte_passes_with_other_contents_nor_raises(flip: int) -> None:
    for at in range(len(pack())):
        raw = bytearray(pack())
        raw[at] ^= flip
        if faults(bytes(raw), is_marked) == []:
            with ZipFile(BytesIO(bytes(raw))) as archive:
                assert {name: archive.read(name) for name in FILES} == FILES


def test_a_pack_that_was_cut_short_is_said_to_be_unreadable() -> None:
    whole = pack()
    assert all(faults(whole[:end], is_marked) == [("unreadable", "")] for end in range(len(whole)))


@given(st.lists(st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1))))
def test_it_holds_until_the_next_review_and_never_long(reviews: list[date | None]) -> None:
    until = good_until(DAY, reviews)
    assert DAY <= until <= DAY + HOLDS
    assert all(until <= review for review in reviews if review and review >= DAY)
    assert good_until(DAY, [DAY - timedelta(days=9)]) == DAY + HOLDS
