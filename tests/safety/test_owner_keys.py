"""The life of an owner's data key: made once, rotated while it is read, destroyed for good."""

import base64
import secrets
import threading
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from safety import owner_keys
from safety.audit import AuditEntry
from safety.crypto import Context, Key, Unreadable, keyring, open_sealed, seal
from safety.owner_keys import OwnerKey, Shredded, data_key, existing_data_key, rewrap_all, shred
from safety.viewer import VISITOR, Viewer
from tests.roles import role
from tests.safety.together import run_together

STEWARD = Viewer(user=uuid4())


def entry(key_id: str) -> str:
    return f"{key_id}:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}"


OLD, NEW = entry("2026a"), entry("2026b")


@pytest.fixture(autouse=True)
def old_key(settings: Any) -> None:
    """The site starts with one key-encryption key."""
    settings.PORTAL_KEYS = OLD


def place(owner: UUID) -> Context:
    return Context(owner=owner, table="address", column="address_1", row=1)


def sealed_for(owner: UUID, text: bytes = b"12 Canary Street") -> bytes:
    return seal(text, key=data_key(owner), context=place(owner))


def opened(owner: UUID, sealed: bytes) -> bytes:
    return open_sealed(sealed, key=existing_data_key(owner), context=place(owner))


def test_an_owner_has_one_key_made_at_first_use(db: None) -> None:
    owner = uuid4()
    assert opened(owner, sealed_for(owner)) == b"12 Canary Street"
    assert data_key(owner) == data_key(owner)
    assert data_key(owner) != data_key(uuid4())


def test_reading_makes_no_key(db: None) -> None:
    owner = uuid4()
    with pytest.raises(Unreadable):
        existing_data_key(owner)
    assert not OwnerKey.objects.filter(owner=owner).exists()


@pytest.mark.promise(14)
def test_the_database_holds_neither_text_nor_key_in_the_clear(db: None) -> None:
    owner = uuid4()
    key = data_key(owner)
    row = OwnerKey.objects.get(owner=owner)
    assert key.secret not in bytes(row.wrapped)
    assert keyring().newest.secret not in bytes(row.wrapped)


@pytest.mark.promise(14)
def test_a_value_under_one_owners_key_does_not_open_for_another(db: None) -> None:
    mine, other = uuid4(), uuid4()
    sealed, _ = sealed_for(mine), data_key(other)
    with pytest.raises(Unreadable):
        opened(other, sealed)


@pytest.mark.promise(14)
def test_a_wrapped_key_moved_to_another_owner_does_not_open(db: None) -> None:
    mine, other = uuid4(), uuid4()
    data_key(mine), data_key(other)
    OwnerKey.objects.filter(owner=other).update(wrapped=OwnerKey.objects.get(owner=mine).wrapped)
    with pytest.raises(Unreadable):
        existing_data_key(other)


def test_askers_at_the_same_moment_get_one_key(cloned_database: str) -> None:
    owner, start, got = uuid4(), threading.Barrier(4), []

    def ask() -> None:
        start.wait(timeout=30)
        got.append(data_key(owner))

    assert run_together(*[ask] * 4) == []
    assert len(got) == 4
    assert len({key.secret for key in got}) == 1


