"""Deciding about marked rows of a list: each by its action, and what was refused is told."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from directory.actions.refused import Refused


def decide_each(request: HttpRequest, records: Iterable[Any], decide: Callable[[Any], Any]) -> None:
    """Call `decide` with each record; one that is refused leaves the others done."""
    done = 0
    for record in records:
        try:
            with transaction.atomic():
                decide(record)
        except Refused as reason:
            messages.error(request, f"{record}: {reason}")
        else:
            done += 1
    if done:
        messages.success(request, _("Decided: %(count)d") % {"count": done})
