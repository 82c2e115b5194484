"""What a stream of open data is known by before a byte of it is read: the question, and the state of all records."""

from hashlib import sha256

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, DecimalField, F, Func, Sum, TextField
from django.db.models.functions import Cast

from directory.api.hsds.questions import Question
from directory.models.hsds_document import HsdsDocument
from safety.db import public_database


def stamp_of(question: Question) -> str:
    """A weak ETag: whoever holds the answer to this question with this stamp holds the records as they are.

    Records nest others, so that a change of any of them counts.
    """
    told = (question.entity, question.asked, _all_records(), _matching(question))
    return f'W/"{sha256(repr(told).encode()).hexdigest()[:40]}"'


def _all_records() -> list[tuple[object, ...]]:
    """How many there are, and the sum of their moments: the latest alone misses what is committed out of turn."""
    seconds = Func(
        F("modified_at"), template="extract(epoch from %(expressions)s)", output_field=DecimalField()
    )
    every = HsdsDocument.objects.using(public_database()).order_by("entity").values("entity")
    return list(
        every.annotate(count=Count("id"), moments=Sum(seconds)).values_list("entity", "count", "moments")
    )


def _matching(question: Question) -> str:
    """Which records match: where they are decides too, and that stands in no record."""
    if not question.is_narrowed:
        return ""
    ids = StringAgg(Cast("id", TextField()), delimiter="", order_by="id")
    found = question.found.order_by().aggregate(digest=Func(ids, function="md5", output_field=TextField()))
    return str(found["digest"])
