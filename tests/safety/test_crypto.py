"""What a sealed value withstands, and which keys a site may start with. Pure: no database."""

import base64
import secrets
import string
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.core.checks import run_checks
from hypothesis import given
from hypothesis import strategies as st

from safety.crypto import (
    Context,
    Key,
    KeyringFault,
    Unreadable,
    key_id_of,
    keyring,
    make_key,
    newest_key,
    open_sealed,
    parse_keyring,
    seal,
)

OWNER = UUID("11111111-1111-4111-8111-111111111111")
OTHER = UUID("22222222-2222-4222-8222-222222222222")
PLACE = Context(owner=OWNER, table="address", column="address_1", row=OTHER)
KEY = make_key("k1")

names = st.text(string.ascii_lowercase + "_", max_size=8)
contexts = st.builds(
    Context, owner=st.none() | st.uuids(), table=names, column=names, row=st.uuids() | st.integers()
)


def entry(key_id: str, secret: bytes | None = None) -> str:
    return f"{key_id}:{base64.urlsafe_b64encode(secret or secrets.token_bytes(32)).decode()}"


@given(st.binary(max_size=500), contexts)
def test_what_was_sealed_opens_in_its_place(plaintext: bytes, place: Context) -> None:
    assert open_sealed(seal(plaintext, key=KEY, context=place), key=KEY, context=place) == plaintext


@pytest.mark.promise(14)
@given(st.binary(max_size=60), st.data())
def test_any_altered_byte_makes_it_unreadable(plaintext: bytes, data: Any) -> None:
    sealed = bytearray(seal(plaintext, key=KEY, context=PLACE))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unreadable):
        open_sealed(bytes(sealed), key=KEY, context=PLACE)


@pytest.mark.promise(14)
@given(st.binary(max_size=60), st.data())
def test_a_shortened_value_is_unreadable(plaintext: bytes, data: Any) -> None:
    sealed = seal(plaintext, key=KEY, context=PLACE)
    with pytest.raises(Unreadable):
        open_sealed(sealed[: data.draw(st.integers(0, len(sealed) - 1))], key=KEY, context=PLACE)


@pytest.mark.promise(14)
@pytest.mark.parametrize(
    "moved", [{"owner": OTHER}, {"owner": None}, {"table": "phone"}, {"column": "city"}, {"row": OWNER}]
)
def test_a_value_moved_elsewhere_is_unreadable(moved: dict[str, Any]) -> None:
    sealed = seal(b"12 Canary Street", key=KEY, context=PLACE)
    with pytest.raises(Unreadable):
        open_sealed(sealed, key=KEY, context=replace(PLACE, **moved))


@pytest.mark.promise(14)
@given(contexts, contexts)
def test_no_two_places_are_taken_for_each_other(one: Context, two: Context) -> None:
    sealed = seal(b"x", key=KEY, context=one)
    if one == two:
        assert open_sealed(sealed, key=KEY, context=two) == b"x"
    else:
        with pytest.raises(Unreadable):
            open_sealed(sealed, key=KEY, context=two)


def test_the_border_between_table_and_column_counts() -> None:
    sealed = seal(b"x", key=KEY, context=Context(owner=OWNER, table="ab", column="c", row=1))
    with pytest.raises(Unreadable):
        open_sealed(sealed, key=KEY, context=Context(owner=OWNER, table="a", column="bc", row=1))


def test_another_key_of_the_same_name_does_not_open_it() -> None:
    sealed = seal(b"x", key=KEY, context=PLACE)
    with pytest.raises(Unreadable):
        open_sealed(sealed, key=make_key(KEY.id), context=PLACE)


@pytest.mark.promise(14)
def test_a_sealed_value_shows_neither_its_text_nor_the_same_bytes_twice() -> None:
    one, two = (seal(b"12 Canary Street", key=KEY, context=PLACE) for _ in range(2))
    assert b"Canary" not in one
    assert one != two


def test_what_is_unreadable_says_nothing_of_why() -> None:
    sealed = seal(b"12 Canary Street", key=KEY, context=PLACE)
    texts = set()
    for broken in (b"", sealed[:-1], sealed[:3], b"\x02" + sealed[1:]):
        with pytest.raises(Unreadable) as caught:
            open_sealed(broken, key=KEY, context=PLACE)
        assert caught.value.__cause__ is None
        texts.add(str(caught.value))
    assert texts == {"This value cannot be read."}


def test_a_key_does_not_print_its_secret() -> None:
    key = Key("k1", b"canary" * 5 + b"xy")
    assert "canary" not in repr(key) + str(key)


@pytest.mark.promise(15)
def test_after_a_new_key_the_older_one_still_opens_what_it_sealed(settings: Any) -> None:
    old, new = entry("2026a"), entry("2026b")
    settings.PORTAL_KEYS = old
    sealed = seal(b"kept", key=newest_key(), context=PLACE)
    settings.PORTAL_KEYS = f"{new},{old}"
    assert newest_key().id == "2026b"
    assert key_id_of(sealed) == "2026a"
    assert open_sealed(sealed, context=PLACE) == b"kept"
    settings.PORTAL_KEYS = new
    with pytest.raises(Unreadable):
        open_sealed(sealed, context=PLACE)


def test_keys_are_read_newest_first_with_or_without_padding() -> None:
    two = f" {entry('new').rstrip('=')} , {entry('old')},"
    assert [key.id for key in parse_keyring(two).keys] == ["new", "old"]


SAME = secrets.token_bytes(32)
SECRET_TEXT = base64.urlsafe_b64encode(SAME).decode()
FAULTS = {
    "missing": ("", "missing"),
    "a bare key": (SECRET_TEXT, "entry 1: not of the form ID:KEY"),
    "key and id exchanged": (f"{SECRET_TEXT}:2026a", "entry 1: not of the form"),
    "short": (f"{entry('b')},{entry('a', SAME[:16])}", r"entry 2 \(a\): the key has 16 bytes, not 32"),
    "not base64": (f"a:{SECRET_TEXT[:-4]}*!*!", r"entry 1 \(a\): the key is not URL-safe base64"),
    "typed by hand": (entry("a", b"password" * 4), r"entry 1 \(a\): the key is weak"),
    "one id twice": (f"{entry('a')},{entry('a')}", "entry 2: the id a stands there twice"),
    "one key twice": (f"{entry('b', SAME)},{entry('a', SAME)}", r"entry 2 \(a\): same key as b"),
}


@pytest.mark.parametrize(("text", "says"), FAULTS.values(), ids=FAULTS)
def test_a_bad_key_is_named_by_its_place_and_never_shown(text: str, says: str) -> None:
    with pytest.raises(KeyringFault, match=says) as caught:
        parse_keyring(text)
    assert SECRET_TEXT[:8] not in str(caught.value)
    assert "password" not in str(caught.value)


@pytest.mark.parametrize(("text", "says"), FAULTS.values(), ids=FAULTS)
def test_the_site_does_not_start_on_bad_keys(settings: Any, text: str, says: str) -> None:
    settings.PORTAL_KEYS = text
    found = [message for message in run_checks(tags=["security"]) if message.id == "safety.E001"]
    assert len(found) == 1
    assert found[0].hint
    assert SECRET_TEXT[:8] not in found[0].msg


def test_the_keys_of_this_clone_are_good() -> None:
    assert keyring().newest.id
    assert not [message for message in run_checks(tags=["security"]) if message.id == "safety.E001"]
