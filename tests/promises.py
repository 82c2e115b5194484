"""`make promises`: each promise of docs/promises.toml, the tests that prove it, and how they ended today."""

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

PROPERTY = "promise"
"""Under this name a report says which promises its test proves."""
PROMISES = Path(__file__).resolve().parents[1] / "docs" / "promises.toml"


class PromiseReport:
    """Collects which tests name which promise, and their outcome."""

    def __init__(self) -> None:
        self.numbers: dict[str, list[int]] = {}
        self.outcomes: dict[str, str] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Remember the marks, and let each report carry them: tests may run in processes of their own."""
        for item in items:
            numbers = {int(n) for mark in item.iter_markers("promise") for n in mark.args}
            self.numbers[item.nodeid] = sorted(numbers)
            item.user_properties += [(PROPERTY, number) for number in sorted(numbers)]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test has failed if any of its phases has."""
        carried = [int(str(value)) for name, value in report.user_properties if name == PROPERTY]
        self.numbers.setdefault(report.nodeid, carried)
        tells = report.when == "call" or report.outcome != "passed"
        if tells and self.outcomes.get(report.nodeid) != "failed":
            self.outcomes[report.nodeid] = report.outcome

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """The table."""
        by_number: dict[int, list[str]] = defaultdict(list)
        for nodeid, numbers in self.numbers.items():
            for number in numbers:
                by_number[number].append(nodeid)
        terminalreporter.section("promises")
        for promise in tomllib.loads(PROMISES.read_text(encoding="utf-8"))["promise"]:
            for line in self._lines(promise, by_number[promise["number"]]):
                terminalreporter.write_line(line)

    def _lines(self, promise: dict[str, Any], nodeids: list[str]) -> list[str]:
        outcomes = [self.outcomes.get(nodeid, "not run") for nodeid in nodeids]
        state = "no test yet"
        if outcomes:
            passed = outcomes.count("passed")
            state = f"{passed} of {len(outcomes)} tests pass" + (
                "" if passed == len(outcomes) else "  BROKEN"
            )
        files = sorted({nodeid.split("[")[0] for nodeid in nodeids})
        return [f"{promise['number']:>2}  {promise['title']}: {state}", *(f"      {f}" for f in files)]
