"""What people type for a place, and what the gazetteer of the site's own packages makes of it."""

from functools import cache

import pytest

from directory.actions.place_packages import package_places
from directory.finding.places import plain
from directory.rules.places import Choice, Found, Gazetteer, NotFound, Place, RuralPostalCode


@cache
def places() -> tuple[Place, ...]:
    """What a fresh site knows, without a database."""
    return tuple(map(plain, package_places()))


@cache
def known() -> Gazetteer:
    """The gazetteer of it."""
    return Gazetteer(places())


def told(place: Place) -> str:
    """ "Kingston ON", or a postal area's code."""
    return place.name if place.kind == "postal_area" else f"{place.name} {place.province}"


def answered(text: str) -> str:
    """The answer in few words: `~` for one that says it was mended, `?` for a question."""
    match known().resolve(text):
        case Found(place, _, corrected):
            return "~" * corrected + told(place)
        case Choice(offered):
            return "? " + " | ".join(map(told, offered[:3]))
        case RuralPostalCode(code, _, reason, named):
            return " ".join([reason, code, *map(told, named[:1])])
        case NotFound(reason):
            return reason


SPOKEN = {
    "Kingston": "Kingston ON",
    "kingston on": "Kingston ON",
    "Kingston, Ontario, Canada": "Kingston ON",
    "KINGSTON (ONT.)": "Kingston ON",
    "Kingston NS": "Kingston NS",
    "Kingston, N.-É.": "Kingston NS",
    "Thompson": "? Thompson BC | Thompson MB",
    "Thompson MB": "Thompson MB",
    "Thompson, C.-B.": "Thompson BC",
    "St. John's": "St. John's NL",
    "st johns": "St. John's NL",
    "St. John\u2019s, T.-N.-L.": "St. John's NL",
    "Saint John's NL": "St. John's NL",
    "Saint John": "Saint John NB",
    "St John NB": "Saint John NB",
    "Saint-Jean, N.-B.": "Saint John NB",
    "Saint-Jean": "? St. John's NL | Saint John NB | Saint-Jean-sur-Richelieu QC",
    "st-jean-sur-richelieu": "Saint-Jean-sur-Richelieu QC",
    "Sault Ste Marie": "Sault Ste. Marie ON",
    "Sault-Sainte-Marie": "Sault Ste. Marie ON",
    "saultstemarie": "Sault Ste. Marie ON",
    "Montreal": "Montréal QC",
    "montréal qc": "Montréal QC",
    "MONTRÉAL (QUÉBEC)": "Montréal QC",
    "ville de Montréal": "Montréal QC",
    "Québec QC": "Québec QC",
    "Quebec": "Québec QC",
    "Quebec City": "Québec QC",
    "Trois Rivieres": "Trois-Rivières QC",
    "troisrivieres": "Trois-Rivières QC",
    "trois-rivières, qué.": "Trois-Rivières QC",
    "Val d\u2019Or": "Val-d'Or QC",
    "Sept Iles": "Sept-Îles QC",
    "ste-foy": "Sainte-Foy QC",
    "Ville d'Alma": "Alma QC",
    "Ottawa-Gatineau": "? Ottawa ON | Gatineau QC",
    "Kitchener/Waterloo": "? Kitchener ON | Waterloo ON",
    "Greater Sudbury / Grand Sudbury": "Greater Sudbury ON",
    "sudbury": "Greater Sudbury ON",
    "goose bay": "Happy Valley-Goose Bay NL",
    "100 mile house": "100 Mile House BC",
    "One Hundred Mile House": "100 Mile House BC",
    "150 Mile House": "unknown",
    "Iqaluit": "Iqaluit NU",
    "iqaluit nunavut": "Iqaluit NU",
    "Frobisher Bay": "Iqaluit NU",
    "ᐃᖃᓗᐃᑦ": "Iqaluit NU",
    "ᑰᔾᔪᐊᖅ": "Kuujjuaq QC",
    "Behchoko": "Behchokǫ̀ NT",
    "Yellowknife, T.N.-O.": "Yellowknife NT",
    "Whitehorse YK": "Whitehorse YT",
    "kahnawá:ke": "Kahnawake QC",
    "Eskasoni First Nation": "Eskasoni 3 NS",
    "cross lake": "Cross Lake 19A MB",
    "Cross Lake #19A": "Cross Lake 19A MB",
    "Norway House Cree Nation": "? Norway House MB",
    "Wet'suwet'en": "unknown",
    "Scarborough": "Scarborough ON",
    "scarborough, toronto, on": "? Scarborough ON | Toronto ON",
    "North York": "North York ON",
    "New York": "unknown",
    "LaSalle QC": "LaSalle QC",
    "la salle, qué": "LaSalle QC",
    "downtown toronto": "~Toronto ON",
    "near Timmins": "~Timmins ON",
    "12 Oak Street, Kingston, ON": "? Kingston ON",
    "RM of Hanover": "? Hanover ON",
    "Toronto, QC": "? Toronto ON",
    "Calgery": "~Calgary AB",
    "Saskatoom": "~Saskatoon SK",
    "Halifx": "~Halifax NS",
    "Charlottetwon PEI": "~Charlottetown PE",
    "Tunder Bay": "~Thunder Bay ON",
    "Ft. St. John": "Fort St. John BC",
    "Ft St John BC": "Fort St. John BC",
    "Ft Nelson": "Fort Nelson BC",
    "Ft. Smith": "Fort Smith NT",
    "Mt Pearl": "Mount Pearl NL",
    "Mt-Tremblant": "Mont-Tremblant QC",
    "N Vancouver": "North Vancouver BC",
    "N. Bay": "North Bay ON",
    "St-Boniface": "? Saint-Boniface QC | Winnipeg MB",
    "Saint Boniface": "? Saint-Boniface QC | Winnipeg MB",
    "St. Boniface, MB": "? Winnipeg MB",
    "Saint-Boniface, QC": "Saint-Boniface QC",
    "St Vital": "? Winnipeg MB",
    "Zzyzxqq": "unknown",
    "k7l3n6": "K7L",
    "K7L 3N6": "K7L",
    "K7L-3N6": "K7L",
    "K 7 L": "K7L",
    "K7L 3": "K7L",
    "Kingston ON K7L 3N6": "K7L",
    "Kingston K7L": "K7L",
    "Kingston ontario k7l": "K7L",
    "K7L 3N6, Canada": "K7L",
    "K7L,3N6": "K7L",
    "K7L_3N6": "K7L",
    "K0H 1A0": "rural K0H",
    "KOH 1AO": "rural K0H",
    "X0A 0H0": "rural X0A Iqaluit NU",
    "X1A": "X1A",
    "A1Y": "unsure A1Y Carbonear NL",
    "V9G 1A1": "unsure V9G Ladysmith BC",
    "D1A 1A1": "bad_postal_code",
    "44.23,-76.48": "44.23, -76.48 ON",
    "10,10": "outside_canada",
    "  ": "blank",
}


