"""What leads to the door of a protected place, as keyed digests: to be found again wherever it is told."""

from django.db import models


class DoorTrace(models.Model):
    """One trace of one place under a key that is not in the database. `words`: how many a phrase has, else 0."""

    class Kind(models.TextChoices):
        """What a digest was made of."""

        PHRASE = "phrase", "words in a text"
        NUMBER = "number", "a coordinate in a text"
        DOOR = "door", "the whole door"
        ID = "id", "the id that a publisher gave the place"
        TOWN = "town", "a name of its small community"
        NAME = "name", "a name of the place itself"
        CELL = "cell", "the square of the map where it stands"

    id = models.BigAutoField(primary_key=True)
    location = models.ForeignKey(
        "directory.Location", on_delete=models.CASCADE, related_name="door_traces", db_constraint=False
    )
    kind = models.CharField(max_length=6, choices=Kind.choices)
    words = models.PositiveSmallIntegerField(default=0)
    digest = models.BinaryField()

    class Meta:
        db_table = "door_trace"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["location", "kind", "digest"], name="door_trace_kept_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.location_id}"
