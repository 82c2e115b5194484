"""Everything that describes a batch of services, fetched as plain rows in a fixed number of statements.

Rows and not model instances: a hundred thousand services pass through here. Ids are texts.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from directory.finding.arrays import array
from directory.finding.bound import fetched
from directory.finding.looked_into import looked_into
from directory.rules.publishing import (
    agreed,
    is_at_desk_only,
    is_guarded,
    may_be_on_site,
    may_be_open_data,
)
from directory.rules.shelter_words import FIRST_SIGHT, sounds_like_shelter

NEEDS, FOCUS, FOREIGN = "relais", "relais_focus", ""


class ServiceRow(NamedTuple):
    """A service that may be shown somewhere. `hides`: one of its places is protected.

    `stated` has a line for each of its facts: dimension, term, true or false, bounds; None where it has none.
    `beside`: letters of the provinces that it covers beside `province`; None of what serves the country.
    `checking`: keys of the parts whose change waits for a call-back; None where there are none.
    """

    id: str
    organization_id: str
    name: str
    name_fr: str
    description: str
    description_fr: str
    eligibility_description: str
    eligibility_description_fr: str
    application_process: str
    application_process_fr: str
    fees_description: str
    fees_description_fr: str
    alert: str
    alert_fr: str
    email: str
    url: str
    status: str
    reach: str
    province: str
    assured_date: date | None
    source_url: str
    copied_on: date | None
    interpretation_services: str
    answer: list[str] | None
    is_governed: bool
    may_redistribute: bool
    minimum_age: Decimal | None
    maximum_age: Decimal | None
    stated: str | None
    hides: bool
    beside: list[str] | None
    checking: list[str] | None
    wait_time: str
    organization: "OrganizationRow"
    publisher: "PublisherRow"


class OrganizationRow(NamedTuple):
    """Who gives a service. `hides`: a place of it is protected. `tells`: lines dimension|term|day of what it signed."""

    name: str
    name_fr: str
    email: str
    website: str
    answer: list[str] | None
    is_governed: bool
    may_redistribute: bool
    hides: bool
    tells: str | None


class PublisherRow(NamedTuple):
    """Who published it."""

    name: str
    name_fr: str
    is_demo: bool


class SiteRow(NamedTuple):
    """A service at a place. `is_flagged`: its coordinates can't be right. Those after it are of its area or community.

    `zones`: those of all communities in the area of a protected place; of another none.
    """

    service_id: str
    id: str
    location_id: str
    is_protected: bool
    placed_by: str
    latitude: float | None
    longitude: float | None
    is_flagged: bool
    area: str | None
    place_name: str | None
    place_name_fr: str | None
    place_province: str | None
    place_zone: str | None
    place_longitude: float | None
    place_latitude: float | None
    directions: str
    zones: list[str]


class AddressRow(NamedTuple):
    """The street of a place."""

    owner: str
    address_1: str
    address_2: str
    city: str
    state_province: str
    postal_code: str


class PhoneRow(NamedTuple):
    """A number that is no person's own line."""

    owner: str
    number: str
    extension: str
    type: str
    description: str
    description_fr: str


class ScheduleRow(NamedTuple):
    """One recurrence, as written. `own_days` is JSON: rows of `schedule_day`, None where it has none."""

    owner: str
    valid_from: str
    valid_to: str
    until: str
    count: str
    freq: str
    interval: str
    byday: str
    byweekno: str
    bymonthday: str
    byyearday: str
    opens_at: str
    closes_at: str
    is_flagged: bool
    description: str
    description_fr: str
    hours_of: str
    on_holidays: str
    zone: str
    dtstart: str
    wkst: str
    own_days: str | None


class LanguageRow(NamedTuple):
    """A language that is spoken."""

    owner: str
    code: str
    name: str
    note: str


class PaperRow(NamedTuple):
    """A paper that is asked for."""

    owner: str
    document: str
    document_fr: str


class WordRow(NamedTuple):
    """One of our own terms that describes a service."""

    owner: str
    taxonomy: str
    code: str


