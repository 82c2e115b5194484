"""Files that pages carry: leaflets, forms and pictures, kept in the database behind the same wall as the editions."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import refuse_markup

KINDS = ("application/pdf", "image/jpeg", "image/png", "image/webp")


class AttachedFile(models.Model):
    """One file, clean (cms/cleaning/), which nobody alters. Who sent it stands in the audit trail alone.

    A reader gets it through an edition that carries it, and at no other address: the public role sees the files of the
    editions that it sees (migrations/sql/0004_attached_files.sql).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=160, validators=[refuse_markup])
    kind = models.CharField(max_length=32)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "attached_file"
        ordering = ("title", "added_at")
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="attached_file_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.title


def file_choices() -> list[tuple[str, str]]:
    """Every file with its title, for a form."""
    rows = AttachedFile.objects.order_by("title", "added_at").values_list("id", "title", "kind")
    return [(str(key), f"{title} ({kind.partition('/')[2].upper()})") for key, title, kind in rows]


class Attachment(blocks.StructBlock):
    """A file that a page carries, under the words of its language."""

    file = blocks.ChoiceBlock(label=_("File"), choices=file_choices)
    title = blocks.CharBlock(label=_("What it is"), max_length=160, validators=[refuse_markup])

    class Meta:
        label = _("File")
        icon = "doc-full"


def told_files(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Rows of attachments as readers see them, with the kind and size of each; one that is gone is left out."""
    known = AttachedFile.objects.defer("content").in_bulk(
        [uuid.UUID(row["file"]) for row in rows if row["file"]]
    )
    found = [(row, known.get(uuid.UUID(row["file"]))) for row in rows if row["file"]]
    return [row | {"type": file.kind, "size": file.size} for row, file in found if file is not None]