@pytest.mark.parametrize(("typed", "answer"), SPOKEN.items())
def test_what_people_type_is_understood_or_asked_about(typed: str, answer: str) -> None:
    assert answered(typed) == answer


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(SPOKEN) >= 60


def postal_areas() -> list[Place]:
    """The postal areas of the packages, as the gazetteer is given them."""
    return [area for area in places() if area.kind == "postal_area"]


def test_every_rural_area_is_unsure_and_few_others_are() -> None:
    areas = postal_areas()
    rural = [area for area in areas if area.name[1] == "0"]
    urban = [area for area in areas if area.name[1] != "0"]
    assert all(area.is_unsure for area in rural)
    assert 0 < sum(area.is_unsure for area in urban) < len(urban) // 10


def test_no_unsure_area_is_ever_answered_with_its_point() -> None:
    for area in postal_areas():
        answer = known().resolve(area.name)
        assert isinstance(answer, RuralPostalCode if area.is_unsure else Found), area.name


def test_all_thirteen_provinces_and_territories_have_communities_and_postal_areas() -> None:
    for kind in ("community", "postal_area"):
        assert len({place.province for place in places() if place.kind == kind}) == 13


def test_the_packages_give_each_id_once_and_the_same_again() -> None:
    assert len({place.id for place in places()}) == len(places())
    assert tuple(map(plain, package_places())) == places()


def test_every_place_of_a_choice_can_be_chosen() -> None:
    twins = [(place, twin) for place in places() if (twin := known().landmark(place))]
    for place, landmark in twins:
        found = known().resolve(f"{place.name} ({landmark.name}), {place.province}")
        assert isinstance(found, Found), place
        assert found.place == place
    assert len(twins) > 50