Row = TypeVar("Row", bound=Any)

# Protected is what has, or whose service or organization has, any protected place. OFFSET 0: asked of each by itself.
# Else PostgreSQL lists all protected places of the country first, for every batch.
SERVICE_HIDES = """EXISTS (SELECT FROM service_at_location h JOIN location hl ON hl.id = h.location_id
    WHERE h.service_id = {service} AND hl.is_protected OFFSET 0)"""
ORGANIZATION_HIDES = """(EXISTS (SELECT FROM location hl
        WHERE hl.organization_id = {organization} AND hl.is_protected OFFSET 0)
    OR EXISTS (SELECT FROM service hs JOIN service_at_location h ON h.service_id = hs.id
        JOIN location hl ON hl.id = h.location_id
        WHERE hs.organization_id = {organization} AND hl.is_protected OFFSET 0))"""
# What waits for a steward's call-back is told of: the old value stays meanwhile. Few are ever held: one small index.
CHECKING = """(SELECT array_agg(DISTINCT part ORDER BY part)
    FROM (SELECT after FROM proposed_change w WHERE w.state = 'held' AND w.hold = 'call'
          AND w.organization_id = s.organization_id AND coalesce(w.service_id, s.id) = s.id OFFSET 0) held,
         jsonb_object_keys(held.after) part)"""
# A feed may name an organization that never came: what nobody stands behind is not shown. Nor is a linked double.
SERVICES_SQL = f"""
WITH asked AS MATERIALIZED (
    SELECT s.* FROM service s WHERE s.id = ANY(%(ids)s::uuid[]) AND s.status IN ('active', 'temporarily closed')
       AND s.unlisted_on IS NULL
), hiding AS MATERIALIZED (
    SELECT id, {ORGANIZATION_HIDES.format(organization="o.id")} AS hides,
           (SELECT string_agg(concat_ws('|', t.dimension, t.term, t.signed_on), E'\\n')
              FROM organization_telling t WHERE t.organization_id = o.id) AS tells
      FROM (SELECT DISTINCT organization_id AS id FROM asked) o
)
SELECT s.id::text, s.organization_id::text, s.name, s.name_fr, s.description, s.description_fr,
       s.eligibility_description, s.eligibility_description_fr, s.application_process, s.application_process_fr,
       s.fees_description, s.fees_description_fr, s.alert, s.alert_fr, s.email, s.url, s.status, s.reach, s.province,
       s.assured_date, s.source_url, s.copied_on, s.interpretation_services, s.publish_to,
       s.governed_by_id IS NOT NULL, p.may_redistribute, s.minimum_age, s.maximum_age,
       (SELECT string_agg(f.dimension || '|' || f.term || '|' || f.stated || '|' || coalesce(f.low::text, '') || '|'
                          || coalesce(f.high::text, ''), E'\\n') FROM service_fact f WHERE f.service_id = s.id),
       {SERVICE_HIDES.format(service="s.id")},
       CASE WHEN s.reach <> 'country' THEN ARRAY(SELECT DISTINCT c.province FROM service_coverage c
            WHERE c.service_id = s.id AND c.kind = 'province' AND c.province <> s.province ORDER BY 1) END,
       {CHECKING}, s.wait_time,
       o.name, o.name_fr, o.email, o.website, o.publish_to, o.governed_by_id IS NOT NULL, op.may_redistribute,
       hiding.hides, hiding.tells, p.name, p.name_fr, p.is_demo
  FROM asked s JOIN organization o ON o.id = s.organization_id JOIN hiding ON hiding.id = o.id
  JOIN directory_publisher p ON p.slug = s.publisher_id JOIN directory_publisher op ON op.slug = o.publisher_id
 WHERE o.taken_off_on IS NULL
   AND NOT EXISTS (SELECT FROM same_service x WHERE x.other_id = s.id AND x.verdict = 'linked')
 ORDER BY s.id
"""  # noqa: S608
SITES_SQL = """
SELECT x.service_id::text, x.id::text, l.id::text, l.is_protected, l.placed_by, l.latitude, l.longitude,
       l.flags && ARRAY['latitude:out_of_range', 'longitude:out_of_range', 'latitude:not_a_number',
                        'longitude:not_a_number'],
       a.slug, coalesce(a.name, c.name), coalesce(a.name_fr, c.name_fr), coalesce(a.province, c.province),
       coalesce(a.zone, c.zone), coalesce(a.longitude, c.longitude), coalesce(a.latitude, c.latitude), l.transportation,
       ARRAY(SELECT DISTINCT q.zone FROM place q WHERE q.area_id = a.slug AND q.kind = 'community' ORDER BY 1)
  FROM service_at_location x JOIN location l ON l.id = x.location_id
  LEFT JOIN area a ON a.slug = l.area_id AND l.is_protected
  LEFT JOIN place c ON c.id = l.community_id AND NOT l.is_protected
 WHERE x.service_id = ANY(%(services)s::uuid[])
 ORDER BY x.position, x.id
"""


