"""The real list of Kingston, where somebody has the file: imported into a database of its own, every row looked at.

python3 deploy/local/cluster.py with -- .venv/bin/python -m tests.directory.kingston_check FILE [--compare OUT.md]

Not a test: the file is no part of the project (docs/data-sources.md). Exits with 1 and names each fault.
"""

import argparse
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.databases import cloned, environment

SEED, PICKED = 20261122, 20
NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
LANGUAGES = ("en", "fr")
TEXTS = {
    "description": "description_lang",
    "eligibility": "eligibility_lang",
    "fees": "fees_lang",
    "how_to_apply": "how_lang",
    "hours_note": "hours_note_lang",
}
NOT_CHECKED = {
    "en": r"Copied from .+ on .+ 2026, not checked\.",
    "fr": r"Source\W+: .+, copiée le .+, non vérifiée\.",
}
Pages = dict[str, dict[str, Any]]


def _imported(file: Path) -> tuple[Any, dict[str, Pages]]:
    """The report of a first import, and the pages by key and language. A second import must change nothing."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    from directory.actions.import_table import import_table
    from directory.finding.places import gazetteer
    from directory.hsds.table_files import check_columns, read_mapping, read_table
    from safety.viewer import VISITOR

    mapping = read_mapping(settings.FIXTURES / "mappings" / "kingston.toml")
    table = read_table(file, mapping.file)
    check_columns(table, mapping)
    reports = [
        import_table(
            file_name=table.name,
            digest=table.digest,
            rows=table.rows,
            mapping=mapping,
            gazetteer=gazetteer(),
            viewer=VISITOR,
        )
        for _ in range(2)
    ]
    assert reports[1].added == reports[1].changed == 0, f"again: {reports[1]}"
    pages = _pages()
    connections.close_all()
    return reports[0], pages


def _pages() -> dict[str, Pages]:
    from django.utils import translation

    from directory.finding.answer import Result
    from directory.finding.hours import open_state
    from directory.models.listing import Listing, ListingPage
    from directory.models.service import Service
    from directory.views.cards import listing_page

    keys = dict(Service.objects.values_list("pk", "source_key"))
    found: dict[str, Pages] = {}
    for listing in Listing.objects.order_by("pk"):
        stored = ListingPage.objects.get(pk=listing.pk)
        pages = found[keys[listing.service_id]] = {}
        for language in LANGUAGES:
            facts = getattr(stored, language)
            with translation.override(language):
                pages[language] = listing_page(Result(facts, open_state(facts, NOW)), NOW, "")
            pages[language]["copied_on"] = facts["source"]["copied_on"]
    return found


def _plain(text: object) -> str:
    return " ".join(re.sub(r"\[\d+(?:, ?\d+)*\]", "", str(text or "")).split())


def faults(row: dict[str, Any], pages: Pages) -> Iterator[str]:
    """What is wrong with a row's listing, one sentence each."""
    if pages["en"]["name"] != _plain(row["name"]):
        yield f"is called {pages['en']['name']!r}"
    for language, page in pages.items():
        yield from _false_claims(row, page, language)
    yield from _unmarked(pages["en"], pages["fr"])
    yield from _no_place(row.get("address") or "", pages["en"]["address_lines"])


def _false_claims(row: dict[str, Any], page: dict[str, Any], language: str) -> Iterator[str]:
    if re.search(r"\d ?km", page["where"]):
        yield f"tells a distance: {page['where']}"
    if page["checked_line"] or not re.fullmatch(NOT_CHECKED[language], page["source_line"]):
        yield f"says of its source: {page['checked_line']}{page['source_line']}"
    if page["is_demo"]:
        yield "is called a demonstration"
    if page["copied_on"] != row["provenance"]["verified_at"][:10]:
        yield "was copied on another day"


def _unmarked(english: dict[str, Any], french: dict[str, Any]) -> Iterator[str]:
    for text, mark in TEXTS.items():
        if french[text] != english[text]:
            yield f"shows French that nobody read: {french[text][:60]}"
        elif french[text] and french[mark] != "en":
            yield f"shows English {text} without a mark"


def _no_place(address: str, shown: list[str]) -> Iterator[str]:
    if shown and shown[0] not in address:
        yield f"invents an address: {shown}"
    if shown and re.search(r"(?i)p\.?o\.? box|head office|mailing|confidential", address):
        yield f"takes {address!r} for a place"


def compared(row: dict[str, Any], pages: Pages | None, became: Any) -> str:
    """One row beside what became of it, as Markdown."""
    lines = [f"## {became.row}. `{row['id']}`: {became.became} {became.reason}", "", "source:", "```json"]
    lines += [
        json.dumps(
            {k: v for k, v in row.items() if not k.startswith("synthetic")}, ensure_ascii=False, indent=1
        )
    ]
    lines += ["```", *(f"- note: {warning}" for warning in became.warnings)]
    for language, page in (pages or {}).items():
        shown = {key: value for key, value in page.items() if value not in ("", [], None, False)}
        lines += ["", f"{language}:"] + [f"- {key}: {value}" for key, value in sorted(shown.items())]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Import, look, tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--compare", type=Path, help="write rows picked by seed beside their listings")
    options = parser.parse_args()
    rows: list[dict[str, Any]] = json.loads(options.file.read_text(encoding="utf-8"))
    outside = dict(os.environ)
    with cloned() as database:
        os.environ.update(environment(database))
        try:
            report, pages = _imported(options.file)
        finally:
            os.environ.update(outside)
    became = {row.row: row for row in report.rows}
    told = [f"row {n} ({row['id']}): {fault}" for n, row in enumerate(rows, 1) if row["id"] in pages
            for fault in faults(row, pages[row["id"]])]  # fmt: skip
    if len(report.rows) != len(rows) or len(pages) + len(report.refused) != len(rows):
        told.append(f"{len(rows)} rows, but {len(pages)} listings and {len(report.refused)} refusals")
    where = Counter(page["en"]["where"] for page in pages.values())
    said = [report, f"{report.warnings} notes, {report.candidates} share a number", where, *told]
    sys.stdout.write("".join(f"{line}\n" for line in said))
    if options.compare:
        picked = sorted(random.Random(SEED).sample(range(1, len(rows) + 1), PICKED))
        texts = [compared(rows[n - 1], pages.get(rows[n - 1]["id"]), became[n]) for n in picked]
        options.compare.write_text("\n".join(texts), encoding="utf-8")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main())
