"""What the vetted tier sees of a listing beside its public facts, for the tables that only the desk reads.

Asked of the table of tiers field by field. Nothing here is public of any place, and of a protected one its street is
not either: that is shown to the other party of a referral.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from directory.finding.arrays import array
from directory.finding.bound import fetched
from directory.finding.facts import Teller, numbers_told, text_in
from directory.finding.gathered import Gathered
from safety.tiers import fields_seen
from safety.viewer import Tier

Facts = dict[str, Any]

VETTED_ALONE = {
    hides: fields_seen(Tier.VETTED, is_protected=hides) - fields_seen(Tier.PUBLIC, is_protected=hides)
    for hides in (False, True)
}
"""The fields ("entity.name") that vetted workers see and the public does not, of an open and of a protected place."""
OWNERS = ("organization", "service", "location", "service_at_location")
NUMBERS = """(SELECT json_agg(json_build_array(p.number, p.extension, p.type, p.description, p.description_fr)
    ORDER BY p.position, p.id)::text FROM phone p WHERE p.contact_id = c.id)"""
CONTACTS_SQL = " UNION ALL ".join(
    f"SELECT c.{owner}_id::text, c.position, c.id::text, c.name, c.title, c.department, c.email, {NUMBERS}"  # noqa: S608
    f" FROM contact c WHERE c.{owner}_id = ANY(%({owner})s::uuid[])"
    for owner in OWNERS
)


class ContactRow(NamedTuple):
    """A person or desk to turn to, with their own numbers as JSON (None for none)."""

    owner: str
    position: int
    id: str
    name: str
    title: str
    department: str
    email: str
    numbers: str | None


Contacts = dict[str, list[ContactRow]]


def gather_contacts(batch: Gathered) -> Contacts:
    """Whom to turn to, by what they hang on. One statement."""
    sites = [site for found in batch.sites.values() for site in found]
    asked = {
        "organization": array({service.organization_id for service in batch.services}),
        "service": array(service.id for service in batch.services),
        "location": array({site.location_id for site in sites}),
        "service_at_location": array(site.id for site in sites),
    }
    found: Contacts = defaultdict(list)
    for row in sorted(map(ContactRow._make, fetched(CONTACTS_SQL, asked)), key=lambda row: row[1:3]):
        found[row.owner].append(row)
    return dict(found)


def _numbers(stored: str | None, language: str) -> list[dict[str, str]]:
    told = []
    for number, extension, kind, english, french in json.loads(stored or "[]"):
        label = text_in(english, french, language)[0]
        told.append({"number": number, "extension": extension, "type": kind, "label": label})
    return told


def _contact(row: ContactRow, language: str) -> Facts:
    told = {name: getattr(row, name) for name in ("name", "title", "department", "email")}
    return told | {"phones": _numbers(row.numbers, language)}


def _contacts(teller: Teller, contacts: Contacts) -> Iterable[ContactRow]:
    """Those of the site, its place and its service; the organization's where they have none."""
    site = teller.site
    nearest = [site.id, site.location_id] if site else []
    own = [row for owner in (*nearest, teller.service.id) for row in contacts.get(owner, ())]
    return {row.id: row for row in own or contacts.get(teller.service.organization_id, ())}.values()


def _email(teller: Teller) -> str:
    """The address for letters that a protected place keeps from the public; empty where everybody sees one."""
    service, organization = teller.service, teller.service.organization
    told = service.email if "service.email" in VETTED_ALONE[service.hides] else ""
    if not told and "organization.email" in VETTED_ALONE[organization.hides]:
        told = organization.email
    return told


def _notes(teller: Teller) -> list[str]:
    """What is noted of the languages spoken at a protected place."""
    if "language.note" not in VETTED_ALONE[teller.service.hides]:
        return []
    spoken = teller.batch.of(teller.batch.languages, teller.service, teller.site)
    return list(dict.fromkeys(row.note for row in spoken if row.note))


def vetted_facts(teller: Teller, contacts: Contacts, language: str) -> Facts:
    """What is for vetted workers only, in "en" or "fr"; empty where there is nothing."""
    told: Facts = {
        "contacts": [_contact(row, language) for row in _contacts(teller, contacts)],
        "email": _email(teller),
        "phones": numbers_told(teller.phones_withheld, language),
        "language_notes": _notes(teller),
    }
    return {name: value for name, value in told.items() if value}
