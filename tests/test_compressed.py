"""Compressed copies stand beside static files, made once and anew when their file changes."""

import gzip
import os
from pathlib import Path

import pytest

from deploy.local.compressed import FOLDERS, compress_static


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A style sheet, a script, and a font that is compressed already."""
    for folder in FOLDERS:
        (tmp_path / folder).mkdir()
    (tmp_path / "css/site.css").write_text("a { }" * 100)
    (tmp_path / "js/map.js").write_text("go();" * 100)
    (tmp_path / "vendor/font.woff2").write_bytes(b"font")
    return tmp_path


def test_text_is_compressed_once(static: Path) -> None:
    assert (compress_static(static), compress_static(static)) == (2, 0)
    copies = sorted(path.name for path in static.rglob("*") if path.is_file())
    assert copies == ["font.woff2", "map.js", "map.js.gz", "site.css", "site.css.gz"]
    assert gzip.decompress((static / "css/site.css.gz").read_bytes()) == b"a { }" * 100


@pytest.mark.parametrize("later", [3600, -3600])
def test_a_changed_file_is_compressed_anew_whatever_its_age(static: Path, later: int) -> None:
    compress_static(static)
    source = static / "css/site.css"
    moment = source.stat().st_mtime + later
    source.write_text("b { }")
    os.utime(source, (moment, moment))
    assert compress_static(static) == 1
    assert gzip.decompress((static / "css/site.css.gz").read_bytes()) == b"b { }"


def test_a_copy_goes_with_its_file(static: Path) -> None:
    compress_static(static)
    (static / "js/map.js").unlink()
    compress_static(static)
    assert not (static / "js/map.js.gz").exists()
