"""`make promises`: each promise of docs/promises.toml, the tests that prove it, and how they ended today.

Tests in the browser run by themselves, for their event loop and Django's connections don't share a process: what the
first run found is kept in a file until the second tells all of it.
"""

import json
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

PROPERTY = "promise"
"""Under this name a report says which promises its test proves."""
PROMISES = Path(__file__).resolve().parents[1] / "docs" / "promises.toml"
KEPT = PROMISES.parents[1] / ".local" / "promises.json"


class PromiseReport:
    """Collects which tests name which promise, and their outcome."""

    def __init__(self, *, is_last: bool) -> None:
        self.is_last = is_last
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

    def pytest_terminal_summary(self, terminalreporter: Any, config: pytest.Config) -> None:
        """The table, after the last run; what this one found is kept for it after another."""
        if hasattr(config, "workerinput"):  # one of the processes of a run, which saw a part of it
            return
        if not self.is_last:
            KEPT.parent.mkdir(exist_ok=True)
            KEPT.write_text(json.dumps([self.numbers, self.outcomes]), encoding="utf-8")
            return
        self._take_up_kept()
        by_number: dict[int, list[str]] = defaultdict(list)
        for nodeid, numbers in self.numbers.items():
            for number in numbers:
                by_number[number].append(nodeid)
        terminalreporter.section("promises")
        for promise in tomllib.loads(PROMISES.read_text(encoding="utf-8"))["promise"]:
            for line in self._lines(promise, by_number[promise["number"]]):
                terminalreporter.write_line(line)

    def _take_up_kept(self) -> None:
        """The file is used once: what an older run found is not of today."""
        if KEPT.exists():
            numbers, outcomes = json.loads(KEPT.read_text(encoding="utf-8"))
            KEPT.unlink()
            self.numbers, self.outcomes = {**numbers, **self.numbers}, {**outcomes, **self.outcomes}

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
