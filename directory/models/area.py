"""Published areas: all that is told of where a protected place lies."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Area(models.Model):
    """A region of one province with at least 5,000 people, or a community that an organization agreed to name.

    A province without any such region is one area, whose slug is the province's.
    (longitude, latitude) is its one fixed point, the same for every place in it and for every request.
    """

    slug = models.SlugField(primary_key=True, max_length=80)
    name = models.TextField()
    name_fr = models.TextField()
    province = models.CharField(max_length=2)
    zone = models.TextField()
    people = models.PositiveIntegerField()
    longitude = models.FloatField()
    latitude = models.FloatField()
    is_by_agreement = models.BooleanField(default=False)

    class Meta:
        db_table = "area"
        ordering = ("province", "slug")
        constraints = (
            models.CheckConstraint(
                condition=Q(people__gte=5_000) | Q(is_by_agreement=True) | Q(slug=Lower(F("province"))),
                name="area_has_people_enough",
            ),
        )

    def __str__(self) -> str:
        return self.name
