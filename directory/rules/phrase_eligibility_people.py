"""People and animals in sentences of eligibility, English and French: who is taken, who may come along, and who not."""

import re

# People, animals and circumstances that may be welcome or not.
GUESTS: tuple[tuple[str, str], ...] = (
    (
        r"(?:your )?pets?|(?:les |vos )?animaux(?: de compagnie)?|(?:votre )?animal(?: de compagnie)?",
        "with:pet",
    ),
    (
        r"service (?:animals?|dogs?)|(?:animaux|chiens?) d'assistance|chiens?[- ]guides?",
        "access:service_animal",
    ),
    (r"(?:your |their )?children|(?:les |vos |leurs )?enfants", "with:children"),
    (
        r"(?:a |your )?(?:companions?|support persons?)|personnes? accompagnatrices?|accompagnateurs?",
        "with:companion",
    ),
    (
        r"(?:trans|transgender) (?:people|persons|individuals|women|men|clients)|(?:les )?(?:personnes"
        r"|femmes) trans",
        "accept:trans_welcome",
    ),
    (
        r"sex workers|people (?:who do|doing) sex work|travailleuses du sexe|(?:les )?personnes qui font"
        r" du travail du sexe",
        "accept:sex_work",
    ),
    (
        r"(?:active )?substance use|people who (?:use|are using) (?:drugs|substances|alcohol|alcohol or"
        r" drugs)|drug users"
        r"|(?:les )?personnes qui consomment(?: des drogues)?",
        "accept:substance_use",
    ),
    (
        r"methadone|suboxone|(?:people|clients) on (?:methadone|suboxone|oat|prescribed opioids)"
        r"|prescribed opioids"
        r"|(?:la )?methadone|opioides sur ordonnance",
        "accept:prescribed_opioids",
    ),
    (
        r"(?:people|clients) with (?:a )?criminal records?|(?:les )?personnes (?:ayant|avec) un casier"
        r" judiciaire",
        "accept:criminal_record",
    ),
    (r"cell ?phones?|mobile phones?|your phone|telephones? cellulaires?|cellulaires?", "accept:keep_phone"),
    (r"walk-?ins?", "intake:walk_in"),
    (r"self-?referrals?|auto-?references?|autoreferences?", "accept:self_referral"),
    (
        r"out[- ]of[- ](?:area|town|province) (?:clients|people|referrals|residents)|(?:personnes"
        r"|clientele) hors territoire",
        "accept:out_of_area",
    ),
)
_WELCOME = r"(?:welcomed?|accepted|allowed|permitted|admitted)"
PARTS_OF_MANY = re.compile(
    r"methadone|suboxone|la methadone"
    r"|(?:(?:les )?femmes trans|(?:trans|transgender) (?:women|men))"
)
"""A refusal of these is none of the whole: "no methadone" may be what is not prescribed here."""
_ADMIS = r"(?:accepte|admis|autorise|permis|bienvenu|bienvenue)(?:e|s|es)?"
WELCOME = (
    r"{} (?:are |is )?(?:always )?" + _WELCOME,
    r"(?:we |you can )?(?:welcome|accept|bring) {}",
    r"{}-friendly",
    r"{} (?:sont |est )?(?:les )?" + _ADMIS,
    r"{}(?: (?:welcome|allowed|accepted|permitted|" + _ADMIS + r"))? ?: ?(?:yes|oui)",
)
UNWELCOME = (
    r"no {}(?: (?:are |is )?" + _WELCOME + ")?",
    r"{} (?:(?:are |is )?not|aren't|isn't|cannot be) " + _WELCOME,
    r"(?:we )?(?:do not|don't|cannot) (?:accept|allow|admit) {}",
    r"(?:pas d'|pas de |aucuns? |aucune )(?:les )?{}(?: (?:n'est )?" + _ADMIS + ")?",
    r"{} (?:non|pas|ne sont pas|n'est pas) " + _ADMIS,
    r"{} (?:(?:sont |est )?(?:interdit|refuse)(?:e|s|es)?|prohibited|forbidden)",
    r"{}(?: (?:welcome|allowed|accepted|permitted|" + _ADMIS + r"))? ?: ?(?:no|non)",
)

