"""HSDS as JSON: items, pages, lists and lines; nesting tells who belongs to whom, and one record is one row."""

import json
from pathlib import Path
from typing import Any

import pytest

from directory.actions.import_hsds import CannotImport
from directory.hsds import package_json
from directory.models.language import Language
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.service import Service
from directory.models.taxonomy import Attribute, Taxonomy, TaxonomyTerm
from tests.directory.hsds_packages import folder, json_file, named, reasons, taken

pytestmark = pytest.mark.django_db


def phone(**more: Any) -> dict[str, Any]:
    """A phone with a language."""
    language = {"id": named("language"), "name": "French", "code": "fra"}
    return {"id": named("phone"), "number": "613-555-0142", "extension": 7, "languages": [language]} | more


def item(number: int = 0, **more: Any) -> dict[str, Any]:
    """A service as the standard gives it: nested, with the same phone under several of its parts."""
    organization = {"id": named("org"), "name": "Lake House", "description": "d", "phones": [phone()]}
    place = {"id": named("place"), "location_type": "physical", "latitude": 44.2312, "longitude": -76.486}
    term = {
        "id": named("term"),
        "code": "K-1",
        "name": "Advice",
        "description": "d",
        "taxonomy_detail": {"id": named("taxonomy"), "name": "kinds", "description": "d"},
    }
    made = {
        "id": named(f"s{number}"),
        "name": f"Help {number}",
        "status": "active",
        "minimum_age": 16,
        "organization": organization,
        "attributes": [{"id": named(f"tie{number}"), "taxonomy_term": term}],
    }
    if number == 0:
        made |= {
            "phones": [phone()],
            "service_at_locations": [{"id": named("site"), "location": place, "phones": [phone()]}],
        }
    return made | more


def test_one_record_under_several_parents_is_one_row_with_all_its_links(tmp_path: Path) -> None:
    report = taken(json_file(tmp_path / "a.json", item()))
    assert (report.refusals_total, report.dangling_total) == (0, 0)
    stored = Phone.objects.get()
    assert str(stored.service_id) == named("s0")
    assert str(stored.organization_id) == named("org")
    assert str(stored.service_at_location_id) == named("site")
    assert stored.extension == "7"
    assert str(Language.objects.get().phone_id) == named("phone")
    assert str(Service.objects.get().organization_id) == named("org")
    tie = Attribute.objects.get()
    assert (str(tie.link_id), str(tie.taxonomy_term_id)) == (named("s0"), named("term"))
    assert str(TaxonomyTerm.objects.get(publisher="feed").taxonomy_detail_id) == named("taxonomy")
    assert taken(json_file(tmp_path / "a.json", item())).is_unchanged


@pytest.mark.parametrize("form", ["page", "list", "ndjson", "lines_in_json", "folder"])
def test_pages_lists_and_lines_say_the_same_as_items(tmp_path: Path, form: str) -> None:
    items = [item(0), item(1)]
    lines = "\n".join(json.dumps(one) for one in items)
    path = tmp_path / "a.json"
    if form == "page":
        json_file(path, {"total_items": 2, "total_pages": 1, "contents": items})
    elif form == "list":
        json_file(path, items)
    elif form == "folder":
        path = folder(
            tmp_path / "f",
            {"a.json": json.dumps(items[0]).encode(), "b.json": json.dumps(items[1:]).encode()},
        )
    else:
        path = path.with_suffix(".ndjson") if form == "ndjson" else path
        path.write_text(lines + "\n")
    report = taken(path)
    assert reasons(report) == []
    assert [s.name for s in Service.objects.order_by("position")] == ["Help 0", "Help 1"]
    assert Organization.objects.count() == 1
    assert taken(path).is_unchanged


@pytest.mark.parametrize(
    ("value", "model"),
    [
        ({"id": named("x"), "name": "kinds", "description": "d", "uri": "https://x.example"}, Taxonomy),
        ({"id": named("x"), "code": "1", "name": "Advice", "description": "d"}, TaxonomyTerm),
        (
            {"id": named("x"), "name": "Lake House", "description": "d", "website": "https://x.example"},
            Organization,
        ),
    ],
)
def test_what_an_item_is_is_told_by_its_keys(tmp_path: Path, value: dict[str, Any], model: Any) -> None:
    taken(json_file(tmp_path / "a.json", value))
    assert model.objects.filter(pk=named("x")).exists()


def test_an_item_that_tells_one_record_twice_and_otherwise_is_refused_whole(tmp_path: Path) -> None:
    bad = item(0, phones=[phone(number="613-555-0199")])
    report = taken(json_file(tmp_path / "a.json", [bad, item(1)]))
    (refusal,) = report.refusals
    assert (refusal.line, refusal.key) == (1, named("s0"))
    assert refusal.reason.endswith(f"phone {named('phone')} is told twice, with another number")
    assert [s.name for s in Service.objects.all()] == ["Help 1"]


def test_an_item_that_tells_the_record_of_another_item_otherwise_is_refused_whole(tmp_path: Path) -> None:
    other = item(1, organization={"id": named("org"), "name": "River House", "description": "d"})
    report = taken(json_file(tmp_path / "a.json", [item(0), other, item(2)]))
    assert [r.reason for r in report.refusals] == [
        f"an item before tells organization {named('org')} with another name"
    ]
    assert report.refusals[0].line == 2
    assert [s.name for s in Service.objects.order_by("position")] == ["Help 0", "Help 2"]
    assert Organization.objects.get().name == "Lake House"


