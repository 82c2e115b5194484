"""What draws people in: kinds of help for which somebody comes, stays, rides along or works before anybody knows of it.

Every need of the vocabulary stands in one of the two lists, and a test says so; one that stands in neither draws in.
"""

from collections.abc import Iterable

from directory.rules.publishing import PROTECTED_KINDS

BEDS = PROTECTED_KINDS | {
    "long_term_housing",
    "overnight_dropin",
    "relocation",
    "withdrawal_management",
    "healing_centre",
    "indigenous_treatment",
    "on_the_land",
}
"""Where somebody sleeps, or is taken to live."""

JOBS = frozenset({"employment"})

PEERS = frozenset({"peer_support", "survivor_led", "sex_worker_led", "exit_program", "leaving_care"})
"""People who "have been there", and who are trusted for it."""

RIDES = frozenset({"transport", "safe_ride", "return_home", "outreach", "mobile_outreach"})
"""Somebody comes to the person, or takes them along."""

CHILDREN = frozenset({"child_care"})
"""Children are left with them."""

GROUPS = frozenset({"housing", "talk", "health_care", "daily_life", "indigenous_healing", "community"})
"""A group stands for all kinds under it: one of these holds a lure, and may mean it."""

LURES = BEDS | JOBS | PEERS | RIDES | CHILDREN | GROUPS

NO_LURES = frozenset(
    {
        *(
            "crisis_line",
            "safety_planning",
            "drop_in",
            "forced_marriage",
            "technology_safety",
            "image_removal",
        ),
        *(
            "primary_care",
            "sexual_assault_care",
            "reproductive_health",
            "mental_health",
            "trauma_counselling",
        ),
        *("substance_use", "harm_reduction", "opioid_treatment", "dental", "tattoo_removal"),
        *("legal_help", "legal_advice", "legal_representation", "criminal_defence", "family_law"),
        *("protection_order", "court_support", "victim_services", "restorative_healing", "compensation"),
        *("identity_documents", "labour_rights", "wage_recovery", "migrant_worker_centre"),
        *("immigration_advice", "temporary_resident_permit", "open_work_permit", "settlement"),
        *("refugee_support", "interpretation"),
        *("food", "clothing", "storage_hygiene", "income_support", "financial_help", "education"),
        *("language_training", "elder_support", "ceremony", "friendship_centre"),
        *("case_management", "community_hub", "family_support", "child_advocacy_centre", "child_protection"),
    }
)
"""Help that somebody goes to by day and goes home from, or hears on the telephone."""


def draws_in(needs: Iterable[str]) -> bool:
    """True if any of these needs draws people in. A need that nobody judged yet does."""
    return not NO_LURES.issuperset(needs)
