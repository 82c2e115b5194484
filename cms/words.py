"""The words that a protocol is filed under, in both languages: for whom, about what, on what ground."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.finding.vocabulary import vocabulary
from directory.rules.provinces import PROVINCES, province_name

Words = Mapping[str, Any]

KINDS: Words = MappingProxyType(
    {
        "protocol": _("Protocol"),
        "training": _("Training"),
        "assessment": _("Assessment tool"),
        "standard": _("Standard"),
        "news": _("News"),
        "voice": _("In a survivor's words"),
    }
)
SECTORS: Words = MappingProxyType(
    {
        "shelter": _("Shelters and housing"),
        "hotline": _("Hotlines and crisis lines"),
        "health": _("Health"),
        "outreach": _("Outreach"),
        "settlement": _("Settlement and newcomers"),
        "victim_services": _("Victim services"),
        "legal": _("Legal help"),
        "police": _("Police"),
        "child_welfare": _("Child and youth protection"),
        "youth_services": _("Youth services"),
        "education": _("Schools and colleges"),
        "labour": _("Work and labour rights"),
        "indigenous_services": _("Indigenous services"),
        "community": _("Community groups"),
        "government": _("Public bodies"),
    }
)
ROLES: Words = MappingProxyType(
    {
        "front_line_worker": _("Front-line worker"),
        "intake_worker": _("Intake worker"),
        "outreach_worker": _("Outreach worker"),
        "navigator": _("Navigator"),
        "hotline_operator": _("Hotline operator"),
        "social_worker": _("Social worker"),
        "night_worker": _("Night worker"),
        "legal_worker": _("Legal worker"),
        "case_manager": _("Case manager"),
        "youth_worker": _("Youth worker"),
        "settlement_worker": _("Settlement worker"),
        "nurse": _("Nurse"),
        "physician": _("Physician"),
        "clinician": _("Clinician"),
        "counsellor": _("Counsellor"),
        "lawyer": _("Lawyer or paralegal"),
        "interpreter": _("Interpreter"),
        "police_officer": _("Police officer"),
        "peer_worker": _("Peer worker"),
        "elder": _("Elder or Knowledge Keeper"),
        "team_lead": _("Team lead"),
        "manager": _("Manager"),
        "trainer": _("Trainer"),
        "volunteer": _("Volunteer"),
    }
)
FORMS: Words = MappingProxyType(
    {
        "sexual_exploitation": _("Sexual exploitation"),
        "labour_exploitation": _("Exploitation at work"),
        "domestic_servitude": _("Servitude in a home"),
        "forced_marriage": _("Forced marriage"),
        "forced_criminality": _("Forced crime"),
        "organ_removal": _("Organ removal"),
        "child_exploitation": _("Exploitation of children"),
        "online_exploitation": _("Exploitation online"),
        "debt_bondage": _("Debt bondage"),
    }
)
SITUATIONS: Words = MappingProxyType(
    {
        "training": _("Training of a team"),
        "first_meeting": _("First meeting"),
        "disclosure": _("A person tells"),
        "controlled_by_someone": _("Somebody controls the person"),
        "caller_unsure": _("The person is not sure"),
        "leaving_now": _("The person leaves now"),
        "night": _("At night"),
        "no_bed": _("No bed is free"),
        "hotline_call": _("On a hotline"),
        "referral": _("Referral"),
        "handoff": _("Handover"),
        "change_of_service": _("Change of service"),
        "consent": _("Consent"),
        "safe_contact": _("Staying in touch"),
        "small_community": _("In a small community"),
        "far_from_services": _("Far from services"),
        "under_18": _("Under the age of majority"),
        "turning_18": _("Coming of age"),
        "leaving_care": _("Leaving care"),
        "duty_to_report": _("Duty to report"),
        "no_status": _("Without status"),
        "fear_of_immigration": _("Fear of immigration control"),
        "employer_control": _("An employer controls the person"),
        "papers_taken": _("Papers were taken"),
        "unpaid_wages": _("Wages were not paid"),
        "language_barrier": _("No common language"),
        "deaf": _("Deaf person"),
        "phone_watched": _("The phone is watched"),
        "images_shared": _("Images were shared"),
        "indigenous_survivor": _("Indigenous survivor"),
        "police_called": _("Police were called"),
        "fear_of_police": _("Fear of police"),
        "forced_criminality": _("Forced crime"),
    }
)
EVIDENCE: Words = MappingProxyType(
    {
        "consultation": _("what was asked for in national consultations"),
        "law": _("laws in force"),
        "practice": _("what services have found to work"),
        "research": _("what research has found"),
    }
)
TIERS: Words = MappingProxyType({"public": _("Everybody"), "vetted": _("Vetted organizations only")})
WHOLE_COUNTRY = "ca"
"""The jurisdiction of what is the same everywhere."""


LISTS: Mapping[str, Words] = MappingProxyType(
    {"sector": SECTORS, "role": ROLES, "forms": FORMS, "situations": SITUATIONS}
)
"""The lists that a page is filed under, by the names of its fields; needs are the directory's own words."""


def language() -> str:
    """The language of the page: "en" or "fr"."""
    return "fr" if get_language() == "fr" else "en"


def need_name(slug: str) -> str:
    """A kind of help in the language of the page; the slug itself where the vocabulary has lost it."""
    known = vocabulary()
    return known.name(slug, language()) if slug in known.needs else slug


def jurisdiction_name(code: str) -> str:
    """Where a law holds, in the language of the page."""
    return "Canada" if code == WHOLE_COUNTRY else province_name(code, language())


def name(of: str, slug: str) -> str:
    """One word of a list, in the language of the page; the slug itself where nobody knows it."""
    if of == "needs":
        return need_name(slug)
    return jurisdiction_name(slug) if of == "jurisdictions" else str(LISTS[of].get(slug, slug))


def names(of: str, slugs: Iterable[str]) -> list[str]:
    """Several words of a list."""
    return [name(of, slug) for slug in slugs]


def choices(of: str) -> list[tuple[str, str]]:
    """Every word of a list with its name, for a form."""
    known = vocabulary().needs if of == "needs" else LISTS[of]
    return [(slug, name(of, slug)) for slug in known]


def jurisdictions() -> list[tuple[str, str]]:
    """Canada, then the provinces and territories, for a form."""
    return [(code, jurisdiction_name(code)) for code in (WHOLE_COUNTRY, *PROVINCES)]


def known_words() -> dict[str, frozenset[str]]:
    """What a file of content may choose from, by the names of cms.rules.content."""
    needs = frozenset(vocabulary().needs)
    return {of: frozenset(words) for of, words in LISTS.items()} | {
        "needs": needs,
        "kind": frozenset({"protocol", "training", "assessment"}),
        "language": frozenset({"en", "fr"}),
        "evidence": frozenset(EVIDENCE),
        "law: jurisdiction": frozenset({WHOLE_COUNTRY, *PROVINCES}),
        "roles: kind": needs,
    }
