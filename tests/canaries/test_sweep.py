"""Every route, every reader: nobody meets what the table of tiers keeps from them, in an answer or beside one."""

from fnmatch import fnmatch

import pytest

from directory.models.record import BESIDE_HSDS
from safety.tiers import TABLE
from safety.viewer import Tier
from tests.canaries.asking import every_path, swept
from tests.canaries.listings import AS_IS
from tests.canaries.rights import KEPT
from tests.canaries.words import Canary
from tests.canaries.world import READERS, World

NO_TEXT = {
    *("organization.publish_to", "service.publish_to", "service.unlisted_on", "service.last_modified"),
    *("organization_identifier.organization", "funding.organization", "funding.service", "phone.contact"),
    *(f"contact.{owner}" for owner in ("organization", "service", "service_at_location", "location")),
    *("service_capacity.service", "service_capacity.unit", "service_capacity.maximum"),
    *(
        "metadata.resource_id",
        "metadata.resource_type",
        "location.community",
        "address.location",
        "accessibility.location",
    ),
}
"""Links, days and lists above the public tier: nothing can be written into them that nobody would write."""


@pytest.mark.promise(2)
@pytest.mark.promise(20)
@pytest.mark.promise(27)
@pytest.mark.parametrize("name", [name for name in READERS if name != "password_alone"])
def test_nobody_meets_what_they_may_not_read(world: World, name: str) -> None:
    """Promises 2 and 20; of an organization that enforces the law 27. (A password alone: test_password_alone.py.)

    Every route of the site is read, and every form that it shows is sent, in both languages, and in each format.
    """
    found = swept(world, name, every_path(world))
    assert "\n".join(found.faults[:20]) == ""
    assert "\n".join(sorted(found.leaks)[:40]) == ""


def _planted(world: World, what: str, house: str) -> list[Canary]:
    owner = world.houses[house].organization.pk
    return [one for one in world.aviary.by_word.values() if one.what == what and one.whose == owner]


def test_every_field_that_is_not_for_everybody_holds_a_canary(world: World) -> None:
    """Promise 2: a line that is added to the table of tiers is planted, or told here to be no text."""
    missing = []
    for what, disclosure in TABLE.items():
        entity, _dot, name = what.partition(".")
        if what in AS_IS or what in NO_TEXT or name == "id" or name in BESIDE_HSDS:
            continue
        for house, tier in (("open", disclosure.open), ("protected", disclosure.protected)):
            above = tier is not None and tier > Tier.PUBLIC
            if above and not _planted(world, what, house) and entity not in ("accessibility",):
                missing.append(f"{what} of the {house} house")
    # Of a sealed street the province and the country say nothing.
    told = {
        "address.id",
        "address.location",
        "address.state_province",
        "address.country",
        "address.address_type",
    }
    assert [one for one in missing if one.split(" ")[0] not in told] == []


def test_everything_kept_beside_listings_holds_a_canary(world: World) -> None:
    planted = {canary.what for canary in world.aviary.by_word.values()}
    assert sorted(set(KEPT) - planted - {"push_token.secret", "record.given_id"}) == []


MEETS = [
    ("visitor", "service.name", "open"),
    ("visitor", "service.name", "protected"),
    ("visitor", "location.latitude", "open"),
    ("visitor", "address.address_1", "open"),
    ("worker", "contact.name", "open"),
    ("worker", "contact.email", "protected"),
    ("worker", "service.name", "vetted"),
    ("worker", "bed_report.band", "protected"),
    ("own_keeper", "proposed_change.after", "protected"),
    ("own_keeper", "sheet_draft.words", "protected"),
    ("own_lead", "invitation.email", "protected"),
    ("own_lead", "push_token.name", "protected"),
    ("own_lead", "vetting_application.answers", "protected"),
    ("adviser", "vetting_hold.question", "protected"),
    ("steward", "safety_report.told", "protected"),
    ("steward", "safety_report.why", "protected"),
    ("steward", "vetting_check.note", "protected"),
    ("steward", "vetting_application.answers", "protected"),
    ("steward", "service.name", "back"),
    ("steward", "contact.name", "vetted"),
    ("steward", "import_conflict.offered", "protected"),
]


WHERE = {
    "visitor": ("listing", "api_search", "hsds_service", "find_points"),
    "worker": ("desk_listing", "desk_find_sealed"),
    "own_keeper": ("profile_changes", "profile_listing_changes", "sheet_look"),
    "own_lead": ("members", "push_tokens", "apply_for_vetting"),
    "adviser": ("review_holds",),
    "steward": ("review_report", "review_organization", "review_application", "admin:*"),
}


@pytest.mark.parametrize("name", WHERE)
def test_whoever_may_read_something_comes_to_it(world: World, name: str) -> None:
    """The sweep opens the pages that it means to: a door that nobody found would hide every leak behind it."""
    picked = every_path(world, picks=lambda path: any(fnmatch(path.route.name, one) for one in WHERE[name]))
    met = swept(world, name, picked, sends=False).met
    expected = [(what, house) for reader, what, house in MEETS if reader == name]
    assert [(what, house) for what, house in expected if not set(_planted(world, what, house)) & met] == []
