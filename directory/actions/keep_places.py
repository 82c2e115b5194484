"""At which places a listing is given: another one is added, or one is taken off, once a steward has read that."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from directory.actions.edit_record import tell_anew
from directory.actions.forget_again import forget_again
from directory.actions.keep_rows import make_row
from directory.actions.make_listing import place_of
from directory.actions.refused import Refused
from directory.actions.services_concerned import concerned_by
from directory.finding.profile import needs_of
from directory.models.contact import Contact
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.schedule import Schedule
from directory.models.service import Reach, Service
from directory.models.service_area import ServiceArea
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.publishing import RESERVED_PUBLISHERS

Values = Mapping[str, Any]
MOST_PLACES = 30
"""Places of one listing."""


def given_there(service: Service) -> dict[str, Any]:
    """What is asked about a listing to tell whether its places are protected: its needs and its names."""
    return {
        "needs": needs_of(service.pk),
        "service.name": service.name,
        "service.name_fr": service.name_fr,
    }


def state_place(*, organization: Organization, service: Service, place: UUID, value: Values | None) -> None:
    """From now on the listing is given at this place too; None: it is not any more. Raises Refused."""
    if value is None:
        _take_off(service, place)
    else:
        _add(organization, service, value)


def _add(organization: Organization, service: Service, value: Values) -> None:
    if service.reach != Reach.PLACE:
        raise Refused(_("This listing stands at no place. To give it one, ask a steward."))
    sites = ServiceAtLocation.objects.filter(service=service)
    if sites.count() >= MOST_PLACES:
        raise Refused(_("These are too many lines: at most %(most)d.") % {"most": MOST_PLACES})
    found = place_of(organization, {**given_there(service), "place": value})
    if sites.filter(location=found).exists():
        raise Refused(_("It is given at this place already."))
    last = sites.aggregate(last=Max("position"))["last"]
    tie = {"service_id": service.pk, "location_id": found.pk, "position": 0 if last is None else last + 1}
    make_row(ServiceAtLocation, tie, service)
    cuts = forget_again([found.pk]) if found.is_protected else []
    tell_anew({service.pk} | concerned_by([("location", found.pk), *(cut[:2] for cut in cuts)]))


def _take_off(service: Service, place: UUID) -> None:
    """What hangs on the place for this listing alone goes with it: numbers and hours of its own there."""
    sites = ServiceAtLocation.objects.filter(service=service, location__isnull=False)
    gone = list(sites.filter(location_id=place))
    if not gone:
        raise Refused(_("This is not there any more."))
    if not sites.exclude(location_id=place).exists():
        raise Refused(
            _("A listing keeps one place at least. If it ends, choose “Temporarily closed or closing”.")
        )
    hung = [
        row
        for model in (Phone, Schedule, Contact, ServiceArea)
        for row in model._default_manager.filter(service_at_location__in=gone).order_by("pk")
    ]
    if any(row.publisher_id not in RESERVED_PUBLISHERS for row in (*gone, *hung)):
        raise Refused(
            _("This place came with a feed, and would come back with it: a steward has to take it off.")
        )
    for row in (*hung, *gone):
        row.delete()
    tell_anew({service.pk} | concerned_by([("location", place)]))
