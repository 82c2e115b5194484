"""Who works for which organization here, and as what."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.organization import Organization


class Role(models.TextChoices):
    """What a member does here. Nobody is two of them in one organization: a lead may do what the others may."""

    KEEPER = "keeper", _("keeps the listings true")
    WORKER = "worker", _("searches and sends referrals")
    LEAD = "lead", _("looks after members and agreements")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, in the words of the desk."""

    def live(self) -> "MembershipQuerySet":
        """Those that were not ended, of people who can sign in."""
        return self.filter(ended_at=None, user__is_active=True)


class Membership(models.Model):
    """One person in one organization, from a moment to another. An ended one stays, for who asks who was there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        db_table = "membership"
        ordering = ("began_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organization"),
                condition=models.Q(ended_at=None),
                name="membership_once_at_a_time",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("began_at")),
                name="membership_ends_after_it_began",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
