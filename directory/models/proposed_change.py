"""What somebody wants to change of a listing: what it says, what it shall say, and what became of that."""

import uuid

from django.conf import settings
from django.db import models

from directory.models.organization import Organization
from directory.models.service import Service
from directory.rules.change_states import State
from directory.rules.holding import Hold
from directory.rules.new_listings import NEW

DONE = models.Q(state__in=[str(State.PUBLISHED), str(State.UNDONE)])


class ProposedChangeQuerySet(models.QuerySet["ProposedChange"]):
    """Changes, by what became of them."""

    def held(self) -> "ProposedChangeQuerySet":
        """Those that wait for a steward, oldest first."""
        return self.filter(state=State.HELD).order_by("made_at", "id")

    def drafts(self) -> "ProposedChangeQuerySet":
        """Those that nobody published yet."""
        return self.filter(state=State.DRAFT)

    def of_people(self) -> "ProposedChangeQuerySet":
        """Those that somebody wrote, not those of feeds."""
        return self.filter(made_by__isnull=False)

    def to_look_at(self) -> "ProposedChangeQuerySet":
        """Those that were published by nobody but their author, and that no steward has looked at."""
        return self.filter(DONE, hold=Hold.NOTHING, looked_at=None).order_by("-made_at", "id")


class ProposedChange(models.Model):
    """One change of parts that wait for the same thing (`hold`). `service` is empty for the organization's own parts.

    `before` and `after` are JSON by the parts' keys (directory/rules/holding.py). Neither is ever rewritten; texts that
    tell the door of a place which became protected are erased (`redacted_at`).
    It is a person's (`made_by`) or came with a publisher's `feed`.
    `called` is the number that a steward called back, `spoke_with` whom they had on the line, `found_at` where the
    number was found if none was known that people told.
    `told_by`, `told_via` and `told_on`: who told a steward, where an organization has nobody here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="changes")
    # A feed may take its service away; what was changed of it stays told.
    service = models.ForeignKey(
        Service, null=True, on_delete=models.DO_NOTHING, related_name="changes", db_constraint=False
    )
    task = models.CharField(max_length=12)
    before = models.JSONField()
    after = models.JSONField()
    hold = models.CharField(max_length=6, blank=True)
    state = models.CharField(max_length=10)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    feed = models.ForeignKey("directory.Publisher", on_delete=models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    called = models.TextField(blank=True)
    spoke_with = models.TextField(blank=True)
    found_at = models.TextField(blank=True, default="")
    looked_at = models.DateTimeField(null=True)
    redacted_at = models.DateTimeField(null=True)
    told_by = models.TextField(blank=True)
    told_via = models.CharField(max_length=12, blank=True)
    told_on = models.DateField(null=True)
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    objects = ProposedChangeQuerySet.as_manager()

    class Meta:
        db_table = "proposed_change"
        ordering = ("-made_at", "id")
        indexes = (
            models.Index(fields=("service", "-made_at"), name="change_of_a_service"),
            models.Index(fields=("organization", "-made_at"), name="change_of_an_organization"),
            models.Index(
                fields=("organization", "service"), name="change_held", condition=models.Q(state="held")
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=[str(state) for state in State]), name="change_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(made_by__isnull=True, feed__isnull=False)
                | models.Q(made_by__isnull=False, feed__isnull=True),
                name="change_is_somebodys",
            ),
            models.CheckConstraint(
                condition=models.Q(hold__in=[str(hold) for hold in Hold]), name="change_hold_known"
            ),
            models.CheckConstraint(
                condition=~DONE | models.Q(hold=Hold.NOTHING) | models.Q(decided_by__isnull=False),
                name="change_held_is_decided",
            ),
            models.CheckConstraint(
                condition=~DONE
                | ~models.Q(hold=Hold.CALL)
                | (~models.Q(called="") & ~models.Q(spoke_with="")),
                name="change_held_for_a_call_is_called",
            ),
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("made_by")), name="change_takes_two_people"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.SENT_BACK) | ~models.Q(reason=""),
                name="change_sent_back_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(told_via="", told_by="", told_on__isnull=True)
                | (~models.Q(told_via="") & ~models.Q(told_by="") & models.Q(told_on__isnull=False)),
                name="change_told_is_told_whole",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_new_listing(self) -> bool:
        """True if it makes a listing: `service` has its id to come, and there is none until it is published."""
        return self.task == NEW

    @property
    def is_correction(self) -> bool:
        """True if a steward wrote it for an organization that has nobody here."""
        return self.told_via != ""

    @property
    def author(self) -> str:
        """Who wants it, for people: the address of a person, or the name of the publisher whose feed it is."""
        if self.made_by is not None:
            return self.made_by.email
        return self.feed.name if self.feed is not None else ""
