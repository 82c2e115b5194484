"""What is kept beside listings, each with a canary: applications, reports, changes, letters, tokens, bed reports."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.models import User
from directory.actions.break_glass import open_break_glass
from directory.actions.hold_approval import answer_hold, hold_approval
from directory.actions.invite_members import invite_member
from directory.actions.keep_push_tokens import make_push_token
from directory.actions.keep_sheet import TABLE as SHEETS
from directory.actions.keep_sheet import Kept
from directory.actions.look_at_application import check_point
from directory.actions.report_beds import make_night_link, report_beds
from directory.actions.report_safety import Judged, Told, judge_report, receive_report
from directory.actions.sealed_text import seal_words
from directory.models.bed_report import NightLink
from directory.models.break_glass import BreakGlass
from directory.models.field_source import FieldSource
from directory.models.import_conflict import ImportConflict
from directory.models.invitation import Invitation
from directory.models.membership import Role
from directory.models.phone_mark import PhoneMark
from directory.models.proposed_change import ProposedChange
from directory.models.push_token import PushToken, Scope
from directory.models.safety_report import SafetyReport
from directory.models.sheet_draft import SheetDraft
from directory.models.told_answer import ToldAnswer
from directory.models.truth_asked import TruthAsked
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_hold import VettingHold
from directory.models.website_check import WebsiteCheck
from directory.rules.dead_phones import Heard
from directory.rules.safety_reports import Judgement
from directory.rules.sheet_rows import Offer
from directory.rules.vetting import WITHHELD, Point
from safety.viewer import Tier, Viewer
from tests.canaries.listings import House
from tests.canaries.people import Person
from tests.canaries.words import Aviary
from tests.directory.vetting import all_checked, sent


class Papers:
    """All papers about one house. The names of its attributes say what each is."""

    application: VettingApplication
    answered: VettingHold
    asked: VettingHold
    glass: BreakGlass
    report: SafetyReport
    judged: SafetyReport
    changes: list[ProposedChange]
    invitation: Invitation
    token: PushToken
    secret: str
    link: NightLink
    draft: SheetDraft
    truth: TruthAsked

    def __init__(self, aviary: Aviary, house: House) -> None:
        self.aviary, self.house, self.owner = aviary, house, house.organization.pk
        self.now = timezone.now()

    def word(self, what: str, of: UUID | None = None) -> str:
        """A canary of this organization."""
        return self.aviary.word(what, whose=self.owner, of=of)

    def plant(self, keeper: Person, lead: Person, steward: User, adviser: Person) -> "Papers":
        """Everything, by the people whose work it is."""
        self._of_vetting(_viewer(lead), steward, Viewer(user=adviser.reader.user))
        self._of_safety(Viewer(user=steward.pk))
        self._of_listing(_viewer(keeper), steward)
        self._of_people(_viewer(keeper), _viewer(lead))
        return self

    def _of_vetting(self, lead: Viewer, steward: User, adviser: Viewer) -> None:
        names = ("who", "legal_identity", "services", "references", "privacy_lead", "tells_more")
        kinds = {name: "withheld" if name in WITHHELD else "answers" for name in names}
        answers = {name: self.word(f"vetting_application.{kind}") for name, kind in kinds.items()}
        self.application = sent(lead, self.now - timedelta(hours=2), **answers)
        all_checked(self.application, steward, self.now - timedelta(hours=1))
        self._note(steward)
        one, two = self.word("vetting_hold.question"), self.word("vetting_hold.question")
        told: dict[str, Any] = {"organization": self.owner, "viewer": adviser, "now": self.now}
        self.answered = hold_approval(question=one, **told)
        words, by = self.word("vetting_hold.answer"), Viewer(user=steward.pk)
        answer_hold(hold=self.answered.pk, answer=words, viewer=by, now=self.now)
        # The glass of a steward who is none of the readers.
        why = f"They asked for it, {self.word('break_glass.reason')}, on the telephone today."
        self.glass = open_break_glass(organization=self.owner, reason=why, viewer=by, now=self.now)
        self.asked = hold_approval(question=two, **told)

    def _note(self, steward: User) -> None:
        note, by = self.word("vetting_check.note"), Viewer(user=steward.pk)
        told: dict[str, Any] = {"is_done": True, "note": note, "viewer": by, "now": self.now}
        check_point(application=self.application.pk, point=Point.IDENTITY, **told)

    def _of_safety(self, steward: Viewer) -> None:
        told = [Told(self.word("safety_report.told"), self.word("safety_report.told")) for _ in range(2)]
        self.report, self.judged = (receive_report(told=one, now=self.now) for one in told)
        why = self.word("safety_report.why")
        judged = Judged(Judgement.NOT_CREDIBLE, why, self.owner)
        judge_report(report=self.judged.pk, judged=judged, viewer=steward, now=self.now)

    def _of_listing(self, keeper: Viewer, steward: User) -> None:
        states = ("held", "published", "sent_back")
        self.changes = [self._change(state, keeper, steward) for state in states]
        service, number = self.house.service, self._number()
        day = timezone.localtime(self.now).date()
        mark = {"service_id": service.pk, "number": number, "heard": Heard.NOT_IN_SERVICE, "on": day}
        for by in (steward.pk, keeper.user):
            PhoneMark.objects.create(**mark, marked_at=self.now, marked_by_id=by)
        offered = self.word("import_conflict.offered")
        about = {
            "entity": "service",
            "record_id": service.pk,
            "field": "name",
            "publisher": service.publisher,
        }
        ImportConflict.objects.create(offered=offered, first_seen_at=self.now, **about)
        FieldSource.objects.create(
            source_url=f"https://{self.word('field_source.source_url')}.example/", **about
        )
        report_beds(
            service=service.pk,
            band=self.aviary.beds("bed_report.band", whose=self.owner),
            viewer=_vetted(keeper),
            now=self.now,
        )
        week = timedelta(days=7)
        WebsiteCheck.objects.create(
            url=service.url, checked_on=day, failures=9, since=day - week, failed_on=day
        )
        ToldAnswer.objects.create(
            service_id=service.pk,
            dimension="with",
            term="pet",
            told_for=self.house.organization,
            told_by=steward,
            told_at=self.now,
        )

    def _number(self) -> str:
        return str(self.house.service.phones.order_by("position", "id")[0].number)

    def _change(self, state: str, keeper: Viewer, steward: User) -> ProposedChange:
        key = "service.name"
        is_open = state == "held"
        return ProposedChange.objects.create(
            organization=self.house.organization,
            service=self.house.service,
            task="name",
            before={key: self.word("proposed_change.before")},
            after={key: self.word("proposed_change.after")},
            hold="call",
            state=state,
            made_by_id=keeper.user,
            made_at=self.now - timedelta(hours=3),
            decided_by=None if is_open else steward,
            decided_at=None if is_open else self.now,
            reason=self.word("proposed_change.reason") if state == "sent_back" else "",
            **self._told(state),
            called="" if is_open else self.word("proposed_change.called"),
            spoke_with="" if is_open else self.word("proposed_change.spoke_with"),
            found_at="" if is_open else self.word("proposed_change.found_at"),
        )

    def _told(self, state: str) -> dict[str, Any]:
        """Who told it, of what a steward wrote."""
        if state != "sent_back":
            return {}
        return {
            "told_by": self.word("proposed_change.told_by"),
            "told_via": "telephone",
            "told_on": self.now.date(),
        }

    def _of_people(self, keeper: Viewer, lead: Viewer) -> None:
        by: dict[str, Any] = {"organization": self.owner, "viewer": _vetted(lead), "now": self.now}
        email = f"{self.word('invitation.email')}@canary.example"
        self.invitation = invite_member(email=email, role=Role.WORKER, language="en", **by)
        name = self.word("push_token.name")
        self.token, self.secret = make_push_token(name=name, scope=Scope.CHANGE, days=30, **by)
        self.link = make_night_link(service=self.house.service.pk, viewer=_vetted(keeper), now=self.now)
        self.draft = self._sheet(keeper)
        week = {"asked_at": self.now, "expires_at": self.now + timedelta(days=7)}
        self.truth = TruthAsked.objects.create(organization_id=self.owner, user_id=keeper.user, **week)

    def _sheet(self, keeper: Viewer) -> SheetDraft:
        row, made = uuid4(), self.now
        values = {"service.description": self.word("sheet_draft.words", of=keeper.user)}
        before = {"service.description": ""}
        offer = Offer(2, str(self.house.service.pk), before, values)
        words = asdict(Kept([offer], [], 0, {}, []))
        return SheetDraft.objects.create(
            pk=row,
            organization_id=self.owner,
            made_by_id=keeper.user,
            made_at=made,
            expires_at=made + timedelta(hours=1),
            sealed=seal_words(words, owner=self.owner, table=SHEETS, row=row),
        )


def _viewer(person: Person) -> Viewer:
    return Viewer(user=person.reader.user, organization=person.reader.organization)


def _vetted(viewer: Viewer) -> Viewer:
    """The same person at the tier of an organization that is let in."""
    return Viewer(user=viewer.user, organization=viewer.organization, tier=Tier.VETTED)
