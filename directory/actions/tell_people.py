"""Who is told that something waits: stewards, advisers, those who look after an organization. Never what it is.

A person gets one such letter in ten minutes, however much happens. An alarm is another letter, which none of these
holds back.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from accounts.models import User
from directory.models.adviser import Adviser
from directory.models.membership import Membership, Role
from safety.notices import Letter, notify, register

KIND = "item"
ALARM = "alarm"
BOTH = "en, fr"


def those_who_look_after(organization: UUID) -> list[Membership]:
    """Its leads; where nobody leads it yet, all its members."""
    live = Membership.objects.live().filter(organization_id=organization).select_related("user")
    members = list(live.order_by("began_at", "id"))
    return [one for one in members if one.role == Role.LEAD] or members


def tell_stewards(now: datetime, *, but: UUID | None = None) -> None:
    """All who can sign in, but for the one who did it."""
    stewards = User.objects.filter(is_staff=True, is_active=True).exclude(pk=but).order_by("pk")
    _tell(stewards.values_list("pk", flat=True), now)


def tell_advisers(now: datetime) -> None:
    """All survivors' advisers."""
    _tell(Adviser.objects.live().order_by("pk").values_list("user_id", flat=True), now)


def tell_organization(organization: UUID, now: datetime) -> None:
    """Those who look after it."""
    _tell([one.user_id for one in those_who_look_after(organization)], now)


def alarm_organization(organization: UUID, now: datetime) -> None:
    """Those who look after it: something was asked in its name, and not by them."""
    _tell([one.user_id for one in those_who_look_after(organization)], now, ALARM)


def tell_person(user: UUID, now: datetime) -> None:
    """One person."""
    _tell([user], now)


def _tell(people: Iterable[UUID], now: datetime, kind: str = KIND) -> None:
    ten_minutes = f"{now:%Y-%m-%dT%H:%M}"[:-1]
    for person in people:
        notify(kind, person, once=ten_minutes)


def in_both_languages(address: str, subject: str, body: str, link: str) -> Letter:
    """A letter to somebody whose language nobody asked. `subject`, `body`: marked for translation; `link`: a page."""
    told = []
    for language in ("en", "fr"):
        with override(language):
            way = settings.SITE_URL.rstrip("/") + reverse(link)
            told.append((_(subject), f"{_(body)}\n\n{way}\n"))
    subjects, bodies = zip(*told, strict=True)
    return Letter(to=address, language=BOTH, subject=" / ".join(subjects), body="\n\n".join(bodies))


def _to(user: UUID, subject: str, body: str) -> Letter | None:
    person = User.objects.filter(pk=user, is_active=True).first()
    return in_both_languages(person.email, subject, body, "desk") if person else None


def _letter(user: UUID) -> Letter | None:
    # Translators: content-free on purpose; the mailbox may be read by others.
    words = (gettext_noop("You have an item"), gettext_noop("You have an item at Relais. Sign in to see it."))
    return _to(user, *words)


def _alarm(user: UUID) -> Letter | None:
    # Translators: content-free on purpose; the mailbox may be read by others.
    subject = gettext_noop("Please look at your desk today")
    body = gettext_noop(
        "Somebody else asked for something in your organization’s name at Relais. It waits. "
        "Sign in and look whether you know of it."
    )
    return _to(user, subject, body)


register(KIND, _letter)
register(ALARM, _alarm)
