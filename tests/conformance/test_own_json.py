"""What we tell of an official example is a package of its own: it comes in whole, and says the same again."""

from pathlib import Path

import pytest
import rfc8785

from tests.conformance.official import NAMES, empty_directory, example, folder_of, import_package
from tests.own_json import there_and_back

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [*NAMES, "tabular", "csv"])
def test_our_own_json_of_an_example_comes_in_again(
    name: str, pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    folder = folder_of(pytestconfig)
    path = folder / "examples" / "csv" if name == "csv" else example(folder, name)
    empty_directory()
    before, after, report = there_and_back(tmp_path, lambda: import_package(path))
    assert [str(refusal) for refusal in report.refusals] == []
    assert any(before.values())
    for file, items in before.items():
        assert rfc8785.dumps(after[file]) == rfc8785.dumps(items), file
