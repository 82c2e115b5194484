"""How much there is of what in a made country: people, sorts of organizations, languages. Counts, not percent."""

PEOPLE = {
    "AB": 4_262_635, "BC": 5_000_879, "MB": 1_342_153, "NB": 775_610, "NL": 510_550, "NS": 969_383, "NT": 41_070,
    "NU": 36_858, "ON": 14_223_942, "PE": 154_331, "QC": 8_501_833, "SK": 1_132_505, "YT": 40_232,
}  # fmt: skip
"""Inhabitants of each province and territory (Statistics Canada, census of 2021)."""

FRENCH = {"QC": 85, "NB": 34, "ON": 5, "MB": 4, "NS": 3, "PE": 3, "YT": 3}
"""Of a hundred organizations how many speak French first; one elsewhere."""
BOTH = {True: 35, False: 25}
"""Of a hundred French ones (True), and of English ones, how many write in both languages."""

ORGANIZATIONS = {
    "food": 150, "clinic": 140, "hub": 110, "employment": 100, "newcomers": 80, "recovery": 55, "legal": 50,
    "seniors": 50, "victim_services": 45, "children": 30, "nation": 25, "harm_reduction": 25, "rides": 25,
    "assault_centre": 22, "friendship": 14, "shelter": 14, "youth": 12, "healing": 10, "rainbow": 10, "black": 10,
    "leaving_care": 8, "men": 8, "workers": 8, "line": 6, "metis": 6, "deaf": 5, "inuit": 4, "second_stage": 4,
    "trafficking": 4, "sex_workers": 2, "trafficking_house": 1,
}  # fmt: skip
"""Sorts of organizations (fixtures/demo/words/profiles.toml): many give food, few give a hidden bed."""

HEARD = {
    "cmn": 530, "pan": 520, "yue": 390, "spa": 320, "ara": 290, "tgl": 280, "urd": 160, "rus": 130, "kor": 130,
    "pes": 130, "por": 120, "vie": 120, "ukr": 40, "hat": 40, "prs": 30, "tir": 30, "quc": 2, "mam": 2,
}  # fmt: skip
"""Thousands who speak them at home (Statistics Canada, 2021); the last six are needed beyond their size: a guess."""

OWN = {
    "AB": {"crk": 60, "chp": 10, "bla": 20, "crg": 1},
    "BC": {"crk": 10, "chp": 5},
    "MB": {"csw": 40, "oji": 20, "ojs": 15, "chp": 5, "crg": 1},
    "NB": {"mic": 10},
    "NL": {"iku": 10, "moe": 20, "mic": 3},
    "NS": {"mic": 20},
    "NT": {"dgr": 20, "chp": 15, "ikt": 5, "crk": 1},
    "NU": {"iku": 300, "ikt": 5},
    "ON": {"oji": 60, "ojs": 90, "csw": 20, "crm": 10},
    "PE": {"mic": 5},
    "QC": {"iku": 120, "crl": 50, "crj": 50, "atj": 65, "moe": 90, "mic": 5},
    "SK": {"crk": 80, "cwd": 60, "chp": 60, "oji": 10, "crg": 5},
    "YT": {"chp": 3},
}
"""Indigenous languages by province: hundreds of speakers (Statistics Canada, 2021), shared out by a guess."""
SIGNED = {"QC": "fcs", "NU": "iks"}
"""American Sign Language (`ase`) elsewhere."""
