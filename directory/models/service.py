"""HSDS service: one kind of help that an organization gives."""

from functools import reduce
from operator import or_

from django.db import models

from directory.models.disclosure import governed_by, publish_to
from directory.models.owned import named
from directory.models.record import HsdsRecord


class Status(models.TextChoices):
    """HSDS's own four words."""

    ACTIVE = "active", "active"
    INACTIVE = "inactive", "inactive"
    DEFUNCT = "defunct", "defunct"
    TEMPORARILY_CLOSED = "temporarily closed", "temporarily closed"


class Reach(models.TextChoices):
    """How far a service reaches: its place, its province, or the country."""

    PLACE = "place", "place"
    PROVINCE = "province", "province"
    COUNTRY = "country", "country"


TRANSLATED = ("name", "description", "eligibility_description", "application_process", "fees_description")
"""Texts that each official language has a column of. Which of them is half told: directory/finding/quality.py."""


def _half_told(told: str, untold: str) -> models.Q:
    """Every service of which the statement there tells such a text, and some more: an index for it."""
    pairs = (models.Q((f"{name}{untold}", "")) & ~models.Q((f"{name}{told}", "")) for name in TRANSLATED)
    return reduce(or_, pairs)


NEVER_CHECKED = models.Q(assured_date=None, unlisted_on=None)


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services, in the words of the directory."""

    def listable(self) -> "ServiceQuerySet":
        """Those a searcher may be shown at all: running, or closed for a while."""
        return self.filter(status__in=[Status.ACTIVE, Status.TEMPORARILY_CLOSED])


class Service(HsdsRecord):
    """One kind of help. `assured_date` is set only by a person who asked the service: no import fills it."""

    organization = named("Organization", "services")
    program = named("Program", "services", keeps=True)
    name = models.TextField()
    name_fr = models.TextField(blank=True)
    alternate_name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    description_fr = models.TextField(blank=True)
    url = models.TextField(blank=True)
    email = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ACTIVE)
    interpretation_services = models.TextField(blank=True)
    application_process = models.TextField(blank=True)
    application_process_fr = models.TextField(blank=True)
    fees_description = models.TextField(blank=True)
    fees_description_fr = models.TextField(blank=True)
    fees = models.TextField(blank=True)
    wait_time = models.TextField(blank=True)
    accreditations = models.TextField(blank=True)
    eligibility_description = models.TextField(blank=True)
    eligibility_description_fr = models.TextField(blank=True)
    minimum_age = models.DecimalField(null=True, blank=True, max_digits=15, decimal_places=3)
    maximum_age = models.DecimalField(null=True, blank=True, max_digits=15, decimal_places=3)
    assured_date = models.DateField(null=True, blank=True)
    assurer_email = models.TextField(blank=True)
    licenses = models.TextField(blank=True)
    alert = models.TextField(blank=True)
    alert_fr = models.TextField(blank=True)
    last_modified = models.DateTimeField(auto_now=True, null=True)

    reach = models.CharField(max_length=10, choices=Reach.choices, default=Reach.PLACE)
    province = models.CharField(max_length=2, blank=True)
    source_key = models.TextField(blank=True)
    source_url = models.TextField(blank=True)
    copied_on = models.DateField(null=True, blank=True)

    # Since when it is shown nowhere because nobody confirms it: the next "still true" shows it again.
    unlisted_on = models.DateField(null=True, blank=True)

    # Of what nobody ever checked: would somebody be left without help? Null: not asked yet, or nobody can tell.
    is_only_help = models.BooleanField(null=True, blank=True)
    help_judged_on = models.DateField(null=True, blank=True)

    publish_to = publish_to()
    governed_by = governed_by()

    objects = ServiceQuerySet.as_manager()

    class Meta(HsdsRecord.Meta):
        db_table = "service"
        indexes = (
            models.Index(fields=["publisher", "source_key"], name="service_by_source"),
            # The parts of the stewards' call list, each in its order (directory/finding/calls.py).
            models.Index("copied_on", "id", name="service_never_checked", condition=NEVER_CHECKED),
            models.Index(
                "copied_on",
                "id",
                name="service_only_help",
                condition=NEVER_CHECKED & models.Q(is_only_help=True),
            ),
            models.Index(
                models.F("help_judged_on").asc(nulls_first=True),
                "id",
                name="service_help_to_judge",
                condition=NEVER_CHECKED,
            ),
            models.Index(
                models.F("last_modified").asc(nulls_first=True),
                "id",
                name="service_without_french",
                condition=_half_told("", "_fr"),
            ),
            models.Index(
                models.F("last_modified").asc(nulls_first=True),
                "id",
                name="service_without_english",
                condition=_half_told("_fr", ""),
            ),
            models.Index(
                "unlisted_on", "id", name="service_gone", condition=models.Q(unlisted_on__isnull=False)
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(reach="province") | ~models.Q(province=""),
                name="service_for_a_province_names_it",
            ),
        )

    def __str__(self) -> str:
        return self.name