@pytest.mark.promise(15)
def test_rotation_moves_every_key_and_keeps_what_they_sealed(
    db: None, settings: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(owner_keys, "BATCH", 2)
    sealed = {owner: sealed_for(owner) for owner in (uuid4() for _ in range(5))}
    settings.PORTAL_KEYS = f"{NEW},{OLD}"
    heard: list[int] = []
    result = rewrap_all(viewer=STEWARD, progress=heard.append)
    assert (result.done, result.left, heard) == (5, 0, [2, 4, 5])
    settings.PORTAL_KEYS = NEW
    for owner, value in sealed.items():
        assert opened(owner, value) == b"12 Canary Street"
    entries = AuditEntry.objects.filter(action="rewrap_owner_keys", actor=STEWARD.user)
    assert sum(entry.facts()["keys"] for entry in entries) == 5


def test_rotating_twice_changes_nothing_more(db: None, settings: Any) -> None:
    data_key(uuid4())
    settings.PORTAL_KEYS = f"{NEW},{OLD}"
    rewrap_all()
    before = list(OwnerKey.objects.order_by("owner").values_list("wrapped", flat=True))
    assert rewrap_all().done == 0
    assert list(OwnerKey.objects.order_by("owner").values_list("wrapped", flat=True)) == before


@pytest.mark.promise(15)
def test_no_read_fails_while_keys_rotate(cloned_database: str, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(owner_keys, "BATCH", 3)
    sealed = {owner: sealed_for(owner) for owner in (uuid4() for _ in range(30))}
    settings.PORTAL_KEYS = f"{NEW},{OLD}"
    over = threading.Event()
    reads: list[bytes] = []

    def read() -> None:
        while not over.is_set():
            reads.extend(opened(owner, value) for owner, value in sealed.items())

    def rotate() -> None:
        try:
            rewrap_all()
        finally:
            over.set()

    assert run_together(read, rotate) == []
    assert set(reads) == {b"12 Canary Street"}
    assert not OwnerKey.objects.exclude(kek_id="2026b").exists()


def test_the_command_says_which_keys_still_need_the_old_one(db: None, settings: Any, capsys: Any) -> None:
    data_key(uuid4())
    settings.PORTAL_KEYS = NEW
    with pytest.raises(CommandError, match="Left under other keys: 1"):
        call_command("rotate_keys")
    settings.PORTAL_KEYS = f"{NEW},{OLD}"
    call_command("rotate_keys")
    assert "None is left under an older key" in capsys.readouterr().out


@pytest.mark.promise(15)
def test_after_shredding_no_key_recovers_anything(db: None) -> None:
    owner = uuid4()
    sealed = sealed_for(owner)
    assert shred(owner, viewer=STEWARD)
    with pytest.raises(Shredded):
        opened(owner, sealed)
    row = OwnerKey.objects.get(owner=owner)
    assert row.wrapped is None
    for key in keyring().keys:
        for claimed in (key, Key(owner_keys.GENERATION, key.secret)):
            with pytest.raises(Unreadable):
                open_sealed(sealed, key=claimed, context=place(owner))


@pytest.mark.promise(15)
def test_no_new_key_is_made_for_a_shredded_owner(db: None) -> None:
    owner, never_used = uuid4(), uuid4()
    data_key(owner)
    for one in (owner, never_used):
        shred(one, viewer=STEWARD)
        with pytest.raises(Shredded):
            data_key(one)


def test_shredding_leaves_one_audit_row(db: None) -> None:
    owner = uuid4()
    data_key(owner)
    assert shred(owner, viewer=STEWARD)
    assert not shred(owner, viewer=STEWARD)
    entries = AuditEntry.objects.filter(action="shred_owner_key", subject_id=owner)
    assert [entry.actor for entry in entries] == [STEWARD.user]


@pytest.mark.promise(15)
@pytest.mark.parametrize("who", ["relais_portal", "relais_owner"])
@pytest.mark.parametrize(
    "act",
    ["UPDATE owner_key SET wrapped = 'x', kek_id = 'a', shredded_at = NULL", "DELETE FROM owner_key"],
)
def test_a_shredded_key_does_not_come_back(db: None, who: str, act: str) -> None:
    shred(uuid4(), viewer=VISITOR)
    refused = pytest.raises(DatabaseError, match=r"shredded for good|permission denied")
    with refused, role(who), connection.cursor() as cursor:
        cursor.execute(act)


def test_rotation_leaves_tombstones_alone(db: None, settings: Any) -> None:
    owner = uuid4()
    shred(owner, viewer=STEWARD)
    settings.PORTAL_KEYS = f"{NEW},{OLD}"
    assert rewrap_all().left == 0
    assert OwnerKey.objects.get(owner=owner).kek_id == ""


def test_shredding_that_is_rolled_back_did_not_happen(db: None) -> None:
    owner = uuid4()
    sealed = sealed_for(owner)
    with transaction.atomic():
        shred(owner, viewer=STEWARD)
        transaction.set_rollback(True)
    assert opened(owner, sealed) == b"12 Canary Street"
