"""The vocabulary in the database: loaded once, edited by stewards, never overwritten, told at once."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from accounts.models import User
from directory.actions.edit_term import add_term, edit_term, retire_term
from directory.actions.load_vocabulary import is_loaded, load_vocabulary
from directory.actions.own_terms import FOCUS, FOCUS_TAXONOMY, TAXONOMY, focus_id, term_id
from directory.actions.refused import Refused
from directory.finding.vocabulary import read_vocabulary
from directory.models.listing import Listing, ListingPage
from directory.models.need import Need
from directory.models.publisher import Publisher
from directory.models.taxonomy import TaxonomyTerm
from safety.audit import AuditEntry
from safety.viewer import VISITOR, Viewer
from tests.directory.conftest import MakeService

NEEDS = settings.FIXTURES / "vocabulary" / "needs.toml"


@pytest.fixture
def viewer(steward: User) -> Viewer:
    """Sam, who edits."""
    return Viewer(user=steward.pk)


def _other_words(tmp_path: Path) -> Path:
    changed = NEEDS.read_text(encoding="utf-8")
    changed = changed.replace('name = "Legal advice"', 'name = "Advice on the law"')
    changed = changed.replace('name = "Dental care"', 'name = "Care for teeth"')
    path = tmp_path / "needs.toml"
    path.write_text(changed, encoding="utf-8")
    return path


def _focus() -> list[str]:
    terms = TaxonomyTerm.objects.filter(taxonomy_detail_id=FOCUS_TAXONOMY)
    return list(terms.order_by("position").values_list("code", flat=True))


def test_prepare_loads_kinds_and_focus_as_terms_of_two_taxonomies(db: None) -> None:
    assert is_loaded(NEEDS)
    assert _focus()[:3] == ["trafficking", "labour_exploitation", "sex_workers"]
    assert len(_focus()) == 16
    term = TaxonomyTerm.objects.get(pk=focus_id("2slgbtqi"))
    assert (term.taxonomy, term.name_fr) == (FOCUS, "Personnes 2ELGBTQI+")
    assert not Need.objects.filter(slug="2slgbtqi").exists()


def test_loading_again_changes_nothing(db: None) -> None:
    before = list(TaxonomyTerm.objects.order_by("pk").values())
    needs = list(Need.objects.order_by("pk").values())
    loaded = load_vocabulary(path=NEEDS, viewer=VISITOR)
    assert (loaded.terms, loaded.edited) == (len(before), ())
    assert list(TaxonomyTerm.objects.order_by("pk").values()) == before
    assert list(Need.objects.order_by("pk").values()) == needs


def test_a_database_without_focus_terms_is_not_loaded(db: None) -> None:
    TaxonomyTerm.objects.get(pk=focus_id("men")).taxonomy_detail.delete()
    assert not is_loaded(NEEDS)
    load_vocabulary(path=NEEDS, viewer=VISITOR)
    assert len(_focus()) == 16


def test_what_a_steward_edited_is_left_alone_and_told(viewer: Viewer, tmp_path: Path) -> None:
    edit_term(term_id=term_id("legal_advice"), name="Somebody who knows the law", viewer=viewer)
    loaded = load_vocabulary(path=_other_words(tmp_path), viewer=VISITOR)
    assert loaded.edited == ("legal_advice",)
    assert "legal_advice" in str(loaded)
    assert TaxonomyTerm.objects.get(pk=term_id("legal_advice")).name == "Somebody who knows the law"
    assert Need.objects.get(slug="legal_advice").name == "Somebody who knows the law"
    assert Need.objects.get(slug="dental").name == "Care for teeth"


def test_a_changed_name_reaches_the_listing_in_the_same_moment(
    make_service: MakeService, viewer: Viewer
) -> None:
    service = make_service(needs=["legal_advice"])
    words = {"name": "Somebody who knows the law", "name_fr": "Une personne qui connaît la loi"}
    edit_term(term_id=term_id("legal_advice"), viewer=viewer, **words)
    page = ListingPage.objects.get(pk=Listing.objects.get(service_id=service.pk).pk)
    assert page.en["kinds"] == ["Somebody who knows the law"]
    assert page.fr["kinds"] == ["Une personne qui connaît la loi"]
    entry = AuditEntry.objects.get(action="edit_term")
    assert (entry.actor, entry.subject_id) == (viewer.user, term_id("legal_advice"))
    assert entry.facts() == {"fields": "name name_fr"}


def test_an_edit_that_changes_nothing_leaves_no_row(viewer: Viewer) -> None:
    edit_term(term_id=term_id("dental"), name="Dental care", viewer=viewer)
    assert not AuditEntry.objects.filter(action="edit_term").exists()


def test_terms_of_other_publishers_are_not_edited(viewer: Viewer) -> None:
    Publisher.objects.create(slug="feed", name="Feed")
    foreign = TaxonomyTerm.objects.create(id=uuid4(), publisher_id="feed", name="Advice", taxonomy="relais")
    with pytest.raises(Refused):
        edit_term(term_id=foreign.pk, name="Ours", viewer=viewer)
    with pytest.raises(Refused):
        retire_term(term_id=foreign.pk, viewer=viewer)


def test_a_name_may_not_be_emptied(viewer: Viewer) -> None:
    with pytest.raises(Refused, match="French"):
        edit_term(term_id=term_id("dental"), name_fr=" ", viewer=viewer)


def test_a_new_kind_stands_last_in_its_group_and_survives_loading(viewer: Viewer, tmp_path: Path) -> None:
    add_term(slug="eye_care", parent="health_care", name="Eye care", name_fr="Soins des yeux", viewer=viewer)
    words = read_vocabulary("default")
    assert [need.slug for need in words.kinds_of("health_care")][-2:] == ["tattoo_removal", "eye_care"]
    load_vocabulary(path=_other_words(tmp_path), viewer=VISITOR)
    assert Need.objects.get(slug="eye_care").name_fr == "Soins des yeux"


@pytest.mark.parametrize(
    ("slug", "parent"),
    [("dental", "health_care"), ("Eye care", "health_care"), ("eye_care", "dental"), ("x", "")],
)
def test_a_new_term_needs_a_slug_of_its_own_and_a_group_that_is_one(
    slug: str, parent: str, viewer: Viewer
) -> None:
    with pytest.raises(Refused):
        add_term(slug=slug, parent=parent, name="Eye care", name_fr="Soins des yeux", viewer=viewer)


def test_a_new_focus_is_no_need(viewer: Viewer) -> None:
    add_term(slug="families", taxonomy=FOCUS, name="Families", name_fr="Familles", viewer=viewer)
    assert _focus()[-1] == "families"
    assert not Need.objects.filter(slug="families").exists()


def test_a_retired_term_is_kept_and_offered_no_longer(make_service: MakeService, viewer: Viewer) -> None:
    service = make_service(needs=["dental"])
    retire_term(term_id=term_id("dental"), viewer=viewer)
    words = read_vocabulary("default")
    assert "dental" not in [need.slug for need in words.kinds_of("health_care")]
    assert "dental" in words.needs
    load_vocabulary(path=NEEDS, viewer=VISITOR)
    assert not Need.objects.get(slug="dental").is_offered
    assert ListingPage.objects.get(pk=Listing.objects.get(service_id=service.pk).pk).en["kinds"] == [
        "Dental care"
    ]
    retire_term(term_id=term_id("dental"), viewer=viewer, is_offered=True)
    assert Need.objects.get(slug="dental").is_offered
    assert TaxonomyTerm.objects.get(pk=term_id("dental")).taxonomy_detail_id == TAXONOMY
