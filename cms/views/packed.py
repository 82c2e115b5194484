"""What a pack holds: each page as a file that needs nothing else, their list, and how to check that it is ours."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.cleaning.files import ENDINGS
from cms.models.attached_file import AttachedFile
from cms.models.edition import Edition
from cms.rules.packs import good_until, packed
from cms.shown import shown
from cms.views.doors import Door
from cms.words import name
from safety.signing import fingerprint, public_keys, sign

MOST_ATTACHED = 10 * 1024 * 1024
"""Bytes of attached files in one pack; what is beyond is named, and had online."""
STYLE = "pack.css"
README = {"en": "README.txt", "fr": "LISEZMOI.txt"}


@dataclass(frozen=True, slots=True)
class Pack:
    """What is packed. Two are the same if they would hold the same: `stamp` is all of an edition that may change."""

    language: str
    sector: str
    prefix: str
    day: date
    key: bytes
    stamp: tuple[tuple[object, ...], ...]
    editions: tuple[Edition, ...] = field(compare=False, repr=False)
    door: Door = field(compare=False, repr=False)

    @property
    def until(self) -> date:
        """The day after which it should be taken anew."""
        return good_until(self.day, [edition.review_by for edition in self.editions])

    @property
    def home(self) -> str:
        """Where its pages are online."""
        return f"{settings.SITE_URL}{self.door.address('protocols')}"


def pack_of(door: Door, sector: str, language: str, day: date) -> Pack | None:
    """All current pages of a sector that may be read through this door; None where there are none."""
    rows = door.readable().current().under({"sector": sector}).order_by("title", "slug")
    editions = tuple(rows)
    stamp = tuple((row.pk, row.standing(day), row.tier, row.reviewed_on, row.review_by) for row in editions)
    made = Pack(language, sector, door.prefix, day, public_keys()[0], stamp, editions, door)
    return made if editions else None


def _attached(pack: Pack) -> dict[str, tuple[str, bytes]]:
    """By its id, each file that the pages carry: its name in the pack, and its bytes; in all no more than fit."""
    keys = {key for edition in pack.editions for key in edition.files}
    files = AttachedFile.objects.using(pack.door.using).filter(pk__in=keys)
    fit, room = [], MOST_ATTACHED
    for key, size in files.order_by("pk").values_list("pk", "size"):
        if size <= room:
            room -= size
            fit.append(key)
    return {
        str(file.pk): (f"files/{file.pk}.{ENDINGS[file.kind]}", bytes(file.content))
        for file in files.filter(pk__in=fit).order_by("pk")
    }


def _permanent(pack: Pack, edition: Edition) -> str:
    address = pack.door.address("protocol_edition", slug=edition.slug, number=edition.number)
    return f"{settings.SITE_URL}{address}"


def _context(pack: Pack) -> dict[str, Any]:
    return {
        "language": pack.language,
        "sector": name("sector", pack.sector),
        "day": pack.day,
        "until": pack.until,
        "home": pack.home,
    }


def _page(pack: Pack, edition: Edition, attached: dict[str, tuple[str, bytes]]) -> bytes:
    page = shown(edition.facts, reviewed_on=edition.reviewed_on, today=pack.day)
    for row in page["attachments"]:
        row["url"] = f"../{attached[row['file']][0]}" if row["file"] in attached else ""
    context = {"page": page, "edition": edition, "permanent": _permanent(pack, edition)}
    here = {"index": "../index.html", "search_url": "", "edition_url": ""}
    return render_to_string("cms/pack_page.html", _context(pack) | context | here).encode()


def _line(pack: Pack, edition: Edition) -> dict[str, Any]:
    """What the list of the pack's pages tells of one."""
    return {
        "title": edition.title,
        "summary": edition.facts["summary"],
        "file": f"pages/{edition.slug}.html",
        "version": edition.number,
        "permanent": _permanent(pack, edition),
        "tier": edition.tier,
        "standing": edition.standing(pack.day).value,
        "reviewed_on": edition.reviewed_on and edition.reviewed_on.isoformat(),
        "review_by": edition.review_by and edition.review_by.isoformat(),
    }


def _read_me(pack: Pack) -> bytes:
    told = _context(pack) | {"fingerprint": fingerprint(pack.key), "key_url": key_address()}
    return render_to_string("cms/pack_read_me.txt", told).encode()


def _style() -> bytes:
    """The stylesheet of a pack's pages, which they carry with them."""
    found = finders.find(f"css/{STYLE}")
    assert isinstance(found, str)
    return Path(found).read_bytes()


def key_address() -> str:
    """Where everybody finds the public key by which a pack is checked, one for vetted workers too."""
    return f"{settings.SITE_URL}{reverse('protocol_pack_key')}"


# A few dozen packs: each sector in both languages through two doors, made anew when a page or its standing changes.
@lru_cache(maxsize=32)
def made(pack: Pack) -> bytes:
    """The zip. Kept in memory while nothing in it changes, so that asking again costs nothing."""
    with override(pack.language):
        attached = _attached(pack)
        lines = [_line(pack, edition) for edition in pack.editions]
        index = _context(pack) | {"lines": lines, "read_me": README[pack.language]}
        files = {
            line["file"]: _page(pack, edition, attached)
            for line, edition in zip(lines, pack.editions, strict=True)
        }
        files |= dict(attached.values())
        files["index.html"] = render_to_string("cms/pack_index.html", index).encode()
        files[README[pack.language]] = _read_me(pack)
        files[STYLE] = _style()
        about = {
            "title": _("Protocols and training"),
            "sector": pack.sector,
            "language": pack.language,
            "made_on": pack.day.isoformat(),
            "look_online_after": pack.until.isoformat(),
            "pages": lines,
        }
        return packed(files, about, pack.day, sign)
