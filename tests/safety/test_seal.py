"""Sealed addresses: what opens them, for how long, and that nothing does once the day's key is gone."""

import base64
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as running
from hypothesis import strategies as st

from safety import seal as sealing
from safety.seal import LONGEST_LIFE, MOST_BYTES, Broken, NotSealable, destroy_dead_keys, seal, unseal

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ONE_FOLDER = running(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys of the test's own."""
    settings.SEAL_FOLDER = tmp_path / "seals"
    monkeypatch.setattr(sealing, "_next_sweep", [datetime.min.replace(tzinfo=UTC)])
    return tmp_path / "seals"


def keys(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def opens(token: str, at: datetime = NOON, purpose: str = "find") -> bool:
    try:
        unseal(token, purpose, at)
    except Broken:
        return False
    return True


@ONE_FOLDER
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=250))
def test_what_is_sealed_comes_back(text: str) -> None:
    assert unseal(seal(text, "find", NOON), "find", NOON) == text


def test_the_longest_search_that_does_not_shrink_comes_back() -> None:
    text = "".join(chr(33 + (i * i * 7919) % 90) for i in range(MOST_BYTES))
    assert unseal(seal(text, "find", NOON), "find", NOON) == text


@pytest.mark.parametrize("text", ["x" * (MOST_BYTES + 1), "é" * (MOST_BYTES // 2 + 1)])
def test_more_than_a_kilobyte_is_not_sealed(text: str) -> None:
    with pytest.raises(NotSealable):
        seal(text, "find", NOON)


def test_the_way_back_to_the_longest_search_may_be_longer_than_it() -> None:
    text = "4f1c2a10-1d7e-4a53-9a52-0d6d2b1f7c11 50 " + "x" * MOST_BYTES
    assert unseal(seal(text, "listing", NOON, most=MOST_BYTES + 64), "listing", NOON) == text


def test_half_of_a_character_does_no_harm() -> None:
    assert unseal(seal("caf\ud83d", "find", NOON), "find", NOON) == "caf?"


def test_it_opens_for_an_hour_and_no_longer() -> None:
    token = seal("near=Thompson", "find", NOON)
    assert opens(token, NOON + HOUR)
    assert not opens(token, NOON + HOUR + timedelta(seconds=1))


def test_no_seal_outlives_twelve_hours_whatever_is_asked() -> None:
    token = seal("near=Thompson", "find", NOON, life=timedelta(days=30))
    assert opens(token, NOON + LONGEST_LIFE)
    assert not opens(token, NOON + LONGEST_LIFE + timedelta(seconds=1))


def test_it_opens_across_midnight() -> None:
    token = seal("near=Thompson", "find", datetime(2026, 11, 22, 23, 59, tzinfo=UTC))
    assert opens(token, datetime(2026, 11, 23, 0, 30, tzinfo=UTC))


def test_it_opens_for_its_purpose_only() -> None:
    assert not opens(seal("near=Thompson", "find", NOON), purpose="listing")


def test_it_does_not_open_under_the_key_of_another_day() -> None:
    token = seal("near=Thompson", "find", NOON)
    seal("", "find", NOON + timedelta(hours=13))
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    moved = base64.urlsafe_b64encode(raw[:1] + b"20261123" + raw[9:]).rstrip(b"=").decode()
    assert opens(token)
    assert not opens(moved)


@ONE_FOLDER
@given(st.data())
def test_one_changed_character_breaks_it(data: st.DataObject) -> None:
    token = seal("near=Thompson&need=shelter", "find", NOON)
    place = data.draw(st.integers(0, len(token) - 1))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= "
    other = data.draw(st.sampled_from(alphabet).filter(lambda c: c != token[place]))
    assert not opens(token[:place] + other + token[place + 1 :])


def test_every_spelling_but_its_own_breaks_it() -> None:
    """Base64 lets the last character vary without changing a byte."""
    token = seal("near=Thompson", "find", NOON)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert [c for c in alphabet if opens(token[:-1] + c)] == [token[-1]]
    assert not opens(token + "=")
    assert not opens(token + "A")


@ONE_FOLDER
@given(st.text(max_size=200) | st.text("ABCDEFabcdef0123456789-_", max_size=300))
def test_garbage_is_broken_and_nothing_worse(token: str) -> None:
    assert not opens(token)


@ONE_FOLDER
@given(
    st.binary(max_size=120), st.sampled_from([b"20261122", b"../../..", b"99999999", b"2026", b"\xb2" * 8])
)
def test_garbage_that_looks_like_a_seal_is_broken_and_nothing_worse(rest: bytes, day: bytes) -> None:
    seal("", "find", NOON)
    assert not opens(base64.urlsafe_b64encode(b"\x01" + day + rest).rstrip(b"=").decode())


def test_a_key_that_was_cut_short_opens_nothing(folder: Path) -> None:
    token = seal("near=Thompson", "find", NOON)
    (folder / "20261122").write_bytes(b"short")
    assert not opens(token)


def test_an_address_shows_neither_the_words_nor_that_two_are_alike() -> None:
    one, other = seal("near=Thompson", "find", NOON), seal("near=Thompson", "find", NOON)
    assert one != other
    assert b"Thompson" not in base64.urlsafe_b64decode(one + "=" * (-len(one) % 4))


def test_short_searches_have_addresses_of_one_length() -> None:
    words = ["", "near=Ajax", "need=shelter&near=Thompson", "q=abri+pour+la+nuit&way=phone"]
    assert len({len(seal(text, "find", NOON)) for text in words}) == 1


def test_a_key_is_for_its_owner_alone(folder: Path) -> None:
    seal("", "find", NOON)
    assert (folder.stat().st_mode & 0o777, (folder / "20261122").stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_key_is_destroyed_when_its_last_seal_is_dead_and_opens_nothing_any_more(folder: Path) -> None:
    evening = datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC)
    token = seal("near=Thompson", "desk", evening, life=LONGEST_LIFE)
    assert destroy_dead_keys(evening + LONGEST_LIFE) == 0
    assert opens(token, evening + LONGEST_LIFE, "desk")
    assert destroy_dead_keys(evening + LONGEST_LIFE + timedelta(seconds=1)) == 1
    assert keys(folder) == []
    assert not opens(token, evening, "desk"), "not even with the clock turned back"


def test_a_site_in_use_destroys_dead_keys_by_itself_the_same_day(folder: Path) -> None:
    seal("", "find", NOON)
    seal("", "find", NOON + timedelta(hours=12, minutes=5))
    assert keys(folder) == ["20261122", "20261123"]
    seal("", "find", NOON + timedelta(hours=24, minutes=10))
    assert keys(folder) == ["20261123"]


def test_a_draft_that_a_killed_process_left_goes_too_and_other_files_stay(folder: Path) -> None:
    seal("", "find", NOON)
    (folder / "20261120.ab12cd34").write_bytes(b"x" * 32)
    (folder / ".gitignore").write_text("*")
    destroy_dead_keys(NOON)
    assert keys(folder) == [".gitignore", "20261122"]


def test_many_at_once_make_one_key(folder: Path) -> None:
    tokens: list[str] = []
    start = threading.Barrier(8)

    def act() -> None:
        start.wait()
        tokens.append(seal("near=Thompson", "find", NOON))

    threads = [threading.Thread(target=act) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert keys(folder) == ["20261122"]
    assert [opens(token) for token in tokens] == [True] * 8
