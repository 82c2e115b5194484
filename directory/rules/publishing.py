"""Where a service may be published: on this site, and as open data (contract: open data).

Who was asked decides (`publish_to` of the service, else of its organization). Who was never asked is on the site, and
in open data unless its kind makes being listed in bulk dangerous: then only if it opts in.
"""

from collections.abc import Collection

SITE, VETTED, NAMED, OPEN_DATA = "site", "vetted", "named", "open_data"

RESERVED_PUBLISHERS = frozenset({"relais", "demo", "bench"})
"""Relais's own records, its demonstration and its made data: whatever came in under their names would bear, or take
off, their marks."""

GUARDED_GROUPS = frozenset({"housing", "indigenous_healing"})
"""Groups of needs all of whose kinds stay out: places where people sleep, and Indigenous services."""

GUARDED_KINDS = frozenset(
    {
        "drop_in",
        "overnight_dropin",
        "sex_worker_led",
        "youth_housing",
        "leaving_care",
        "child_advocacy_centre",
        "child_protection",
    }
)
"""Kinds that stay out although their group does not: drop-in, sex-worker and youth services."""

GUARDED_FOCUS = frozenset(
    {"sex_workers", "youth", "youth_leaving_care", "indigenous_led", "first_nations", "inuit", "metis"}
)
"""For whom a service is made, where that alone keeps it out."""

PROTECTED_KINDS = frozenset(
    {
        "emergency_shelter",
        "safe_home",
        "second_stage",
        "third_stage",
        "youth_housing",
        "hotel_placement",
        "recovery_residence",
    }
)
"""Kinds of housing whose places are protected unless somebody opens them (`protected_by_default` of the vocabulary)."""

HIDING_FOCUS = frozenset({"trafficking", "youth", "youth_leaving_care"})
"""For whom any housing is made that is protected too, whatever its kind."""

Answer = Collection[str] | None
"""What somebody said to being published: the surfaces; None where nobody asked."""


def agreed(service: Answer, organization: Answer) -> Answer:
    """The answer that counts: the service's own, else its organization's, else none. An empty one says no to all."""
    return organization if service is None else service


def may_be_on_site(answer: Answer) -> bool:
    """True unless an answer leaves this site out."""
    return answer is None or SITE in answer


def is_at_desk_only(answer: Answer) -> bool:
    """True if it is to be found at the desk and by nobody else: by vetted organizations, or by those that it names."""
    return answer is not None and SITE not in answer and (VETTED in answer or NAMED in answer)


def is_for_named_only(answer: Answer) -> bool:
    """True if no vetted organization finds it but those that it names. Whoever wrote both meant the stricter."""
    return answer is not None and is_at_desk_only(answer) and NAMED in answer


def is_for_vetted_only(answer: Answer) -> bool:
    """True if it is to be found at the desk of every vetted organization and by nobody else."""
    return is_at_desk_only(answer) and not is_for_named_only(answer)


def is_guarded(kinds: Collection[str], groups: Collection[str], focus: Collection[str]) -> bool:
    """True if what it does (kinds and their groups) or for whom makes it dangerous to list in bulk."""
    return not (
        GUARDED_GROUPS.isdisjoint(groups)
        and GUARDED_GROUPS.isdisjoint(kinds)
        and GUARDED_KINDS.isdisjoint(kinds)
        and GUARDED_FOCUS.isdisjoint(focus)
    )


def is_protected_by_default(kinds: Collection[str], groups: Collection[str], focus: Collection[str]) -> bool:
    """True if the places of a service of these kinds are protected until somebody opens them.

    The group of housing by itself doesn't say which kind it is, and may be any.
    """
    if "housing" in kinds or not PROTECTED_KINDS.isdisjoint(kinds):
        return True
    return "housing" in groups and not HIDING_FOCUS.isdisjoint(focus)


def may_be_open_data(answer: Answer, *, is_guarded: bool, is_protected: bool) -> bool:
    """True if it said yes to open data, or was never asked and is neither guarded nor at a protected place.

    Never of what is found at the desk alone: whoever wrote both meant the stricter.
    """
    if answer is not None:
        return OPEN_DATA in answer and not is_at_desk_only(answer)
    return not (is_guarded or is_protected)


def _circle(answer: Answer) -> int:
    """How many find it: nobody 0, those that it names 1, vetted organizations 2, everybody 3."""
    if may_be_on_site(answer):
        return 3
    if answer is None or not is_at_desk_only(answer):
        return 0
    return 1 if is_for_named_only(answer) else 2


def widens(before: Answer, after: Answer) -> bool:
    """True if more may find it, or take it away in bulk, than before. An answer taken back may mean open data."""
    if before == after:
        return False
    is_bulk = after is None or (OPEN_DATA in after and not is_at_desk_only(after))
    was_bulk = before is not None and OPEN_DATA in before and not is_at_desk_only(before)
    return _circle(after) > _circle(before) or (is_bulk and not was_bulk)
