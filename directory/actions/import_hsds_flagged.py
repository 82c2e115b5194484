"""Tells which values of a package are kept as they were written, but can't be right, and so find nothing."""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_report import MOST_LISTED, Flagged, ImportReport
from directory.actions.import_hsds_tables import ask, that_have
from directory.rules.hsds_package import FLAGS

# What is missing is no value, and flags that an import doesn't set itself are nobody's to tell here.
ANY = "SELECT FROM {staged} WHERE flags <> '{{}}'"
FOUND = """
SELECT s._file, s._line, s._path, COALESCE(NULLIF(s._given, ''), s.id::text), flag, count(*) OVER ()
  FROM {staged} s, unnest(s.flags) flag
 WHERE s.flags <> '{{}}' AND split_part(flag, ':', 2) = ANY(%s)
 ORDER BY s._file, s._line, s._path, flag LIMIT %s
"""


def tell_flagged(
    cursor: CursorWrapper, entities: Sequence[str], files: Sequence[str], report: ImportReport
) -> None:
    """Count them and list the first ones; of protected places nothing is left in staging by now."""
    for entity in that_have(cursor, ANY, entities):
        rows = ask(cursor, FOUND, [list(FLAGS), MOST_LISTED], staged=f"staged_{entity}")
        report.flagged_total += rows[0][5] if rows else 0
        for file, line, path, key, flag, _ in rows:
            field, _, what = flag.partition(":")
            report.flag(Flagged(files[file], line, path, key, field, FLAGS[what]))
