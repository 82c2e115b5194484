"""How days and moments are written in English: a moment with its zone, since nobody says whose clock it is."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i e"
DATETIME_FORMAT = "j F Y, H:i e"
