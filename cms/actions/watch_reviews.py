"""Who looks after a page hears that its review is due; what nobody may rely on any more is taken off."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from wagtail.actions.unpublish_page import UnpublishPageAction

from accounts.models import User
from cms.actions.keep_home import EDITORS
from cms.actions.withdraw_editions import withdraw_editions_of
from cms.finding.reviews import due_reviews, outdated
from cms.models.edition import Edition
from cms.rules.standing import review_stage
from directory.actions.tell_people import in_both_languages
from safety import audit
from safety.notices import Letter, notify, register
from safety.viewer import VISITOR

KIND = "protocol_review"
WRITES = "wagtailadmin.access_admin"


def owners_of(edition: Edition) -> list[UUID]:
    """Who began its page, while they may write; else all editors, so that nobody's page is nobody's."""
    owner = edition.page.owner if edition.page else None
    if owner is not None and owner.is_active and owner.has_perm(WRITES):
        return [owner.pk]
    editors = User.objects.filter(groups__name=EDITORS, is_active=True).order_by("pk")
    return list(editors.values_list("pk", flat=True))


@transaction.atomic
def ask_for_reviews(*, today: date) -> int:
    """Queue a letter to each owner, once a month before the day and once after it; returns how many.

    Pages that have the same day share their letter.
    """
    queued = 0
    for edition in due_reviews(today):
        stage = review_stage(review_by=edition.review_by, today=today)
        for person in owners_of(edition):
            queued += notify(KIND, person, once=f"{edition.review_by} {stage}") is not None
    return queued


def take_off_outdated(*, today: date) -> int:
    """Unpublish what was to be shown until a day before `today`, each page in a transaction of its own.

    It concerns immediate safety and its review is long overdue, or whoever speaks in it does not allow it any more.
    """
    keys = list(outdated(today).filter(is_live=True).values_list("pk", flat=True))
    for key in keys:
        _take_off(key)
    return len(keys)


@transaction.atomic
def _take_off(key: UUID) -> None:
    found = Edition.objects.select_for_update(of=("self",)).select_related("page__owner").get(pk=key)
    if found.page is not None and found.page.live:
        UnpublishPageAction(found.page.specific).execute(skip_permission_checks=True)
    withdraw_editions_of(key=found.key, language=found.language)
    details = {"number": found.number, "language": found.language, "shown_until": f"{found.shown_until}"}
    audit.record(
        VISITOR, action="take_off_outdated", subject_type="edition", subject_id=found.pk, details=details
    )
    for person in owners_of(found):
        notify(KIND, person, once=f"{found.pk} gone")


def _waits_for(person: User) -> bool:
    """True while a page of theirs is due, or is one that was taken off for its age and not published again."""
    today = timezone.localdate()
    waiting = (*due_reviews(today), *outdated(today).filter(is_live=False))
    return any(person.pk in owners_of(edition) for edition in waiting)


def _letter(user: UUID) -> Letter | None:
    """Nothing for who left meanwhile, nor where all was seen to."""
    person = User.objects.filter(pk=user, is_active=True).first()
    if person is None or not _waits_for(person):
        return None
    words = (
        gettext_noop("A page that you look after needs a review"),
        gettext_noop(
            "A page that you look after at Relais has to be reviewed, or was taken off because nobody did."
            " Sign in to see it."
        ),
    )
    return in_both_languages(person.email, *words, "wagtailadmin_home")


register(KIND, _letter)
