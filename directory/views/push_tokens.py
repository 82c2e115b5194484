"""Tokens by which a publisher's program pushes its listings: made by a lead, shown once, taken back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.keep_push_tokens import DAYS, LONGEST_NAME, make_push_token, revoke_push_token
from directory.actions.refused import Refused
from directory.models.organization import Organization
from directory.models.push_token import PushToken, Scope
from directory.views.leads import for_leads
from directory.views.profile import viewer_of
from safety.viewer import Tier


class TokenForm(forms.Form):
    """A name, what it may do, and for how long."""

    name = forms.CharField(
        label=gettext_lazy("A name, so that you know it again"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(label=gettext_lazy("What it may do"), choices=Scope.choices, initial=Scope.TRY)
    days = forms.TypedChoiceField(label=gettext_lazy("For how long"), coerce=int, initial=DAYS[1])

    def __init__(self, data: object = None) -> None:
        """The lengths are told in the language of the page."""
        super().__init__(data)
        choices = [
            (days, ngettext("%(count)d day", "%(count)d days", days) % {"count": days}) for days in DAYS
        ]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]  # a choice field


def _page(request: HttpRequest, form: TokenForm, secret: str = "", status: int = 200) -> HttpResponse:
    viewer = viewer_of(request)
    live = PushToken.objects.open_at(timezone.now()).filter(organization_id=viewer.organization)
    context = {
        "organization": Organization.objects.filter(pk=viewer.organization).first(),
        "tokens": live.select_related("made_by"),
        "is_let_in": viewer.tier >= Tier.VETTED,
        "form": form,
        "secret": secret,
    }
    return render(request, "directory/push_tokens.html", context, status=status)


@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@for_leads("push_tokens")
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens that open something, and a form for a new one, whose secret stands in this one answer."""
    if request.method != "POST":
        return _page(request, TokenForm())
    form, viewer = TokenForm(request.POST), viewer_of(request)
    if form.is_valid():
        told = form.cleaned_data
        try:
            _made, secret = make_push_token(
                organization=viewer.organization or UUID(int=0),
                name=told["name"],
                scope=Scope(told["scope"]),
                days=told["days"],
                viewer=viewer,
                now=timezone.now(),
            )
        except Refused as fault:
            form.add_error("name", str(fault))
        else:
            return _page(request, TokenForm(), secret)
    return _page(request, form, status=400)


@require_POST
@for_leads("push_tokens")
def revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take one back. Another organization's is answered as one that is not there."""
    try:
        revoke_push_token(token=key, viewer=viewer_of(request), now=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The token is taken back: it opens nothing any more."))
    return redirect("push_tokens")
