"""What a feed tells of protected places is taken out of staging, so that an import never brings a door back.

As `scrub_places` and `cut_traces` do with stored records, before anything is merged: the same again changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from directory.actions.alike_stored import alike_stored
from directory.actions.cut_traces import Cut
from directory.actions.forget_again import forget_again
from directory.actions.forget_loose import forget_loose, withhold_history, withhold_loose
from directory.actions.forget_packages import forget_packages_on_commit
from directory.actions.import_hsds_akin import NewTies, linked_ties, of_older_akin, places_akin, with_akin
from directory.actions.import_hsds_doors import Doors, Lost, find_doors
from directory.actions.import_hsds_names import Called, NamedPlaces, called, cut_staged_names
from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_staging import copy_rows
from directory.actions.import_hsds_tables import ask, run
from directory.actions.import_hsds_telling import cut_staged
from directory.actions.import_hsds_withholding import Withholding, ids_of, tied_to
from directory.actions.keep_traces import PlaceTrace, keep_traces, kept_of, of_place, traces_key
from directory.actions.look_alikes import suggest_alike
from directory.actions.scrub_places import scrub_places
from directory.actions.services_concerned import concerned_by
from directory.actions.shut_places import shut_places
from directory.models.area import Area
from directory.models.door_trace import DoorTrace
from directory.models.place import Place as StoredPlace
from directory.rules.door_traces import FEWEST_WORDS, Traces, traces_of
from directory.rules.hsds_package_placing import Placer
from directory.rules.places import Gazetteer, Place
from directory.rules.text import fold

HISTORY = (
    "SELECT a.location_id, m.field_name, m.previous_value, m.replacement_value FROM staged_metadata m"
    " JOIN staged_address a ON a.id = m.resource_id WHERE m.field_name = ANY(%s) AND a.location_id = ANY(%s)"
)
BESIDE = ("address_2", "attention")
IN_TEXTS = ("phrase", "number", "town", "name")
"""Kinds of traces that texts tell."""
PLACES = (
    "SELECT id, latitude, longitude, external_identifier, transportation, description, name, alternate_name, _given"
    " FROM staged_location WHERE id = ANY(%s)"
)
STREETS = (
    "SELECT location_id, address_1, city, postal_code, address_2, attention"
    " FROM staged_address WHERE location_id = ANY(%s)"
)
WHERE = (
    "SELECT s.id, s.latitude, s.longitude, a.city, a.state_province, a.postal_code, a.country"
    " FROM staged_location s LEFT JOIN (SELECT DISTINCT ON (location_id) * FROM staged_address"
    "   WHERE location_id = ANY(%s) ORDER BY location_id, address_type <> 'physical', position, id) a"
    " ON a.location_id = s.id WHERE s.id = ANY(%s)"
)
SHUT = (
    "UPDATE location l SET is_protected = true, area_id = g.area, community_id = NULL,"
    " placed_by = CASE WHEN g.area IS NULL THEN 'nothing' ELSE 'area' END"
    " FROM unnest(%s::uuid[], %s::text[]) AS g(id, area)"
    " WHERE l.id = g.id AND l.publisher_id = %s AND NOT l.is_protected"
)


@dataclass(slots=True)
class Told:
    """What the feed itself says of one door."""

    streets: list[tuple[str, str, str]] = field(default_factory=list)
    beside: list[tuple[str, str, str]] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    before_beside: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # the way there, and what the place is like
    names: list[str] = field(default_factory=list)
    identifier: str = ""
    point: tuple[float | None, float | None] = (None, None)
    given: str = ""

    def traces(self) -> Traces:
        """What to look for in texts."""
        return traces_of(
            streets=[*(street for street, _, _ in self.streets), *self.before],
            beside=[*(line for line, _, _ in self.beside), *self.before_beside],
            postal_codes=[code for _, _, code in self.streets],
            others=[self.identifier, *(t for t in self.texts if len(fold(t).split()) >= FEWEST_WORDS)],
            directions=self.texts[:1],
            coordinates=[value for value in self.point if value is not None],
        )


class Guard:
    """The protection of places in one import: `withhold` before the merge, `shut` after it, both in a `with`."""

    def __init__(
        self, cursor: CursorWrapper, publisher: str, entities: Sequence[str], report: ImportReport
    ) -> None:
        self._cursor, self._publisher = cursor, publisher
        self._entities, self._report = entities, report
        self._doors = Doors()
        self._areas: dict[UUID, str | None] = {}
        self._keeping: Future[list[PlaceTrace]] | None = None
        self._given_up = Event()
        self._named = NamedPlaces({})
        self._cuts: list[Cut] = []
        self._anew: NewTies | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nobody wants the digests any more: the process must not wait for them at its end."""
        self._given_up.set()

    def withhold(self, gazetteer: Gazetteer, lost: Lost) -> None:
        """Take out of staging whatever would tell where a protected place is."""
        hold_places(self._cursor, self._entities)
        if "address" in self._entities:
            withhold_loose(self._cursor, self._report)
        self._doors = find_doors(self._cursor, self._publisher, lost, lambda ids: self._stand(ids, gazetteer))
        places = self._doors.all
        self._anew, theirs = NewTies(self._cursor), places_akin(self._cursor, self._publisher)
        if not (places or theirs):
            return
        more = [service for service, place in lost.ties if place in set(places)]
        told, found = self._told(places, lost), tied_to(self._cursor, places, more)
        towns = self._towns_of(places, gazetteer)
        to_shut = {id_: towns[id_] for id_ in self._doors.to_shut}
        self._areas = _areas_of(to_shut)
        traces = Traces().joined(one.traces() for one in told.values()).joined([kept_of([*places, *theirs])])
        self._hold()
        self._shut_stored()
        if "metadata" in self._entities:
            withhold_history(self._cursor, traces, self._report)
        Withholding(self._cursor, found, self._entities, self._report).run()
        told_by = with_akin(self._cursor, found, theirs)
        cut_staged(self._cursor, told_by, traces, self._entities, self._report)
        names = dict.fromkeys(theirs, Called()) | _called(told, towns)
        self._named = NamedPlaces(names, [*lost.ties, *linked_ties([*places, *theirs])])
        cut_staged_names(self._cursor, self._named, self._entities, self._report)
        self._keep(told)
        self._say()

    def _told(self, places: list[UUID], lost: Lost) -> dict[UUID, Told]:
        """What staging, and refused rows, tell of these places."""
        found: dict[UUID, Told] = {}
        wanted = set(places)
        refused = [row for row in lost.streets if row[0] in wanted]
        for place, *street in [*ask(self._cursor, STREETS, [places]), *refused]:
            one, two, three, *lines = (part or "" for part in street)
            told = found.setdefault(place, Told())
            told.streets.append((one, two, three))
            told.beside += [(line, two, three) for line in lines if line]
        for place, *_, attention in ask(self._cursor, STREETS, [places]):
            found[place].names.append(attention or "")
        for place, name, *values in ask(self._cursor, HISTORY, [["address_1", *BESIDE], places]):
            told = found.setdefault(place, Told())
            before = told.before_beside if name in BESIDE else told.before
            before += [value for value in values if value]
        for place, latitude, longitude, identifier, *texts, given in ask(self._cursor, PLACES, [places]):
            one_told = found.setdefault(place, Told())
            one_told.point, one_told.identifier = (latitude, longitude), identifier or ""
            one_told.texts, one_told.given = [text or "" for text in texts[:2]], given
            one_told.names += [name or "" for name in texts[2:]]
        return found

    def _stand(self, places: list[UUID], gazetteer: Gazetteer) -> dict[UUID, tuple[str | None, str | None]]:
        """Published area and province of places, by what the feed tells of them."""
        areas = _areas_of(self._towns_of(places, gazetteer))
        provinces = dict(
            Area.objects.filter(pk__in=filter(None, areas.values())).values_list("pk", "province")
        )
        return {id_: (area, provinces.get(area) if area else None) for id_, area in areas.items()}

    def ask_a_steward(self) -> set[UUID]:
        """About services that look like those of protected places, once both are in and clear ones are linked.

        From now on their texts tell no door of each other. The services whose listings may read otherwise by that.
        """
        self._report.suggested += suggest_alike(self._cursor, self._doors.pairs)
        cuts = self._anew.cut_pairs() if self._anew else []
        return concerned_by(cut[:2] for cut in cuts)

    def _towns_of(self, places: list[UUID], gazetteer: Gazetteer) -> dict[UUID, int | None]:
        """The community of each place, by what the feed tells of it."""
        rows = ask(self._cursor, WHERE, [places, places])
        found: dict[UUID, int | None] = dict.fromkeys(places)
        if not rows:
            return found
        placer = _placer(gazetteer)
        for id_, latitude, longitude, *address in rows:
            found[id_] = placer.place(latitude, longitude, *(part or "" for part in address)).community
        return found

    def _hold(self) -> None:
        """What is new of open places at services of protected ones waits; what is stored of them stays as it was."""
        held = self._doors.held
        for entity, ids in (("address", held.addresses), ("service_at_location", held.sites)):
            rows = ask(
                self._cursor,
                "DELETE FROM {staged} WHERE id = ANY(%s) RETURNING id, _file, _line",
                [sorted(ids)],
                staged=f"staged_{entity}",
            )
            kept = [(entity, str(id_), file, line) for id_, file, line in rows]
            copy_rows(self._cursor, "import_refused", ("entity", "id", "file", "line"), kept)
            self._report.withheld[entity] += len(rows)
        self._report.withheld["location"] += run(
            self._cursor,
            "UPDATE staged_location s SET latitude = m.latitude, longitude = m.longitude,"
            " external_identifier = m.external_identifier, written = m.written, flags = m.flags"
            " FROM location m WHERE m.id = s.id AND s.id = ANY(%s)",
            [sorted(held.points)],
        )

    def _keep(self, told: dict[UUID, Told]) -> None:
        """Begin with the digests: they are wanted after the merge, while which the database has the work."""
        beside = ThreadPoolExecutor(1)
        self._keeping = beside.submit(_digests, told, traces_key(), self._given_up)
        beside.shutdown(wait=False)

    def _say(self) -> None:
        doors, notes = self._doors, self._report.notes
        if doors.sheltering:
            words = f", {doors.by_words} services by their words alone" if doors.by_words else ""
            notes.append(
                f"{len(doors.sheltering)} places of shelters and the like come in protected{words}:"
                " open one with manage.py open_location"
            )
        if doors.telling:
            notes.append(
                f"{len(doors.telling)} places are a protected place of this directory: protected too"
            )
        if doors.alike:
            notes.append(
                f"{len(doors.alike)} places look like protected places of this directory:"
                " protected until a steward opens them"
            )
        if doors.beside:
            notes.append(
                f"{len(doors.beside)} new places around protected ones are protected until a steward opens them"
            )
        if doors.at_point:
            notes.append(
                f"{len(doors.at_point)} places without a street stand at the point of a protected one: protected too"
            )
        held = doors.held
        if count := len(held.addresses) + len(held.sites) + len(held.points):
            notes.append(f"{count} changes of open places at services of protected places are held back")

    def shut(self) -> set[UUID]:
        """Protect what is to be, once the rows are in. The services whose listings may read otherwise by that."""
        places = self._doors.all
        if not places:
            return concerned_by(cut[:2] for cut in self._cut_relatives())
        areas = {id_: self._areas.get(id_) for id_ in self._doors.to_shut}
        run(self._cursor, SHUT, [list(areas), list(areas.values()), self._publisher])
        scrub_places(
            ids_of(self._cursor, "SELECT id FROM location WHERE id = ANY(%s) AND is_protected", places)
        )
        cuts = [*self._forget_new(), *self._cut_relatives()]
        forget_loose()
        others = self._shut_alike(list(areas))
        if areas:
            forget_packages_on_commit()
        # What was deleted leads nowhere any more: all services of whoever runs these places are told anew.
        shut = [("location", id_) for id_ in [*areas, *others]]
        owners = [("organization", id_) for id_ in tied_to(self._cursor, list(areas)).organizations]
        return concerned_by([*shut, *owners, *(cut[:2] for cut in [*self._cuts, *cuts])])

    def _shut_alike(self, places: list[UUID]) -> list[UUID]:
        """Open places of other publishers that look like these, which are protected since now."""
        found = alike_stored(places)
        self._doors.pairs |= found.pairs
        others = sorted(found.places)
        if others:
            self._cuts += shut_places(others).cut
            self._report.notes.append(
                f"{len(others)} places of other publishers look like places that are protected now: protected too"
            )
        return others

    def _shut_stored(self) -> None:
        """Open places that were here before this import: all that is stored of them goes."""
        before = ids_of(
            self._cursor,
            "SELECT id FROM location WHERE id = ANY(%s) AND publisher_id = %s AND NOT is_protected",
            self._doors.to_shut,
            self._publisher,
        )
        if before:
            self._cuts = shut_places(before).cut

    def _forget_new(self) -> list[Cut]:
        """Keep what the feed told; where it told something new, look for it in what was stored before, too."""
        kept = [*(self._keeping.result() if self._keeping else []), *self._named.kept]
        known = _stored_traces({trace.location_id for trace in kept})
        new = [t for t in kept if (t.location_id, t.kind, t.digest) not in known]
        keep_traces(new)
        places = sorted({trace.location_id for trace in new if trace.kind in IN_TEXTS})
        older = {*_of_older_owners(self._cursor, places), *of_older_akin(self._cursor, places)}
        return forget_again(sorted(older))

    def _cut_relatives(self) -> list[Cut]:
        return self._anew.cut_relatives() if self._anew else []


