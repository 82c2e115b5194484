"""Promises are named where they are proved, and the threat model names tests that exist."""

import ast
import re
from collections.abc import Iterator

import pytest

from config.settings.environment import ROOT

KEPT = (1, 2, 3, 16, 17, 18, 19, 20, 21, 23, 25, 26, 27)
"""Those of docs/promises.toml that the site keeps today. Referrals and restoring bring the others."""
NAMED = re.compile(r"promises? (\d+(?:(?:, | and )\d+)*)", re.IGNORECASE)
IN_THE_MODEL = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")


def _tests(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def _marked(node: ast.FunctionDef | ast.Module) -> set[int]:
    """Numbers of the promises that a test, or a whole file, is marked with."""
    found = node.decorator_list if isinstance(node, ast.FunctionDef) else node.body
    calls = [one for part in found for one in ast.walk(part) if not isinstance(part, ast.FunctionDef)]
    marks = [
        one for one in calls if isinstance(one, ast.Call) and ast.unparse(one.func).endswith("mark.promise")
    ]
    return {int(ast.literal_eval(argument)) for mark in marks for argument in mark.args}


def _told(text: str | None) -> set[int]:
    return {int(number) for numbers in NAMED.findall(text or "") for number in re.findall(r"\d+", numbers)}


def _named_and_marked() -> set[int]:
    found: set[int] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for test in _tests(tree):
            found |= (_marked(tree) | _marked(test)) & _told(ast.get_docstring(test))
    return found


def test_each_promise_that_is_kept_is_named_in_the_docstring_of_a_test_that_proves_it() -> None:
    assert sorted(set(KEPT) - _named_and_marked()) == []


@pytest.mark.parametrize("number", range(1, 9))
def test_the_threat_model_names_proofs_for_each_adversary_and_they_exist(number: int) -> None:
    model = (ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8")
    about = model.split(f"### {number}. ")[1].split("\n##")[0]
    proofs = about.partition("*Proved by:*")[2]
    named = IN_THE_MODEL.findall(proofs)
    assert named, "no test is named"
    for path, test in named:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in text, f"{path} has no {test}"
