"""Terms: Relais's own vocabulary, edited; everybody else's, shown."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.actions.edit_term import add_term, edit_term, retire_term
from directory.actions.own_terms import FOCUS, NEEDS, RETIRED, WORDS
from directory.admin.record import RecordForm, WritingAdmin, column
from directory.admin.site import stewards
from directory.models.taxonomy import TaxonomyTerm
from directory.viewers import viewer_of


class TermForm(RecordForm):
    """Its words, and whether searchers are offered it."""

    is_offered = forms.BooleanField(
        label=_("Offered to searchers"),
        required=False,
        help_text=_("A term that is not offered stays with the services that have it."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["is_offered"] = RETIRED not in self.instance.flags


class NewTermForm(RecordForm):
    """What a term of ours is made of."""

    code = forms.RegexField(r"^[a-z0-9][a-z0-9_]{1,59}$", label=_("Slug"))
    taxonomy = forms.ChoiceField(
        label=_("Taxonomy"), choices=((NEEDS, _("Kind of help")), (FOCUS, _("For whom")))
    )
    group = forms.CharField(
        label=_("Group"), required=False, help_text=_("The slug of its group; empty for a group of its own.")
    )


@admin.register(TaxonomyTerm, site=stewards)
class TaxonomyTermAdmin(WritingAdmin):
    """Own terms are written by the vocabulary's own actions, which tell every listing that shows them."""

    notice = _("What you write here is never overwritten when the vocabulary is loaded again.")
    list_display = (
        column("code"),
        column("name"),
        column("name_fr"),
        column("taxonomy"),
        column("publisher"),
    )
    list_select_related = ("publisher",)
    list_filter = ("publisher",)
    search_fields = ("name", "name_fr", "code")
    search_help_text = _("A part of the name or slug, or the id")
    editable = (*WORDS, "is_offered")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **more: Any) -> Any:  # noqa: FBT001, FBT002  # Django's own signature
        """Another form for a new term, and none for a foreign one."""
        if obj is None:
            return super().get_form(request, obj, change, **more | {"form": NewTermForm})
        form = TermForm if self.has_change_permission(request, obj) else RecordForm
        return super().get_form(request, obj, change, **more | {"form": form})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A term that is there keeps its slug and its group."""
        if obj is None:
            return ("taxonomy", "code", "group", *WORDS)
        offered = ("is_offered",) if obj.publisher_id == "relais" else ()
        return ("code", "taxonomy", "parent", "publisher", "term_uri", *WORDS, *offered)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Everything is entered for a new one."""
        return [] if obj is None else super().get_readonly_fields(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """To our own two taxonomies."""
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Terms of other publishers stay as they gave them."""
        return super().has_change_permission(request) and (obj is None or obj.publisher_id == "relais")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's own signature
        """By `add_term`, or by `edit_term` and `retire_term`."""
        viewer, given = viewer_of(request), form.cleaned_data
        if not change:
            words = {name: given[name] for name in WORDS}
            made = add_term(
                slug=given["code"], parent=given["group"], taxonomy=given["taxonomy"], viewer=viewer, **words
            )
            obj.pk = made.pk
            return
        edit_term(term_id=obj.pk, viewer=viewer, **{n: given[n] for n in form.changed_data if n in WORDS})
        if "is_offered" in form.changed_data:
            retire_term(term_id=obj.pk, viewer=viewer, is_offered=given["is_offered"])
