"""The search for canaries reads what an answer says, in whatever it is packed; no database, no site."""

from datetime import UTC, datetime
from typing import Any

import pytest

from safety.seal import seal
from safety.viewer import Tier
from tests.canaries.packed import WAYS
from tests.canaries.rights import Reader, may_read
from tests.canaries.unpacked import body_of, texts_of
from tests.canaries.words import Aviary, Canary

pytestmark = pytest.mark.promise(2)


def _met(answer: Any, aviary: Aviary) -> set[Canary]:
    return aviary.found_in(texts_of(answer, body_of(answer)))


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_word_is_found_in_whatever_it_is_packed(way: str) -> None:
    aviary = Aviary()
    word, other = aviary.word("contact.name"), aviary.word("contact.title")
    assert {one.word for one in _met(WAYS[way](word), aviary)} == {word}
    assert {one.word for one in _met(WAYS[way]("nobody"), aviary)} == set()
    assert word != other


def test_letters_of_what_is_sealed_make_no_word() -> None:
    token = seal("nothing", "canaries", datetime.now(UTC))
    aviary = Aviary()
    word = aviary.word("contact.name")
    sealed = f'<a href="/en/find/{token[:40]}{word.upper()}{token[40:]}/">'
    assert aviary.found_in([sealed]) == set()
    assert aviary.found_in([f"{sealed}{word}</a>"]) == aviary.found_in([f"/en/find/{token}/{word}/"]) != set()


@pytest.mark.parametrize("way", ["text", "workbook", "streamed"])
def test_numbers_and_places_are_found_however_they_are_written(way: str) -> None:
    aviary = Aviary()
    phone = aviary.phone("phone.number")
    latitude, amount = aviary.latitude("location.latitude"), aviary.amount("service_capacity.available")
    for written in (phone, phone.replace("-", ""), f"+1 ({phone[:3]}) {phone[4:7]} {phone[8:]}"):
        assert {one.what for one in _met(WAYS[way](written), aviary)} == {"phone.number"}
    assert {one.what for one in _met(WAYS[way](f"{latitude}1"), aviary)} == {"location.latitude"}
    assert {one.what for one in _met(WAYS[way](amount.replace(".", ",")), aviary)} == {
        "service_capacity.available"
    }


def test_a_steward_without_a_glass_reads_no_field_of_a_custodian_and_every_listing() -> None:
    """Promise 2: the rights themselves, by which the sweep judges."""
    steward, stranger = Reader("steward", is_steward=True), Reader("stranger")
    hidden = Canary("a", "service.name", needed=Tier.CUSTODIAN, alone=Tier.PUBLIC)
    inside = Canary("b", "service.assurer_email", needed=Tier.CUSTODIAN, alone=Tier.CUSTODIAN)
    street = Canary("c", "address.address_1", needed=Tier.PARTY, alone=Tier.PARTY)
    assert [may_read(steward, one) for one in (hidden, inside, street)] == [True, False, False]
    assert [may_read(stranger, one) for one in (hidden, inside, street)] == [False, False, False]


def test_what_a_sealed_token_has_of_a_words_shape_by_chance_is_no_word() -> None:
    aviary = Aviary()
    word = aviary.word("contact.name")
    token = f"ATIwMjYxMTIzX6K6GLrABuUjrOG7VBIHCUMx{word}IAYcuYWoLI2vtkfK2w"
    assert aviary.found_in([f"/en/find/{token}/"]) == set()
    for told in (f"/en/find/{token}/{word}/", f"{word}-{'of-the-house-' * 5}", f"{word.upper()} {token}"):
        assert {one.word for one in aviary.found_in([told])} == {word}
