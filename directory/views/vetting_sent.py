"""A form of the vetting desk: what is wrong with it, or what an action refuses, is said beside its field."""

from collections.abc import Callable
from typing import Any

from django import forms

from directory.actions.refused import Refused


def _look_here(form: forms.Form) -> None:
    """The page opens at what is wrong: the first such field, else the form's first, below what is said of the whole."""
    at = next((name for name in form.fields if name in form.errors), next(iter(form.fields)))
    form.fields[at].widget.attrs["autofocus"] = True


def was_refused(form: forms.Form, act: Callable[[], Any], field: str | None = None) -> bool:
    """True if the form, or the action, refuses; the form says why, and is where the page opens."""
    if not form.is_valid():
        _look_here(form)
        return True
    try:
        act()
    except Refused as fault:
        form.add_error(field, str(fault))
        _look_here(form)
        return True
    return False
