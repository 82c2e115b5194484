"""Stewards add an organization that no feed tells of: the record of whoever asks to come in."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from directory.actions.keep_rows import BY_HAND
from directory.actions.refused import Refused
from directory.models.organization import Organization
from directory.models.publisher import Publisher
from directory.policies import refuse_unless_steward
from safety import audit
from safety.viewer import Viewer

LONGEST = 200


@transaction.atomic
def add_organization(*, name: str, viewer: Viewer) -> Organization:
    """Store it under its legal name. It has no listing, and nobody knows of it but stewards and whom they ask in.

    Raises PermissionDenied, and Refused for a name that is empty, too long, or listed already.
    """
    refuse_unless_steward(viewer)
    told = " ".join(name.replace("\x00", "").split())
    if not told or len(told) > LONGEST:
        raise Refused(_("Write its name, in at most %(most)d letters.") % {"most": LONGEST})
    alike = Q(name__unaccent__iexact=told) | Q(name_fr__unaccent__iexact=told)
    if Organization.objects.filter(alike).exists():
        raise Refused(_("An organization of this name is listed already: choose it."))
    publisher, _made = Publisher.objects.get_or_create(slug=BY_HAND, defaults={"name": "Relais"})
    made = Organization.objects.create(publisher=publisher, name=told)
    audit.record(viewer, action="add_organization", subject_type="organization", subject_id=made.pk)
    return made
