"""Every route, every reader: nobody meets what the table of tiers keeps from them, in an answer or beside one."""

import pytest

from directory.models.record import BESIDE_HSDS
from safety.tiers import TABLE
from safety.viewer import Tier
from tests.canaries.asking import Sweep
from tests.canaries.conftest import SweepOf
from tests.canaries.listings import AS_IS
from tests.canaries.manners import EDITOR, OUTSIDE, READERS
from tests.canaries.rights import KEPT
from tests.canaries.words import Canary
from tests.canaries.world import World, not_met, planted

NO_TEXT = {
    *("organization.publish_to", "organization.taken_off_on"),
    *("service.publish_to", "service.unlisted_on", "service.last_modified"),
    *("service.is_only_help", "service.help_judged_on"),
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
    "adviser": {("vetting_hold.question", "protected"), ("vetting_application.answers", "protected")},
    "steward": {
        *(("safety_report.told", "protected"), ("safety_report.why", "protected")),
        *(("vetting_check.note", "protected"), ("vetting_application.withheld", "protected")),
        *(("service.name", "back"), ("contact.name", "back"), ("import_conflict.offered", "protected")),
    },
}
"""What they have to come to, by field and house: a door that nobody found would hide every leak behind it."""


@pytest.mark.promise(2)
@pytest.mark.promise(16)
@pytest.mark.promise(18)
@pytest.mark.promise(19)
@pytest.mark.promise(20)
@pytest.mark.promise(27)
@pytest.mark.parametrize("name", [name for name in READERS if name not in (*OUTSIDE, EDITOR)])
def test_nobody_meets_what_they_may_not_read(world: World, sweep_of: SweepOf, name: str) -> None:
    """Promises 2 and 20; of an organization that enforces the law 27; and what else holds of every answer.

    Every route of the site is read, and every form that it shows is sent, in both languages, and in each format.
    Promise 16: each look at something sealed is one row of the trail. Promise 18: nothing comes from elsewhere.
    Promise 19: nothing stays behind. Whoever may read something comes to it: a door that nobody found would hide
    every leak behind it.
    """
    found = sweep_of(name)
    assert found.told() == {}
    assert not_met(world, found.met, MEETS.get(name, set())) == set()


def _in_english(found: Sweep) -> set[Canary]:
    return {one for answer in found.answers if answer.path.route.language != "fr" for one in answer.met}


@pytest.mark.promise(27)
def test_enforcement_meets_what_a_stranger_with_an_account_meets(sweep_of: SweepOf) -> None:
    """Promise 27: of all listings, at all routes; besides that, what is said of itself."""
    theirs, strangers = (_in_english(sweep_of(name)) for name in ("enforcement", "outsider"))
    own = sweep_of("enforcement").person.reader.organization
    assert {one for one in theirs - strangers if one.whose != own} == set()
    assert {one for one in strangers - theirs if one.whose is not None} == set()


@pytest.mark.promise(2)
@pytest.mark.promise(18)
@pytest.mark.ignore_template_errors
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_whoever_edits_meets_drafts_and_nothing_of_listings(sweep_of: SweepOf) -> None:
    """Promises 2 and 18: Wagtail's own pages, whose templates name what is not there, and whose lists lack an order."""
    found = sweep_of(EDITOR)
    assert found.told() == {}
    assert {canary.what for canary in found.met} >= {
        "edition.facts",
        "edition.file",
        "edition.draft",
        "editor.email",
    }


@pytest.mark.promise(2)
def test_a_vetted_worker_comes_to_what_only_they_may_read_of_protocols(sweep_of: SweepOf) -> None:
    """Promise 2: else nobody would know that the others were asked at the right door."""
    assert {canary.what for canary in sweep_of("other_lead").met} >= {"edition.facts", "edition.file"}


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
            if above and not planted(world, what, house) and entity != "accessibility":
                missing.append(f"{what} of the {house} house")
    assert missing == []


def test_everything_kept_beside_listings_holds_a_canary(world: World) -> None:
    planted = {canary.what for canary in world.aviary.by_word.values()}
    assert sorted(set(KEPT) - planted - {"push_token.secret", "record.given_id"}) == []
