"""Every route, every reader: nobody meets what the table of tiers keeps from them, in an answer or beside one."""

from collections.abc import Iterable

import pytest

from directory.models.record import BESIDE_HSDS
from safety.tiers import TABLE
from safety.viewer import Tier
from tests.canaries.asking import Sweep
from tests.canaries.conftest import SweepOf
from tests.canaries.listings import AS_IS
from tests.canaries.manners import READERS
from tests.canaries.rights import KEPT
from tests.canaries.words import Canary
from tests.canaries.world import World

NO_TEXT = {
    *("organization.publish_to", "organization.taken_off_on"),
    *("service.publish_to", "service.unlisted_on", "service.last_modified"),
    *("organization_identifier.organization", "funding.organization", "funding.service", "phone.contact"),
    *(f"contact.{owner}" for owner in ("organization", "service", "service_at_location", "location")),
    *("service_capacity.service", "service_capacity.unit", "service_capacity.maximum"),
    *("metadata.resource_id", "metadata.resource_type"),
    *("location.community", "address.location", "accessibility.location"),
}
"""Links, days and lists above the public tier: nothing can be written into them that nobody would write."""
TELLS_NOTHING = {"address.id", "address.state_province", "address.country", "address.address_type"}
"""Of a sealed street."""
MEETS = {
    "visitor": {
        *(("service.name", "open"), ("service.name", "protected"), ("location.latitude", "open")),
        ("address.address_1", "open"),
    },
    "other_lead": {
        *(("contact.name", "open"), ("contact.email", "protected"), ("service.name", "vetted")),
        ("bed_report.band", "protected"),
    },
    "own_worker": {("contact.email", "protected")},
    "own_keeper": {("proposed_change.after", "protected"), ("sheet_draft.words", "protected")},
    "own_lead": {
        *(("invitation.email", "protected"), ("push_token.name", "protected")),
        *(("vetting_application.answers", "protected"), ("break_glass.reason", "protected")),
    },
    "adviser": {("vetting_hold.question", "protected"), ("vetting_application.told", "protected")},
    "steward": {
        *(("safety_report.told", "protected"), ("safety_report.why", "protected")),
        *(("vetting_check.note", "protected"), ("vetting_application.answers", "protected")),
        *(("service.name", "back"), ("contact.name", "back"), ("import_conflict.offered", "protected")),
    },
}
"""What they have to come to, by field and house: a door that nobody found would hide every leak behind it."""


@pytest.fixture(scope="module", params=READERS)
def found(sweep_of: SweepOf, request: pytest.FixtureRequest) -> Sweep:
    """All that one of them met."""
    return sweep_of(request.param)


def _told(found: Iterable[str]) -> str:
    return "\n".join(sorted(set(found))[:30])


@pytest.mark.promise(2)
@pytest.mark.promise(20)
@pytest.mark.promise(27)
def test_nobody_meets_what_they_may_not_read(found: Sweep) -> None:
    """Promises 2 and 20; of an organization that enforces the law 27.

    Every route of the site is read, and every form that it shows is sent, in both languages, and in each format.
    """
    assert _told(found.faults) == ""
    assert _told(found.leaks) == ""


@pytest.mark.promise(18)
@pytest.mark.promise(19)
def test_no_answer_leaves_anything_behind_or_asks_anything_of_elsewhere(found: Sweep) -> None:
    """Promise 18: the strict policies, no report, nothing of another origin, no script or style in a page.

    Promise 19: nothing is kept, no cookie of a public page, titles and names of files that tell nothing.
    """
    assert _told(found.from_elsewhere) == ""
    assert _told(found.left_behind) == ""


@pytest.mark.promise(16)
def test_whoever_reads_what_is_sealed_leaves_one_row(found: Sweep) -> None:
    """Promise 16: at every route, each sensitive reading is one row of the audit trail."""
    assert _told(found.unrecorded) == ""


def test_whoever_may_read_something_comes_to_it(world: World, found: Sweep) -> None:
    expected = MEETS.get(found.person.reader.name, set())
    assert {
        (what, house) for what, house in expected if not found.met & _planted(world, what, house)
    } == set()


def _in_english(found: Sweep) -> set[Canary]:
    return {one for answer in found.answers if answer.path.route.language != "fr" for one in answer.met}


@pytest.mark.promise(27)
def test_enforcement_meets_what_a_stranger_with_an_account_meets(sweep_of: SweepOf) -> None:
    """Promise 27: of all listings, at all routes; besides that, what is said of itself."""
    theirs, strangers = (_in_english(sweep_of(name)) for name in ("enforcement", "outsider"))
    own = sweep_of("enforcement").person.reader.organization
    assert {one for one in theirs - strangers if one.whose != own} == set()
    assert {one for one in strangers - theirs if one.whose is not None} == set()


@pytest.mark.promise(3)
def test_every_public_page_is_answered_where_nothing_can_be_written(sweep_of: SweepOf) -> None:
    """Promise 3: the public alias is a replica here, under the public role; each public route of the site works."""
    found = sweep_of("visitor")
    assert found.faults == []
    assert len(found.shown()) > 25


@pytest.mark.promise(3)
def test_no_public_page_asks_the_connection_of_the_desk(sweep_of: SweepOf) -> None:
    """Promise 3: what the public role can't read, no public page asks another role for."""
    # A night desk's link and a program's token are looked up; whoever watches the site asks for both databases.
    asks_the_desk = {"night_beds", "push", "healthz", "readyz"}
    asked = {
        one.path.route.name: one.asked
        for one in sweep_of("visitor").answers
        if one.method == "GET" and one.asked and not one.path.is_private
    }
    assert {name: sql for name, sql in asked.items() if name not in asks_the_desk} == {}


def _planted(world: World, what: str, house: str) -> set[Canary]:
    owner = world.houses[house].organization.pk
    return {one for one in world.aviary.by_word.values() if one.what == what and one.whose == owner}


@pytest.mark.promise(2)
def test_every_field_that_is_not_for_everybody_holds_a_canary(world: World) -> None:
    """Promise 2: a line that is added to the table of tiers is planted, or told here to be no text."""
    missing = []
    for what, disclosure in TABLE.items():
        entity, _dot, name = what.partition(".")
        if what in AS_IS or what in NO_TEXT | TELLS_NOTHING or name == "id" or name in BESIDE_HSDS:
            continue
        for house, tier in (("open", disclosure.open), ("protected", disclosure.protected)):
            above = tier is not None and tier > Tier.PUBLIC
            if above and not _planted(world, what, house) and entity != "accessibility":
                missing.append(f"{what} of the {house} house")
    assert missing == []


def test_everything_kept_beside_listings_holds_a_canary(world: World) -> None:
    planted = {canary.what for canary in world.aviary.by_word.values()}
    assert sorted(set(KEPT) - planted - {"push_token.secret", "record.given_id"}) == []
