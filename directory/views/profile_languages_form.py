"""In which languages one is understood, and by whom: staff, or an interpreter."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finding.languages import known_languages, language_name
from directory.rules.interpreters import by_interpreter
from directory.views.languages import language, starts_large
from directory.views.profile_forms import TaskForm, Values

STAFF, INTERPRETER = "staff", "interpreter"
NOTES = {STAFF: "", INTERPRETER: "interpreter"}
BLANKS = 4


class LanguagesForm(TaskForm):
    """A line for each language that is told, and a few empty ones."""

    title = gettext_lazy("Languages")
    template = "directory/_task_languages.html"

    def keys(self) -> list[str]:
        """The languages, and the sentence about interpreters."""
        return ["languages", "service.interpretation_services"]

    def begin(self) -> None:
        """Choices in the language of the page, by their names."""
        self.rows: list[dict[str, str]] = [
            *(self.shown.get("languages") or []),
            *({} for _b in range(BLANKS)),
        ]
        known = sorted(
            (starts_large(language_name(code, "", language())), code) for code in known_languages()
        )
        choices = [("", _("No language")), *((code, name) for name, code in known)]
        for place, row in enumerate(self.rows):
            self._add_row(place, row, choices)
        self.fields["interpreters"] = forms.CharField(
            label=_("Interpreters for other languages"),
            required=False,
            max_length=300,
            initial=self.shown.get("service.interpretation_services"),
            help_text=_(
                "For example: “Interpreters by telephone for most languages”. Leave it empty if there are none."
            ),
        )

    def _add_row(self, place: int, row: dict[str, str], choices: list[tuple[str, str]]) -> None:
        code = row.get("code", "")
        if row and code not in dict(choices):
            choices = [*choices, (code or "x", row.get("name") or code)]
        ways = [(STAFF, _("our people speak it")), (INTERPRETER, _("by an interpreter"))]
        self.fields[f"code-{place}"] = forms.ChoiceField(
            label=_("Language"), choices=choices, required=False, initial=code or ("x" if row else "")
        )
        self.fields[f"way-{place}"] = forms.ChoiceField(
            label=_("How"),
            choices=ways,
            required=False,
            initial=INTERPRETER if by_interpreter(row.get("note", "")) else STAFF,
        )

    def groups(self) -> list[tuple[Any, Any]]:
        """The two fields of each language."""
        return [(self[f"code-{place}"], self[f"way-{place}"]) for place in range(len(self.rows))]

    def clean(self) -> Values:
        """Each language once."""
        told, seen = super().clean(), set()
        for place in range(len(self.rows)):
            code = told.get(f"code-{place}")
            if code and code in seen:
                self.add_error(f"code-{place}", _("This language stands here twice."))
            seen.add(code)
        return told

    def values(self) -> Values:
        """What is told of a language stays as it was written, unless it is told otherwise here."""
        found = []
        for place, row in enumerate(self.rows):
            code, way = self.cleaned_data[f"code-{place}"], self.cleaned_data[f"way-{place}"] or STAFF
            if not code:
                continue
            is_same = row and code in (row.get("code"), "x")
            note = row.get("note", "") if is_same else ""
            if by_interpreter(note) != (way == INTERPRETER):
                note = NOTES[way]
            name = row.get("name", "") if is_same else known_languages()[code].name
            found.append(
                {
                    "id": row.get("id", ""),
                    "code": row.get("code", "") if is_same else code,
                    "name": name,
                    "note": note,
                }
            )
        return {"languages": found, "service.interpretation_services": self.cleaned_data["interpreters"]}
