"""Made places: a door near the middle of a town, or a house of which only its published area is told."""

from random import Random

from directory.demo.bench_organizations import Draft, NewId, Row
from directory.demo.bench_towns import Town
from directory.demo.story_words import Words

OFFICE, SECOND, HOUSE = "office", "second", "house"
MEASURED, STREET_ALONE = 0.62, 0.6
"""How many of all doors are known by coordinates; how many of the others have a street at least."""


class Builder:
    """Builds each place of an organization when it is first asked for."""

    def __init__(self, words: Words, chance: Random, new_id: NewId) -> None:
        self._words, self._chance, self._new_id = words, chance, new_id

    def place(self, of: Draft, key: str) -> str:
        """The id of one of its places; its rows wait with the organization's."""
        if key not in of.places:
            of.places[key] = self._new_id()
            row = {"id": of.places[key], "organization_id": of.id}
            if key == HOUSE:
                of.rows.append(("location", row | _only_its_area(of.town)))
            else:
                self._door(of, row, key)
        return of.places[key]

    def _door(self, of: Draft, row: Row, key: str) -> None:
        town, own = of.town, of.named.brand.own
        name = own if key == OFFICE else f"{own}, {town.name}"
        is_measured = self._chance.random() < MEASURED
        where: Row = {"name": name, "placed_by": "community", "community_id": str(town.id)}
        if is_measured:
            latitude, longitude = town.point_near(self._chance)
            where |= {"placed_by": "coordinates", "latitude": str(latitude), "longitude": str(longitude)}
        of.rows.append(("location", row | where))
        if is_measured or self._chance.random() < STREET_ALONE:
            of.rows.append(("address", self._address(of, of.places[key])))
        self._access(of, of.places[key])

    def _address(self, of: Draft, location: str) -> Row:
        town, names, number = of.town, self._words.names, self._chance.randint(2, 980)
        if of.manner.is_french:
            street = f"{number}, {self._chance.choice(names['french_streets'])}"
        else:
            street = f"{number} {self._chance.choice(names['streets'])}"
        where = {"city": town.name, "state_province": town.province}
        code = town.postal_code(self._chance)
        return {
            "id": self._new_id(),
            "location_id": location,
            "address_1": street,
            "postal_code": code,
            **where,
        }

    def _access(self, of: Draft, location: str) -> None:
        """Of half of all doors something is known: mostly what they have, now and then what they lack."""
        turn, manners = self._chance.random(), self._words.manners["place"]
        if turn < 0.55:
            say = self._chance.choice(manners["accessibility" if turn < 0.45 else "stairs"])
            texts = {"description": say.en, "description_fr": say.fr}
            of.rows.append(("accessibility", {"id": self._new_id(), "location_id": location, **texts}))


def _only_its_area(town: Town) -> Row:
    """All that is kept of a protected place."""
    return {"is_protected": "t", "placed_by": "area", "area_id": town.area}
