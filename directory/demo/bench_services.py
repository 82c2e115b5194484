"""Made services: a telling (bench_templates.py) with its names filled in, at the places of its organization."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from itertools import chain
from random import Random

from directory.demo.bench_organizations import Draft, NewId, Row, toll_free
from directory.demo.bench_places import HOUSE, OFFICE, SECOND, Builder
from directory.demo.bench_templates import Templates, fill
from directory.demo.bench_tongues import tongues
from directory.demo.reading import DemoPhone, DemoService, DemoWords, weekly_hours
from directory.demo.story_conditions import read_fact
from directory.demo.story_words import Words
from directory.finding.languages import known_languages
from directory.rules.publishing import is_guarded, is_protected_by_default

TEXTS = (
    "name", "name_fr", "description", "description_fr", "application_process", "application_process_fr",
    "fees_description", "fees_description_fr", "eligibility_description", "eligibility_description_fr", "alert",
    "alert_fr",
)  # fmt: skip
LISTED = ("active", "temporarily closed")


@lru_cache(maxsize=4096)
def _weekly(written: str) -> Row:
    return asdict(weekly_hours(written))


@lru_cache(maxsize=4096)
def _fact(written: str) -> Row:
    fact = read_fact(written)
    bounds = {
        name: None if bound is None else str(bound)
        for name, bound in (("low", fact.low), ("high", fact.high))
    }
    return {"dimension": fact.dimension, "term": fact.term, "stated": "t" if fact.stated else "f", **bounds}


class Provider:
    """Makes the services of one organization after another."""

    def __init__(
        self,
        words: Words,
        templates: Templates,
        terms: Mapping[str, str],
        groups: Mapping[str, str],
        chance: Random,
        new_id: NewId,
    ) -> None:
        self._templates, self._terms, self._groups = templates, terms, groups
        self._chance, self._new_id = chance, new_id
        self._builder = Builder(words, chance, new_id)

    def service(self, of: Draft, slug: str, number: int) -> list[tuple[str, Row]]:
        """Its rows, after those that its organization still has to write."""
        told = self._templates.draw(of.profile, slug, of.manner, self._chance)
        key = self._new_id()
        service = ("service", self._row(of, told, key))
        at = list(self._at(of, told, key))
        rows, of.rows, of.is_new = of.rows, [], False
        more = chain(
            (("phone", row) for row in self._phones(of, told.phones, key)),
            (("schedule", row) for row in self._schedules(told, key)),
            (("language", row) for row in self._languages(of, told, key)),
            (("attribute", row) for row in self._ties(told, key)),
            self._manners(told, key),
            self._areas(of, told, key),
        )
        position = str(number)
        return [(table, {"position": position, **row}) for table, row in (*rows, service, *at, *more)]

    def _row(self, of: Draft, told: DemoService, key: str) -> Row:
        chance, town, brand = self._chance, of.town, of.named.brand
        texts = {name: fill(getattr(told, name), brand, town.name, town.province) for name in TEXTS}
        month, day, minute = chance.randint(1, 9), chance.randint(1, 28), chance.randrange(60)
        return texts | {
            "id": key,
            "organization_id": of.id,
            "governed_by_id": of.governor,
            "status": told.status if told.status in LISTED else LISTED[0],
            "reach": told.reach,
            "province": town.province if told.reach == "province" else "",
            "minimum_age": _number(told.minimum_age),
            "maximum_age": _number(told.maximum_age),
            "last_modified": f"2026-{month:02d}-{day:02d}T14:{minute:02d}:00Z",
            "publish_to": self._publish_to(of, told),
        }

    def _publish_to(self, of: Draft, told: DemoService) -> str | None:
        """Most were never asked; nobody at a hidden door or of a guarded kind opted in."""
        groups = {self._groups[slug] for slug in told.needs if self._groups.get(slug)}
        turn = self._chance.random()
        if (
            of.governor
            or told.places == (HOUSE,)
            or is_guarded(told.needs, groups, told.focus)
            or turn > 0.15
        ):
            return None
        return "{site}" if turn < 0.05 else "{site,open_data}"

    def _at(self, of: Draft, told: DemoService, key: str) -> Iterator[tuple[str, Row]]:
        """Ties to the places where it is given."""
        if not told.places:
            return
        if told.places == (HOUSE,):
            keys: Sequence[str] = (HOUSE,)
        else:
            keys = (OFFICE, SECOND) if of.has_second and self._chance.random() < 0.5 else (OFFICE,)
        for place in keys:
            location = self._builder.place(of, place)
            yield "service_at_location", {"id": self._new_id(), "service_id": key, "location_id": location}

    def _phones(self, of: Draft, phones: Sequence[DemoPhone], key: str) -> Iterator[Row]:
        for phone in phones:
            is_far = phone.number.startswith("1-")
            number = toll_free(self._chance) if is_far else of.town.phone(self._chance)
            row = {"id": self._new_id(), "service_id": key, "number": number, "type": phone.type}
            yield row | {"description": phone.description, "description_fr": phone.description_fr}

    def _schedules(self, told: DemoService, key: str) -> Iterator[Row]:
        owned = {"service_id": key, "on_holidays": told.on_holidays}
        season = dict(zip(("valid_from", "valid_to"), told.season, strict=False))
        for written in told.hours:
            yield {"id": self._new_id(), **_weekly(written), **owned, **season}
        if told.hours_note or told.hours_note_fr:
            note = {"description": told.hours_note, "description_fr": told.hours_note_fr}
            yield {"id": self._new_id(), "service_id": key, **note}

    def _languages(self, of: Draft, told: DemoService, key: str) -> Iterator[Row]:
        known = known_languages()
        for code in tongues(of, told.needs[0], self._chance):
            yield {"id": self._new_id(), "service_id": key, "code": code, "name": known[code].name}

    def _ties(self, told: DemoService, key: str) -> Iterator[Row]:
        groups = {self._groups[slug] for slug in told.needs if self._groups.get(slug)}
        hides = told.places != (HOUSE,) and is_protected_by_default(told.needs, groups, told.focus)
        # What is told at an open door doesn't say that it houses whom a hidden door would have to hide.
        words = [f"need/{slug}" for slug in told.needs] + [
            f"focus/{slug}" for slug in told.focus if not hides
        ]
        for word in words:
            ends = {"link_id": key, "link_entity": "service", "taxonomy_term_id": self._terms[word]}
            yield {"id": self._new_id(), **ends}

    def _manners(self, told: DemoService, key: str) -> Iterator[tuple[str, Row]]:
        """What it costs, what to bring, what it states."""
        for cost in told.costs:
            row = {"id": self._new_id(), "service_id": key, "option": cost.option, "currency": "CAD"}
            yield "cost_option", row | {"amount": f"{cost.amount:g}"}
        for paper in told.documents:
            texts = {"document": paper.text, "document_fr": paper.text_fr}
            yield "required_document", {"id": self._new_id(), "service_id": key, **texts}
        for written in told.facts:
            yield "service_fact", {"service_id": key, **_fact(written)}

    def _areas(self, of: Draft, told: DemoService, key: str) -> Iterator[tuple[str, Row]]:
        for words in told.area:
            area = self._new_id()
            yield "service_area", {"id": area, "service_id": key, **_named(words, of)}
            covered = {"kind": "community", "place_id": str(of.town.id)}
            yield "service_coverage", {"service_id": key, "service_area_id": area, **covered}


def _named(words: DemoWords, of: Draft) -> Row:
    town = of.town
    english, french = (
        fill(text, of.named.brand, town.name, town.province) for text in (words.text, words.text_fr)
    )
    return {"name": english, "name_fr": french}


def _number(number: int | None) -> str | None:
    return None if number is None else str(number)
