"""Kinds of streets that are names as often: "12, parc Example" is Example Park, and Park Road is named Park.

All kinds that the post of Canada knows, in both languages and as it abbreviates them, but those of `street_words`,
which name nothing. Where one stands between a number and a word, the number is told with each of the two.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNMISTAKABLE = _words(
    "cercle carre carref carrefour cds crnrs crois crossing cswy ech espl expressway expy exten fwy freeway"
    " grnds harbr hghlds imp landng lkout lmts mews mtee parc pathway pky plat prom ptway pvt rdpt rle rls"
    " subdiv thick tline townline trnabt tsse villge wynd"
)
"""Of these, what hardly is anything else: an address with one of them tells a street."""

EITHER = UNMISTAKABLE | _words(
    "abbaye abbey acres alley aut baie bay beach bend bypass byway campus cape car causeway center centre"
    " chase circt circuit common commons concession conc corner corners cove creek cross ctr dale dell"
    " diversion divers downs echangeur end estate estates extension farm field fields forest garden gardens"
    " gdns glade glen green grounds harbor harbour heath height heights highlands hill hills hollow hts ile"
    " iles inlet island key knoll lac lake landing limits line link lookout loop lower mall manor maze meadow"
    " meadows mont moor mount mountain mtn new nouveau nouvelle old orchard orchards oval park parc pass path"
    " pines pk plage plateau plaza point pointe pond port private pt quay range ridge rise riv river riviere"
    " ruisseau run sent shore spur subdivision terrasses thicket tour towers turnabout upper vale via vieille"
    " vieux view villa village villas vista walk wharf wood woods"
)

SAME_KINDS = (
    ("crescent", "crois"),
    ("drive", "prom"),
    ("lane", "rle", "rls", "alley"),
    ("square", "carre", "car"),
    ("circle", "cercle"),
    ("terrace", "tsse"),
    ("trail", "sent"),
    ("parkway", "pky"),
    ("impasse", "imp"),
    ("montee", "mtee"),
    ("esplanade", "espl"),
    ("passage", "pass"),
    ("quai", "quay"),
    ("highway", "aut"),
    ("park", "parc", "pk"),
    ("island", "ile", "iles"),
    ("centre", "center", "ctr"),
    ("gardens", "garden", "gdns"),
    ("heights", "height", "hts"),
    ("bay", "baie"),
    ("beach", "plage"),
    ("lake", "lac"),
    ("river", "riviere", "riv"),
    ("creek", "ruisseau"),
    ("point", "pointe", "pt"),
    ("harbour", "harbor", "harbr"),
    ("circuit", "circt"),
    ("concession", "conc"),
    ("corners", "corner", "crnrs"),
    ("crossing", "cross"),
    ("diversion", "divers"),
    ("echangeur", "ech"),
    ("expressway", "expy"),
    ("extension", "exten"),
    ("freeway", "fwy"),
    ("grounds", "grnds"),
    ("highlands", "hghlds"),
    ("landing", "landng"),
    ("limits", "lmts"),
    ("lookout", "lkout"),
    ("mount", "mont", "mountain", "mtn"),
    ("orchard", "orchards", "orch"),
    ("pathway", "path", "ptway"),
    ("plateau", "plat"),
    ("private", "pvt"),
    ("subdivision", "subdiv"),
    ("thicket", "thick"),
    ("townline", "tline"),
    ("turnabout", "trnabt"),
    ("village", "villge"),
    ("abbey", "abbaye"),
    ("carrefour", "carref"),
)
"""One word for each kind, first the one that stands for all; those of `street_words` stand for what they did."""
