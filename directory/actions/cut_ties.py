"""Ties to a publisher's own terms that name a protected place, its door or its small community: the tie goes.

The term stays. A list of communities tells nothing of anybody; that a service of the place bears one of them does.
"""

from collections.abc import Mapping, Sequence

from django.db.backends.utils import CursorWrapper

from directory.actions.cut_traces import Cut
from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_staging import copy_rows
from directory.actions.import_hsds_tables import ask
from directory.models.address import Address
from directory.models.record import HsdsRecord
from directory.models.taxonomy import Attribute, TaxonomyTerm
from directory.rules.door_traces import Traces, tells

OURS = "relais"
"""The taxonomy whose terms name kinds of help, and no place."""

# Ties that are new, of records whose owners `import_loose` numbers, with the texts of their terms.
TIED = (
    "SELECT s.id, s._file, s._line, o.line, t.said FROM staged_attribute s JOIN import_loose o ON o.id = s.id"
    " JOIN (SELECT id, concat_ws(E'\\n', name, code, description) AS said FROM staged_taxonomy_term"
    "  UNION ALL SELECT id, concat_ws(E'\\n', name, name_fr, code, description, description_fr) FROM taxonomy_term m"
    "   WHERE m.taxonomy <> %s AND NOT EXISTS (SELECT FROM staged_taxonomy_term n WHERE n.id = m.id)) t"
    " ON t.id = s.taxonomy_term_id"
)


def cut_ties(rows: Sequence[HsdsRecord], traces: Traces) -> list[Cut]:
    """Delete those of these records that tie a service to a term that tells."""
    tied = {row.pk: row for row in rows if isinstance(row, Attribute) and row.taxonomy_term_id}
    terms = TaxonomyTerm.objects.filter(pk__in={row.taxonomy_term_id for row in tied.values()})
    names = ("name", "name_fr", "code", "description", "description_fr")
    said = {pk: "\n".join(texts) for pk, *texts in terms.exclude(taxonomy=OURS).values_list("pk", *names)}
    own = traces.in_own_texts(row.address_1 for row in rows if isinstance(row, Address))
    found = [row for row in tied.values() if tells(said.get(row.taxonomy_term_id, ""), own)]
    Attribute.objects.filter(pk__in=[row.pk for row in found]).delete()
    return [Cut("attribute", row.pk, "taxonomy_term") for row in found]


def cut_staged_ties(cursor: CursorWrapper, traces: Mapping[int | None, Traces], report: ImportReport) -> None:
    """Leave out the ties that a package tells; `traces` by the numbers of owners in `import_loose`, None for none."""
    told = [row[:3] for row in ask(cursor, TIED, [OURS]) if tells(row[4], traces[row[3]])]
    if not told:
        return
    ids = sorted({id_ for id_, _, _ in told})
    ask(cursor, "DELETE FROM staged_attribute WHERE id = ANY(%s) RETURNING id", [ids])
    copy_rows(
        cursor, "import_refused", ("entity", "id", "file", "line"), [("attribute", *row) for row in set(told)]
    )
    report.withheld["attribute"] += len(ids)
