"""The words by which a person finds the controls, in both languages."""

LEGAL = {"en": "Legal or immigration help", "fr": "Aide juridique ou en immigration"}
WHERE = {"en": "Where?", "fr": "Où"}
SHOW = {"en": "Show services", "fr": "Voir les services"}
BACK = {"en": "Back to the list", "fr": "Retour à la liste"}
NEXT = {"en": "Next", "fr": "Suivante"}
EXPIRED = {"en": "This page has expired", "fr": "Cette page a expiré"}
WHICH = {"en": "Which one?", "fr": "Lequel"}
LEAVE = {"en": "Leave this site", "fr": "Quitter ce site"}
SWITCH = {"en": "English", "fr": "Français"}
SIGN_IN = {"en": "Sign in", "fr": "Se connecter"}
SIGN_OUT = {"en": "Sign out", "fr": "Se déconnecter"}
CANCEL = {"en": "Cancel", "fr": "Annuler"}
DESK = {"en": "Your desk", "fr": "Votre bureau"}
MORE = {"en": "Language and distance", "fr": "Langue et distance"}
IN_LANGUAGE = {"en": "Which language do you want to speak?", "fr": "Dans quelle langue voulez-vous parler"}
HOW_FAR = {"en": "How far away at most?", "fr": "À quelle distance, au plus"}
WIDER = {"en": "Show services at any distance", "fr": "Voir les services, peu importe la distance"}
ADD = {"en": "Add to my list", "fr": "Ajouter à ma liste"}
TAKE_OFF = {"en": "Take off", "fr": "Retirer"}
MY_LIST = {"en": "Show my list", "fr": "Voir ma liste"}
PRINT = {"en": "Print, or save as PDF", "fr": "Imprimer ou enregistrer en PDF"}
HELPED_YES = {"en": "Yes", "fr": "Oui"}
SHOW_MAP = {"en": "Show map", "fr": "Voir la carte"}
HIDE_MAP = {"en": "Hide map", "fr": "Masquer la carte"}
IN_THE_LIST = {"en": "In the list", "fr": "Dans la liste"}
