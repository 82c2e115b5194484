"""Whatever bytes a package is made of, it is read or refused in a sentence: promise 25."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.hsds.package import opened_package
from directory.rules.hsds_package import Broken, PackageError
from directory.rules.hsds_package_rows import RowReader
from directory.rules.hsds_shape import FILES
from directory.rules.hsds_values import Unusable

pytestmark = pytest.mark.promise(25)
HEADERS = [b"", b"id,name,status\n", b"id,organization_id,name,extent,extent_type\n", b'"id",name\n']
LINES = st.lists(
    st.one_of(st.binary(max_size=40), st.sampled_from([b'"', b"\n", b"1,2,3", b'"a\nb",', b"\xff", b"\x00"])),
    max_size=12,
)
WORDS = r"""{ } [ ] , : "id" "contents" "services.csv" 1e999 null "status" "active" "phones" - "\ud800" "\u0000" 1.5"""
PIECES = st.lists(st.sampled_from([*WORDS.encode().split(), b"\n", b"\xff"]), max_size=30)


def read_all(path: Path) -> None:
    """Read a package to its end, as the import does. Raises only what is told to people."""
    readers: dict[str, RowReader] = {}
    try:
        with opened_package(path) as package:
            for part in package.parts():
                for _, found in part.units:
                    for entity, _, cells in [] if isinstance(found, Broken) else found:
                        reader = readers.setdefault(entity, RowReader("feed", entity))
                        try:
                            row = reader.read(cells)
                        except Unusable:
                            continue
                        assert not any("\x00" in value for value in row if value)
                        "".join(value or "" for value in row).encode()
    except PackageError:
        return


def written(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        read_all(path)


@given(
    header=st.sampled_from(HEADERS), lines=LINES, name=st.sampled_from(["services.csv", "organizations.csv"])
)
@settings(deadline=None)
def test_a_csv_file_of_any_bytes_is_read_or_refused(header: bytes, lines: list[bytes], name: str) -> None:
    written(name, header + b"\n".join(lines))


@given(
    data=st.one_of(st.binary(max_size=200), PIECES.map(b"".join)),
    name=st.sampled_from(["a.json", "a.ndjson"]),
)
@settings(deadline=None)
def test_a_json_file_of_any_bytes_is_read_or_refused(data: bytes, name: str) -> None:
    written(name, data)


@given(data=st.binary(max_size=300), at=st.integers(0, 400), file=st.sampled_from(sorted(FILES)))
@settings(deadline=None)
def test_a_zip_of_any_bytes_is_read_or_refused(data: bytes, at: int, file: str) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"id,name,status\n" + b"1,Help,active\n" * 20)
        archive.writestr(f"more/{file}", data)
    archived = whole.getvalue()
    written("a.zip", archived[:at] + data + archived[at + len(data) :])


def test_a_zip_whose_member_has_no_name_is_read_without_it(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("services.csv", "id,name,status\n1,Help,active\n")
        archive.writestr(zipfile.ZipInfo(""), "nobody's")
    with opened_package(path) as package:
        assert [part.entity for part in package.parts()] == ["service"]
