"""What is written in one language alone is marked as such on the other language's page, and nothing else is."""

from collections.abc import Iterator

import pytest
from django.utils.html import escape

from directory.actions.project_listings import project_services
from directory.models.schedule import Schedule
from directory.rules.written_language import text_in
from tests.directory.conftest import MakeService
from tests.directory.demo_country import Pair
from tests.directory.test_listing_page import address
from tests.roles import RoleClient

FIELDS = (
    "name",
    "description",
    "eligibility_description",
    "application_process",
    "fees_description",
    "hours_note",
    "alert",
)
FRENCH = "Une avocate de votre côté"
NOTE = "L'heure se fixe au téléphone."


def _stated(pairs: list[Pair]) -> Iterator[tuple[str, str]]:
    """Every text of the made-up country that is told in English, in French or in both."""
    for _, service in pairs:
        told = [(getattr(service, name), getattr(service, f"{name}_fr")) for name in FIELDS]
        yield from (pair for pair in told if any(pair))


def test_every_text_of_the_demonstration_in_one_language_is_marked_and_no_other(pairs: list[Pair]) -> None:
    wrong = []
    for english, french in _stated(pairs):
        is_french, is_english = english in ("", french), not french and " / " not in english
        marks = text_in(english, french, "en")[1], text_in(english, french, "fr")[1]
        if marks != ("fr" if is_french else "", "en" if is_english else ""):
            wrong.append((english, french, marks))
    assert not wrong


@pytest.mark.parametrize("name_fr", ["", FRENCH])
def test_a_french_name_and_note_are_marked_on_english_pages_alone(
    visitor: RoleClient, make_service: MakeService, name_fr: str
) -> None:
    service = make_service(FRENCH, name_fr=name_fr, description="Elle vient avec vous à la cour.")
    Schedule.objects.create(
        publisher=service.publisher, service=service, description=NOTE, description_fr=NOTE
    )
    project_services([service.pk])
    english = visitor.get(address(service)).content.decode()
    assert f'<span lang="fr">{FRENCH}</span>' in english
    assert '<div class="body" lang="fr">' in english
    assert f'<span lang="fr">{escape(NOTE)}</span>' in english
    assert english.count("(in French)") == 3
    french = visitor.get(address(service, "fr")).content.decode()
    assert 'lang="fr">' not in french.split("<main", 1)[1]
    assert 'lang="en"' not in french.split("<main", 1)[1]


def test_a_note_in_both_languages_bears_no_mark(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service("Clinique", name_fr="Clinique de la gare")
    said = "Appelez pour les prochaines dates. / Call for the next dates."
    Schedule.objects.create(publisher=service.publisher, service=service, description=said)
    project_services([service.pk])
    page = visitor.get(address(service, "fr")).content.decode()
    assert f"<span>{said}</span>" in page
