"""The forms of a page, filled in as somebody would who means it: what a POST looks like that a view takes seriously."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile

DAY, MOMENT = "2026-11-01", "2026-11-01T09:00"
BY_TYPE = {
    "date": DAY,
    "datetime-local": MOMENT,
    "time": "09:00",
    "number": "1",
    "url": "https://typed.example/",
}


BY_NAME: tuple[tuple[str, str], ...] = (
    (r"(season|own)-\d+-.*|extension(-\d+)?", ""),
    (r"day-\d|hours", "9:00-17:00"),
    (r"number(-\d+)?", "613-555-0177"),
    (r".*-(low|high)", "20"),
    (r"email", "{typed}@typed.example"),
    (r"site|url", "https://typed.example/"),
    (r"community", "Kingston, ON"),
    (r"postal_code", "K7L 1A1"),
)
"""Fields that take no word: what stands there instead, or the form would come back and nothing behind it be met."""
ROW = re.compile(r".*-(\d+)")
WORD = re.compile(r"[a-z_]+|1")
"""A button's value that says what it does; any other is the id of a row, and one row is enough."""


class Button(NamedTuple):
    """What sends a form; without a name it adds nothing."""

    name: str = ""
    value: str = ""

    @property
    def mark(self) -> tuple[str, str]:
        """By which one sees that it is the same button of another row."""
        return self.name, self.value if WORD.fullmatch(self.value) else ""


@dataclass
class Form:
    """One form: where it goes, how, its fields with the values that are picked, and the buttons that send it."""

    action: str
    method: str
    fields: dict[str, list[Any]] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)

    @property
    def shape(self) -> tuple[str, ...]:
        """By which one sees that it is the form of another page once more."""
        return (self.method, *sorted(self.fields))

    def pressed(self) -> Iterator[tuple[Button, dict[str, list[Any]]]]:
        """What is sent by each of its buttons, the first one first."""
        different = {button.mark: button for button in reversed(self.buttons)}
        for button in reversed(different.values()):
            yield button, self.fields | ({button.name: [button.value]} if button.name else {})
        if not self.buttons:
            yield Button(), self.fields


class FormReader(HTMLParser):
    """Collects the forms of a page. `typed` is what a person writes into a field of words."""

    def __init__(self, typed: str) -> None:
        super().__init__()
        self.typed = typed
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self._options: list[str] = []
        self._ids: dict[str, Form] = {}
        self._apart: list[tuple[str, str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form, or a field of the one that is open or that it names."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(told.get("action", ""), told.get("method", "get").lower())
            self.forms.append(self._form)
            self._ids[told.get("id", "")] = self._form
        elif "form" in told:
            self._apart.append((told["form"], tag, told))
        elif self._form is not None and tag in ("input", "textarea", "select", "option", "button"):
            self._field(self._form, tag, told)

    def handle_endtag(self, tag: str) -> None:
        """A form that ends takes no more fields but those that name it."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def whole(self) -> list[Form]:
        """The forms, with what stands apart from them."""
        for id_, tag, told in self._apart:
            if id_ in self._ids:
                self._field(self._ids[id_], tag, told)
        return self.forms

    def _field(self, form: Form, tag: str, told: dict[str, str]) -> None:
        name = told.get("name", "")
        if _sends(tag, told):
            form.buttons.append(Button(name, told.get("value", "")))
        elif tag == "button":
            return  # it sends nothing
        elif tag == "option":
            self._pick(form, told.get("value", ""))
        elif tag == "select":
            self._select, self._options = name, []
            form.fields.setdefault(name, [])
        elif name:
            self._picked(form, name, "textarea" if tag == "textarea" else told.get("type", "text"), told)

    def _pick(self, form: Form, value: str) -> None:
        """The last option; of a row that stands there once more the one before it."""
        if self._select and value:
            self._options.append(value)
            row = ROW.fullmatch(self._select)
            back = 1 + int(row[1]) if row else 1
            form.fields[self._select] = [self._options[-min(back, len(self._options))]]

    def _picked(self, form: Form, name: str, kind: str, told: dict[str, str]) -> None:
        if kind == "radio" and form.fields.get(name):
            return  # the first of several
        if kind == "file":
            form.fields[name] = [SimpleUploadedFile("typed.csv", f"id,{self.typed}\n".encode())]
        elif kind == "email":
            form.fields[name] = [f"{self.typed}@typed.example"]
        elif kind in ("hidden", "radio", "checkbox"):
            form.fields.setdefault(name, []).append(told.get("value", "on"))
        else:
            form.fields[name] = [BY_TYPE.get(kind) or _written(name).format(typed=self.typed)]


def _written(name: str) -> str:
    return next((told for named, told in BY_NAME if re.fullmatch(named, name)), "{typed}")


def _sends(tag: str, told: dict[str, str]) -> bool:
    return told.get("type", "submit" if tag == "button" else "text") == "submit" and tag in (
        "button",
        "input",
    )


def forms_in(page: str, typed: str) -> list[Form]:
    """All forms of a page, filled in."""
    reader = FormReader(typed)
    reader.feed(page)
    return reader.whole()
