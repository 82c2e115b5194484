"""A new second factor for somebody who lost theirs: others ask for it, its person sets it behind the door of a letter.

The mailbox alone opens nothing: the password is asked for as always. The password alone opens nothing: until the new
factor is set, it is set from behind that door or not at all (docs/adr/0058).
"""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import FactorRenewal, User
from safety import audit
from safety.notices import Letter, notify, register
from safety.viewer import Viewer

KIND = "new_factor"
SIGNER = Signer(salt="accounts.new_factor")
GOOD_FOR = timedelta(days=1)
WAIT = timedelta(days=1)
"""A steward's door stays shut so long: time for the steward, or another one, to say that it was not so."""
DOOR = "new_factor"
"""Name in the session of the renewal through whose door this browser came."""


def has_factor(user: User) -> bool:
    """True for who is asked for a second factor."""
    return bool(is_mfa_enabled(user))


def lost_factor(user: UUID) -> bool:
    """True for who lost the old one to a renewal, and has set no new one."""
    return FactorRenewal.objects.shut().filter(user_id=user).exists()


def ask_for_renewal(*, user: User, reason: str, by: UUID, now: datetime) -> FactorRenewal:
    """Write down that it was asked for, in the transaction under way; what was asked before is over."""
    FactorRenewal.objects.unfinished().filter(user=user).update(ended_at=now)
    return FactorRenewal.objects.create(
        user=user, reason=reason, needs_second=user.is_staff, asked_by_id=by, asked_at=now
    )


def open_door(renewal: FactorRenewal, now: datetime) -> None:
    """Send the letter and end the sessions. The old factor ends too; a steward's, once the door is gone through.

    A steward who did not lose it can thus still sign in with it, and stop this.
    """
    renewal.opens_at = now + (WAIT if renewal.needs_second else timedelta())
    renewal.expires_at = renewal.opens_at + GOOD_FOR
    renewal.save(update_fields=["agreed_by", "opens_at", "expires_at"])
    if not renewal.needs_second:
        _end_factor(renewal, now)
    end_sessions(renewal.user_id, now)
    notify(KIND, renewal.pk)


def take_back(renewal: FactorRenewal, now: datetime) -> None:
    """The door does not open any more. A factor that was ended stays so."""
    renewal.ended_at = now
    renewal.save(update_fields=["ended_at"])


def end_sessions(user: UUID, now: datetime) -> None:
    """Wherever this person is signed in, from the next request on."""
    alive = Session.objects.filter(expire_date__gt=now).order_by("session_key")
    mine = [one.pk for one in alive.iterator() if one.get_decoded().get(SESSION_KEY) == str(user)]
    Session.objects.filter(pk__in=mine).delete()
    UserSession.objects.filter(user_id=user).delete()


def _end_factor(renewal: FactorRenewal, now: datetime) -> None:
    Authenticator.objects.filter(user_id=renewal.user_id).delete()
    renewal.factor_ended_at = now
    renewal.save(update_fields=["factor_ended_at"])


def token_of(renewal: FactorRenewal) -> str:
    """What stands in the link: the id, signed."""
    return SIGNER.sign(renewal.pk.hex)


def renewal_of(token: str, now: datetime) -> FactorRenewal | None:
    """The renewal of a link that was not used, taken back or over; it may open later only."""
    try:
        key = UUID(hex=SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    return FactorRenewal.objects.to_come(now).filter(pk=key, user__is_active=True).first()


@transaction.atomic
def go_through(renewal: UUID, now: datetime) -> bool:
    """Whoever has the letter goes through its door: the old factor is over, and no session is left. False: too late."""
    found = FactorRenewal.objects.open_at(now).select_for_update().filter(pk=renewal).first()
    if found is None:
        return False
    if found.factor_ended_at is None:
        _end_factor(found, now)
        end_sessions(found.user_id, now)
        _record(found.user_id, "end_lost_factor")
    return True


def may_not_set_one(request: HttpRequest) -> bool:
    """True for who lost the old factor, and did not come through the door of the letter, or came too late."""
    shut = FactorRenewal.objects.shut().filter(user_id=request.user.pk)
    if not shut.exists():
        return False
    came = request.session.get(DOOR, "")
    still = shut.open_at(timezone.now()).values_list("pk", flat=True)  # type: ignore[attr-defined]  # our own QuerySet
    return came not in {str(key) for key in still}


@transaction.atomic
def note_new_factor(request: HttpRequest) -> None:
    """Called after a page that may have set a factor, in its transaction: what was open for this person is done."""
    user = request.user
    if DOOR not in request.session or not isinstance(user, User) or not has_factor(user):
        return
    del request.session[DOOR]
    if FactorRenewal.objects.shut().filter(user=user).update(used_at=timezone.now()):
        _record(user.pk, "set_new_factor")


def _record(user: UUID, action: str) -> None:
    audit.record(Viewer(user=user), action=action, subject_type="user", subject_id=user)


def _letter(renewal: UUID) -> Letter | None:
    """In both languages: nobody told which one they read. Nothing once it was used or taken back."""
    found = FactorRenewal.objects.to_come(timezone.now()).filter(pk=renewal).select_related("user").first()
    if found is None or not found.user.is_active:
        return None
    told = []
    for language in ("en", "fr"):
        with override(language):
            told.append((_("A new second factor"), _body(found)))
    subjects, bodies = zip(*told, strict=True)
    return Letter(found.user.email, "en, fr", " / ".join(subjects), "\n---\n\n".join(bodies))


def _body(renewal: FactorRenewal) -> str:
    link = settings.SITE_URL.rstrip("/") + reverse("account_new_factor", args=[token_of(renewal)])
    body = _(
        "Somebody who knows you told us that you lost the telephone or key with which you sign in. "
        "Here you set up another one; your password is asked for:\n\n%(link)s\n"
    )
    when = (
        _(
            "The link opens a day after this letter, and works for one day. Until then what you had still opens."
        )
        if renewal.needs_second
        else _("The link works for one day. What you had opens nothing any more.")
    )
    otherwise = _(
        "If you lost nothing: tell whoever leads your organization, or the national team, at once by telephone. "
        "Nobody ever asks you for this link, for a code or for your password."
    )
    return f"{body % {'link': link}}\n{when}\n\n{otherwise}\n"


register(KIND, _letter)
