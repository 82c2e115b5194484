"""A form writes for whom its page was shown: one person, one organization, one role (docs/adr/0064).

In two windows somebody can act for two organizations, and the session knows the one that was chosen last alone. So
each form carries a mark beside its token. It tells nothing of a person or an organization, and nobody else can make it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import template
from django.http import HttpRequest, HttpResponse
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from directory.models.membership import Membership
from directory.viewers import HAT, hat_of, hats_of, wear
from safety.pages import TooLate, too_late
from safety.surface import is_desk

NAME = "shown_for"
LETTERS = str.maketrans("0123456789abcdef", "BCDFGHJKMNPQRTVW")
"""No word and no number comes of them by chance."""
View = Callable[..., HttpResponse]
register = template.Library()


def mark_of(user: User, hat: Membership | None) -> str:
    """What the forms of somebody carry who acts as `hat`; None: for no organization."""
    worn = f"{hat.organization_id} {hat.role}" if hat else ""
    made = salted_hmac("directory.shown_for", f"{user.pk} {worn}", algorithm="sha256").hexdigest()
    return made[:24].translate(LETTERS)


def mark_field(request: HttpRequest | None) -> SafeString:
    """Beside the token of every form of the desk; nothing elsewhere."""
    user = getattr(request, "user", None)
    if request is None or not isinstance(user, User) or not is_desk(request.path_info):
        return SafeString()
    return format_html('<input type="hidden" name="{}" value="{}">', NAME, mark_of(user, hat_of(request)))


class _TokenNode(CsrfTokenNode):
    """What every guarded form holds already; so none can be without a mark."""

    def render(self, context: Context) -> SafeString:
        return super().render(context) + mark_field(context.get("request"))


@register.tag("csrf_token")
def token_and_mark(parser: Parser, token: Token) -> _TokenNode:
    """Django's token against forgery, and for whom the page was shown."""
    return _TokenNode()


def refused(request: HttpRequest) -> HttpResponse | None:
    """Act for whom the page showed; None: done. Else the answer: what was typed comes back, to be copied.

    Who wears one hat at most may send nothing: a page that was open before there were marks, or a program.
    """
    if not isinstance(request.user, User):
        return None
    told, present = request.POST.get(NAME), hat_of(request)
    hats = hats_of(request.user.pk)
    if told is None and len(hats) < 2:
        return None
    marks = {mark_of(request.user, hat): hat for hat in [None, *hats]}
    if told not in marks:
        return too_late(request, TooLate.OTHER)
    shown = marks[told]
    if shown == present:
        return None
    wear(request, shown)
    if shown is not None:  # what follows is of the same organization: the next page, and what it links to
        request.session[HAT] = str(shown.organization_id)
    return None


def asks_for_whom(view: View) -> View:
    """For a view that guards its form by itself, as the one that bounds a file before it is read."""

    @wraps(view)
    def asked(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        answer = refused(request) if request.method == "POST" else None
        return answer or view(request, *given, **named)

    return asked


class ShownForMiddleware:
    """Asks it of all that is sent to the desk and guarded against forgery: searches are not, and write nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, given: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        """After the token was found to be right."""
        is_guarded = request.method == "POST" and not getattr(view, "csrf_exempt", False)
        return refused(request) if is_guarded and is_desk(request.path_info) else None
