"""What demonstration services state beside name, place and hours: conditions, prices, papers, areas."""

import uuid
from dataclasses import asdict

from directory.actions.load_demo_rows import Rows
from directory.actions.own_terms import focus_id
from directory.demo.reading import DemoFault, DemoPlace, DemoService
from directory.demo.story_conditions import read_fact
from directory.models.accessibility import Accessibility
from directory.models.cost_option import CostOption
from directory.models.coverage import CoverageKind, ServiceCoverage
from directory.models.required_document import RequiredDocument
from directory.models.service_area import ServiceArea
from directory.models.service_fact import ServiceFact
from directory.models.taxonomy import Attribute
from directory.rules.eligibility_terms import check_facts


def add_access(rows: Rows, place: DemoPlace, path: tuple[str, ...], location: uuid.UUID) -> None:
    """What a place has, or lacks, for people with disabilities."""
    for number, words in enumerate(place.accessibility):
        texts = {"description": words.text, "description_fr": words.text_fr}
        rows.add(Accessibility, "accessibility", *path, str(number), location_id=location, **texts)


def add_more(rows: Rows, service: DemoService, path: tuple[str, ...], key: uuid.UUID) -> None:
    """Everything that hangs on a service and is no place, phone, hour, language or kind."""
    for slug in service.focus:
        ends = {"link_id": key, "link_entity": "service", "taxonomy_term_id": focus_id(slug)}
        rows.add(Attribute, "attribute", *path, "focus", slug, **ends)
    for cost in service.costs:
        rows.add(CostOption, "cost", *path, cost.option, service_id=key, currency="CAD", **asdict(cost))
    for number, words in enumerate(service.documents):
        texts = {"document": words.text, "document_fr": words.text_fr}
        rows.add(RequiredDocument, "document", *path, str(number), service_id=key, **texts)
    _add_facts(rows, service, path, key)
    _add_areas(rows, service, path, key)


def _add_facts(rows: Rows, service: DemoService, path: tuple[str, ...], key: uuid.UUID) -> None:
    facts = [read_fact(written) for written in service.facts]
    if problems := check_facts(facts):
        raise DemoFault(f"{'/'.join(path)}: {problems[0]}")
    for fact in facts:
        rows.add_beside(ServiceFact(service_id=key, **asdict(fact)))


def _add_areas(rows: Rows, service: DemoService, path: tuple[str, ...], key: uuid.UUID) -> None:
    area = None
    for words in service.area:
        texts = {"name": words.text, "name_fr": words.text_fr}
        area = rows.add(ServiceArea, "area", *path, words.text, service_id=key, **texts)
    for community in service.covers:
        place = rows.communities[community]
        covered = {"kind": CoverageKind.COMMUNITY, "place": place}
        rows.add_beside(ServiceCoverage(service_id=key, service_area_id=area, **covered))
