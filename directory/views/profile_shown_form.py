"""Who may find a listing: everybody, vetted organizations alone, or those that it names."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models.organization import Organization
from directory.rules.publishing import (
    NAMED,
    SITE,
    VETTED,
    agreed,
    is_for_named_only,
    is_for_vetted_only,
    may_be_on_site,
)
from directory.views.profile_forms import TaskForm, Values

KEY = "service.publish_to"
AS_IT_IS = "as_it_is"


class ShownForm(TaskForm):
    """One answer. What was agreed beside it stays as long as the answer does."""

    title = gettext_lazy("Who may find it")
    lead = gettext_lazy("Somebody reads this before it changes. Until then everything stays as it is.")
    template = "directory/_task_shown.html"

    def __init__(self, data: Any, *, profile: Values, shown: Values, organization: Organization) -> None:
        """As TaskForm; where a listing was not asked, its organization's answer counts."""
        self.organization = organization
        super().__init__(data, profile=profile, shown=shown)

    def keys(self) -> list[str]:
        """The one part."""
        return [KEY]

    def begin(self) -> None:
        """The choices; one more where the answer is none of them."""
        self.now = self._choice(self.profile.get(KEY))
        choices = [
            (SITE, _("Everybody, on this site")),
            (VETTED, _("Vetted organizations alone, at their desks: nothing of it is public")),
            (NAMED, _("Only organizations that it names, at their desks")),
        ]
        if self.now == AS_IT_IS:
            choices.append((AS_IT_IS, _("As it is now")))
        self.fields["shown"] = forms.ChoiceField(
            label=_("Who may find it"),
            choices=choices,
            widget=forms.RadioSelect,
            initial=self._choice(self.shown.get(KEY)),
        )

    def _choice(self, answer: list[str] | None) -> str:
        counts = agreed(answer, self.organization.publish_to)
        if may_be_on_site(counts):
            return SITE
        if is_for_named_only(counts):
            return NAMED
        return VETTED if is_for_vetted_only(counts) else AS_IT_IS

    def values(self) -> Values:
        """The answer, or what is stored where it is the same."""
        chosen = self.cleaned_data["shown"]
        return {KEY: self.profile.get(KEY) if chosen == self.now else [chosen]}
