"""Where the trail can't be written, nothing happens: any act, of whatever kind, is taken back whole (promise 16)."""

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

import directory.actions
from accounts.models import User
from directory.actions.assure_listings import assure_listings
from directory.actions.assure_service import assure_service
from directory.actions.decide_change import look_at_changes, publish_change, send_back_change
from directory.actions.edit_record import edit_record
from directory.actions.invite_members import invite_member
from directory.actions.keep_members import add_member, change_role, end_membership
from directory.actions.keep_push_tokens import make_push_token, revoke_push_token
from directory.actions.mark_phone import mark_phone
from directory.actions.name_adviser import name_adviser
from directory.actions.propose_change import keep_draft, undo_change
from directory.actions.push_listings import push_listings
from directory.actions.report_beds import make_night_link, report_beds
from directory.actions.report_safety import Told, read_report, receive_report
from directory.actions.state_facts import state_fact, state_facts
from directory.actions.tell_answer import decide_answer, tell_answer
from directory.actions.vet_organization import Proposal, decide_vetting
from directory.models.membership import Membership, Role
from directory.models.push_token import Scope
from directory.rules.dead_phones import Heard
from directory.rules.eligibility_terms import Fact
from directory.rules.standing import Kind, Standing
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import folder, small, taken
from tests.directory.profiles import House, employ, house, moment, second
from tests.directory.test_import_table import imported, mapping
from tests.roles import role

