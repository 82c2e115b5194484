"""Files that leave the site are signed: older keys of the ring still check, and none opens what is sealed."""

import base64
from typing import Any

import pytest

from safety.crypto import Key, make_key
from safety.signing import fingerprint, is_signed, public_keys, sign


def ring(*keys: Key) -> str:
    told = [(key.id, base64.urlsafe_b64encode(key.secret).decode()) for key in keys]
    return ",".join(f"{id_}:{text}" for id_, text in told)


def test_what_an_older_key_signed_is_checked_while_it_is_in_the_ring(settings: Any) -> None:
    old, new = make_key("old"), make_key("new")
    settings.PORTAL_KEYS = ring(old)
    signature, before = sign(b"words"), public_keys()
    settings.PORTAL_KEYS = ring(new, old)
    assert public_keys()[1:] == before
    assert [is_signed(b"words", signature, pem) for pem in public_keys()] == [False, True]
    assert is_signed(b"words", sign(b"words"), public_keys()[0])
    settings.PORTAL_KEYS = ring(new)
    assert not any(is_signed(b"words", signature, pem) for pem in public_keys())


@pytest.mark.parametrize("signature", [b"", b"x" * 64, b"x" * 999])
def test_other_words_and_other_marks_are_not_signed(signature: bytes) -> None:
    (pem, *_) = public_keys()
    assert not is_signed(b"words", signature, pem)
    assert not is_signed(b"other", sign(b"words"), pem)


def test_what_is_no_such_key_is_refused() -> None:
    with pytest.raises(ValueError, match="PEM"):
        is_signed(b"words", b"", b"no key")


def test_a_fingerprint_is_eight_groups_that_people_can_read_out() -> None:
    groups = fingerprint(public_keys()[0]).split(" ")
    assert len(groups) == 8
    assert {len(group) for group in groups} == {4}
