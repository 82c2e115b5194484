"""What happens to somebody who changes the audit trail, the owner of the database included."""

import re
import threading
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from safety.audit import AuditEntry, AuditLink, Fact, record, verify, write_anchor
from safety.viewer import VISITOR, Viewer
from tests.roles import role
from tests.safety.together import run_together

KIM = Viewer(user=uuid4(), organization=uuid4())


@pytest.fixture(autouse=True)
def anchors(tmp_path: Path, settings: Any) -> Path:
    """An anchor file of the test's own."""
    settings.AUDIT_ANCHOR_FILE = tmp_path / "anchors"
    return tmp_path / "anchors"


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def chain_now() -> None:
    """What a commit does with the entries of this transaction."""
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute("SET CONSTRAINTS ALL DEFERRED")


def note(**details: Fact) -> AuditEntry:
    return record(KIM, action="assure_service", subject_type="service", subject_id=uuid4(), details=details)


@pytest.fixture
def links(db: None) -> list[AuditLink]:
    """Four links at the end of the chain."""
    entries = [note(number=number, word="é") for number in range(4)]
    chain_now()
    return [AuditLink.objects.select_related("entry").get(entry=entry) for entry in entries]


KEY_SQL = "SELECT conname FROM pg_constraint WHERE conrelid = 'audit_link'::regclass AND contype = 'f'"


