"""Checks of staged rows against each other and against what is stored: what can't be taken leaves staging."""

from collections.abc import Iterable, Sequence

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.import_hsds_doors import Lost
from directory.actions.import_hsds_items import HELD, take_out_held
from directory.actions.import_hsds_report import MOST_LISTED, Dangling, ImportReport
from directory.actions.import_hsds_staging import copy_rows
from directory.actions.import_hsds_tables import (
    OTHERS,
    SHARED,
    ask,
    of_each,
    owners_in,
    run,
    table_of,
    that_have,
)
from directory.rules.hsds_package import CORE, Refusal, derived_id
from directory.rules.hsds_shape import ENTITIES, Field

# What a row that can't be taken says of a door or leads to one: others may tell it in their texts.
LOST = {
    "address": "s.location_id, s.address_1, s.city, s.postal_code, s.address_2, s.attention",
    "service_at_location": "s.service_id, s.location_id",
}
TWICE = "SELECT FROM {staged} GROUP BY id HAVING count(*) > 1"
TOLD = sql.SQL("s._file, s._line, s._path, COALESCE(NULLIF(s._given, ''), s.id::text), s.id")


class Checks:
    """The staged rows of one import; `entities` are those that have any, `missing` files of which that is told.

    `has_items`: some stand in items of JSON, which land whole or not at all.
    """

    def __init__(
        self,
        cursor: CursorWrapper,
        publisher: str,
        entities: Sequence[str],
        files: Sequence[str],
        report: ImportReport,
        missing: Iterable[str] = (),
        *,
        has_items: bool = True,
    ) -> None:
        self._cursor, self._publisher = cursor, publisher
        self._entities, self._files, self._report = entities, files, report
        self._told_missing, self._has_items = set(missing), has_items
        self.lost = Lost()

    def run(self) -> None:
        """Every check, in an order in which each may rely on the ones before."""
        self.map_ids()
        self.refuse_repeated()
        self.refuse_foreign()
        self.refuse_dependent()
        self.tell_dangling()

    def map_ids(self) -> None:
        """Give records that can't have their given id the one that is theirs, also where others name them."""
        given = of_each(
            "SELECT {entity}, given_id::uuid, id FROM {main} WHERE publisher_id = %(publisher)s"
            " AND given_id ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$'",
            ENTITIES,
        )
        run(self._cursor, "INSERT INTO import_ids {given}", {"publisher": self._publisher}, given=given)
        for entity in self._others_have(self._entities):
            self._map_taken(entity)
        if ask(self._cursor, "SELECT 1 FROM import_ids LIMIT 1"):
            self._rename()

    def _map_taken(self, entity: str) -> None:
        """Ids that are another publisher's records already."""
        taken = ask(
            self._cursor,
            "SELECT DISTINCT s.id FROM {staged} s JOIN {main} m ON m.id = s.id AND m.publisher_id <> %s"
            " WHERE NOT EXISTS (SELECT FROM import_ids i WHERE i.entity = %s AND i.staged = s.id)",
            [self._publisher, entity],
            staged=f"staged_{entity}",
            main=entity,
        )
        rows = [(entity, str(id_), derived_id(self._publisher, entity, str(id_))) for (id_,) in taken]
        copy_rows(self._cursor, "import_ids", ("entity", "staged", "id"), rows)

    def _others_have(self, entities: Iterable[str]) -> list[str]:
        """Those of which another publisher has records."""
        return that_have(self._cursor, OTHERS, entities, {"publisher": self._publisher})

    def _rename(self) -> None:
        run(
            self._cursor,
            "UPDATE import_refused r SET id = i.id FROM import_ids i WHERE i.entity = r.entity AND i.staged = r.id",
        )
        for entity in self._entities:
            run(
                self._cursor,
                "UPDATE {staged} s SET _given = s.id::text, id = i.id FROM import_ids i"
                " WHERE i.entity = %s AND i.staged = s.id",
                [entity],
                staged=f"staged_{entity}",
            )
            for ref in ENTITIES[entity].refs:
                run(
                    self._cursor,
                    "UPDATE {staged} s SET {ref} = i.id FROM import_ids i"
                    " WHERE i.entity = ANY(%s) AND i.staged = s.{ref}",
                    [list(owners_in(ref))],
                    staged=f"staged_{entity}",
                    ref=ref.name,
                )

    def refuse_repeated(self) -> None:
        """Of several rows with one id the first is taken."""
        for entity in that_have(self._cursor, TWICE, self._entities):
            self._lose(entity, "s.id IN (SELECT id FROM {staged} GROUP BY id HAVING count(*) > 1)")
            rows = ask(
                self._cursor,
                "WITH twice AS (SELECT id FROM {staged} GROUP BY id HAVING count(*) > 1),"
                " numbered AS (SELECT s.ctid AS place, row_number() OVER w AS n, first_value(s._file) OVER w AS f,"
                " first_value(s._line) OVER w AS l FROM {staged} s JOIN twice USING (id)"
                " WINDOW w AS (PARTITION BY s.id ORDER BY s.position))"
                " DELETE FROM {staged} s USING numbered d WHERE s.ctid = d.place AND d.n > 1"
                " RETURNING s._file, s._line, s._path, COALESCE(NULLIF(s._given, ''), s.id::text), d.f, d.l",
                staged=f"staged_{entity}",
            )
            for file, line, path, key, first_file, first_line in sorted(rows):
                where = "" if first_file == file else f"{self._files[first_file]}, "
                reason = f"{where}row {first_line} has the same id"
                self._report.refuse(Refusal(self._files[file], line, path, key, reason), entity)

    def refuse_foreign(self) -> None:
        """Nobody hangs anything on another publisher's records."""
        foreign = self._others_have(e for e in ENTITIES if e not in SHARED)
        for entity in self._entities if foreign else ():
            for ref in table_of(entity).owners:
                for target in owners_in(ref):
                    if target in foreign:
                        self._refuse_foreign(entity, ref, target)

    def _lose(self, entity: str, where: str, params: Sequence[object] = (), **parts: str) -> None:
        """Note what is about to be refused of doors."""
        if entity not in LOST:
            return
        rows = ask(
            self._cursor,
            f"SELECT {LOST[entity]} FROM {{staged}} s WHERE {where}",  # noqa: S608
            params,
            staged=f"staged_{entity}",
            **parts,
        )
        if entity == "address":
            self.lost.streets += rows
        else:
            self.lost.ties += [(service, place) for service, place in rows if service and place]

    def _refuse_foreign(self, entity: str, ref: Field, target: str) -> None:
        rows = ask(
            self._cursor,
            "DELETE FROM {staged} s USING {main} m WHERE m.id = s.{ref} AND m.publisher_id <> %s"
            " AND NOT EXISTS (SELECT FROM {target} t WHERE t.id = s.{ref}) RETURNING {told}",
            [self._publisher],
            staged=f"staged_{entity}",
            main=target,
            ref=ref.name,
            target=f"staged_{target}",
            told=TOLD,
        )
        self._tell(entity, rows, f"{ref.name} names a record of another publisher")

    def _tell(self, entity: str, rows: list[tuple[int, int, str, str, object]], reason: str) -> None:
        """Count refused rows, and keep their ids: what hangs on them can't be taken either."""
        for file, line, path, key, _ in sorted(rows, key=lambda row: (row[0], row[1], row[2])):
            self._report.refuse(Refusal(self._files[file], line, path, key, reason), entity)
        kept = [(entity, str(id_), file, line) for file, line, _, _, id_ in rows]
        copy_rows(self._cursor, "import_refused", ("entity", "id", "file", "line"), kept)

    def refuse_dependent(self) -> None:
        """What belongs to a refused record is refused with it; what is stored of it stays as it was."""
        if not self._is_any_refused():
            return
        for entity in self._entities:
            run(
                self._cursor,
                "DELETE FROM import_refused r USING {staged} s WHERE r.entity = %s AND s.id = r.id",
                [entity],
                staged=f"staged_{entity}",
            )
        if not self._is_any_refused():
            return
        self._refuse_hanging()
        while self._refuse_held():
            self._refuse_hanging()

    def _is_any_refused(self) -> bool:
        return bool(ask(self._cursor, "SELECT 1 FROM import_refused LIMIT 1"))

    def _refuse_hanging(self) -> None:
        for entity in self._entities:
            for ref in table_of(entity).owners:
                # A term may hang on a term that hangs on a refused one.
                while self._refuse_dependent(entity, ref) and ref.target == entity:
                    pass

    def _refuse_held(self) -> int:
        """Of items of which anything was refused, what no other record names goes as well; how many rows."""
        count = 0
        for entity in self._entities if self._has_items else ():
            if entity in HELD:
                rows = take_out_held(self._cursor, entity, self._entities, TOLD)
                self._tell(entity, rows, "the item that holds it was refused")
                count += len(rows)
        return count

    def _refuse_dependent(self, entity: str, ref: Field) -> int:
        of_refused = "s.{ref} IN (SELECT id FROM import_refused WHERE entity = ANY(%s))"
        self._lose(entity, of_refused, [list(owners_in(ref))], ref=ref.name)
        rows = ask(
            self._cursor,
            "DELETE FROM {staged} s WHERE " + of_refused + " RETURNING {told}",  # noqa: S608
            [list(owners_in(ref))],
            staged=f"staged_{entity}",
            ref=ref.name,
            told=TOLD,
        )
        self._tell(entity, rows, f"the record that {ref.name} names was refused")
        return len(rows)

    def tell_dangling(self) -> None:
        """Count the ids that name nothing here, and list the first ones."""
        used = self._used_refs()
        for entity in self._entities:
            for ref in ENTITIES[entity].refs:
                if (entity, ref.name) in used:
                    self._tell_dangling(entity, ref)

    def _used_refs(self) -> set[tuple[str, str]]:
        """The links, by entity and name, that any staged row has."""
        parts = [
            sql.SQL("SELECT {}, {} WHERE EXISTS (SELECT FROM {} WHERE {} IS NOT NULL)").format(
                entity, ref.name, sql.Identifier(f"staged_{entity}"), sql.Identifier(ref.name)
            )
            for entity in self._entities
            for ref in ENTITIES[entity].refs
        ]
        return set(ask(self._cursor, "{each}", each=sql.SQL(" UNION ALL ").join(parts))) if parts else set()

    def _tell_dangling(self, entity: str, ref: Field) -> None:
        """Sift the ids of one link through every table that may hold them: what is left names nothing."""
        loose = run(
            self._cursor,
            "INSERT INTO import_loose SELECT s.{ref}, s._file, s._line FROM {staged} s WHERE s.{ref} IS NOT NULL"
            " AND NOT EXISTS (SELECT FROM {first} t WHERE t.id = s.{ref})",
            ref=ref.name,
            staged=f"staged_{entity}",
            first=f"staged_{ref.target or 'service'}",
        )
        for table in self._may_hold(ref):
            if not loose:
                return
            loose -= run(
                self._cursor, "DELETE FROM import_loose l USING {table} t WHERE t.id = l.id", table=table
            )
        if loose:
            self._name_dangling(entity, ref)

    def _may_hold(self, ref: Field) -> list[str]:
        """The tables in which what a link names may stand: those that came and have rows, and those that are stored."""
        return [
            table
            for target in owners_in(ref)
            for table in (f"staged_{target}", target)
            if table == target or target in self._entities
        ]

    def _name_dangling(self, entity: str, ref: Field) -> None:
        rows = ask(
            self._cursor,
            # As it was written: an id that isn't ours became another, which its publisher never saw.
            "WITH listed AS (SELECT file, line, id, count(*) OVER () AS total,"
            "  row_number() OVER (ORDER BY file, line, id) AS n FROM import_loose ORDER BY n LIMIT %s)"
            " SELECT l.file, l.line, COALESCE(min(s.written ->> %s), l.id::text), l.total FROM listed l"
            " LEFT JOIN {staged} s ON s._file = l.file AND s._line = l.line AND s.{ref} = l.id"
            " GROUP BY l.n, l.file, l.line, l.id, l.total ORDER BY l.n",
            [MOST_LISTED, ref.name],
            ref=ref.name,
            staged=f"staged_{entity}",
        )
        run(self._cursor, "DELETE FROM import_loose")
        self._report.dangling_total += rows[0][3] if rows else 0
        if rows:
            self._tell_missing(ref.target, rows[0][3])
        for file, line, id_, _ in rows:
            self._report.name(Dangling(self._files[file], line, f"{entity}.{ref.name}", id_))

    def _tell_missing(self, target: str, count: int) -> None:
        """A package of tables that names what its own missing core file would have is told so, once."""
        file = ENTITIES[target].file if target else ""
        is_tabular = any(name.lower().endswith(".csv") for name in self._files)
        if file in CORE and is_tabular and file not in self._files and file not in self._told_missing:
            self._told_missing.add(file)
            reason = f"the file is missing, and {count} rows of others name records that it should have"
            self._report.refuse(Refusal(file, 0, "", "", reason), target)
