"""Who speaks a language there, staff or an interpreter: from the record to the order of a search."""

import pytest

from directory.actions.project_listings import project_services
from directory.models.language import Language
from directory.models.service import Service
from tests.directory.conftest import MakeService
from tests.directory.test_search import api, names
from tests.directory.test_search_language import reasons
from tests.roles import RoleClient


def say(service: Service, text: str) -> None:
    Service.objects.filter(pk=service.pk).update(interpretation_services=text)
    project_services([service.pk])


def test_what_a_service_says_of_its_interpreters_ranks_it_behind_staff(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("None")
    say(make_service("Unnamed"), "Interpreters by phone in 200 languages")
    say(make_service("Named"), "Punjabi interpreter on Tuesdays")
    say(make_service("Denied"), "No interpreters")
    make_service("Staff", languages=["pan"])
    found = api(visitor, near="Kingston", language="pan")
    assert names(found)[0] == "Staff"
    assert sorted(names(found)[1:3]) == ["Named", "Unnamed"]
    assert reasons(found)["Named"] == "With an interpreter: Punjabi."
    assert reasons(found)["Unnamed"] == "They have interpreters. Ask for Punjabi."
    assert reasons(found)["Denied"] == "Punjabi: ask."


def test_a_note_of_a_language_tells_an_interpreter_from_staff(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("Clinic", languages=["pan"])
    Language.objects.filter(service=service).update(note="Interprète au téléphone")
    project_services([service.pk])
    make_service("Staff", languages=["pan"])
    found = api(visitor, near="Kingston", language="pan")
    assert names(found) == ["Staff", "Clinic"]
    assert found["facets"]["language"] == {"pan": 1}


@pytest.mark.promise(2)
def test_a_note_that_a_protected_place_hides_decides_nothing_in_public(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("House", languages=["pan"], place={"is_protected": True})
    before = api(visitor, near="Kingston", language="pan")["results"]
    Language.objects.filter(service=service).update(note="By an interpreter who lives in the house")
    project_services([service.pk])
    assert api(visitor, near="Kingston", language="pan")["results"] == before
