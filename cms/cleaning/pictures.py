"""Pictures that editors send: drawn anew, so that nothing but what one sees is kept."""

import io
import warnings
from typing import NamedTuple

from PIL import Image, ImageOps

from cms.cleaning.faults import FileFault, Why

FORMATS = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}
"""By the name that Pillow gives them: media type and ending."""
MOST_PIXELS = 40_000_000
WIDEST = 2400
"""Wider ones are made smaller: no page shows more."""


class Picture(NamedTuple):
    """A clean one: its media type and its bytes."""

    kind: str
    content: bytes


def is_picture(raw: bytes) -> bool:
    """By its first bytes, never by its name."""
    return raw.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"
    )


def clean_picture(raw: bytes) -> Picture:
    """The first frame, the right way up, at most WIDEST pixels wide. Raises FileFault."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=tuple(FORMATS)) as found:
                return _drawn_anew(found)
    except FileFault:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileFault(Why.TOO_LARGE) from None
    except Exception:  # whatever a decoder says of bytes that somebody made
        raise FileFault(Why.BROKEN) from None


def _drawn_anew(found: Image.Image) -> Picture:
    if found.width * found.height > MOST_PIXELS:
        raise FileFault(Why.TOO_LARGE)
    name = str(found.format)
    upright = ImageOps.exif_transpose(found)
    upright = upright.convert("RGB" if name == "JPEG" else "RGBA")
    upright.thumbnail((WIDEST, WIDEST * 4))
    # A new picture: what an old one carries along, profiles, comments and places, is written again by some formats.
    fresh = Image.new(upright.mode, upright.size)
    fresh.paste(upright)
    written = io.BytesIO()
    fresh.save(written, name, **({"quality": 85} if name != "PNG" else {"optimize": True}))
    return Picture(FORMATS[name][0], written.getvalue())
