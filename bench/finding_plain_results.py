"""One result of the plain view, in the shape of `/api/search`, out of rows that were fetched beside it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from rest_framework import serializers

from bench.finding_plain_filters import DAYS
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.eligibility import judge
from directory.rules.eligibility_terms import Fact
from directory.rules.person import Person


class PlainResult(serializers.BaseSerializer):  # type: ignore[type-arg]
    """A service with `chosen` (its nearest site), `metres` and `kinds` set on it.

    Context: `person`, `now` and `language`.
    """

    def to_representation(self, service: Service) -> dict[str, Any]:
        """The names that a machine reads."""
        language, person = self.context["language"], self.context["person"]
        site: ServiceAtLocation | None = service.chosen  # type: ignore[attr-defined]
        place = site and (site.location.area or site.location.community)
        name = place and (place.name_fr if language == "fr" and place.name_fr else place.name)
        metres: float | None = service.metres  # type: ignore[attr-defined]
        return {
            "id": str(site.pk if site else service.pk),
            "service": service.name_fr if language == "fr" and service.name_fr else service.name,
            "organization": service.organization.name,
            "kinds": service.kinds,  # type: ignore[attr-defined]
            "place": name or None,
            "province": place.province if place else service.province or None,
            "distance_km": None if metres is None else round(metres / 1000),
            "distance_band": None,
            "demo": service.publisher.is_demo,
            "open": _state(list(service.schedules.all()), place.zone if place else "", self.context["now"]),
            "languages": [{"code": row.code, "name": row.name} for row in service.languages.all()],
            **_judged(person, service),
            "checked_on": service.assured_date,
            "contact": {
                "phones": [{"number": row.number, "label": row.description} for row in service.phones.all()],
                "email": service.email or None,
                "website": service.url or None,
            },
            "url": reverse("listing", args=[site.pk if site else service.pk]),
        }


def _judged(person: Person, service: Service) -> dict[str, Any]:
    facts = [Fact(f.dimension, f.term, f.stated, f.low, f.high) for f in service.stated_facts.all()]
    found = judge(person, facts)
    reasons = [f"{reason.dimension} {reason.term}: {reason.verdict}" for reason in found.reasons]
    return {"match": "yes" if found.match == "yes" else "ask", "reasons": reasons}


def _state(schedules: Sequence[Schedule], zone: str, now: datetime) -> dict[str, str]:
    """Open, closed or unknown; neither until when, nor when next."""
    told = [row for row in schedules if row.byday]
    if not told or not zone:
        return {"state": "unknown"}
    local = now.astimezone(ZoneInfo(zone))
    day, clock = DAYS[local.weekday()], f"{local:%H:%M}"
    is_open = any(day in row.byday and row.opens_at <= clock < row.closes_at for row in told)
    return {"state": "open" if is_open else "closed"}
