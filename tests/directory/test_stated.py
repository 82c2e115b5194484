"""A listing says what its service states: yes, no, bounds, in both languages; what is not stated is not a no."""

from decimal import Decimal

from django.utils.translation import override

from directory.finding.stated import facts_json
from directory.rules.eligibility_terms import DIMENSIONS, Fact
from directory.views.stated import CLOSED_WAYS, REFUSED, stated_groups
from tests.directory.conftest import MakeService
from tests.directory.test_find_eligible import state
from tests.roles import RoleClient


def told(*facts: Fact, language: str = "en") -> dict[str, tuple[list[str], list[str]]]:
    with override(language):
        groups = stated_groups({"stated": facts_json(facts)})
        return {group["name"]: (group["yes"], group["no"]) for group in groups}


def test_bounds_are_said_in_words() -> None:
    assert told(Fact("age", low=Decimal(16)))["Age"] == (["16 and over"], [])
    assert told(Fact("age", high=Decimal("17.5")))["Age"] == (["Up to 17.5 years old"], [])
    assert told(Fact("age", high=Decimal("17.5")), language="fr")["Âge"] == (["Jusqu’à 17,5 ans"], [])
    assert told(Fact("stay", low=Decimal(30), high=Decimal(90)))["Days one can stay"] == (
        ["30 to 90 days"],
        [],
    )
    assert told(Fact("stay", low=Decimal(5), high=Decimal(5)))["Days one can stay"] == (["5 days"], [])
    assert told(Fact("stay", low=Decimal(1), high=Decimal(1)))["Days one can stay"] == (["1 day"], [])
    assert told(Fact("age", low=Decimal(16), high=Decimal(16)))["Age"] == (["16 years old"], [])
    boys = told(Fact("child", "male", high=Decimal(12)))["Children who can come along"]
    assert boys == (["Boys, up to 12 years old"], [])


def test_a_no_is_said_as_one_and_never_as_a_double_negation() -> None:
    assert told(Fact("with", "pet", stated=False))["Who can come along"] == ([], ["No: A pet"])
    assert told(Fact("accept", "no_id", stated=False))["Conditions"] == ([], ["You need identity papers"])
    assert REFUSED.keys() == {term.slug for term in DIMENSIONS["accept"].terms}


def test_a_way_in_that_is_closed_does_not_say_that_one_may_not_come() -> None:
    assert told(Fact("intake", "walk_in", stated=False))["How to get in"] == (
        [],
        ["Not without an appointment"],
    )
    assert CLOSED_WAYS.keys() == {term.slug for term in DIMENSIONS["intake"].terms}


def test_the_page_of_a_listing_shows_them(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service("House", reach="country")
    assert "What this service tells us" not in visitor.get(f"/en/listing/{service.pk}/").content.decode()
    state(service, Fact("gender", "woman"), Fact("accept", "keep_phone", stated=False))
    page = visitor.get(f"/en/listing/{service.pk}/").content.decode()
    assert "What this service tells us" in page
    assert "Women" in page
    assert "You hand in your phone" in page
    assert "Vous remettez votre téléphone" in visitor.get(f"/fr/fiche/{service.pk}/").content.decode()
