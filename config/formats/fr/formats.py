"""How days and moments are written in French: a moment with its zone, since nobody says whose clock it is."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "G\u00a0\\h\u00a0i e"
DATETIME_FORMAT = "j F Y, G\u00a0\\h\u00a0i e"