def _of_owners(columns: str, table: str, owners: str, *, where: str = "") -> str:
    """Rows of `table` once for each of their `owners` that is asked for, in their order."""
    each = " UNION ALL ".join(
        f"SELECT {owner}_id AS owner, position, id, {columns} FROM {table}"  # noqa: S608
        f" WHERE {owner}_id = ANY(%({owner})s::uuid[]) {where}"
        for owner in owners.split()
    )
    names = ", ".join(column.split(" AS ")[-1].strip() for column in columns.split(","))
    return f"SELECT owner::text, {names} FROM ({each}) found ORDER BY position, id"  # noqa: S608


LINKS = "service location service_at_location"
ADDRESSES_SQL = _of_owners("address_1, address_2, city, state_province, postal_code", "address", "location")
PHONES_SQL = _of_owners(
    "number, extension, type, description, description_fr",
    "phone",
    f"{LINKS} organization",
    where="AND contact_id IS NULL",
)
# A zone's name where an offset belongs (`rules/canadian_zones.py`) says by which clock the hours are.
SCHEDULES_SQL = _of_owners(
    "valid_from, valid_to, until, count, freq, interval, byday, byweekno, bymonthday, byyearday, opens_at, closes_at,"
    " NOT flags <@ ARRAY['timezone:zone_name'] AS is_flagged, description, description_fr, hours_of,"
    " on_holidays, CASE WHEN zone = '' AND 'timezone:zone_name' = ANY(flags) THEN timezone ELSE zone END AS zone,"
    " dtstart, wkst,"
    ' (SELECT json_agg(d ORDER BY d."on"::text || d.opens_at)::text FROM schedule_day d'
    " WHERE d.schedule_id = schedule.id) AS own_days",
    "schedule",
    LINKS,
)
LANGUAGES_SQL = _of_owners("code, name, note", "language", "service location")
PAPERS_SQL = _of_owners("document, document_fr", "required_document", "service")
# Somebody else's terms are asked for only where their names may be those of shelters.
WORDS_SQL = f"""
SELECT a.link_id::text, CASE WHEN t.taxonomy IN ('relais', 'relais_focus') THEN t.taxonomy ELSE '' END,
       CASE WHEN t.taxonomy IN ('relais', 'relais_focus') THEN t.code ELSE t.name END
  FROM attribute a JOIN taxonomy_term t ON t.id = a.taxonomy_term_id
 WHERE a.link_id = ANY(%(service)s::uuid[])
   AND (t.taxonomy IN ('relais', 'relais_focus') OR t.name ~* '{FIRST_SIGHT}')
 ORDER BY a.position, a.id
"""  # noqa: S608


