"""Editions whose review is due, and those that nobody may rely on any more."""

from datetime import date

from cms.models.edition import Edition, EditionQuerySet


def due_reviews(today: date) -> EditionQuerySet:
    """What is read today and has to be reviewed within a month, or had to be; the oldest first."""
    due = Edition.objects.current().on(today).due(today)
    return due.select_related("page__owner").order_by("review_by", "title", "pk")


def outdated(today: date) -> EditionQuerySet:
    """What was to be shown until a day before `today`, live or taken off, and was not published anew."""
    past = Edition.objects.current().filter(shown_until__lt=today)
    return past.select_related("page__owner").order_by("pk")
