"""Codes of foreign taxonomies tie services to our terms, by mappings that stewards hold."""

import io
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from directory.actions.map_terms import MAPPED, map_terms
from directory.actions.own_terms import focus_id, term_id
from directory.models.listing import Listing, ListingPage
from directory.models.service import Service
from directory.models.taxonomy import Attribute, TaxonomyTerm
from directory.models.term_mapping import TermMapping
from safety.audit import AuditEntry
from tests.directory.conftest import MakeService

HEADER = "taxonomy,code,need\n"


@pytest.fixture
def service(make_service: MakeService) -> Service:
    """Tied to one foreign term, Bench B-1, and to none of ours."""
    made = make_service(needs=[])
    _tie(made, "B-1")
    return made


def _tie(service: Service, code: str) -> None:
    facts = {"publisher": service.publisher, "code": code, "name": "Something", "taxonomy": "Bench  Words"}
    term = TaxonomyTerm.objects.create(id=uuid4(), **facts)
    Attribute.objects.create(
        publisher=service.publisher, link_id=service.pk, link_entity="service", taxonomy_term=term
    )


def _map(code: str, slug: str) -> TermMapping:
    return TermMapping.objects.create(taxonomy="bench words", code=code, slug=slug)


def _mapped() -> QuerySet[Attribute]:
    return Attribute.objects.filter(given_id=MAPPED).order_by("id")


def _ties(service: Service) -> set[UUID]:
    return set(_mapped().filter(link_id=service.pk).values_list("taxonomy_term_id", flat=True))


def test_a_mapped_code_ties_the_service_to_our_terms(service: Service) -> None:
    _map("B-1", "legal_advice")
    _map("B-1", "migrants")
    assert map_terms("list") == 1
    assert _ties(service) == {term_id("legal_advice"), focus_id("migrants")}
    assert {tie.publisher_id for tie in _mapped()} == {"list"}


def test_mapping_again_changes_nothing(service: Service) -> None:
    _map("B-1", "legal_advice")
    map_terms("list")
    before = list(_mapped().values())
    assert map_terms("list") == 0
    assert list(_mapped().values()) == before


def test_the_same_tie_has_the_same_id_whenever_it_is_made(service: Service) -> None:
    mapping = _map("B-1", "legal_advice")
    map_terms("list")
    first = _mapped().get().pk
    mapping.delete()
    assert map_terms("list") == 1
    assert not _mapped().exists()
    _map("B-1", "legal_advice")
    map_terms("list")
    assert _mapped().get().pk == first


def test_a_tie_goes_with_the_foreign_tie_that_it_came_from(service: Service) -> None:
    _map("B-1", "legal_advice")
    map_terms("list")
    Attribute.objects.exclude(given_id=MAPPED).filter(link_id=service.pk).delete()
    assert map_terms("list") == 1
    assert _ties(service) == set()


def test_a_tie_that_the_publisher_made_itself_is_not_doubled_and_not_removed(
    make_service: MakeService,
) -> None:
    service = make_service(needs=["legal_advice"])
    _tie(service, "B-1")
    mapping = _map("B-1", "legal_advice")
    assert map_terms("list") == 0
    mapping.delete()
    map_terms("list")
    assert Attribute.objects.filter(link_id=service.pk, taxonomy_term_id=term_id("legal_advice")).count() == 1


def test_only_the_services_that_were_named_are_looked_at(service: Service, make_service: MakeService) -> None:
    other = make_service("Other", needs=[])
    _tie(other, "B-1")
    _map("B-1", "legal_advice")
    assert map_terms("list", [other.pk]) == 1
    assert (_ties(service), _ties(other)) == (set(), {term_id("legal_advice")})


def test_other_codes_other_taxonomies_and_other_publishers_are_left_alone(service: Service) -> None:
    TermMapping.objects.create(taxonomy="another", code="B-1", slug="dental")
    _map("B-2", "dental")
    assert map_terms("list") == 0
    _map("B-1", "dental")
    assert map_terms("demo-list") == 0


def _load(tmp_path: Path, text: str) -> str:
    path, told = tmp_path / "map.csv", io.StringIO()
    path.write_text(text, encoding="utf-8")
    call_command("load_term_mapping", path, stdout=told, stderr=told)
    return told.getvalue()


def test_a_mapping_file_is_loaded_and_listings_tell_it(service: Service, tmp_path: Path) -> None:
    rows = HEADER + "BENCH Words,B-1,legal_advice\nBench words,B-2,dental\n"
    assert _load(tmp_path, rows) == "2 mappings loaded; 1 services tied otherwise\n"
    assert ListingPage.objects.get(pk=Listing.objects.get(service_id=service.pk).pk).en["needs"] == [
        "legal_advice"
    ]
    assert _load(tmp_path, rows) == "2 mappings loaded; 0 services tied otherwise\n"
    assert AuditEntry.objects.filter(action="load_term_mapping").count() == 2


def test_a_mapping_that_the_file_no_longer_says_goes(service: Service, tmp_path: Path) -> None:
    _load(tmp_path, HEADER + "Bench words,B-1,legal_advice\n")
    _load(tmp_path, HEADER + "Bench words,B-1,dental\n")
    assert _ties(service) == {term_id("dental")}


def test_every_bad_row_is_told_and_nothing_is_changed(db: None, tmp_path: Path) -> None:
    rows = "b,1,dental\n,2,dental\nb,,dental\nb,3,\nb,4,teeth\nB,1,dental\n"
    path, told = tmp_path / "map.csv", io.StringIO()
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(CommandError, match="5 rows can't be taken; nothing was changed"):
        call_command("load_term_mapping", path, stderr=told)
    assert told.getvalue().splitlines() == [
        "map.csv, row 3: taxonomy is missing",
        "map.csv, row 4: code is missing",
        "map.csv, row 5: need is missing",
        "map.csv, row 6: need: the vocabulary has no term 'teeth'",
        "map.csv, row 7: this was said by a row before",
    ]
    assert not TermMapping.objects.exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"taxonomy,code\n", "row 1: there is no column need"),
        (b"", "row 1: there is no column taxonomy, code, need"),
        (b"taxonomy,code,need\nb,\xe9,dental\n", "row 2: this is not UTF-8"),
        (b"taxonomy,code,need\nb,\x00,dental\n", "row 2: a NUL character"),
        (b'taxonomy,code,need\nb,"1,dental\n', "unexpected end of data"),
    ],
)
def test_a_file_that_is_no_mapping_is_told_with_the_row(
    data: bytes, reason: str, db: None, tmp_path: Path
) -> None:
    path = tmp_path / "map.csv"
    path.write_bytes(data)
    with pytest.raises(CommandError, match=reason):
        call_command("load_term_mapping", path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_term_mapping", tmp_path / "none.csv")
