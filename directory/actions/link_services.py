"""The same service from two publishers: linked, so that one golden listing shows; or told apart."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.actions.forget_again import forget_told_by
from directory.actions.project_listings import project_services
from directory.actions.refused import Refused
from directory.actions.services_concerned import concerned_by
from directory.actions.twins import telling_beside
from directory.models.same_service import Likeness, SameService, Verdict
from directory.models.service import Service
from safety import audit
from safety.viewer import Viewer


def _pair(one: UUID, two: UUID) -> SameService | None:
    """What is held of the two, whichever of them is kept."""
    either = Q(kept_id=one, other_id=two) | Q(kept_id=two, other_id=one)
    return SameService.objects.select_for_update().filter(either).order_by("id").first()


def _check(kept_id: UUID, other_id: UUID) -> None:
    if kept_id == other_id:
        raise Refused(_("These are not two records."))
    if Service.objects.filter(pk__in=[kept_id, other_id]).count() != 2:
        raise Refused(_("There is no such service."))
    linked = SameService.objects.filter(verdict=Verdict.LINKED)
    if linked.filter(other_id=kept_id).exclude(kept_id=other_id).exists():
        raise Refused(_("The one to keep is itself part of another listing."))
    if linked.filter(kept_id=other_id).exclude(other_id=kept_id).exists():
        raise Refused(_("Other records are part of the one that would no longer show."))
    if linked.filter(other_id=other_id).exclude(kept_id=kept_id).exists():
        raise Refused(_("It is part of another listing already."))


def _decide(kept_id: UUID, other_id: UUID, verdict: Verdict, viewer: Viewer, action: str) -> SameService:
    now = timezone.now()
    pair = _pair(kept_id, other_id) or SameService(likeness=Likeness.STEWARD)
    pair.kept_id, pair.other_id, pair.verdict = kept_id, other_id, verdict
    pair.decided_by, pair.decided_at = viewer.user, now
    pair.save()
    cuts = forget_told_by([kept_id, other_id]) if verdict == Verdict.LINKED else []
    project_services(sorted({kept_id, other_id, *concerned_by(cut[:2] for cut in cuts)}))
    details: dict[str, audit.Fact] = {"other": str(other_id)} | ({"cut": len(cuts)} if cuts else {})
    audit.record(viewer, action=action, subject_type="service", subject_id=kept_id, details=details)
    return pair


@transaction.atomic
def link_services(*, kept_id: UUID, other_id: UUID, viewer: Viewer) -> SameService:
    """From now on `kept` is listed and `other` is not. Both stay, without what tells a protected door.

    Raises Refused for a chain.
    """
    _check(kept_id, other_id)
    return _decide(kept_id, other_id, Verdict.LINKED, viewer, "link_services")


@transaction.atomic
def keep_apart(*, kept_id: UUID, other_id: UUID, viewer: Viewer) -> SameService:
    """They are two services: both are listed, and nobody suggests it again.

    Raises Refused, also where the one that rested would tell the door of the other's protected place.
    """
    if kept_id == other_id:
        raise Refused(_("These are not two records."))
    pair = _pair(kept_id, other_id)
    if pair and pair.verdict == Verdict.LINKED and (count := telling_beside(kept_id, other_id)):
        raise Refused(
            ngettext(
                "One of them is at a protected place, and the other would tell %(count)d place: protect it first.",
                "One of them is at a protected place, and the other would tell %(count)d places: protect them first.",
                count,
            )
            % {"count": count}
        )
    return _decide(kept_id, other_id, Verdict.APART, viewer, "keep_apart")
