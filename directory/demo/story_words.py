"""The words of the demonstration's country, read from fixtures/demo/words into plain frozen values."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Say:
    """One thing said in both languages. `tags` tell where it fits: see `Fit` in story_fitting.py."""

    en: str
    fr: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """How services of one need speak; `also` are needs that they often meet too."""

    slug: str
    names: tuple[Say, ...]
    does: tuple[Say, ...]
    more: tuple[Say, ...]
    hours: tuple[str, ...]
    reach: tuple[str, ...]
    also: tuple[str, ...]
    fees: str
    documents: str
    instead: dict[str, str] = field(default_factory=dict)
    """Audiences that it can't be for, each with the one that comes in its place."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Facts that a service may state (see story_conditions.py) and sentences that say so."""

    key: str
    facts: tuple[str, ...]
    says: tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A sort of organization. `people`: how large its town is at least; `governed`: "itself", "nation" or ""."""

    key: str
    share: int
    types: tuple[Say, ...]
    core: tuple[str, ...]
    extra: tuple[str, ...]
    audience: tuple[str, ...]
    about: tuple[Say, ...]
    focus: tuple[str, ...] = ()
    protected: bool = False
    people: int = 0
    provinces: tuple[str, ...] = ()
    north: bool = False
    reach: bool = False
    signs: bool = False
    land: str = ""
    governed: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """A community of the gazetteer; `speaks` is en, fr or both; `remote`: one goes there by plane."""

    name: str
    people: int
    codes: tuple[str, ...]
    speaks: str
    point: tuple[float, float]
    remote: bool = False

    @property
    def province(self) -> str:
        """Its two letters."""
        return self.name[-2:]

    @property
    def plain(self) -> str:
        """Without the province."""
        return self.name[:-4]


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that is read. `statements` and `manners` are by group."""

    kinds: dict[str, Kind]
    profiles: tuple[Profile, ...]
    towns: tuple[Town, ...]
    statements: dict[str, tuple[Statement, ...]]
    manners: dict[str, dict[str, tuple[Say, ...]]]
    about: dict[str, tuple[Say, ...]] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)
    tongues: dict[str, Any] = field(default_factory=dict)


def _says(rows: list[list[str]]) -> tuple[Say, ...]:
    return tuple(Say(row[0], row[1], tuple(" ".join(row[2:]).split())) for row in rows)


def _kind(slug: str, row: Raw) -> Kind:
    return Kind(
        slug=slug,
        names=_says(row["names"]),
        does=_says(row["does"]),
        more=_says(row["more"]),
        hours=tuple(row["hours"]),
        reach=tuple(row.get("reach", ["place"])),
        also=tuple(row["with"]),
        fees=row.get("fees", "free"),
        documents=row.get("documents", ""),
        instead=row.get("instead", {}),
    )


def _profile(key: str, row: Raw) -> Profile:
    lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
    said = {name: _says(row[name]) for name in ("types", "about")}
    return Profile(key=key, **row | lists | said)


def _town(row: Raw) -> Town:
    return Town(**row | {"codes": tuple(row["codes"]), "point": (row["point"][0], row["point"][1])})


def _statements(rows: Raw) -> tuple[Statement, ...]:
    return tuple(Statement(key, tuple(row["facts"]), _says(row["says"])) for key, row in rows.items())


def _read(path: Path) -> Raw:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def read_words(folder: Path) -> Words:
    """The words under `folder`. Raises OSError, KeyError or TOMLDecodeError for words that can't be used."""
    kinds: Raw = {}
    for path in sorted(folder.glob("kinds_*.toml")):
        kinds |= _read(path)
    manners = _read(folder / "manners.toml")
    return Words(
        kinds={slug: _kind(slug, row) for slug, row in kinds.items()},
        profiles=tuple(_profile(key, row) for key, row in _read(folder / "profiles.toml").items()),
        towns=tuple(map(_town, _read(folder / "towns.toml")["towns"])),
        statements={g: _statements(rows) for g, rows in _read(folder / "statements.toml").items()},
        manners={g: {name: _says(says) for name, says in rows.items()} for g, rows in manners.items()},
        about={group: _says(rows) for group, rows in _read(folder / "about.toml").items()},
        names=_read(folder / "names.toml"),
        tongues=_read(folder / "tongues.toml"),
    )
