"""Papers: editions as tagged PDF, made by the worker and kept beside the edition, behind the same wall."""

import uuid

from django.db import models

from cms.models.edition import Edition


class Paper(models.Model):
    """One edition as a PDF that says what its page says. `digest` tells of which page it was made (cms/papers/).

    Whoever may read the edition gets it: the public role sees the papers of the editions that it sees
    (migrations/sql/0006_papers.sql).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="papers")
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "edition_paper"
        ordering = ("made_at",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "digest"), name="edition_paper_once"),
            models.CheckConstraint(condition=models.Q(size__gte=1), name="edition_paper_is_not_empty"),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} {self.digest[:8]}"
