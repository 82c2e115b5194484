"""The public facts of one listing in one language, as the read model keeps them.

Only what the public tier sees enters: each field is asked of `policies.seen`, so that what is protected is not
there to be leaked by a page, a feed or a mistake.
"""

from typing import Any

from directory.finding.gathered import Gathered
from directory.finding.hours import week_json, week_of
from directory.finding.languages import language_name
from directory.finding.vocabulary import Vocabulary
from directory.models.address import Address
from directory.models.location import Location, PlacedBy
from directory.models.record import HsdsRecord
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.policies import seen
from directory.rules.provinces import province_name, zone_of
from safety.viewer import Tier

TEXTS = {
    "description": "description",
    "eligibility": "eligibility_description",
    "how": "application_process",
    "fees": "fees_description",
    "alert": "alert",
}


class Teller:
    """Tells the facts of one service at one place (or none), as far as the public may know them."""

    def __init__(self, batch: Gathered, service: Service, site: ServiceAtLocation | None) -> None:
        self.batch, self.service, self.site = batch, service, site
        self.location: Location | None = site.location if site else None
        self.is_protected = bool(self.location and self.location.is_protected)

    def _seen(self, record: HsdsRecord, field: str) -> Any:
        return seen(record, field, Tier.PUBLIC, is_protected=self.is_protected)

    def text(self, record: HsdsRecord, field: str, language: str) -> tuple[str, str]:
        """The text in `language`, else in the other with that one's code: nothing is hidden for lack of translation."""
        english, french = self._seen(record, field), self._seen(record, f"{field}_fr")
        first, second = (french, english) if language == "fr" else (english, french)
        other = "en" if language == "fr" else "fr"
        return (first, "") if first or not second else (second, other)

    @property
    def province(self) -> str:
        """Two letters: of the place, else of the province that the service serves."""
        if self.location and self.location.community:
            return str(self.location.community.province)
        return self.service.province

    @property
    def zone(self) -> str:
        """IANA zone of the place, else of its province."""
        if self.location and self.location.community:
            return str(self.location.community.zone)
        return zone_of(self.province)

    def point(self) -> tuple[float, float] | None:
        """The public point (longitude, latitude): the door's if it was given and may be seen, else the community's."""
        if self.location is None or self.location.placed_by == PlacedBy.NOTHING:
            return None
        if self.has_exact_point():
            return self._seen(self.location, "longitude"), self._seen(self.location, "latitude")
        community = self.location.community
        return (community.longitude, community.latitude) if community else None

    def has_exact_point(self) -> bool:
        """True if kilometres may be told."""
        place = self.location
        return bool(place and not self.is_protected and place.placed_by == PlacedBy.COORDINATES)

    def place(self, language: str) -> dict[str, str]:
        """Where it is, as far as that is public."""
        community = self.location.community if self.location else None
        name = ""
        if community:
            name = (community.name_fr if language == "fr" else "") or community.name
        return {
            "name": name,
            "province": self.province,
            "province_name": province_name(self.province, language),
            "placed_by": self.location.placed_by if self.location else PlacedBy.NOTHING.value,
        }

    def address_lines(self) -> list[str]:
        """The street as one would write it, for open places."""
        if self.location is None:
            return []
        found = self.batch.addresses.get(self.location.pk, [])
        return self._lines(found[0]) if found else []

    def _lines(self, address: Address) -> list[str]:
        part = {
            name: str(self._seen(address, name))
            for name in ("address_1", "address_2", "city", "state_province", "postal_code")
        }
        last = f"{part['city']} {part['state_province']}  {part['postal_code']}".strip()
        return [line for line in (part["address_1"], part["address_2"], last) if line.strip()]

    def phones(self, language: str) -> list[dict[str, str]]:
        """Numbers to call, as published, each with what it is for."""
        told = []
        for phone in self.batch.phones_of(self.service, self.site):
            label, _ = self.text(phone, "description", language)
            names = ("number", "extension", "type")
            told.append({n: str(self._seen(phone, n)) for n in names} | {"label": label})
        return told

    def languages(self, language: str) -> list[dict[str, str]]:
        """Languages that the service states; none stated tells nothing."""
        rows = self.batch.of(self.batch.languages, self.service, self.site)
        return [{"code": r.code, "name": language_name(r.code, r.name, language)} for r in rows]

    def needs(self) -> list[str]:
        """Slugs of what it helps with, the main one first."""
        return self.batch.needs.get(self.service.pk, [])

    def facts(self, language: str, vocabulary: Vocabulary) -> dict[str, Any]:
        """Everything that a result or the listing's own page shows, in "en" or "fr"."""
        service, organization = self.service, self.service.organization
        schedules = self.batch.of(self.batch.schedules, service, self.site)
        texts: dict[str, str] = {}
        for name, field in TEXTS.items():
            texts[name], texts[f"{name}_lang"] = self.text(service, field, language)
        needs = [slug for slug in self.needs() if slug in vocabulary.needs]
        return texts | {
            "id": str(self.site.pk if self.site else service.pk),
            "service": str(service.pk),
            "name": self.text(service, "name", language)[0],
            "organization": self.text(organization, "name", language)[0],
            "needs": needs,
            "kinds": [vocabulary.name(slug, language) for slug in needs],
            "phones": self.phones(language),
            "email": self._seen(service, "email") or self._seen(organization, "email"),
            "website": self._seen(service, "url") or self._seen(organization, "website"),
            "address": self.address_lines(),
            "is_protected": self.is_protected,
            "place": self.place(language),
            "reach": service.reach,
            "province": self.province,
            "zone": self.zone,
            "week": week_json(week_of(schedules)),
            "hours_notes": [n for s in schedules if (n := self._seen(s, "description"))],
            "languages": self.languages(language),
            "status": service.status,
            "source": self.source(language),
            "checked_on": service.assured_date.isoformat() if service.assured_date else None,
        }

    def source(self, language: str) -> dict[str, Any]:
        """Who published it, from where and when it was copied, and whether it is real."""
        publisher, service = self.service.publisher, self.service
        return {
            "publisher": (publisher.name_fr if language == "fr" else "") or publisher.name,
            "url": self._seen(service, "source_url"),
            "copied_on": service.copied_on.isoformat() if service.copied_on else None,
            "is_demo": publisher.is_demo,
        }