def _digests(told: dict[UUID, Told], key: bytes, given_up: Event) -> list[PlaceTrace]:
    """What is kept of what a feed tells; nothing more once that was given up. Nothing here asks the database."""
    kept: list[PlaceTrace] = []
    for place, one in sorted(told.items()):
        if given_up.is_set():
            return []
        given = [one.given] if one.given else []
        kept += of_place(place, one.traces(), one.streets, one.point, given, beside=one.beside, key=key)
    return kept


def _stored_traces(places: Iterable[UUID]) -> set[tuple[UUID, str, bytes]]:
    rows = DoorTrace.objects.filter(location_id__in=list(places))
    return {(place, kind, bytes(d)) for place, kind, d in rows.values_list("location_id", "kind", "digest")}


def _of_older_owners(cursor: CursorWrapper, places: list[UUID]) -> list[UUID]:
    """Those of these places whose services or organizations were here before this import."""
    return ids_of(
        cursor,
        "SELECT l.id FROM location l WHERE l.id = ANY(%s) AND (EXISTS (SELECT FROM organization o"
        "  WHERE o.id = l.organization_id AND NOT EXISTS (SELECT FROM touched_organization t"
        "   WHERE t.id = o.id AND t.is_new))"
        " OR EXISTS (SELECT FROM service_at_location x JOIN service s ON s.id = x.service_id"
        "  LEFT JOIN organization o ON o.id = s.organization_id WHERE x.location_id = l.id"
        "  AND (NOT EXISTS (SELECT FROM touched_service t WHERE t.id = s.id AND t.is_new)"
        "   OR o.id IS NOT NULL AND NOT EXISTS (SELECT FROM touched_organization t"
        "    WHERE t.id = o.id AND t.is_new))))",
        places,
    )


