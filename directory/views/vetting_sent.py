"""A form of the vetting desk: what is wrong with it, or what an action refuses, is said beside its field."""

from collections.abc import Callable
from typing import Any

from django import forms

from directory.actions.refused import Refused


def was_refused(form: forms.Form, act: Callable[[], Any], field: str | None = None) -> bool:
    """True if the form, or the action, refuses; the form says why."""
    if not form.is_valid():
        return True
    try:
        act()
    except Refused as fault:
        form.add_error(field, str(fault))
        return True
    return False
