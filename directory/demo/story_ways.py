"""How one may get into a service: nobody walks into a telephone line, and none fetches people from far away."""

import re

INTAKE = {
    "dropin": ("walk_in",),
    "afternoon": ("walk_in",),
    "night": ("walk_in", "self_call"),
    "winter_night": ("walk_in",),
    "lunch": ("walk_in",),
    "baskets": ("walk_in", "self_call"),
    "coats": ("walk_in",),
    "harvest": ("self_call",),
    "monthly": ("walk_in", "self_call"),
    "weekly": ("walk_in", "self_call"),
    "appointment": ("appointment",),
    "always": ("self_call",),
    "line_evening": ("self_call",),
    "shelter": ("self_call", "worker_call"),
}
NO_DOOR = {
    "mobile_outreach", "outreach", "safe_ride", "transport", "return_home", "crisis_line", "interpretation", "ceremony",
    "withdrawal_management", "on_the_land", "indigenous_treatment",
}  # fmt: skip
"""Kinds to which nobody walks in."""
NO_APPOINTMENT = {
    "overnight_dropin", "drop_in", "food", "clothing", "storage_hygiene", "harm_reduction", "safe_ride", "crisis_line",
    "mobile_outreach", "sex_worker_led", "community_hub", "emergency_shelter", "hotel_placement", "safe_home",
    "migrant_worker_centre", "transport", "interpretation",
}  # fmt: skip
"""Kinds for which nobody waits for a day and an hour."""
FETCHES = {"emergency_shelter", "safe_home", "youth_housing", "hotel_placement"}
APPLIED_FOR = {"second_stage", "third_stage", "recovery_residence"}
BY_DAY = {
    "office",
    "office_evening",
    "clinic",
    "shelter",
    "dropin",
    "appointment",
    "morning",
    "tax",
}
_VISITS = re.compile(r"\bhome visits?\b|\bvisits? (?:you at home|your home|at home)\b", re.IGNORECASE)

_WAYS = {
    "video": re.compile(r"\bby video\b|\bvideo (?:visit|call in sign)", re.IGNORECASE),
    "chat": re.compile(r"\bonline chat\b", re.IGNORECASE),
}


def told_ways(*texts: str) -> list[str]:
    """The facts that the words of a service tell of how one is helped, beside the door and the phone."""
    return [f"way:{way}" for way, said in _WAYS.items() if any(map(said.search, texts))]


def is_visit(*texts: str) -> bool:
    """True where the words of a service say that it comes to people's homes."""
    return any(_VISITS.search(text) for text in texts)


def ways_in(
    kind: str, style: str, reach: str, *, is_hidden: bool, has_no_door: bool, is_remote: bool
) -> tuple[str, ...]:
    """Terms of the dimension `intake`, and "appointment", for a kind with hours of that style and that reach."""
    ways = INTAKE.get(style, ("self_call", "walk_in", "appointment"))
    if kind in NO_APPOINTMENT:
        ways = tuple(way for way in ways if way != "appointment")
    if is_hidden or has_no_door or reach != "place" or kind in NO_DOOR:
        ways = tuple(way for way in ways if way != "walk_in") or ("self_call",)
    if reach != "place" or kind == "crisis_line":
        return tuple(way for way in ways if way != "worker_call")
    if is_hidden:
        fetches = kind in FETCHES and not is_remote
        return (*ways, *(("pickup",) if fetches else ()), "worker_call", "self_call")
    return ways
