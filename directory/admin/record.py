"""What every page of the stewards' administration shares: writing through actions, lists that stay quick."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet, TextField, URLField
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from directory.actions.edit_by_steward import edit_by_steward
from directory.actions.refused import Refused
from directory.actions.services_concerned import services_concerned
from directory.admin.behind_glass import BehindGlass
from directory.admin.labels import LABELS, NOUNS
from directory.admin.paging import ShortCountPaginator
from directory.admin.site import is_steward
from directory.models.service import Service
from directory.viewers import viewer_of

MOST_LINKS = 20
WAITS_FOR_A_CALL = _(
    "Names, phone numbers, e-mail and web addresses are not changed here: such a change waits for a call to the "
    "organization on a number that is already known."
)

WAITS_FOR_ANOTHER = _(
    "Words that could lead people elsewhere wait: another steward reads them, or calls the organization, before they "
    "are on the site."
)


def column(name: str, *, boolean: bool | None = None) -> Callable[[Any], Any]:
    """A column of a list: the field `name` under its translated label."""

    @admin.display(description=LABELS.get(name, name), boolean=boolean)
    def told(record: Any) -> Any:
        return getattr(record, name)

    told.__name__ = name
    return told


def link_to(record: Model, text: str = "") -> SafeString:
    """A link to the page of another record."""
    address = reverse(f"admin:directory_{record._meta.model_name}_change", args=[record.pk])
    return format_html('<a href="{}">{}</a>', address, text or str(record) or str(record.pk))


def links_to(records: Iterable[tuple[Model, str]]) -> SafeString | str:
    """Links under each other; a hyphen where there is nothing."""
    rows = [(link_to(record, text),) for record, text in records]
    return format_html_join(SafeString("<br>"), "{}", rows) or "-"


class RecordForm(ModelForm):
    """A form whose write was refused tells why, with all that was typed still in it."""

    refusal = ""

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError with the words of the action."""
        found = super().clean() or {}
        if self.refusal:
            raise ValidationError(self.refusal)
        return found

    def _post_clean(self) -> None:
        """Names of constraints say nothing to a reader: directory.actions.edit_record puts them into words."""
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()


class ReadOnlyAdmin(BehindGlass):
    """Looks, and changes nothing."""

    ordering = ("pk",)
    sortable_by = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = ShortCountPaginator
    list_per_page = 50
    list_max_show_all = 50
    actions = None
    form = RecordForm
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        URLField: {"assume_scheme": "https"},
        TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    }
    change_form_template = "directory/admin/change_form.html"
    notice: Any = ""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Every steward sees every model."""
        return is_steward(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Every steward sees every record."""
        return is_steward(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Records come from publishers."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No: a publisher's record goes with its publisher's next package."""
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """An id finds its record; words are looked for in `search_fields`."""
        try:
            return queryset.filter(pk=UUID(search_term.strip())), False
        except (ValueError, ValidationError, TypeError):
            words = search_term.replace("\x00", " ")
            return super().get_search_results(request, queryset, words)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **more: Any) -> Any:  # noqa: FBT001, FBT002  # Django's own signature
        """Labels in both languages; the reason why the last write was refused."""
        made: Any = super().get_form(request, obj, change, **{"labels": LABELS} | more)
        made.refusal = getattr(request, "refusal", "")
        return made

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, under a translated title."""
        title = {"title": NOUNS.get(self.model.__name__, self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """404: what was done stands in the audit trail, not here."""
        raise Http404

    # The audit row of the action is the only log: Django's would keep names of records in a table of its own.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing."""

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Nothing."""


class WritingAdmin(ReadOnlyAdmin):
    """Changes the fields in `editable`, by an action; whatever it refuses stands above the form."""

    editable: tuple[str, ...] = ()
    is_beside_a_listing = False
    """True where what leads elsewhere is corrected on the page of a listing."""

    def correcting(self, record: Any) -> str:
        """The address of the page at the desk where the rest of a record is corrected; empty where there is none."""
        if not self.is_beside_a_listing:
            return ""
        concerned = services_concerned(self.model._meta.db_table, [record.pk])
        owned = Service.objects.filter(pk__in=concerned, organization__isnull=False).order_by("pk")
        found = owned.values_list("pk", flat=True).first()
        return reverse("review_correct", args=[found]) if found else ""

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **more: Any) -> HttpResponse:
        """With the way to where a steward corrects what is not edited here."""
        record = more.get("obj")
        address = self.correcting(record) if record is not None else ""
        return super().render_change_form(request, {**context, "correcting": address}, *args, **more)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Every steward."""
        return is_steward(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Everything that isn't `editable`."""
        return [name for name in self.get_fields(request, obj) if name not in self.editable]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """The form again, with the reason and what was typed, where an action refused."""
        context = {"notice": self.notice} | (extra_context or {})
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, context)
        except Refused as reason:
            request.refusal = str(reason)  # type: ignore[attr-defined]  # our own attribute
            return super().changeform_view(request, object_id, form_url, context)

    def changed_values(self, form: Any) -> dict[str, Any]:
        """Columns of the record that the steward changed; of a link, the key of what it names."""
        columns = {field.name for field in self.model._meta.concrete_fields}
        names = [name for name in form.changed_data if name in self.editable and name in columns]
        told = {name: form.cleaned_data[name] for name in names}
        return {
            getattr(self.model._meta.get_field(name), "attname", name): getattr(value, "pk", value)
            for name, value in told.items()
        }

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's own signature
        """By the action, which leaves its audit row and tells the listings anew, or lets another steward decide."""
        values = self.changed_values(form)
        entity = self.model._meta.db_table
        waits = edit_by_steward(
            entity=entity, record_id=obj.pk, values=values, viewer=viewer_of(request), now=timezone.now()
        )
        if waits:
            messages.info(request, WAITS_FOR_ANOTHER)
