"""What a keeper fills in, task by task. Each form knows the parts that it is about, and gives them back as values."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.views.wording_changes import label_of

Values = dict[str, Any]
LONGEST = 4000


def digest(values: Mapping[str, Any]) -> str:
    """A short name of what was shown, to notice that somebody else changed it in the meantime."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:24]


class TaskForm(forms.Form):
    """A form about some parts of a profile. `seen` is the digest of what they said when the page was made."""

    title: ClassVar[Any] = ""
    lead: ClassVar[Any] = ""
    template: ClassVar[str] = "directory/_task_texts.html"
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, profile: Values, shown: Values) -> None:
        """`profile`: what is stored; `shown`: what the fields begin with, which may be a draft."""
        super().__init__(data)
        self.profile, self.shown = profile, shown
        self.initial["seen"] = self._digest()
        self.begin()

    def begin(self) -> None:
        """Make the fields that depend on what is stored."""

    def keys(self) -> list[str]:
        """The parts that this form is about."""
        raise NotImplementedError

    def values(self) -> Values:
        """What was filled in, by key; only of a valid form."""
        raise NotImplementedError

    def stored(self) -> Values:
        """What is stored of these parts."""
        return {key: self.profile.get(key) for key in self.keys()}

    def _digest(self) -> str:
        """Of what is stored, and of what the fields were made from: rows are known by their place."""
        return digest({"stored": self.stored(), "shown": {key: self.shown.get(key) for key in self.keys()}})

    def clean(self) -> Values:
        """Refuse what was made of an older page: it would take back what somebody else changed since."""
        told: Values = super().clean() or {}
        if told.get("seen") and told["seen"] != self._digest():
            self.add_error(
                None,
                _(
                    "Somebody changed this while you had the page open. Compare with what is told now, then save again."
                ),
            )
            self.data = self.data.copy()
            self.data["seen"] = self._digest()
        return told


class Pair:
    """A text in both languages, side by side, with a mark for what is missing."""

    def __init__(self, form: TaskForm, name: str) -> None:
        self.english, self.french = form[name], form[f"{name}_fr"]
        self.label = self.english.label
        english, french = (bool(field.value()) for field in (self.english, self.french))
        self.missing = ""
        if english != french:
            self.missing = _("French is missing.") if english else _("English is missing.")


class TextsForm(TaskForm):
    """Texts of a record, bilingual ones side by side. One official language is enough."""

    pairs: ClassVar[tuple[str, ...]] = ()
    lines: ClassVar[tuple[str, ...]] = ()
    """Of the pairs, those that are one line."""
    plain: ClassVar[tuple[str, ...]] = ()
    hints: ClassVar[dict[str, Any]] = {}
    table = "service"

    def keys(self) -> list[str]:
        """Both languages of each."""
        names = [f"{name}{end}" for name in self.pairs for end in ("", "_fr")]
        return [f"{self.table}.{name}" for name in (*names, *self.plain)]

    def begin(self) -> None:
        """A field for each text."""
        for key in self.keys():
            name = key.partition(".")[2]
            is_line = name.removesuffix("_fr") in self.lines or name in self.plain
            widget = forms.TextInput() if is_line else forms.Textarea(attrs={"rows": 5})
            if name.endswith("_fr"):
                widget.attrs["lang"] = "fr"
            elif name in self.pairs:
                widget.attrs["lang"] = "en"
            field = forms.CharField(
                label=label_of(key),
                required=False,
                max_length=LONGEST,
                widget=widget,
                help_text=self.hints.get(name, ""),
            )
            field.initial = self.shown.get(key)
            self.fields[name] = field

    def values(self) -> Values:
        """Every text, line ends as they are stored."""
        told = {name: self.cleaned_data[name].replace("\r\n", "\n") for name in self._names()}
        return {f"{self.table}.{name}": value for name, value in told.items()}

    def _names(self) -> list[str]:
        return [key.partition(".")[2] for key in self.keys()]

    def side_by_side(self) -> list[Pair]:
        """The bilingual texts."""
        return [Pair(self, name) for name in self.pairs]

    def singles(self) -> list[Any]:
        """The fields that have no second language."""
        return [self[name] for name in self.plain]


CALLED_BACK = gettext_lazy(
    "Before a change of this is shown, a steward calls back on a number that we know already."
)


class NameForm(TextsForm):
    """Name, and what it is."""

    title = gettext_lazy("Name and what it is")
    lead = gettext_lazy("One language is enough to publish. The other follows when somebody has written it.")
    pairs = ("name", "description", "application_process", "fees_description")
    lines = ("name",)
    hints: ClassVar[dict[str, Any]] = {"name": CALLED_BACK}

    def clean(self) -> Values:
        """A name in one language at least, which stands in the first column."""
        told = super().clean()
        if not told.get("name") and not told.get("name_fr"):
            self.add_error("name", _("A listing needs a name, in one language at least."))
        elif not told.get("name"):
            told["name"] = told["name_fr"]
        return told


class OrganizationNameForm(NameForm):
    """The same of the organization itself."""

    table = "organization"
    pairs = ("name", "description")


class ClosingForm(TextsForm):
    """Closed for a while, for good, or open again; and a notice that everybody sees first."""

    title = gettext_lazy("Temporarily closed or closing")
    lead = gettext_lazy(
        "“We are closed today” is shown at once. Any other notice, and closing, is read by somebody first, usually "
        "within a day."
    )
    template = "directory/_task_closing.html"
    pairs = ("alert",)
    hints: ClassVar[dict[str, Any]] = {
        "alert": gettext_lazy(
            "For example: “Closed after a flood until 4 May. Come to our office on Main Street.”"
        )
    }

    def keys(self) -> list[str]:
        """The status too."""
        return [*super().keys(), "service.status"]

    def begin(self) -> None:
        """The status is a choice."""
        super().begin()
        choices = [
            ("active", _("It is running")),
            ("temporarily closed", _("Closed for a while")),
            ("inactive", _("Closed until further notice: take it off the site")),
            ("defunct", _("Closed for good: take it off the site")),
        ]
        self.fields["status"] = forms.ChoiceField(
            label=_("Open or closed"), choices=choices, widget=forms.RadioSelect
        )
        self.fields["status"].initial = self.shown.get("service.status")
