"""The demonstration lies where Canada lies: area codes are of their towns, languages of those who live there."""

import re
from math import cos, hypot, radians

import pytest

from directory.demo.reading import DemoOrganization
from directory.demo.story_words import Words
from tests.directory.demo_country import Pair

# Written out on purpose: the generator's own lists must not judge themselves.
ONE_CODE = {
    "SK": "306 639 474", "MB": "204 431 584", "NB": "506 428", "NS": "902 782", "PE": "902 782", "NL": "709 879",
    "YT": "867", "NT": "867", "NU": "867",
}  # fmt: skip
REGIONS = {
    "604 778 236 672 257": "Vancouver, Surrey, Burnaby, Richmond, Abbotsford, Langley, Chilliwack",
    "250 778 236 672 257": "Victoria, Nanaimo, Kelowna, Kamloops, Prince George, Prince Rupert, Terrace, Fort St. John,"
    " Cranbrook, Williams Lake, Smithers, Port Hardy, Campbell River, Courtenay, Nelson, Vernon, Penticton, Quesnel,"
    " Masset, Fort Nelson, Dawson Creek, Tofino",
    "403 587 825 368": "Calgary, Lethbridge, Red Deer, Medicine Hat, Brooks, Banff, Airdrie, Canmore",
    "780 587 825 368": "Edmonton, Grande Prairie, Fort McMurray, Hinton, Slave Lake, Peace River, High Level,"
    " Lloydminster, Wetaskiwin, Jasper, Cold Lake, Bonnyville, St. Paul, Fort Chipewyan",
    "416 647 437 942": "Toronto, Etobicoke, Scarborough, North York",
    "905 289 365 742": "Mississauga, Brampton, Hamilton, Markham, Oshawa, St. Catharines, Niagara Falls, Cobourg",
    "519 226 548 382": "London, Windsor, Kitchener, Guelph, Brantford, Sarnia, Leamington, Chatham, Owen Sound,"
    " Woodstock, Simcoe",
    "613 343 753": "Ottawa, Kingston, Belleville, Cornwall, Pembroke, Hawkesbury, Casselman",
    "705 249 683": "Barrie, Greater Sudbury, Peterborough, Sault Ste. Marie, North Bay, Timmins, Hearst, Kapuskasing,"
    " Moosonee, Attawapiskat, Orillia, Parry Sound, Elliot Lake",
    "807": "Thunder Bay, Kenora, Sioux Lookout, Dryden, Fort Frances, Red Lake",
    "514 438 263": "Montréal",
    "450 579 354": "Laval, Longueuil, Saint-Jérôme, Granby, Saint-Hyacinthe, Joliette, Salaberry-de-Valleyfield",
    "819 873 468": "Gatineau, Trois-Rivières, Sherbrooke, Drummondville, Victoriaville, Val-d'Or, Rouyn-Noranda,"
    " Kuujjuaq, Inukjuak, Puvirnituq, Salluit, La Tuque, Mont-Laurier, Amos, Chisasibi, Magog, Waskaganish",
    "418 581 367": "Québec, Saguenay, Lévis, Rimouski, Sept-Îles, Baie-Comeau, Gaspé, Alma, Chibougamau,"
    " Rivière-du-Loup, Matane, Havre-Saint-Pierre, Saint-Georges, Roberval, Dolbeau-Mistassini",
}
TOWNS = {town: codes.split() for codes, towns in REGIONS.items() for town in towns.split(", ")}
# A language, and where those who speak it live: a province, or towns of one.
LANDS = {
    "mic": "NS PE NL QC:Gaspé NB:Moncton,Dieppe,Shediac,Miramichi,Bathurst,Campbellton,Caraquet",
    "pqm": "NB:Fredericton,Oromocto,Woodstock,Edmundston,Saint_John",
    "moe": "NL:Happy_Valley-Goose_Bay,Labrador_City QC:Roberval,Dolbeau-Mistassini,Alma,Saguenay,Baie-Comeau,Sept-Îles"
    ",Havre-Saint-Pierre,Québec",
    "nsk": "QC:Sept-Îles",
    "atj": "QC:La_Tuque,Joliette,Trois-Rivières",
    "crl": "QC:Chisasibi,Chibougamau",
    "crj": "QC:Waskaganish,Chibougamau,Val-d'Or",
    "csw": "MB ON:Attawapiskat,Hearst,Kapuskasing",
    "crm": "ON:Moosonee,Timmins,Kapuskasing,Hearst",
    "crk": "AB SK",
    "cwd": "SK MB:Flin_Flon,Thompson",
    "ojw": "MB SK:Regina,Yorkton",
    "ojs": "MB:Winnipeg,Thompson ON:Sioux_Lookout,Red_Lake,Thunder_Bay",
    "ojb": "ON:Thunder_Bay,Kenora,Dryden,Fort_Frances,Sioux_Lookout",
    "ojc": "ON:Sault_Ste._Marie,North_Bay",
    "ojg": "ON:Peterborough,Orillia,Parry_Sound,North_Bay,Oshawa,Toronto,Owen_Sound",
    "otw": "ON:Greater_Sudbury,Elliot_Lake,Sarnia,Owen_Sound",
    "bla": "AB:Calgary,Lethbridge,Brooks,Medicine_Hat",
    "chp": "AB:Fort_Chipewyan,Cold_Lake,Fort_McMurray SK:Meadow_Lake,Buffalo_Narrows,La_Ronge MB:Churchill,Thompson"
    " NT:Yellowknife,Hay_River,Fort_Smith",
    "dgr": "NT:Behchokǫ̀,Yellowknife",
    "scs": "NT:Deline,Fort_Good_Hope,Norman_Wells",
    "xsl": "NT:Fort_Simpson,Hay_River AB:High_Level BC:Fort_Nelson",
    "gwi": "NT:Inuvik,Aklavik",
    "ikt": "NT:Inuvik,Aklavik,Tuktoyaktuk,Yellowknife NU:Cambridge_Bay,Kugluktuk",
    "ike": "NU QC:Kuujjuaq,Inukjuak,Puvirnituq,Salluit NL:Nain,Hopedale,Happy_Valley-Goose_Bay",
    "iks": "NU",
    "oka": "BC:Kelowna,Penticton,Vernon",
    "shs": "BC:Kamloops,Williams_Lake",
    "hur": "BC:Vancouver,Surrey,Burnaby,Richmond,Langley,Abbotsford,Chilliwack,Nanaimo",
    "crg": "BC AB SK MB ON",
}
NAMED = {
    r"[Ww]olastoqey": {"pqm"},
    r"[Mm]i'kmaw": {"mic"},
    r"Cree|crie": {"crk", "cwd", "csw", "crm", "crl", "crj"},
    r"Dene\b|dénée": {"chp", "dgr", "scs", "xsl"},
    r"Anishinaabe": {"ojb", "ojc", "ojg", "ojs", "ojw", "otw"},
    r"Inuit|inuite": {"ike", "ikt"},
}
"""What the name of a Nation or council says that it speaks."""
FAR_KM = 500


