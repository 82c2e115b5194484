""" "Still true?": whose check runs out is asked by a letter, whose link shows the listings and can say yes.

The link confirms and changes nothing: who has somebody's mailbox redirects nobody with it (promise 26).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from directory.actions.assure_listings import assure_listings
from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.finding.gathered import NEEDS
from directory.finding.profile import needs_of
from directory.finding.whole import Seen
from directory.models.membership import Membership, Role
from directory.models.service import Service
from directory.models.taxonomy import Attribute
from directory.models.truth_asked import TruthAsked
from directory.models.vetting import VettingDecision
from directory.policies import keeps_profile
from directory.rules.asking_again import BEFORE
from directory.rules.freshness import DAYS, OFTEN, OFTEN_DAYS
from directory.rules.silence import is_warning_due
from directory.rules.standing import GOOD, last_day, standing_on
from safety import audit
from safety.notices import Letter, notify, register
from safety.viewer import VISITOR, Viewer

KIND = "still_true"
GOOD_FOR = timedelta(days=14)
EVERY = timedelta(days=14)
"""Nobody is asked more often than that."""
SIGNER = Signer(salt="directory.still_true")
LANGUAGES = ("en", "fr")


def due_listings(organization: UUID, day: date) -> QuerySet[Service]:
    """The running listings of an organization whose check is over or soon will be; never checked ones too.

    Judged by the database, as `rules.freshness` and `rules.asking_again` do: a network may have a hundred thousand.
    """
    often = Attribute.objects.filter(
        link_id=OuterRef("pk"), taxonomy_term__taxonomy=NEEDS, taxonomy_term__code__in=sorted(OFTEN)
    )
    running = Service.objects.listable().filter(organization_id=organization).alias(often=Exists(often))
    is_due = Q(assured_date=None)
    for is_often, days in ((True, OFTEN_DAYS), (False, DAYS)):
        is_due |= Q(often=is_often, assured_date__lt=day - timedelta(days=days) + BEFORE)
    return running.filter(is_due).order_by("name", "pk")


def _to_ask(day: date) -> list[UUID]:
    """Organizations with a keeper and any listing that may be due: their kinds are looked at one by one."""
    before = day - timedelta(days=OFTEN_DAYS) + BEFORE
    maybe = Service.objects.listable().exclude(assured_date__gt=before)
    kept = Membership.objects.live().filter(role__in=[Role.KEEPER, Role.LEAD]).values("organization_id")
    found = maybe.filter(organization_id__in=kept).order_by("organization_id")
    return list(found.values_list("organization_id", flat=True).distinct())


def ask_still_true(now: datetime) -> int:
    """Ask the people of every organization that has something to confirm. How many letters are on their way.

    Each organization in a transaction of its own; a second run asks nobody twice.
    """
    return sum(_ask(organization, now) for organization in _to_ask(timezone.localtime(now).date()))


@transaction.atomic
def _ask(organization: UUID, now: datetime) -> int:
    hold_organization(organization)
    asked_lately = TruthAsked.objects.filter(organization_id=organization, asked_at__gt=now - EVERY)
    standing = standing_on(last_day(now), VettingDecision.objects.told_of(organization))
    if asked_lately.exists() or standing not in GOOD:
        return 0
    if not due_listings(organization, timezone.localtime(now).date()).exists():
        return 0
    people = _people(organization)
    for user in people:
        asked = TruthAsked.objects.create(
            organization_id=organization, user_id=user, asked_at=now, expires_at=now + GOOD_FOR
        )
        notify(KIND, asked.pk)
    details = {"people": len(people)}
    audit.record(
        VISITOR,
        action="ask_still_true",
        subject_type="organization",
        subject_id=organization,
        details=details,
    )
    return len(people)


def _people(organization: UUID) -> Sequence[UUID]:
    """The keepers; the leads where there is no keeper."""
    live = Membership.objects.live().filter(organization_id=organization).order_by("user_id")
    for role in (Role.KEEPER, Role.LEAD):
        if found := list(live.filter(role=role).values_list("user_id", flat=True)):
            return found
    return []


def token_of(asked: TruthAsked) -> str:
    """What stands in the link: the id, signed."""
    return SIGNER.sign(asked.pk.hex)


def open_question(token: str, now: datetime) -> TruthAsked | None:
    """The question of a link, while its time is not over and its person still keeps the listings."""
    try:
        key = UUID(hex=SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    found = TruthAsked.objects.open_at(now).filter(pk=key).select_related("organization").first()
    return found if found and keeps_profile(_viewer(found), found.organization_id) else None


def _viewer(asked: TruthAsked) -> Viewer:
    return Viewer(user=asked.user_id, organization=asked.organization_id)


@transaction.atomic
def answer_question(*, asked: UUID, services: Sequence[UUID], now: datetime, seen: Seen | None = None) -> int:
    """By the link of a letter: these listings are true, as far as they are still due. How many.

    `seen` as for `assure_listings`. Raises Refused for a question that is over, and as `assure_listings` does.
    """
    found = TruthAsked.objects.open_at(now).filter(pk=asked).first()
    if found is None:
        raise Refused(_("This link no longer works."))
    day = timezone.localtime(now).date()
    due = due_listings(found.organization_id, day).filter(pk__in=set(services))
    wanted = sorted(due.values_list("pk", flat=True))
    try:
        return assure_listings(
            organization=found.organization_id,
            services=wanted,
            viewer=_viewer(found),
            now=now,
            seen=seen,
        )
    except PermissionDenied:
        raise Refused(_("This link no longer works.")) from None


def _letter(asked: UUID) -> Letter | None:
    """What is sent, in both languages: nobody told which one they read. Nothing once there is nothing to confirm."""
    now = timezone.now()
    found = TruthAsked.objects.filter(pk=asked).select_related("user").first()
    if found is None or open_question(token_of(found), now) is None:
        return None
    day = timezone.localtime(now).date()
    due = due_listings(found.organization_id, day)
    if not due.exists():
        return None
    told = due.iterator(chunk_size=500)
    is_last = any(is_warning_due(day, service.assured_date, needs_of(service.pk)) for service in told)
    subjects, bodies = [], []
    for language in LANGUAGES:
        with override(language):
            subjects.append(_("Is it still true?"))
            bodies.append(_body(found, is_last=is_last))
    return Letter(
        to=found.user.email, language="en", subject=" / ".join(subjects), body="\n---\n\n".join(bodies)
    )


def _body(asked: TruthAsked, *, is_last: bool) -> str:
    link = settings.SITE_URL.rstrip("/") + reverse("still_true", args=[token_of(asked)])
    body = _(
        "Something that your organization tells at Relais should be looked at again.\n\n%(link)s\n\n"
        "The link works for fourteen days. It can say that all is right, and change nothing.\n"
    )
    warning = _(
        "Some of it has waited for long: unless somebody says that it is true, it will soon not be shown any more.\n"
    )
    return body % {"link": link} + (f"\n{warning}" if is_last else "")


register(KIND, _letter)