def _placer(gazetteer: Gazetteer) -> Placer:
    """What finds the community of a place."""
    stored = StoredPlace.objects.filter(kind="community").order_by("id")
    rows: list[Any] = list(
        stored.values_list("id", "name", "name_fr", "province", "latitude", "longitude", "population", "zone")
    )
    return Placer(gazetteer, [Place(*row, kind="community") for row in rows])


def _areas_of(towns: Mapping[UUID, int | None]) -> dict[UUID, str | None]:
    """The published area of each place by its community."""
    stored = StoredPlace.objects.filter(pk__in=set(filter(None, towns.values())), area__isnull=False)
    areas = dict(stored.order_by("id").values_list("id", "area_id"))
    return {id_: areas.get(town) if town else None for id_, town in towns.items()}


def _called(told: Mapping[UUID, Told], towns: Mapping[UUID, int | None]) -> dict[UUID, Called]:
    """What these places and their small communities are called."""
    names = {place: one.names for place, one in told.items()}
    cities = {place: [city for _, city, _ in one.streets] for place, one in told.items()}
    return called(names, cities, towns)


def hold_places(cursor: CursorWrapper, entities: Sequence[str]) -> None:
    """Places of which this import writes anything: whoever wants to protect one waits until it is through."""
    for entity in ("location", "address", "accessibility", "service_at_location"):
        if entity in entities:
            run(
                cursor,
                "SELECT FROM location WHERE id IN (SELECT {column} FROM {staged}) FOR NO KEY UPDATE",
                column="id" if entity == "location" else "location_id",
                staged=f"staged_{entity}",
            )
