"""Editions: what readers get of a page, one for each time it was published, and never changed afterwards."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from cms.rules.standing import SOON, Standing, standing
from safety.viewer import Tier, Viewer

FACETS = ("sector", "forms", "situations", "jurisdictions")
"""What a list can be narrowed by."""

MARKED = Q(
    sex_worker_led_on__isnull=False,
    sex_worker_led_by__isnull=False,
    migrant_led_on__isnull=False,
    migrant_led_by__isnull=False,
) & ~Q(sex_worker_led_by=models.F("migrant_led_by"))
"""Two people, each for a group of their own, have reviewed it."""


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions, by who may read them and what they are."""

    def visible_to(self, viewer: Viewer) -> "EditionQuerySet":
        """Those whose tier this viewer reaches; of the public ones the database itself lets the public role read."""
        return self if viewer.tier >= Tier.VETTED else self.filter(tier="public")

    def on(self, day: date) -> "EditionQuerySet":
        """Those that are published, and not out of time on `day`."""
        return self.filter(is_live=True).filter(Q(shown_until=None) | Q(shown_until__gte=day))

    def current(self) -> "EditionQuerySet":
        """Of each page the newest."""
        return self.filter(is_current=True)

    def due(self, day: date) -> "EditionQuerySet":
        """Those that have to be reviewed soon, or had to be before `day`."""
        return self.filter(review_by__lte=day + SOON)

    def in_language(self, language: str) -> "EditionQuerySet":
        """Those written in "en" or "fr"."""
        return self.filter(language=language)

    def under(self, chosen: Mapping[str, str]) -> "EditionQuerySet":
        """Those that bear each chosen word; `chosen`: at most one word for each of FACETS, or for kind."""
        found = self
        for name, slug in chosen.items():
            found = found.filter(**({"kind": slug} if name == "kind" else {f"{name}__contains": [slug]}))
        return found

    def helping_with(self, needs: Iterable[str]) -> "EditionQuerySet":
        """Those about any of these kinds of help."""
        return self.filter(needs__overlap=list(needs))


class Edition(models.Model):
    """One page as it was published once. `key` is shared by the two languages, `number` counts within a page.

    `facts` is all that is shown, as plain values. An assessment tool bears two marks: the groups that reviewed it, by
    whom and when (cms/rules/marks.py). Of a published edition nothing can be altered but whether it is live,
    the newest, reviewed, and who may read it: the database refuses the rest (migrations/sql/0002_editions.sql).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    key = models.UUIDField()
    language = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    slug = models.SlugField(max_length=255)
    kind = models.CharField(max_length=16)
    title = models.TextField()
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    sector = ArrayField(models.TextField(), default=list)
    forms = ArrayField(models.TextField(), default=list)
    situations = ArrayField(models.TextField(), default=list)
    jurisdictions = ArrayField(models.TextField(), default=list)
    needs = ArrayField(models.TextField(), default=list)
    files = ArrayField(models.UUIDField(), default=list)
    search_en = SearchVectorField(default="")
    search_fr = SearchVectorField(default="")
    words = models.TextField(default="")
    tier = models.CharField(max_length=8)
    is_live = models.BooleanField(default=True)
    is_current = models.BooleanField(default=True)
    published_at = models.DateTimeField()
    published_by = models.UUIDField(null=True)
    reviewed_on = models.DateField(null=True)
    reviewed_by = models.UUIDField(null=True)
    sex_worker_led_on = models.DateField(null=True)
    sex_worker_led_by = models.UUIDField(null=True)
    migrant_led_on = models.DateField(null=True)
    migrant_led_by = models.UUIDField(null=True)
    review_by = models.DateField(null=True)
    shown_until = models.DateField(null=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        db_table = "edition"
        ordering = ("language", "slug", "-number")
        permissions = (("review_edition", "May say that a protocol was reviewed"),)
        constraints = (
            models.UniqueConstraint(fields=("key", "language", "number"), name="edition_number_once"),
            models.UniqueConstraint(
                fields=("key", "language"), condition=Q(is_current=True), name="edition_current_once"
            ),
            models.UniqueConstraint(
                fields=("language", "slug"),
                condition=Q(is_current=True, is_live=True),
                name="edition_address_once",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["en", "fr"]), name="edition_language_is_official"
            ),
            models.CheckConstraint(condition=Q(tier__in=["public", "vetted"]), name="edition_tier_is_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_counts_from_one"),
            # Whoever published it does not review it.
            models.CheckConstraint(
                condition=Q(reviewed_by=None)
                | Q(published_by=None)
                | ~Q(reviewed_by=models.F("published_by")),
                name="edition_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on=None) | ~Q(reviewed_by=None), name="edition_review_has_its_reviewer"
            ),
            models.CheckConstraint(
                condition=~Q(kind="assessment") | MARKED, name="edition_assessment_was_marked_by_both"
            ),
        )
        indexes = (models.Index(fields=("language", "kind"), name="edition_of_a_language"),)

    def __str__(self) -> str:
        return f"{self.slug} {self.language} {self.number}"

    def standing(self, today: date) -> Standing:
        """What a reader has to know before following it."""
        return standing(reviewed_on=self.reviewed_on, review_by=self.review_by, today=today)

    def told(self, part: str) -> Any:
        """One part of what is shown; None where it has none."""
        return self.facts.get(part)