def _by_owner(kind: type[Row], sql: str, values: dict[str, Any]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in map(kind._make, fetched(sql, values)):
        found[row[0]].append(row)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Services of a batch and what hangs on them, by the id of what it hangs on; organizations that are looked into."""

    services: list[ServiceRow]
    sites: dict[str, list[SiteRow]]
    addresses: dict[str, list[AddressRow]]
    phones: dict[str, list[PhoneRow]]
    schedules: dict[str, list[ScheduleRow]]
    languages: dict[str, list[LanguageRow]]
    papers: dict[str, list[PaperRow]]
    words: dict[str, list[WordRow]]
    looked_into: frozenset[str] = frozenset()

    def of(self, kind: dict[str, list[Row]], service: ServiceRow, site: SiteRow | None) -> list[Row]:
        """What the site itself has of this kind, else the place or the service."""
        own = kind.get(service.id, [])
        if site is None:
            return own
        if at_site := kind.get(site.id):
            return at_site
        at_place = kind.get(site.location_id)
        # One row may hang on both: the owner comes first in it, everything else is compared.
        return list({row[1:]: row for row in (*own, *at_place)}.values()) if at_place else own

    def phones_of(self, service: ServiceRow, site: SiteRow | None) -> list[PhoneRow]:
        """Numbers of the site or service; the organization's where they have none."""
        return self.of(self.phones, service, site) or self.phones.get(service.organization_id, [])

    def codes(self, service: ServiceRow, taxonomy: str) -> list[str]:
        """The slugs of our own terms that describe a service, the main one first."""
        return [word.code for word in self.words.get(service.id, ()) if word.taxonomy == taxonomy]

    def is_on_site(self, service: ServiceRow) -> bool:
        """True unless it, or else its organization, said no."""
        return may_be_on_site(agreed(service.answer, service.organization.answer))

    def is_at_desk_only(self, service: ServiceRow) -> bool:
        """True if it, or else its organization, is to be found at the desk alone."""
        return is_at_desk_only(agreed(service.answer, service.organization.answer))

    def is_open(self, service: ServiceRow, parents: dict[str, str]) -> bool:
        """True if it may be passed on as open data; `parents` names the group of each kind."""
        if not (service.may_redistribute and service.organization.may_redistribute):
            return False
        kinds = self.codes(service, NEEDS)
        groups = {parents[kind] for kind in kinds if kind in parents}
        guarded = is_guarded(kinds, groups, self.codes(service, FOCUS)) or (
            not kinds and sounds_like_shelter(*self._names(service))
        )
        return may_be_open_data(
            agreed(service.answer, service.organization.answer),
            is_guarded=guarded or service.is_governed or service.organization.is_governed,
            is_protected=service.hides,
        )

    def _names(self, service: ServiceRow) -> list[str]:
        """What a service is called, by whom it is given, and others' terms of it that sound like a shelter."""
        terms = self.codes(service, FOREIGN)
        return [
            service.name,
            service.name_fr,
            service.organization.name,
            service.organization.name_fr,
            *terms,
        ]


def _service(row: tuple[Any, ...]) -> ServiceRow:
    return ServiceRow(*row[:33], OrganizationRow(*row[33:42]), PublisherRow(*row[42:]))


def gather(service_ids: Iterable[str | UUID]) -> Gathered:
    """Fetch a batch of services that may be shown. Nine statements, whatever their number."""
    asked = {"ids": array(service_ids)}
    services = [_service(row) for row in fetched(SERVICES_SQL, asked)]
    keys = [service.id for service in services]
    sites = _by_owner(SiteRow, SITES_SQL, {"services": array(keys)})
    owners = {
        "service": array(keys),
        "location": array({site.location_id for found in sites.values() for site in found}),
        "service_at_location": array(site.id for found in sites.values() for site in found),
        "organization": array({service.organization_id for service in services}),
    }
    return Gathered(
        services=services,
        sites=sites,
        addresses=_by_owner(AddressRow, ADDRESSES_SQL, owners),
        phones=_by_owner(PhoneRow, PHONES_SQL, owners),
        schedules=_by_owner(ScheduleRow, SCHEDULES_SQL, owners),
        languages=_by_owner(LanguageRow, LANGUAGES_SQL, owners),
        papers=_by_owner(PaperRow, PAPERS_SQL, owners),
        words=_by_owner(WordRow, WORDS_SQL, owners),
        looked_into=looked_into(dict.fromkeys(service.organization_id for service in services)),
    )
