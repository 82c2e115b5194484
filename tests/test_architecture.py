"""What the import linter can't see: the shape of the house, held by tests."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.tree import LONGEST, hand_written, too_long

ROOT = Path(__file__).resolve().parents[1]
ORDER = ["config", "gaps", "cms", "referrals", "directory", "accounts", "safety"]
HEIGHT = {"config": 6, "gaps": 5, "cms": 4, "referrals": 4, "directory": 3, "accounts": 2, "safety": 1}
FORBIDDEN_NAMES = {"utils", "helpers", "services", "manager", "managers", "core", "handler", "handlers"}


def _python(*folders: str) -> Iterator[Path]:
    for folder in folders or ORDER:
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_every_app_of_the_house_is_there_with_its_readme() -> None:
    for app in ORDER:
        assert (ROOT / app / "README.md").stat().st_size > 200, app


def test_foreign_keys_point_downward() -> None:
    for model in apps.get_models():
        label = model._meta.app_label
        if label not in HEIGHT:
            continue
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model is not None:
                target = field.related_model._meta.app_label
                assert HEIGHT.get(target, 0) <= HEIGHT[label], f"{model.__name__}.{field.name} -> {target}"
                siblings = {label, target} == {"cms", "referrals"}
                assert not siblings, f"{model.__name__}.{field.name}: cms and referrals never meet"


def test_no_signal_receiver_carries_domain_logic() -> None:
    for path in _python():
        text = path.read_text(encoding="utf-8")
        assert "@receiver" not in text, path
        assert not re.search(r"\b(post|pre)_(save|delete|init)\b", text), path


def test_no_hand_written_file_is_over_the_limit() -> None:
    assert too_long(ROOT) == []


def test_the_limit_finds_a_long_file(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("x = 1\n" * (LONGEST + 1), encoding="utf-8")
    assert too_long(tmp_path) == [("long.py", LONGEST + 1)]


def test_packages_have_empty_init_files() -> None:
    for path in _python(*ORDER, "bench"):
        if path.name == "__init__.py":
            assert path.read_text(encoding="utf-8") == "", path


def test_no_module_has_a_name_that_says_nothing() -> None:
    for path in _python():
        assert path.stem not in FORBIDDEN_NAMES, path


def test_rules_never_ask_the_clock() -> None:
    for path in (ROOT / "directory" / "rules").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(datetime\.now|date\.today|time\.time|time\.monotonic|utcnow)\(", text), path


def test_templates_hold_no_inline_style_or_script() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", text), path
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path


def test_every_template_is_used() -> None:
    everything = "\n".join(
        p.read_text(encoding="utf-8") for p in hand_written(ROOT) if p.suffix in {".py", ".html"}
    )
    third_parties = {"account", "mfa", "usersessions", "allauth"}
    for path in (ROOT / "templates").rglob("*.html"):
        name = path.relative_to(ROOT / "templates")
        if name.parts[0] in third_parties or name.parts[0] == "errors":
            continue
        assert f'"{name}"' in everything, name


@pytest.mark.parametrize("host", ["pypi", "pythonhosted", "npmjs", "deb.debian"])
def test_no_package_registry_is_named(host: str) -> None:
    pattern = re.compile(rf"https?://[a-z0-9.-]*{host}")
    for path in hand_written(ROOT):
        assert not pattern.search(path.read_text(encoding="utf-8", errors="replace")), path


def test_no_real_looking_number_stands_in_the_project() -> None:
    """Fixtures, tests and templates hold 555-01xx numbers and the national lines, nothing else."""
    allowed = {"8339001010", "8006686868", "8552423310", "8666029448"}
    number = re.compile(r"(?<![\d.])(?:1[-. ]?)?\(?([2-9]\d{2})\)?[-. ]([2-9]\d{2})[-. ](\d{4})(?![\d.])")
    for path in hand_written(ROOT):
        if path.suffix not in {".py", ".html", ".toml", ".json", ".md"} or "requirements" in path.parts:
            continue
        for area, exchange, line in number.findall(path.read_text(encoding="utf-8", errors="replace")):
            is_fiction = exchange == "555" and line.startswith("01")
            assert is_fiction or area + exchange + line in allowed, (path, area, exchange, line)