def test_an_item_with_a_value_that_cannot_be_is_refused_whole(tmp_path: Path) -> None:
    bad = item(0)
    bad["service_at_locations"][0]["location"]["location_type"] = "castle"
    report = taken(json_file(tmp_path / "a.json", [bad, item(1)]))
    assert (report.refusals[0].line, report.refusals[0].path) == (1, "[0].service_at_locations[0].location")
    assert "location_type is 'castle'" in report.refusals[0].reason
    assert [s.name for s in Service.objects.all()] == ["Help 1"]


def test_an_item_alone_leaves_links_that_it_does_not_tell(tmp_path: Path) -> None:
    taken(json_file(tmp_path / "a.json", item()))
    own = {"id": named("phone"), "number": "613-555-0143", "extension": 7}
    place = {"id": named("place"), "location_type": "physical", "phones": [own]}
    report = taken(json_file(tmp_path / "b.json", place))
    assert report.changed["phone"] == 1
    assert str(Phone.objects.get().service_id) == named("s0")
    assert str(Phone.objects.get().location_id) == named("place")


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_json_that_is_cut_off_lands_nothing(tmp_path: Path, cut: int) -> None:
    for name, value in (("a.json", [item(0), item(1)]), ("b.json", {"contents": [item(0), item(1)]})):
        text = json.dumps(value)
        (tmp_path / name).write_text(text[:-cut])
        with pytest.raises(CannotImport, match=rf"^{name}.*nothing of"):
            taken(tmp_path / name)
    (tmp_path / "c.ndjson").write_text(json.dumps(item(0)) + "\n" + json.dumps(item(1))[:-cut])
    with pytest.raises(CannotImport, match=r"c\.ndjson, row 2: the file is cut off; nothing of it is taken"):
        taken(tmp_path / "c.ndjson")
    assert not Service.objects.exists()


def test_a_broken_line_of_ndjson_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    lines = [json.dumps(item(0))[:-9], json.dumps(item(1)), "[]", json.dumps({"x": 1})]
    (tmp_path / "a.ndjson").write_text("\n".join(lines) + "\n")
    report = taken(tmp_path / "a.ndjson")
    assert [r.line for r in report.refusals] == [1, 3, 4]
    assert [s.name for s in Service.objects.all()] == ["Help 1"]


def test_keys_that_hsds_does_not_have_are_told_and_left_out(tmp_path: Path) -> None:
    report = taken(json_file(tmp_path / "a.json", item(0, colour="blue")))
    assert report.notes == ["a.json: key 'service.colour' is none of HSDS and is left out"]


@pytest.mark.parametrize(
    ("name", "bad"), [("a.json", "a\x00b"), ("a.ndjson", "a\x00b"), ("a.ndjson", "\ud800")]
)
def test_characters_that_no_database_keeps_are_refused(tmp_path: Path, name: str, bad: str) -> None:
    items = [json.dumps(item(0, alert=bad)), json.dumps(item(1))]
    text = "\n".join(items) + "\n" if name.endswith("ndjson") else f"[{','.join(items)}]"
    (tmp_path / name).write_text(text)
    report = taken(tmp_path / name)
    assert report.refusals_total == 1
    assert [s.name for s in Service.objects.all()] == ["Help 1"]


def test_rows_of_the_tabular_json_are_refused_one_by_one(tmp_path: Path) -> None:
    rows = [
        {"id": named("s0"), "name": "Help", "status": "open"},
        {"id": named("s1"), "name": ["Help"], "status": "active"},
        {"id": named("s2"), "name": "Help", "status": "active"},
        "no row",
    ]
    report = taken(json_file(tmp_path / "a.json", {"services.csv": rows, "other.csv": [{"id": "1"}]}))
    assert [r.path or r.reason.partition(":")[0] for r in report.refusals] == [
        "services.csv[0]",
        "services.csv[1]",
        "services.csv[3]",
    ]
    assert str(Service.objects.get().pk) == named("s2")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"  ", "a.json is empty."),
        (b"hello", "a.json is no JSON: it begins with neither { nor [."),
        (b"[1, }", "this is no JSON"),
        (b'[{"id": "\xe9"}]', "this is no UTF-8 text; save the file as UTF-8"),
        ('[{"id": "1"}]'.encode("utf-16"), "a.json, byte 1: this is no UTF-8 text"),
        (b"[" * 100_000, "nest more than 40 levels deep; nothing of the file is taken"),
        (b'{"]]]": [' * 100_000, "nest more than 40 levels deep"),
    ],
)
def test_a_file_that_is_no_json_is_told_with_the_place(tmp_path: Path, data: bytes, sentence: str) -> None:
    (tmp_path / "a.json").write_bytes(data)
    with pytest.raises(CannotImport) as fault:
        taken(tmp_path / "a.json")
    assert sentence in str(fault.value)


def test_an_empty_file_of_a_folder_is_refused_and_the_others_taken(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", {"a.json": b"", "b.json": json.dumps(item()).encode()})
    report = taken(path)
    assert reasons(report) == ["a.json (no id): the file is empty"]
    assert Service.objects.count() == 1


@pytest.mark.parametrize("name", ["a.ndjson", "a.json"])
@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("is_ended", [True, False])
def test_lines_may_end_in_any_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, end: str, *, is_ended: bool
) -> None:
    """Some programs end lines by CR alone; a line may go on where a reading ends."""
    monkeypatch.setattr(package_json, "LONGEST_LINE", 300)
    rows = [
        {"id": named(f"o{n}"), "name": f"House {n}", "website": "", "description": "a\rb"} for n in range(9)
    ]
    lines = [json.dumps(row) for row in rows]
    lines[4] = lines[4].replace('"website"', "website")
    path = tmp_path / name
    path.write_bytes((end.join(lines) + (end if is_ended else "")).encode())
    report = taken(path)
    assert [refusal.line for refusal in report.refusals] == [5]
    assert Organization.objects.count() == 8
    assert Organization.objects.filter(description="a\rb").count() == 8
