"""Who may find a listing, in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from directory.rules.publishing import is_for_named_only, is_for_vetted_only, may_be_on_site


def finders_text(answer: Sequence[str] | None) -> str:
    """By the answer that was given to being published."""
    if is_for_named_only(answer):
        return _("only organizations that it names")
    if is_for_vetted_only(answer):
        return _("vetted organizations")
    return _("everybody") if may_be_on_site(answer) else _("nobody")
