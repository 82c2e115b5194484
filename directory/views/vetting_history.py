"""What happened to an organization's vetting, in words, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.models.safety_report import JUDGEMENTS, SafetyReport
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_check import POINT_NAMES, VettingCheck
from directory.models.vetting_hold import VettingHold
from directory.models.vetting_labels import OUTCOMES
from directory.models.vetting_no_objection import VettingNoObjection
from directory.models.vetting_paper import VettingPaper
from directory.rules.safety_reports import Judgement
from directory.rules.standing import Standing, needs_two
from directory.rules.vetting import Point


@dataclass(frozen=True, slots=True)
class Happening:
    """When, what, by whom (an address), and why, as the organization was told."""

    at: datetime
    words: str
    by: str
    why: str = ""
    appeal: str = ""


def happenings(organization: UUID) -> list[Happening]:
    """All of it."""
    told = [
        *_decisions(organization),
        *_applications(organization),
        *_checks(organization),
        *_papers(organization),
        *_holds(organization),
        *_no_objections(organization),
        *_reports(organization),
    ]
    return sorted(told, key=attrgetter("at"), reverse=True)


def _decisions(organization: UUID) -> Iterator[Happening]:
    found = VettingDecision.objects.filter(organization_id=organization)
    for one in found.select_related("decided_by", "agreed_by").order_by("decided_at"):
        outcome = Standing(one.outcome)
        words = str(OUTCOMES[outcome])
        if not needs_two(outcome):
            yield Happening(one.decided_at, words, one.decided_by.email, one.reason, one.appeal)
            continue
        facts = {"outcome": words, "day": date_format(one.until) if one.until else ""}
        proposed = _("Proposed: %(outcome)s, until %(day)s") % facts
        yield Happening(one.decided_at, proposed, one.decided_by.email, one.reason, one.appeal)
        if one.agreed_at and one.agreed_by:
            agreed = _("Agreed to, and in force: %(outcome)s, until %(day)s") % facts
            yield Happening(one.agreed_at, agreed, one.agreed_by.email)


def _applications(organization: UUID) -> Iterator[Happening]:
    found = VettingApplication.objects.filter(organization_id=organization)
    for one in found.select_related("sent_by", "withdrawn_by").order_by("began_at"):
        if one.sent_at and one.sent_by:
            yield Happening(one.sent_at, _("Application sent"), one.sent_by.email)
        if one.withdrawn_at and one.withdrawn_by:
            yield Happening(one.withdrawn_at, _("Application withdrawn"), one.withdrawn_by.email)


def _checks(organization: UUID) -> Iterator[Happening]:
    found = VettingCheck.objects.filter(application__organization_id=organization)
    for one in found.select_related("checked_by").order_by("checked_at"):
        facts = {"point": POINT_NAMES[Point(one.point)]}
        done, undone = _("Done: %(point)s") % facts, _("Not done: %(point)s") % facts
        yield Happening(one.checked_at, done if one.is_done else undone, one.checked_by.email)


def _papers(organization: UUID) -> Iterator[Happening]:
    found = VettingPaper.objects.filter(organization_id=organization)
    for one in found.select_related("recorded_by").order_by("recorded_at"):
        facts = {
            "paper": one.get_paper_display(),
            "version": one.version,
            "on": date_format(one.on),
            "until": date_format(one.until),
        }
        signed = _("%(paper)s, version %(version)s, signed on %(on)s, good until %(until)s") % facts
        held = _("%(paper)s on %(on)s, good until %(until)s") % facts
        yield Happening(one.recorded_at, signed if one.version else held, one.recorded_by.email)


def _holds(organization: UUID) -> Iterator[Happening]:
    found = VettingHold.objects.filter(organization_id=organization)
    for one in found.select_related("placed_by", "answered_by").order_by("placed_at"):
        yield Happening(one.placed_at, _("An adviser asks, and holds the approval"), one.placed_by.email)
        if one.answered_at and one.answered_by:
            answered, back = _("The adviser's question is answered"), _("The adviser takes the question back")
            is_back = one.answered_by_id == one.placed_by_id
            yield Happening(one.answered_at, back if is_back else answered, one.answered_by.email)


def _no_objections(organization: UUID) -> Iterator[Happening]:
    found = VettingNoObjection.objects.filter(application__organization_id=organization)
    for one in found.select_related("said_by").order_by("said_at"):
        yield Happening(one.said_at, _("An adviser has no objection"), one.said_by.email)


def _reports(organization: UUID) -> Iterator[Happening]:
    """That one was judged; never what it said."""
    found = SafetyReport.objects.filter(organization_id=organization).exclude(judged_at=None)
    for one in found.select_related("judged_by").order_by("judged_at"):
        facts = {"judgement": JUDGEMENTS[Judgement(one.judgement)]}
        words = _("A report about safety was judged. %(judgement)s") % facts
        if one.judged_at and one.judged_by:
            yield Happening(one.judged_at, words, one.judged_by.email)
