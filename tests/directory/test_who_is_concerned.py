"""Whatever changes, and however: the read model is what `rebuild_listings` would make of the records."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from directory.actions.edit_record import edit_record
from directory.actions.project_listings import rebuild_listings
from safety.viewer import Tier, Viewer
from tests.directory import who_is_concerned as made
from tests.directory.hsds_packages import folder, named, taken
from tests.directory.read_model import read_model

pytestmark = pytest.mark.django_db
STEWARD = Viewer(user=None, organization=None, tier=Tier.CUSTODIAN)
ISLANDS = made.archipelago()
WORDS = {
    named(f"{entity} {word}"): word
    for word in ISLANDS
    for entity in (
        "service",
        "service_at_location",
        "organization",
        "location",
        "program",
        "taxonomy",
        "taxonomy_term",
    )
}


def stale() -> list[str]:
    """The islands, and tables, of which the read model tells something else than the records do."""
    before = read_model()
    rebuild_listings()
    after = read_model()
    rows = {(t, row) for t in before for row in {*before[t]} ^ {*after[t]}}
    return sorted(
        {next((w for key, w in WORDS.items() if key in row), t) for t, row in rows}
        | {f"table {t}" for t, _ in rows}
    )


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    """All islands, one for each row that is to change."""
    path = folder(tmp_path / "p", made.package(ISLANDS))
    report = taken(path)
    assert (report.refusals_total, report.dangling_total) == (0, 0)
    return path


@pytest.mark.parametrize("change", [made.edited, made.removed, made.moved])
def test_what_an_import_changes_is_told_as_if_all_were_told_anew(
    imported: Path, change: Callable[[dict[str, made.ROWS]], dict[str, made.ROWS]]
) -> None:
    assert stale() == []
    report = taken(folder(imported, made.package(change(ISLANDS))), remove_missing=True, allow_removing=100)
    # A taxonomy and an organization hang on nothing from which they could move.
    assert report.removed.total() + report.changed.total() >= len(made.places_in()) - 2
    assert stale() == []


def test_what_a_steward_changes_is_told_as_if_all_were_told_anew(imported: Path) -> None:
    for entity, number in made.places_in():
        row = ISLANDS[made.word_of((entity, number))][entity][number]
        value = "613-555-0199" if entity == "phone" else "As it is now"
        edit_record(
            entity=entity,
            record_id=UUID(row["id"]),
            values={made.changed_field(entity): value},
            viewer=STEWARD,
        )
    assert stale() == []
