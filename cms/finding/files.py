"""The files that pages may carry, without their contents."""

from uuid import UUID

from django.db.models import F, Func

from cms.models.attached_file import AttachedFile
from cms.models.edition import Edition


def carried_files() -> set[UUID]:
    """Ids of all files that an edition of any time carries: those stay."""
    carried = Edition.objects.exclude(files=[]).annotate(file=Func(F("files"), function="unnest"))
    return set(carried.values_list("file", flat=True))


def listed_files() -> list[tuple[AttachedFile, bool]]:
    """All of them by title, each with whether an edition carries it."""
    carried = carried_files()
    rows = AttachedFile.objects.defer("content").order_by("title", "added_at")
    return [(file, file.pk in carried) for file in rows]
