"""Which services of an organization have beds, and what they said last."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from directory.finding.gathered import NEEDS
from directory.finding.vocabulary import vocabulary
from directory.models.bed_report import BedReport
from directory.models.service import Service
from directory.models.taxonomy import Attribute
from directory.rules.beds import SLEEPING, Report


@dataclass(frozen=True, slots=True)
class BedService:
    """A service with beds, and its last report if it ever made one."""

    id: UUID
    name: str
    name_fr: str
    report: Report | None


def bed_services(organization: UUID) -> list[BedService]:
    """Those of the kinds in which people sleep, by name."""
    kinds = [SLEEPING, *(need.slug for need in vocabulary().kinds_of(SLEEPING))]
    sleeping = Attribute.objects.filter(
        link_id=OuterRef("pk"), taxonomy_term__taxonomy=NEEDS, taxonomy_term__code__in=kinds
    )
    found = Service.objects.filter(Exists(sleeping), organization_id=organization).exclude(status="defunct")
    rows = list(found.order_by("name", "id").values_list("pk", "name", "name_fr"))
    said = BedReport.objects.in_bulk([key for key, *_ in rows])
    return [BedService(key, name, french, _told(said.get(key))) for key, name, french in rows]


def _told(report: BedReport | None) -> Report | None:
    return Report(report.band, report.reported_at) if report else None
