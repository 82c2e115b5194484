"""Who sees what is decided in one place each: fields by the table of tiers, listings by the windows of a search."""

import re
from pathlib import Path

import pytest

from config.settings.environment import ROOT

pytestmark = pytest.mark.promise(2)
CODE = sorted(
    path
    for app in ("directory", "accounts", "config", "safety", "cms", "referrals", "gaps")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)


def naming(pattern: str) -> set[str]:
    """Modules in which it stands."""
    found = re.compile(pattern)
    return {str(path.relative_to(ROOT)) for path in CODE if found.search(Path(path).read_text())}


def test_the_table_of_tiers_is_read_by_its_own_functions_and_the_check_that_it_is_whole() -> None:
    """Promise 2: page, both APIs, export and what vetted workers see ask `may_see` or `fields_seen`."""
    assert naming(r"safety\.tiers import .*\bTABLE\b") == {"directory/checks.py"}
    asking = naming(r"safety\.tiers import .*\b(may_see|fields_seen)\b")
    assert asking == {
        "directory/finding/documents.py",
        "directory/finding/facts.py",
        "directory/finding/facts_vetted.py",
        "directory/hsds/composed.py",
        "directory/hsds/export_disclosure.py",
        "directory/policies.py",
    }


def test_what_vetted_workers_find_is_read_through_windows_alone() -> None:
    """Promise 2: whoever else reads these tables writes them. A door that read them would forget who is blocked."""
    writers = {
        "directory/actions/project_in_parts.py",
        "directory/actions/project_pages.py",
        "directory/actions/project_vetted.py",
        "directory/finding/calls.py",  # what stewards ring about, read by nobody else
        "directory/actions/suggest_twins.py",  # asks stewards about doubles, and shows them to nobody else
    }
    assert naming(r"(FROM|JOIN|INTO)\s+vetted_(listing|facts|coverage)") - writers == {
        "directory/finding/windows.py"
    }
    assert naming(r"\b(VettedListing|VettedListingPage|VettedFacts|VettedCoverage)\b") - writers == {
        "directory/models/vetted_listing.py",
        "directory/views/whole.py",  # does a letter's link show all of it?
    }
    lists = naming(r"\bBlockedOrganization\b")
    assert lists == {
        "directory/actions/block_organizations.py",
        "directory/finding/known_organizations.py",
        "directory/models/blocked_organization.py",
        "directory/finding/named.py",
        "directory/views/block_list.py",
    }


def test_no_page_asks_by_itself_whether_a_listing_is_for_vetted_organizations() -> None:
    """A template shows what it is given: what is for workers stands in the page under keys of its own."""
    assert naming(r"is_at_desk_only") == {
        "directory/actions/project_vetted.py",
        "directory/finding/gathered.py",
        "directory/rules/publishing.py",
    }
    assert naming(r"is_for_named_only") == {
        "directory/rules/publishing.py",
        "directory/views/finders.py",
        "directory/views/profile_shown_form.py",
        "directory/views/wording_finders.py",
    }
