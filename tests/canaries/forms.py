"""The forms of a page, filled in as somebody would who means it: what a POST looks like that a view takes seriously."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

DAY, MOMENT = "2026-11-01", "2026-11-01T09:00"
BY_TYPE = {
    "date": DAY,
    "datetime-local": MOMENT,
    "time": "09:00",
    "number": "1",
    "url": "https://typed.example/",
}


@dataclass
class Form:
    """One form: where it goes, how, and its fields with the values that are picked."""

    action: str
    method: str
    fields: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[str, ...]:
        """By which one sees that it is the form of another page once more."""
        return (self.method, *sorted(self.fields))


class FormReader(HTMLParser):
    """Collects the forms of a page. `typed` is what a person writes into a field of words."""

    def __init__(self, typed: str) -> None:
        super().__init__()
        self.typed = typed
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form, or a field of the one that is open."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(told.get("action", ""), told.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and tag in ("input", "textarea", "select", "option", "button"):
            self._field(self._form, tag, told)

    def handle_endtag(self, tag: str) -> None:
        """A form that ends takes no more fields."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _field(self, form: Form, tag: str, told: dict[str, str]) -> None:
        name = told.get("name", "")
        if tag == "option":
            if self._select and told.get("value"):
                form.fields[self._select] = [told["value"]]
        elif tag == "select":
            self._select = name
            form.fields.setdefault(name, [])
        elif name:
            self._picked(form, name, "textarea" if tag == "textarea" else told.get("type", "text"), told)

    def _picked(self, form: Form, name: str, kind: str, told: dict[str, str]) -> None:
        if kind in ("radio", "submit") and form.fields.get(name):
            return  # the first of several
        if kind == "file":
            form.fields[name] = [SimpleUploadedFile("typed.csv", f"id,{self.typed}\n".encode())]
        elif kind == "email":
            form.fields[name] = [f"{self.typed}@typed.example"]
        elif kind in ("hidden", "radio", "submit", "checkbox"):
            form.fields.setdefault(name, []).append(told.get("value", "on"))
        else:
            form.fields[name] = [BY_TYPE.get(kind, self.typed)]


def forms_in(page: str, typed: str) -> list[Form]:
    """All forms of a page, filled in."""
    reader = FormReader(typed)
    reader.feed(page)
    return reader.forms