__all__ = ["house", "second"]
pytestmark = pytest.mark.promise(16)
TOLD = Told(place="A house", words="It was not safe.")
CHAIN = ("audit_entry", "audit_link", "django_session")
TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> ALL (%s)
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1
"""


def everything() -> dict[str, str]:
    """A digest of each table, but for the trail itself."""
    found = {}
    with role("relais_owner"), connection.cursor() as cursor:
        cursor.execute(TABLES, [list(CHAIN)])
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') FROM \"{table}\" t"
            )
            ((found[table],),) = cursor.fetchall()
    return found


@contextmanager
def deaf_trail() -> Iterator[None]:
    """The database takes no entry any more, as a full disk would."""
    with role("relais_owner"), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_entry() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'no entry is taken'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_entry()"
        )
    yield
    with role("relais_owner"), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse ON audit_entry; DROP FUNCTION refuse_entry()")


class Acts:
    """One act of every kind, each ready to be done; what has to stand before it is done when it is asked for."""

    def __init__(self, house: House, people: dict[str, User], path: Path) -> None:
        self.house, self.path = house, path
        self.organization, self.service = house.organization.pk, house.service.pk
        self.keeper = Viewer(user=house.keeper.user, organization=self.organization, tier=Tier.VETTED)
        lead = employ(people["intake"], house.organization, Role.LEAD)
        self.lead = Viewer(user=lead.user, organization=self.organization, tier=Tier.VETTED)
        self.steward = house.steward
        self.outsider = people["outsider"]
        self.second = people["second"]
        self.others = people["navigator"]

    def change_at_once(self) -> Callable[[], Any]:
        return lambda: self.house.change({"service.fees_description": "Free."})

    def change_that_waits(self) -> Callable[[], Any]:
        return lambda: self.house.change({"service.url": "https://other.example"})

    def publish(self) -> Callable[[], Any]:
        (held,) = self.house.change({"service.url": "https://other.example"})
        told = {"called": "613-555-0142", "spoke_with": "Desk"}
        return lambda: publish_change(change=held.pk, viewer=self.steward, now=moment(), **told)

    def send_back(self) -> Callable[[], Any]:
        (held,) = self.house.change({"service.url": "https://other.example"})
        return lambda: send_back_change(change=held.pk, reason="No.", viewer=self.steward, now=moment())

    def look(self) -> Callable[[], Any]:
        (done,) = self.house.change({"service.fees_description": "Free."})
        return lambda: look_at_changes(changes=[done.pk], viewer=self.steward, now=moment())

    def undo(self) -> Callable[[], Any]:
        (done,) = self.house.change({"service.fees_description": "Free."})
        return lambda: undo_change(change=done.pk, viewer=self.keeper, now=moment())

    def draft(self) -> Callable[[], Any]:
        values = {"service.fees_description": "Free."}
        asked = {"organization": self.organization, "service": self.service, "task": "name", "values": values}
        return lambda: keep_draft(**asked, viewer=self.keeper, now=moment())  # type: ignore[arg-type]

    def assure_own(self) -> Callable[[], Any]:
        asked = {"organization": self.organization, "services": None, "viewer": self.keeper}
        return lambda: assure_listings(**asked, now=moment())  # type: ignore[arg-type]

    def assure_one(self) -> Callable[[], Any]:
        return lambda: assure_service(service_id=self.service, on=timezone.localdate(), viewer=self.steward)

    def edit(self) -> Callable[[], Any]:
        values = {"name": "Another"}
        return lambda: edit_record(
            entity="service", record_id=self.service, values=values, viewer=self.steward
        )

    def facts(self) -> Callable[[], Any]:
        return lambda: state_facts(
            service_id=self.service, facts=[Fact("gender", "woman")], viewer=self.steward
        )

    def one_fact(self) -> Callable[[], Any]:
        return lambda: state_fact(service_id=self.service, fact=Fact("with", "pet"), viewer=self.steward)

    def beds(self) -> Callable[[], Any]:
        return lambda: report_beds(service=self.service, band="few", viewer=self.keeper, now=moment())

    def night_link(self) -> Callable[[], Any]:
        return lambda: make_night_link(service=self.service, viewer=self.keeper, now=moment())

    def heard(self) -> Callable[[], Any]:
        return lambda: tell_answer(
            service=self.service, dimension="with", term="pet", viewer=self.keeper, now=moment()
        )

    def heard_confirmed(self) -> Callable[[], Any]:
        told = tell_answer(service=self.service, dimension="with", term="pet", viewer=self.lead, now=moment())
        return lambda: decide_answer(answer=told.pk, is_right=True, viewer=self.keeper, now=moment())

    def number_is_dead(self) -> Callable[[], Any]:
        asked = {"service": self.service, "number": "613-555-0142", "heard": next(iter(Heard))}
        return lambda: mark_phone(**asked, viewer=self.steward, now=moment())  # type: ignore[arg-type]

    def _token(self) -> Any:
        asked = {"organization": self.organization, "name": "Ours", "scope": Scope.CHANGE, "days": 30}
        return make_push_token(**asked, viewer=self.lead, now=moment())

    def token(self) -> Callable[[], Any]:
        return self._token

    def token_back(self) -> Callable[[], Any]:
        made, _secret = self._token()
        return lambda: revoke_push_token(token=made.pk, viewer=self.lead, now=moment())

    def push(self) -> Callable[[], Any]:
        made, _secret = self._token()
        return lambda: push_listings(token=made, records=[{"id": str(self.service)}], now=moment())

    def invitation(self) -> Callable[[], Any]:
        asked = {"email": "new@relais.example", "organization": self.organization, "role": Role.WORKER}
        return lambda: invite_member(**asked, language="en", viewer=self.lead, now=moment())  # type: ignore[arg-type]

    def member(self) -> Callable[[], Any]:
        asked = {"user": self.others.pk, "organization": self.organization, "role": Role.WORKER}
        return lambda: add_member(**asked, viewer=self.lead, now=moment())  # type: ignore[arg-type]

    def another_role(self) -> Callable[[], Any]:
        mine = Membership.objects.get(user_id=self.keeper.user)
        return lambda: change_role(membership=mine.pk, role=Role.WORKER, viewer=self.lead, now=moment())

    def end(self) -> Callable[[], Any]:
        mine = Membership.objects.get(user_id=self.keeper.user)
        return lambda: end_membership(membership=mine.pk, viewer=self.lead, now=moment())

    def decision(self) -> Callable[[], Any]:
        proposal = Proposal(outcome=Standing.SUSPENDED, kind=Kind.COMMUNITY, reason="A complaint.")
        return lambda: decide_vetting(
            organization=self.organization, proposal=proposal, viewer=self.steward, now=moment()
        )

    def adviser(self) -> Callable[[], Any]:
        return lambda: name_adviser(user=self.outsider.pk, viewer=self.steward, now=moment())

    def report(self) -> Callable[[], Any]:
        return lambda: receive_report(told=TOLD, now=moment())

    def reading(self) -> Callable[[], Any]:
        made = receive_report(told=TOLD, now=moment())
        return lambda: read_report(report=made.pk, viewer=self.steward)

    def feed(self) -> Callable[[], Any]:
        return lambda: taken(folder(self.path / "p", small()))

    def list(self) -> Callable[[], Any]:
        row = {"id": "a", "name": "Line", "category": "Legal", "scope": "ontario"}
        return lambda: imported([row], by=mapping())


KINDS = [name for name, found in vars(Acts).items() if callable(found) and not name.startswith("_")]


@pytest.fixture
def acts(house: House, intake: User, outsider: User, navigator: User, second: User, tmp_path: Path) -> Acts:
    """All of them, at Kim's house."""
    people = {"intake": intake, "outsider": outsider, "navigator": navigator, "second": second}
    return Acts(house, people, tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_an_act_that_leaves_no_entry_did_not_happen(kind: str, acts: Acts) -> None:
    act = getattr(acts, kind)()
    before = everything()
    with deaf_trail():
        with pytest.raises(Exception, match=r"no entry is taken|Nothing was imported"):
            act()
        after = everything()
    assert {table for table in before if before[table] != after[table]} == set()
    act()
    if kind != "reading":
        assert everything() != before, "it would have done something"


def _functions(path: Path) -> dict[str, ast.FunctionDef]:
    return {one.name: one for one in ast.parse(path.read_text()).body if isinstance(one, ast.FunctionDef)}


def _is_atomic(one: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(decorator) for decorator in one.decorator_list)


def _calls(one: ast.FunctionDef) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(one) if isinstance(node, ast.Call)}


def _opens(one: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.With) and any("atomic" in ast.unparse(item) for item in node.items)
        for node in ast.walk(one)
    )


ENTRIES = ("audit.record", "record_change")
INSIDE = frozenset({"record_change", "ask_about_numbers", "make_listing", "store_draft"})
"""Parts of acts, to be called inside their transaction; whoever calls them outside is refused by the trail itself."""
ACTIONS = sorted(Path(next(iter(directory.actions.__path__))).glob("*.py"))


def _loose(path: Path) -> set[str]:
    """Functions that anybody may call, which write an entry, and neither are nor open a transaction."""
    found = _functions(path)
    writing = {name for name, one in found.items() if any(call in ENTRIES for call in _calls(one))}
    for _round in found:
        writing |= {
            name
            for name, one in found.items()
            if any(call in writing and not _is_atomic(found[call]) for call in _calls(one) if call in found)
        }
    public = {name for name in writing if not name.startswith("_")}
    return {name for name in public if not _is_atomic(found[name]) and not _opens(found[name])}


def test_every_act_and_its_entry_are_one_transaction() -> None:
    loose = {f"{path.stem}.{name}" for path in ACTIONS for name in _loose(path) if name not in INSIDE}
    assert loose == set()
    assert sum("audit.record" in path.read_text() for path in ACTIONS) > 40, "the walk sees them"
