"""Words that make no name by themselves: of houses and offices, and words that villages and houses are named after."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HOUSE_WORDS = _words(
    "accommodation access accueil administration administrative adult adultes agency aide annex annexe appartement"
    " apartment art association attention attn avenue bed beds branch building bureau business campus care caregiver"
    " center central centrale centre centres champ chapter children church city clinic clinics clinique clients"
    " clubhouse co college committee communaute communautaire community complex confidential confidentiel"
    " confidentielle contact coordinator coordinatrice coordonnateur corporate council counselling crisis crise"
    " department desk detox director directeur directrice district division downtown drop east edifice emergency"
    " enfants entrance entree est executive facility families famille familles family femme femmes first floor for"
    " foyer front general generale girls group groupe halfway hall halte head health hebergement home homeless homes"
    " hospital hopital hostel hotel house houses housing hub immeuble in intake interim interval jeune jeunes location"
    " lodge lodging logement logements main mailing maison maisons manager mental men mens midtown mobile new north"
    " nord number office offices open ouest outreach overnight place point postal post principal principale private"
    " program programme project projet public reception recovery refuge refugee regional registered residence"
    " residential resource resources respite ressource ressources room sante satellite school second secret safe"
    " secure services service shelter shelters siege site social sociale society south stage street sud suite"
    " supportive team the third to tower town transition transitional transitoire two undisclosed unit unknown urban"
    " various urgence valley village ville virtual voisinage west women womens woman wing youth young and at a an de"
    " des du d et l la le les of on our notre nos par pour s sur un une with without"
)
"""Folded words that tell one house from another by no means, small words among them."""

ORDINARY = _words(
    "amity anchor avalon balance bath bay beach beacon bear bethel birch bluebird boundary bridge bridges calder camp"
    " carp castle cedar cedars chance chapel chase clearing compass consort corner corners courage cove creek crossing"
    " crossroads dawn delight destiny dignity discovery downtown dream eagle east eden elm enterprise equality espoir"
    " essence eternity evergreen fairview faith falls family ferry field fields forest fortune foundation freedom"
    " friendship garden gardens gateway genesis golden grace grove harbor harbour harmonie harmony haven heart help"
    " heritage highlands hill hills home hope horizon horizons independence inspiration island journey joy junction"
    " justice lake lakes lakeside lakeview landmark legacy liberty liberte life lighthouse lily maple meadow meadows"
    " mercy middle miller mills mission monarch mountain nest new north oak oasis ocean open optimism outlook paradise"
    " parkway passage passages path pathway pathways peace phoenix pine pines plateau point pond port porte prairie"
    " primrose pride progress promise providence rainbow rapids reading refuge renaissance respect rest reunion rise"
    " river riverside road rock rose safe sanctuary sandwich sarcee serenity solidarity source south spanish spring"
    " springs star station stepping strength success summit sunrise sunset sunshine support taylor together tree unity"
    " valley victory view vision vista walker watershed welcome west willow willows wings wisdom wood woods youth"
    " accueil alliance arc aube avenir chemin ciel coeur depart eau elan envol equilibre escale etape etoile foyer"
    " jardin lumiere lune maison mer montagne monde phare pont presence racines relais renouveau rivage riviere soleil"
    " tournant tremplin victoire village vie voie"
)
"""Folded words that houses and communities are named after and that mean something else more often.

Alone they count as a name only where they begin with a capital letter.
"""
