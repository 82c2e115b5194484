"""Where somebody is signed in: a list that lets them end a session, and keeps of each no more than that needs.

allauth would keep the address and the whole name of the browser. No address is kept here at all: at a shelter it tells
where the shelter is. Of the browser one keeps the kind, by which a person knows their own.
"""

import re
from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.usersessions.apps import UserSessionsConfig
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest
from django.utils import timezone

NO_ADDRESS = "0.0.0.0"  # noqa: S104  # nothing listens there: the column must hold an address
BROWSERS = {
    "Edge": r"\bEdg(?:e|A|iOS)?/",
    "Opera": r"\bOPR/",
    "Samsung Internet": r"\bSamsungBrowser/",
    "Firefox": r"\b(?:Firefox|FxiOS)/",
    "Chrome": r"(?:Chrome|Chromium|CriOS)/",
    "Safari": r"\bSafari/",
}
DEVICES = {
    "Android": r"\bAndroid\b",
    "iPhone": r"\biPhone\b",
    "iPad": r"\biPad\b",
    "Windows": r"\bWindows\b",
    "ChromeOS": r"\bCrOS\b",
    "Mac": r"\bMacintosh\b",
    "Linux": r"\bLinux\b",
}


def kind_of_browser(told: str) -> str:
    """Firefox, Windows: what a person calls it, without a version; empty for one that nobody knows."""
    found = [
        next((name for name, sign in kinds.items() if re.search(sign, told)), "")
        for kinds in (BROWSERS, DEVICES)
    ]
    return ", ".join(name for name in found if name)


def note_session(request: HttpRequest, **_more: Any) -> None:
    """At signing in, and where a new password gave this session a new key. Forgets what is over, whosever it was."""
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session

    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
    kind = kind_of_browser(request.headers.get("User-Agent", ""))
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"user": request.user, "ip": NO_ADDRESS, "user_agent": kind},
    )


def forget_session(request: HttpRequest, **_more: Any) -> None:
    """At signing out."""
    from allauth.usersessions.models import UserSession

    UserSession.objects.filter(session_key=request.session.session_key).delete()


class SessionsConfig(UserSessionsConfig):
    """allauth's list of sessions, filled by us: its own way of noting one keeps too much."""

    def ready(self) -> None:
        """In place of allauth's listeners."""
        user_logged_in.connect(note_session, dispatch_uid="note_session_signed_in")
        password_changed.connect(note_session, dispatch_uid="note_session_new_password")
        user_logged_out.connect(forget_session, dispatch_uid="forget_session")
