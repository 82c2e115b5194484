"""Words that mean the same, for stewards: one group a page, one word or phrase a line."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from directory.actions.edit_synonyms import add_synonyms, change_synonyms, remove_synonyms
from directory.admin.record import RecordForm, WritingAdmin
from directory.admin.site import stewards
from directory.models.synonym import SynonymGroup
from directory.rules.synonyms import unasked
from directory.viewers import viewer_of


class SynonymForm(RecordForm):
    """The group as lines of text."""

    words = forms.CharField(
        label=_("Words and phrases"),
        widget=AdminTextareaWidget(attrs={"rows": 14}),
        help_text=_(
            "One a line, English and French together. Case, accents and a plural's s or x make no difference. "
            "At least one should stand in the name of a kind of help."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        words = self.instance.words or []
        self.initial["words"] = "\n".join(words)
        alone = unasked(words)
        if alone:
            told = _(
                "Who types one of these finds what bears the others, but it is not looked for itself, since a search "
                "would read a single word of it: %(phrases)s."
            )
            lines = (self.fields["words"].help_text, told % {"phrases": ", ".join(alone)})
            self.fields["words"].help_text = format_html_join(" ", "{}", ((line,) for line in lines))

    def clean_words(self) -> list[str]:
        """One for each line that holds something."""
        return [line for line in self.cleaned_data["words"].splitlines() if line.strip()]


@admin.register(SynonymGroup, site=stewards)
class SynonymGroupAdmin(WritingAdmin):
    """Written by actions; a group that was removed is not shown and not loaded again."""

    notice = _(
        "Whoever types one of these words finds what bears another one. What you write is never loaded over."
    )
    form = SynonymForm
    ordering = ("words", "id")
    list_display = ("all_words",)
    search_fields = ("words",)
    search_help_text = _("A part of a word")
    fields = ("words",)
    editable = ("words",)

    @admin.display(description=_("Words and phrases"))
    def all_words(self, group: SynonymGroup) -> str:
        """The whole group in one line."""
        return ", ".join(group.words)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SynonymGroup]:
        """Those that are used."""
        return super().get_queryset(request).filter(is_used=True)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Every steward."""
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Every steward: nothing hangs on it."""
        return self.has_view_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's own signature
        """By `add_synonyms` or `change_synonyms`."""
        words, viewer = form.cleaned_data["words"], viewer_of(request)
        if change:
            change_synonyms(group_id=obj.pk, words=words, viewer=viewer)
        else:
            obj.pk = add_synonyms(words=words, viewer=viewer).pk

    def delete_model(self, request: HttpRequest, obj: SynonymGroup) -> None:
        """By `remove_synonyms`."""
        remove_synonyms(group_id=obj.pk, viewer=viewer_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SynonymGroup]) -> None:
        """Never many at once."""
        raise NotImplementedError
