"""The vocabularies that ship with the project are whole, bilingual and careful with words."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from directory.rules.publishing import PROTECTED_KINDS

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "vocabulary"
NEEDS = tomllib.loads((FOLDER / "needs.toml").read_text(encoding="utf-8"))
LANGUAGES = tomllib.loads((FOLDER / "languages.toml").read_text(encoding="utf-8"))["language"]
Row = dict[str, Any]


def words(text: str) -> list[str]:
    """Part a list that is easier to compare with the design paper as text."""
    return text.split()


GROUPS = [
    "housing", "talk", "health_care", "legal_help", "daily_life", "indigenous_healing", "community",
]  # fmt: skip
KINDS = words("""
emergency_shelter safe_home second_stage third_stage long_term_housing recovery_residence
youth_housing overnight_dropin hotel_placement
healing_centre on_the_land elder_support ceremony friendship_centre indigenous_treatment
crisis_line safety_planning outreach mobile_outreach exit_program drop_in community_hub
technology_safety image_removal relocation safe_ride return_home forced_marriage
primary_care sexual_assault_care reproductive_health mental_health trauma_counselling
substance_use harm_reduction opioid_treatment withdrawal_management tattoo_removal dental
legal_advice legal_representation criminal_defence family_law protection_order court_support
victim_services restorative_healing compensation identity_documents labour_rights wage_recovery
migrant_worker_centre immigration_advice temporary_resident_permit open_work_permit settlement
refugee_support interpretation
food clothing storage_hygiene income_support child_care transport education employment
language_training financial_help
peer_support survivor_led sex_worker_led case_management family_support leaving_care
child_advocacy_centre child_protection
""")
FOCUS = words("""
trafficking labour_exploitation sex_workers migrants newcomer_women youth youth_leaving_care men
2slgbtqi black deaf seniors indigenous_led first_nations inuit metis
""")
CODES = words("""
eng fra cmn pan yue spa ara tgl urd rus kor pes por vie prs tir ukr hat quc mam
deu ita hin ben guj tam som swa amh pol ron hun tur nep
cre crk cwd csw crm crl crj iku ikt oji ojs moe nsk chp mic atj bla dgr crg ase fcs iks
""")
TERMS: list[Row] = NEEDS["term"]
WORDED: list[Row] = TERMS + NEEDS["focus"]
PAIRS = [
    pytest.param(row[english], row[f"{english}_fr"], id=f"{row['slug']}-{english}")
    for row in WORDED
    for english in ("name", "hint", "description")
    if english in row
]


def test_every_kind_of_the_domain_is_there_once() -> None:
    assert [row["slug"] for row in TERMS if row["parent"] == ""] == GROUPS
    assert sorted(row["slug"] for row in TERMS if row["parent"]) == sorted(KINDS)
    assert sorted(row["slug"] for row in NEEDS["focus"]) == sorted(FOCUS)


def test_every_parent_is_a_group_that_has_a_hint() -> None:
    assert {row["parent"] for row in TERMS if row["parent"]} == set(GROUPS)
    assert [row["slug"] for row in TERMS if "hint" in row] == GROUPS


def test_orders_count_up_within_each_parent() -> None:
    for parent in ["", *GROUPS]:
        orders = [row["order"] for row in TERMS if row["parent"] == parent]
        assert orders == list(range(1, len(orders) + 1))


@pytest.mark.parametrize(("english", "french"), PAIRS)
def test_both_languages_are_written_and_differ(english: str, french: str) -> None:
    assert english == english.strip() != ""
    assert french == french.strip() != ""
    assert english != french


@pytest.mark.parametrize("row", WORDED, ids=lambda row: row["slug"])
def test_a_description_is_one_plain_sentence(row: Row) -> None:
    for text in (row["description"], row["description_fr"]):
        assert text.endswith(".")
        assert text.count(".") == 1
        assert len(text.split()) <= 32


@pytest.mark.parametrize("language", ["name", "name_fr"])
def test_names_are_unique_and_label_nobody_a_victim(language: str) -> None:
    names = [row[language] for row in TERMS]
    assert len(set(names)) == len(names)
    assert not [name for name in names if re.search(r"victim|\bsafe\b|\bprivate\b", name, re.I)]


def test_french_spaces_are_those_of_french_typography() -> None:
    for row in WORDED:
        for text in (value for key, value in row.items() if key.endswith("_fr")):
            assert not re.search(r"(?<!\u202f)[;!?]|(?<!\u00a0)[:»]|«(?!\u00a0)", text), text


def test_places_to_hide_in_are_protected_unless_their_keeper_decides_otherwise() -> None:
    assert {row["slug"] for row in TERMS if row.get("protected_by_default", False)} == PROTECTED_KINDS


def test_the_french_words_for_a_correctional_lodge_are_not_used_for_healing() -> None:
    assert "pavillon" not in str(WORDED).lower()


def test_every_language_is_there_once_with_all_its_names() -> None:
    codes = [row["code"] for row in LANGUAGES]
    assert len(set(codes)) == len(codes)
    assert set(CODES) <= set(codes)
    for row in LANGUAGES:
        assert re.fullmatch(r"[a-z]{3}", row["code"])
        assert all(row[key].strip() for key in ("name", "name_fr", "endonym"))
        assert row["name"] != row["name_fr"]


def test_members_of_a_macrolanguage_are_languages_of_their_own() -> None:
    members = {row["code"]: row["members"] for row in LANGUAGES}
    assert members["cre"] == ["crk", "cwd", "csw", "crm", "crl", "crj"]
    assert {"ikt"} < set(members["iku"])
    assert {"ojs"} < set(members["oji"])
    for code, listed in members.items():
        assert set(listed) <= set(members) - {code}


def test_sign_languages_are_marked() -> None:
    assert {row["code"] for row in LANGUAGES if row.get("signed", False)} == {"ase", "fcs", "iks"}
