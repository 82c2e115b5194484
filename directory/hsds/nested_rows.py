"""The rows of a batch of items: one statement for each entity, however many records there are."""

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from directory.hsds.export_disclosure import Disclosure
from directory.hsds.export_tables import Row, attribute_of, model_of, read_rows, refs_of
from directory.hsds.nested_view import Step, View, steps
from directory.rules.hsds_shape import ENTITIES


class Rows:
    """All that nests in a batch of roots: `by_id` by entity, `held` by (entity, REF) and the holder's id.

    `there` holds the ids, by entity, of records that a REF names and that exist without nesting in the batch.
    """

    def __init__(self) -> None:
        self.by_id: dict[str, dict[UUID, Row]] = defaultdict(dict)
        self.held: dict[tuple[str, str], dict[UUID, list[Row]]] = defaultdict(lambda: defaultdict(list))
        self.there: dict[str, set[UUID]] = defaultdict(set)

    def is_there(self, entity: str, id_: UUID) -> bool:
        """True if such a record is kept, told or not."""
        return id_ in self.by_id[entity] or id_ in self.there[entity]


def read_batch(view: View, shown: Disclosure, ids: Sequence[UUID]) -> Rows:
    """The roots of these ids, as far as they may be told, and everything that nests in them."""
    rows = Rows()
    _keep(rows, view.root, shown, Q(id__in=ids), Step(view.root, (), ()))
    for step in steps(view):
        if condition := _condition(rows, step, shown.own):
            _keep(rows, step.entity, shown, condition, step)
    _look_for_named(rows)
    return rows


def _condition(rows: Rows, step: Step, own: Q) -> Q | None:
    """Lists hold the publisher's own records; a record that another names may be anybody's."""
    named = {row[by] for holder, by in step.named for row in rows.by_id[holder].values() if row[by]}
    found = [Q(id__in=named)] if named else []
    for by, holders in step.naming:
        if ids := {id_ for holder in holders for id_ in rows.by_id[holder]}:
            found.append(Q(**{f"{attribute_of(step.entity, by)}__in": ids}) & own)
    return reduce(or_, found) if found else None


def _keep(rows: Rows, entity: str, shown: Disclosure, condition: Q, step: Step) -> None:
    records = shown.records(entity).filter(condition).order_by("position", "id")
    for row in read_rows(entity, records):
        rows.by_id[entity][row["id"]] = row
        for by, _holders in step.naming:
            rows.held[entity, by][row[by]].append(row)


def _look_for_named(rows: Rows) -> None:
    """Which of the records that REFs name are kept at all: one statement for each entity that may be named."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for entity, found in rows.by_id.items():
        for ref in refs_of(entity):
            if ref.field.target:
                wanted[ref.field.target] |= {row[ref.field.name] for row in found.values()}
    for entity in ENTITIES:
        if ids := wanted[entity] - {None} - rows.by_id[entity].keys():
            rows.there[entity] = set(model_of(entity).objects.filter(id__in=ids).values_list("id", flat=True))
