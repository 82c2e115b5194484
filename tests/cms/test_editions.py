"""What readers get: an edition for each time a page was published, which nobody alters afterwards."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction

from accounts.models import User
from cms.actions.keep_home import ADVISERS
from cms.actions.review_edition import review_edition
from cms.models.edition import Edition
from cms.models.survivor_voice import SurvivorVoicePage
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.cms.conftest import Publish, again, day, fields, newest, rows
from tests.roles import RoleClient, role

pytestmark = pytest.mark.django_db
PAGE = "/en/protocols/first-contact/"


def test_publishing_makes_an_edition_with_its_audit_row(publish: Publish, keeper: User) -> None:
    page = publish("first-contact", by=keeper, **fields())
    edition = newest(page)
    assert (edition.number, edition.language, edition.tier, edition.published_by) == (
        1,
        "en",
        "public",
        keeper.pk,
    )
    assert edition.facts["steps"] == [
        {"title": "Make tea", "text": "- hot\n- sweet", "when": "first 5 minutes"}
    ]
    entry = AuditEntry.objects.get(action="publish_edition")
    assert (entry.actor, entry.subject_id) == (keeper.pk, edition.pk)


def test_publishing_again_without_a_change_makes_no_new_edition(publish: Publish) -> None:
    page = publish("first-contact", **fields())
    assert again(page).number == 1
    assert again(page, summary="Another.").number == 2


def test_what_was_cited_is_read_as_it_was_and_says_that_it_was_replaced(
    publish: Publish, visitor: RoleClient
) -> None:
    page = publish("first-contact", **fields(summary="The first words."))
    again(page, summary="Other words.")
    old, new = visitor.get(f"{PAGE}1/"), visitor.get(PAGE)
    assert "The first words." in old.text
    assert "This is version 1 of" in old.text
    assert "Other words." not in old.text
    assert "Other words." in new.text
    assert "This is version" not in new.text


def test_history_tells_each_version_and_what_changed(publish: Publish, visitor: RoleClient) -> None:
    page = publish("first-contact", **fields(summary="The first words."))
    again(page, summary="Other words.")
    text = visitor.get(f"{PAGE}history/").text
    assert text.index("Version 2") < text.index("Version 1")
    assert "<del>The first words.</del>" in text
    assert "<ins>Other words.</ins>" in text


@pytest.mark.parametrize("change", ["facts = '{}'", "title = 'x'", "published_at = now()", "number = 9"])
def test_no_serving_role_alters_a_published_text(publish: Publish, change: str) -> None:
    publish("first-contact", **fields())
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Edition.objects.raw(f"UPDATE edition SET {change} RETURNING id")[0]


def test_no_serving_role_takes_an_edition_away(publish: Publish) -> None:
    publish("first-contact", **fields())
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Edition.objects.all()._raw_delete("default")


def test_what_is_taken_off_is_read_by_nobody_in_any_version(publish: Publish, visitor: RoleClient) -> None:
    page = publish("first-contact", **fields())
    again(page, summary="Other words.")
    page.unpublish()
    assert {
        visitor.get(path).status_code for path in (PAGE, f"{PAGE}1/", f"{PAGE}2/", f"{PAGE}history/")
    } == {404}
    assert "First contact" not in visitor.get("/en/protocols/").text
    with role("relais_public"):
        assert not Edition.objects.exists()


def test_a_deleted_page_is_withdrawn_and_its_editions_stay(publish: Publish, visitor: RoleClient) -> None:
    page = publish("first-contact", **fields())
    page.delete()
    assert visitor.get(PAGE).status_code == 404
    assert Edition.objects.get().page_id is None


def test_a_renamed_page_is_found_at_its_old_address(publish: Publish, visitor: RoleClient) -> None:
    page = publish("first-contact", **fields())
    again(page, slug="first-hour")
    assert visitor.get(PAGE)["Location"] == "/en/protocols/first-hour/"
    assert visitor.get(f"{PAGE}1/").status_code == 200


def test_nothing_looks_current_before_it_was_reviewed(publish: Publish, visitor: RoleClient) -> None:
    publish("first-contact", **fields())
    for path in ("/en/protocols/", PAGE, f"{PAGE}1/"):
        assert "Needs review by a qualified person" in visitor.get(path).text, path


@pytest.fixture
def adviser(intake: User) -> User:
    intake.groups.add(Group.objects.get(name=ADVISERS))
    return intake


def test_a_review_takes_the_mark_away_until_the_next_version(
    publish: Publish, adviser: User, visitor: RoleClient
) -> None:
    page = publish("first-contact", **fields())
    review_edition(edition=newest(page).pk, viewer=Viewer(user=adviser.pk), today=day())
    text = visitor.get(PAGE).text
    assert "Needs review" not in text
    assert "Reviewed" in text
    assert AuditEntry.objects.filter(action="review_edition", actor=adviser.pk).count() == 1
    again(page, summary="Other words.")
    assert "Needs review by a qualified person" in visitor.get(PAGE).text


def test_nobody_reviews_without_that_right_nor_what_they_published(
    publish: Publish, adviser: User, keeper: User
) -> None:
    page = publish("first-contact", by=adviser, **fields())
    for person in (keeper, adviser):
        with pytest.raises(PermissionDenied):
            review_edition(edition=newest(page).pk, viewer=Viewer(user=person.pk), today=day())


def test_an_overdue_page_never_looks_current(publish: Publish, adviser: User, visitor: RoleClient) -> None:
    page = publish("first-contact", **fields(review_by=day(-1)))
    review_edition(edition=newest(page).pk, viewer=Viewer(user=adviser.pk), today=day())
    for path in ("/en/protocols/", PAGE):
        assert "Review is overdue" in visitor.get(path).text, path


@pytest.mark.parametrize(
    ("overdue", "is_urgent", "status"), [(60, True, 200), (61, True, 404), (61, False, 200)]
)
def test_what_concerns_immediate_safety_goes_when_its_review_is_long_overdue(
    publish: Publish, visitor: RoleClient, overdue: int, is_urgent: bool, status: int
) -> None:
    publish("first-contact", **fields(review_by=day(-overdue), is_urgent=is_urgent))
    found = {visitor.get(path).status_code for path in (PAGE, f"{PAGE}1/")}
    assert found == {status}


def test_a_protocol_without_a_source_or_a_day_of_review_is_not_published(publish: Publish) -> None:
    for lacking in ({"sources": rows()}, {"review_by": None}):
        with pytest.raises(ValidationError, match="at least one source"), transaction.atomic():
            publish("first-contact", **fields(**lacking))
    assert not Edition.objects.exists()


VOICE = {
    "title": "After a year",
    "summary": "A year later.",
    "sections": rows({"title": "Then", "text": "I left."}),
}


@pytest.mark.parametrize(
    "consent",
    [
        {},
        {"consent_on": day(), "consent_ends": day(30)},
        {"consent_on": day(), "consent_reference": "file 12"},
        {"consent_on": day(1), "consent_ends": day(30), "consent_reference": "file 12"},
        {"consent_on": day(-9), "consent_ends": day(-1), "consent_reference": "file 12"},
    ],
)
def test_no_voice_is_published_without_a_live_consent(publish: Publish, consent: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="consent"), transaction.atomic():
        publish("after", model=SurvivorVoicePage, **VOICE, **consent)
    assert not Edition.objects.exists()


def test_a_voice_is_anonymous_and_ends_with_its_consent(publish: Publish, visitor: RoleClient) -> None:
    consent = {"consent_on": day(), "consent_ends": day(30), "consent_reference": "file 12"}
    page = publish("after", model=SurvivorVoicePage, **VOICE, **consent)
    assert visitor.get("/en/protocols/after/").status_code == 200
    edition = newest(page)
    assert edition.shown_until == day(30)
    assert "file 12" not in str(edition.facts)
    assert Edition.objects.on(day(30)).exists()
    assert not Edition.objects.on(day(31)).exists()