def tamper(statement: str, *values: object) -> None:
    """What an owner can do who first takes the guards away."""
    with role("relais_owner"):
        with connection.cursor() as cursor:
            cursor.execute(KEY_SQL)
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE audit_link DROP CONSTRAINT "{name}"')
            for table in ("audit_entry", "audit_link"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        execute(statement, *values)


def verification() -> str:
    """What the command says when it refuses."""
    with pytest.raises(CommandError) as caught:
        call_command("verify_audit")
    assert caught.value.returncode == 1
    return str(caught.value)


def test_an_entry_says_who_did_what_to_which_thing(db: None) -> None:
    service = uuid4()
    entry = record(
        KIM,
        action="assure_service",
        subject_type="service",
        subject_id=service,
        details={"rows": 3, "all": True},
    )
    entry.refresh_from_db()
    assert (entry.actor, entry.organization, entry.subject_id) == (KIM.user, KIM.organization, service)
    assert entry.facts() == {"rows": 3, "all": True}


@pytest.mark.promise(16)
def test_a_whole_trail_is_found_whole(links: list[AuditLink], capsys: Any) -> None:
    verdict = verify(connection)
    assert verdict.ok
    assert verdict.rows == links[-1].seq
    call_command("verify_audit")
    assert f"rows checked {links[-1].seq}" in capsys.readouterr().out


@pytest.mark.promise(16)
def test_each_link_follows_the_one_before_it(links: list[AuditLink]) -> None:
    for one, two in pairwise(links):
        assert two.seq == one.seq + 1
        assert bytes(two.previous) == bytes(one.hash)


def test_the_database_dates_an_entry_whatever_the_writer_says(links: list[AuditLink]) -> None:
    old = AuditEntry.objects.create(
        at="2001-01-01T00:00:00Z", action="assure_service", subject_type="service"
    )
    old.refresh_from_db()
    assert old.at >= links[0].entry.at


@pytest.mark.parametrize(
    "details",
    [
        {"Name": "x"},
        {"a b": "x"},
        {"nested": {"name": "x"}},
        {"listed": ["x"]},
        {"share": 0.5},
        {"text": "x" * 201},
        {"text": "x\ny"},
        {"text": "\x00"},
        {"text": "\ud800"},
        {"number": 2**63},
        {f"name_{number}": 1 for number in range(21)},
    ],
    ids=str,
)
def test_details_hold_short_flat_facts_only(db: None, details: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"audit entry|The fact") as caught:
        record(VISITOR, action="assure_service", subject_type="service", details=details)
    assert "xxx" not in str(caught.value)


@pytest.mark.parametrize("word", ["", "Verify", "verify service", "verify-service", "é", "x" * 64])
def test_actions_and_subjects_are_words(db: None, word: str) -> None:
    with pytest.raises(ValueError, match="lower case words"):
        record(VISITOR, action=word, subject_type="service")
    with pytest.raises(ValueError, match="lower case words"):
        record(VISITOR, action="assure_service", subject_type=word)


@pytest.mark.promise(16)
@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize(
    ("who", "says"), [("relais_portal", "permission denied"), ("relais_owner", "only ever added to")]
)
def test_nobody_changes_the_trail_with_the_guards_up(
    links: list[AuditLink], table: str, act: str, who: str, says: str
) -> None:
    column = "action" if table == "audit_entry" else "seq"
    statement = act.replace("{}", table, 1).replace("{}", column)
    with pytest.raises(DatabaseError, match=says), role(who):
        execute(statement)


@pytest.mark.promise(16)
def test_who_serves_cannot_make_links(links: list[AuditLink]) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        execute(
            "INSERT INTO audit_link (seq, entry_id, previous, hash) "
            "SELECT seq + 9, entry_id, previous, hash FROM audit_link"
        )


@pytest.mark.promise(16)
@pytest.mark.parametrize("table", ["audit_entry", "audit_link", "owner_key"])
def test_the_public_role_does_not_see_the_trail_or_the_keys(db: None, table: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_public"):
        execute(f"SELECT FROM {table}")


EDITS = {
    "actor": "actor = gen_random_uuid()",
    "nobody": "actor = NULL",
    "organization": "organization = NULL",
    "moment": "at = at + interval '1 microsecond'",
    "no moment at all": "at = 'infinity'",
    "action": "action = 'suspend_service'",
    "subject": "subject_type = 'phone'",
    "which": "subject_id = NULL",
    "details": "details = '{\"number\":9}'",
    "spacing of details": "details = replace(details, ',', ', ')",
}


@pytest.mark.promise(16)
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edited_entry_is_named(links: list[AuditLink], edit: str) -> None:
    bad = links[1]
    tamper(f"UPDATE audit_entry SET {edit} WHERE id = %s", bad.entry_id)
    text = verification()
    assert f"link {bad.seq}, entry {bad.entry_id}: the entry or its link was edited" in text


@pytest.mark.promise(16)
def test_a_deleted_entry_is_named(links: list[AuditLink]) -> None:
    tamper("DELETE FROM audit_entry WHERE id = %s", links[1].entry_id)
    assert (
        f"link {links[1].seq}, entry {links[1].entry_id}: the entry of this link was deleted"
        in verification()
    )


@pytest.mark.promise(16)
def test_a_deleted_link_is_named(links: list[AuditLink]) -> None:
    tamper("DELETE FROM audit_link WHERE seq = %s", links[1].seq)
    assert f"link {links[1].seq}: this link is missing" in verification()


@pytest.mark.promise(16)
def test_links_in_another_order_are_named(links: list[AuditLink]) -> None:
    one, two = links[1].seq, links[2].seq
    tamper("UPDATE audit_link SET seq = seq + 1000 WHERE seq = %s", one)
    tamper("UPDATE audit_link SET seq = %s WHERE seq = %s", one, two)
    tamper("UPDATE audit_link SET seq = %s WHERE seq = %s", two, one + 1000)
    text = verification()
    assert f"link {one}, entry {links[2].entry_id}" in text
    assert "reordered" in text


@pytest.mark.promise(16)
@pytest.mark.parametrize("first", ["edit", "delete", "cut"])
def test_of_several_bad_rows_the_first_is_named(links: list[AuditLink], first: str) -> None:
    write_anchor(connection)
    tamper("UPDATE audit_entry SET action = 'suspend_service' WHERE id = %s", links[2].entry_id)
    if first == "edit":
        tamper("UPDATE audit_entry SET details = '{}' WHERE id = %s", links[1].entry_id)
    if first == "delete":
        tamper("DELETE FROM audit_entry WHERE id = %s", links[1].entry_id)
    if first == "cut":
        tamper("DELETE FROM audit_link WHERE seq >= %s", links[1].seq)
    assert re.search(rf"First bad row: link {links[1].seq}\b", verification())


@pytest.mark.promise(16)
def test_an_entry_slipped_past_the_chain_is_named(links: list[AuditLink]) -> None:
    new = uuid4()
    tamper(
        "INSERT INTO audit_entry (id, at, action, subject_type, details) "
        "VALUES (%s, now(), 'xx', 'xx', '{}')",
        new,
    )
    assert f"entry {new}: the entry has no link" in verification()


@pytest.mark.promise(16)
def test_a_tail_that_was_cut_off_is_noticed_by_the_anchor(links: list[AuditLink]) -> None:
    write_anchor(connection)
    tamper("DELETE FROM audit_link WHERE seq = %s", links[-1].seq)
    tamper("DELETE FROM audit_entry WHERE id = %s", links[-1].entry_id)
    text = verification()
    assert f"link {links[-1].seq}: " in text
    assert "tail was cut off" in text


@pytest.mark.promise(16)
def test_an_emptied_trail_is_noticed_by_the_anchor(links: list[AuditLink]) -> None:
    write_anchor(connection)
    tamper("TRUNCATE audit_entry, audit_link")
    assert "link 1: the chain ends at link 0" in verification()


@pytest.mark.promise(16)
def test_a_chain_written_anew_is_noticed_by_the_anchor(links: list[AuditLink]) -> None:
    write_anchor(connection)
    last = links[-1]
    tamper("UPDATE audit_entry SET action = 'suspend_service' WHERE id = %s", last.entry_id)
    tamper(
        "UPDATE audit_link l SET hash = audit_digest(l.seq, l.previous, e) FROM audit_entry e "
        "WHERE e.id = l.entry_id AND l.seq = %s",
        last.seq,
    )
    assert f"link {last.seq}, entry {last.entry_id}: the chain was written anew" in verification()


def test_every_anchored_line_counts_not_only_the_last(links: list[AuditLink], anchors: Path) -> None:
    anchors.write_text(f"{links[0].seq} {'0' * 64} 2026-01-01T00:00:00+00:00\n")
    with anchors.open("a") as file:
        file.write(f"{links[1].seq} {bytes(links[1].hash).hex()} 2026-01-01T00:00:00+00:00\n")
    assert f"link {links[0].seq}, " in verification()


def test_an_anchor_is_appended_once_for_each_growth(links: list[AuditLink], anchors: Path) -> None:
    call_command("anchor_audit")
    call_command("anchor_audit")
    note()
    chain_now()
    call_command("anchor_audit")
    lines = anchors.read_text().splitlines()
    assert [int(line.split()[0]) for line in lines] == [links[-1].seq, links[-1].seq + 1]
    assert lines[0].split()[1] == bytes(links[-1].hash).hex()
    assert verify(connection).anchors == 2
    assert anchors.stat().st_mode & 0o777 == 0o600


def test_a_chain_that_contradicts_its_anchor_gets_no_new_one(links: list[AuditLink], anchors: Path) -> None:
    write_anchor(connection)
    tamper("DELETE FROM audit_link WHERE seq = %s", links[-1].seq)
    before = anchors.read_text()
    with pytest.raises(CommandError, match="no longer holds what was anchored"):
        call_command("anchor_audit")
    assert anchors.read_text() == before


@pytest.mark.parametrize("torn", ["12 abc", "x\n", f"1 {'0' * 64} now\n\n", f"1 {'0' * 64} now"])
def test_a_torn_anchor_file_is_a_fault(links: list[AuditLink], anchors: Path, torn: str) -> None:
    anchors.write_text(torn)
    assert "of the anchor file is not an anchor" in verification()


@pytest.mark.promise(16)
def test_nothing_is_recorded_outside_a_transaction(cloned_database: str) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(VISITOR, action="assure_service", subject_type="service")


@pytest.mark.promise(16)
def test_an_action_whose_entry_fails_did_not_happen(cloned_database: str) -> None:
    owner = uuid4()
    do_something(uuid4())
    with pytest.raises(ValueError, match="lower case"):
        do_something(owner, action="Not a word")
    assert not something_exists(owner)


@pytest.mark.promise(16)
def test_an_action_whose_link_fails_at_commit_did_not_happen(cloned_database: str) -> None:
    owner = uuid4()
    with pytest.raises(DatabaseError, match="READ COMMITTED"):
        do_something(owner, isolation="REPEATABLE READ")
    assert not something_exists(owner)


@pytest.mark.promise(16)
def test_what_is_rolled_back_leaves_no_gap(cloned_database: str) -> None:
    for fails in (False, True, False):
        with transaction.atomic():
            note()
            transaction.set_rollback(fails)
    assert verify(connection).ok
    assert AuditLink.objects.count() == AuditLink.objects.order_by("-seq").values_list("seq", flat=True)[0]


@pytest.mark.promise(16)
def test_writers_at_the_same_moment_make_one_chain(cloned_database: str) -> None:
    before = verify(connection).rows
    start = threading.Barrier(4)
    assert run_together(*[lambda: write_many(start, 10)] * 4) == []
    verdict = verify(connection)
    assert verdict.ok
    assert verdict.rows == before + 40


@transaction.atomic
def do_something(owner: UUID, action: str = "assure_service", isolation: str = "READ COMMITTED") -> None:
    execute(f"SET TRANSACTION ISOLATION LEVEL {isolation}")
    execute(
        "INSERT INTO owner_key (owner, kek_id, made_at, shredded_at) VALUES (%s, '', now(), now())", owner
    )
    record(KIM, action=action, subject_type="service", subject_id=owner)


def something_exists(owner: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM owner_key WHERE owner = %s", [owner])
        return cursor.fetchone() is not None


def write_many(start: threading.Barrier, count: int) -> None:
    start.wait(timeout=30)
    for _ in range(count):
        with transaction.atomic():
            note()