def _codes(town: str) -> list[str]:
    name, province = town[:-4], town[-2:]
    return ONE_CODE[province].split() if province in ONE_CODE else TOWNS[name]


def _lives(code: str, town: str) -> bool:
    for land in LANDS[code].split():
        province, _, towns = land.partition(":")
        if province == town[-2:] and (not towns or town[:-4].replace(" ", "_") in towns.split(",")):
            return True
    return False


def test_area_codes_are_of_the_towns_that_the_services_are_in(country: list[DemoOrganization]) -> None:
    checked = 0
    for organization in country:
        towns = {place.key: place.community for place in organization.place}
        for service in organization.service:
            for key in service.places:
                for phone in service.phones or organization.phones:
                    if not phone.number.startswith("1-8"):
                        checked += 1
                        assert phone.number[:3] in _codes(towns[key]), (organization.name, towns[key], phone)
    assert checked >= 500


def test_the_codes_of_every_town_are_its_own(words: Words) -> None:
    for town in words.towns:
        assert set(town.codes) <= set(_codes(town.name)), town.name


def test_a_second_door_is_within_reach_of_the_first(made: list[DemoOrganization], words: Words) -> None:
    points = {town.name: town.point for town in words.towns}
    second = [o for o in made if len({place.community for place in o.place}) > 1]
    assert len(second) >= 10
    for organization in second:
        towns = {place.community for place in organization.place}
        (north, west), (other_north, other_west) = (points[town] for town in sorted(towns))
        away = 111 * hypot(north - other_north, (west - other_west) * cos(radians(north)))
        assert away < FAR_KM, (organization.name, towns)


def test_indigenous_languages_are_spoken_on_the_land_of_those_who_speak_them(made_pairs: list[Pair]) -> None:
    heard = set()
    for organization, service in made_pairs:
        for code in set(service.languages) & LANDS.keys():
            home = organization.place[0].community if organization.place else ""
            # Who is Métis may speak the Cree or Saulteaux of the same plains.
            if home and not ("metis" in service.focus and code in ("crk", "ojw")):
                heard.add(code)
                assert _lives(code, home), (organization.name, home, code)
    assert len(heard) >= 15


@pytest.mark.parametrize("name", NAMED)
def test_a_nation_speaks_the_language_that_its_name_says(made: list[DemoOrganization], name: str) -> None:
    for organization in made:
        if organization.governed_by and re.search(name, organization.name):
            for service in organization.service:
                assert set(service.languages) & LANDS.keys() <= NAMED[name] | {"iks"}, organization.name