NATIONS = "indigenous:first_nations indigenous:inuit indigenous:metis"
_ALL_GENDERS = "gender:woman gender:man gender:non_binary gender:two_spirit"
_FOLK = "(?: (?:people|peoples|persons|individuals|clients))?"
GROUPS: tuple[tuple[str, str], ...] = (
    (
        r"women(?: and girls)?|girls and women|(?:self-?identified|single) women|(?:les )?femmes(?: et"
        r" (?:les )?filles)?",
        "gender:woman",
    ),
    (r"men(?: and boys)?|boys and men|single men|(?:les )?hommes(?: et (?:les )?garcons)?", "gender:man"),
    (rf"non-?binary{_FOLK}|(?:les )?personnes non binaires", "gender:non_binary"),
    (
        rf"(?:two|2)-? ?spirit(?:ed)?{_FOLK}|(?:les )?personnes (?:bispirituelles|aux deux esprits)",
        "gender:two_spirit",
    ),
    (
        r"(?:people of )?(?:all|any) genders?(?: identities)?|all gender identities|(?:personnes de"
        r" )?tous les genres"
        r"|toutes les identites de genre",
        _ALL_GENDERS,
    ),
    (
        r"(?:transgender|trans)(?: (?:people|persons|individuals|women|men))|(?:les )?personnes trans",
        "accept:trans_welcome",
    ),
    (
        r"women (?:with|and) (?:their )?children|women with (?:or|and) without children|children and women"
        r"|mothers (?:and|with) (?:their )?children|(?:les )?femmes (?:et|avec) (?:leurs |des |les )?enfants"
        r"|(?:les )?femmes avec ou sans enfants|(?:les )?meres et (?:leurs |les )?enfants",
        "gender:woman with:children",
    ),
    (r"families with (?:dependent )?children|familles avec (?:des )?enfants", "with:children"),
    (rf"first nations?{_FOLK}|(?:les )?(?:membres des )?premieres nations", "indigenous:first_nations"),
    (rf"inuit{_FOLK}|(?:les )?inuits?", "indigenous:inuit"),
    (rf"metis{_FOLK}|(?:les )?(?:personnes )?metis(?:ses)?", "indigenous:metis"),
    (
        r"(?:indigenous|aboriginal) (?:people|peoples|persons|individuals)|(?:les )?(?:personnes "
        r"|peuples )?autochtones",
        NATIONS,
    ),
    (
        r"(?:indigenous|aboriginal) women(?: and girls)?|(?:les )?femmes autochtones",
        f"gender:woman {NATIONS}",
    ),
    (r"(?:indigenous|aboriginal) men|(?:les )?hommes autochtones", f"gender:man {NATIONS}"),
)
LEAD = (
    r"(?:for |open to |serves |serving |services? for |we serve |reserved for |pour (?:les )?"
    r"|ouverte? aux |offerts? aux |destinee? aux |s'adresse aux )?"
)
TROUBLE = (
    r"(?:(?:gender-based|domestic|sexual|family|intimate partner) )?(?:violence|abuse|violence/abuse"
    r"|homelessness|exploitation"
    r"|human trafficking|trafficking|sexual assault)"
)
MALHEUR = (
    r"(?:violence(?: conjugale| familiale| sexuelle)?|exploitation(?: sexuelle)?|traite(?: des"
    r" personnes)?|itinerance)"
)
TAIL = (
    rf"(?: (?:who are |who have )?(?:experiencing|experienced|fleeing|escaping|facing|affected by"
    rf"|leaving) {TROUBLE}"
    rf"(?: (?:or|and) {TROUBLE})?| (?:victimes de|fuyant la|vivant de la|qui vivent de la|en situation"
    rf" d'){MALHEUR}"
    rf"| (?:victimes de|vivant|fuyant) (?:la )?{MALHEUR})?"
)
ONLY_BEFORE = (
    r"(?:only (?:for )?|exclusively (?:for )?|reservee? (?:aux |exclusivement aux )|seulement"
    r" (?:pour )?(?:les )?)"
)
ONLY_AFTER = r" (?:only|exclusively|seulement|uniquement)"
