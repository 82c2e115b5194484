"""Who told a steward what they correct: asked with each task, and filled in as it was said last on the same day."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models.proposed_change import ProposedChange
from directory.rules.told_source import LONGEST, Source, Via
from directory.views.profile import Subject
from directory.views.wording_changes import VIA


class SourceForm(forms.Form):
    """Person or page, channel, day."""

    told_by = forms.CharField(
        label=gettext_lazy("Who or what: a name and what they do there, or the page where it stands"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    told_via = forms.ChoiceField(
        label=gettext_lazy("How"), choices=[(str(via), words) for via, words in VIA.items()]
    )
    told_on = forms.CharField(
        label=gettext_lazy("On which day"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_told_on(self) -> date:
        """A day that has been."""
        try:
            day = date.fromisoformat(self.cleaned_data["told_on"].strip())
        except ValueError:
            raise forms.ValidationError(_("This is no day. Write year, month and day: 2026-12-24.")) from None
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def source(self) -> Source:
        """What was filled in; only of a valid form."""
        told = self.cleaned_data
        return Source(told["told_by"], Via(told["told_via"]), told["told_on"])


def source_form(request: HttpRequest, subject: Subject) -> SourceForm:
    """The form as it was sent; else as the same steward filled it in last today: one call mends several things."""
    if request.method == "POST":
        is_saved = not {"preview", "change", "page"} & request.POST.keys()
        return SourceForm(request.POST) if is_saved else SourceForm(initial=request.POST.dict())
    today = timezone.localdate()
    mine = ProposedChange.objects.filter(
        organization=subject.organization, made_by_id=request.user.pk, told_on=today
    )
    last = mine.exclude(told_via__in=["", Via.UNDOING]).order_by("-made_at", "id").first()
    told: dict[str, Any] = {"told_by": last.told_by, "told_via": last.told_via} if last else {}
    if request.GET.get("via") == Via.TRANSLATION:
        told = {"told_by": request.user.get_username(), "told_via": str(Via.TRANSLATION)}
    return SourceForm(initial=told | {"told_on": today.isoformat()})
