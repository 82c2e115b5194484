"""An organization asks to be let in: its answers are kept as a draft, sent, and may be withdrawn."""

from dataclasses import asdict, fields
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.actions.sealed_text import open_words, seal_words
from directory.actions.tell_people import tell_advisers, tell_stewards
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_paper import Paper, VettingPaper
from directory.policies import refuse_unless_applicant
from directory.rules.standing import last_day
from directory.rules.vetting import CONDUCT_VERSION, LONGEST, MOU_VERSION, SIGNED_FOR, Answers, unanswered
from safety import audit
from safety.viewer import Viewer

TABLE = "vetting_application"
WRITTEN = ("sealed", "version", "saved_at", "sent_by", "sent_at")
"""What the database lets those who serve change of a draft."""


class Incomplete(Refused):
    """What is missing, by the names of rules.vetting.Answers."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(_("Some answers are missing. What you wrote is kept."))
        self.names = names


def answers_of(application: VettingApplication) -> Answers:
    """What was answered. Names that are not known any more are left out."""
    owner = application.organization_id
    words = open_words(application.sealed, owner=owner, table=TABLE, row=application.pk)
    known = {field.name for field in fields(Answers)}
    return Answers(**{name: text for name, text in words.items() if name in known})


def _record(viewer: Viewer, action: str, application: VettingApplication) -> None:
    audit.record(
        viewer,
        action=action,
        subject_type="organization",
        subject_id=application.organization_id,
        details={"application": str(application.pk)},
    )


def _draft(organization: UUID, viewer: Viewer, version: int, now: datetime) -> VettingApplication:
    """The draft that was looked at, or a new one. Raises Refused where somebody else went on meanwhile."""
    hold_organization(organization)
    mine = VettingApplication.objects.filter(organization_id=organization)
    if mine.waiting().exists():
        raise Refused(_("An application was sent already. Withdraw it to send another."))
    found = mine.drafts().first()
    if (found.version if found else 0) != version:
        raise Refused(_("Somebody else changed this application meanwhile. Compare what you wrote with it."))
    if found:
        found.version += 1
        return found
    return VettingApplication(organization_id=organization, began_by_id=viewer.user, began_at=now)


def _kept(application: VettingApplication, answers: Answers, now: datetime) -> VettingApplication:
    cut = {name: text[:LONGEST] for name, text in asdict(answers).items()}
    owner = application.organization_id
    application.sealed = seal_words(cut, owner=owner, table=TABLE, row=application.pk)
    application.saved_at = now
    application.save(update_fields=None if application._state.adding else WRITTEN)
    return application


@transaction.atomic
def save_application(
    *, organization: UUID, answers: Answers, version: int, viewer: Viewer, now: datetime
) -> VettingApplication:
    """Keep what was answered so far. `version`: of the draft that was shown, 0 if there was none.

    Raises PermissionDenied, and Refused where the draft is another one by now.
    """
    refuse_unless_applicant(viewer, organization)
    kept = _kept(_draft(organization, viewer, version, now), answers, now)
    _record(viewer, "save_vetting_application", kept)
    return kept


def refuse_incomplete(answers: Answers, now: datetime) -> None:
    """Raise Incomplete where it can't be sent as it is."""
    if missing := unanswered(answers):
        raise Incomplete(missing)
    trained = _day(answers.trained_on)
    if answers.trained_on.strip() and (trained is None or trained > last_day(now)):
        raise Incomplete(["trained_on"])


@transaction.atomic
def send_application(
    *, organization: UUID, answers: Answers, version: int, viewer: Viewer, now: datetime
) -> VettingApplication:
    """Send it to the stewards, and sign what is agreed to with it. Raises PermissionDenied, Incomplete and Refused."""
    refuse_unless_applicant(viewer, organization)
    refuse_incomplete(answers, now)
    sent = _draft(organization, viewer, version, now)
    trained = _day(answers.trained_on)
    sent.sent_by_id, sent.sent_at = viewer.user, now
    _kept(sent, answers, now)
    signed = [(Paper.MOU, MOU_VERSION), (Paper.CONDUCT, CONDUCT_VERSION), (Paper.TELLS, CONDUCT_VERSION)]
    for paper, text in signed:
        _sign(sent, paper, text, last_day(now), now)
    if trained:
        _sign(sent, Paper.TRAINING, "", trained, now)
    tell_stewards(now)
    tell_advisers(now)
    _record(viewer, "send_vetting_application", sent)
    return sent


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _sign(sent: VettingApplication, paper: Paper, version: str, on: date, now: datetime) -> None:
    VettingPaper.objects.create(
        organization_id=sent.organization_id,
        paper=paper,
        version=version,
        on=on,
        until=on + SIGNED_FOR,
        signed_by_id=sent.sent_by_id,
        recorded_by_id=sent.sent_by_id,
        recorded_at=now,
    )


@transaction.atomic
def withdraw_application(*, application: UUID, viewer: Viewer, now: datetime) -> VettingApplication:
    """Take back what was sent and not answered, or throw a draft away, words and all.

    Raises PermissionDenied and Refused.
    """
    found = VettingApplication.objects.filter(pk=application).first()
    if found is None:
        raise Refused(_("This application is not there any more."))
    refuse_unless_applicant(viewer, found.organization_id)
    hold_organization(found.organization_id)
    mine = VettingApplication.objects.filter(pk=application)
    if not (mine.drafts().exists() or mine.waiting().exists()):
        raise Refused(_("This application was answered or withdrawn already."))
    found.withdrawn_by_id, found.withdrawn_at = viewer.user, now
    if found.sent_at is None:
        found.sealed = b""
    found.save(update_fields=["withdrawn_by", "withdrawn_at", *([] if found.sent_at else ["sealed"])])
    _record(viewer, "withdraw_vetting_application", found)
    return found
