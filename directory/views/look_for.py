"""Looking for another organization by its name: the form, and what was found, for pages that do something with it."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finding.known_organizations import SHORTEST, organizations_called
from directory.models.vetting import VettingDecision
from directory.rules.standing import Kind, last_day
from directory.views.profile import name_of, viewer_of


class LookForm(forms.Form):
    """A name, a part of it, or the code that its people gave. It is sent: addresses end up in logs."""

    look = forms.CharField(
        label=gettext_lazy("Its name, or a part of it"),
        max_length=200,
        min_length=SHORTEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def looked_for(
    request: HttpRequest, now: datetime, *, is_vetted: bool
) -> tuple[LookForm, list[dict[str, Any]]]:
    """The form as it was sent, and the organizations found; a sentence in the form where there is none."""
    if "look" not in request.POST:
        return LookForm(), []
    form = LookForm(request.POST)
    if not form.is_valid():
        return form, []
    found = organizations_called(form.cleaned_data["look"], viewer_of(request), now, is_vetted=is_vetted)
    if not found:
        form.add_error("look", _("There is no such organization here. Look for another part of its name."))
    kinds = VettingDecision.objects.let_in_on(last_day(now))
    return form, [
        {
            "id": one.pk,
            "name": name_of(one),
            "enforces": one.pk in kinds and kinds[one.pk].kind is Kind.ENFORCEMENT,
        }
        for one in found
    ]
