"""Words of which made-up directories consist: plain, repeated often, and about nobody."""

FIRST = (
    "Alder", "Amber", "Aspen", "Birch", "Blue Door", "Bridge", "Brook", "Cedar", "Clear Water", "Clover",
    "Copper", "Crossroads", "East End", "Elm", "Fern", "Fireweed", "Garden", "Granite", "Harbour", "Heron",
    "Hillside", "Juniper", "Lakeshore", "Lantern", "Larch", "Maple", "Meadow", "New Leaf", "North Star",
    "Northern", "Oak", "Open Hands", "Orchard", "Prairie", "Red River", "Riverside", "Rowan", "Sage",
    "Spruce", "Stepping Stone", "Sumac", "Sunrise", "Tamarack", "Tide", "Trillium", "Valley", "West Side",
    "Willow",
)  # fmt: skip
KINDS = (
    "Community Centre", "Community Health Centre", "Community Legal Clinic", "Counselling Centre",
    "Crisis Centre", "Drop-in", "Employment Centre", "Family Centre", "Food Bank", "Friendship Centre",
    "Housing Society", "Multicultural Association", "Newcomer Centre", "Outreach Society",
    "Resource Centre", "Settlement Services", "Women's Centre", "Youth Services",
)  # fmt: skip
HELP = (
    "Accompaniment to appointments", "Adult literacy classes", "Advocacy with landlords", "Art group",
    "Bus tickets", "Case management", "Clothing room", "Computer room", "Community kitchen",
    "Counselling for individuals", "Dental clinic", "Detox referral", "Drop-in lunch", "Emergency beds",
    "Employment counselling", "English classes", "Family counselling", "Financial coaching", "Food hampers",
    "French classes", "Harm reduction supplies", "Help with forms", "Housing search", "Income tax clinic",
    "Interpretation", "Laundry and showers", "Legal advice", "Legal information sessions", "Mail address",
    "Mental health walk-in", "Night outreach", "Nurse practitioner clinic", "Parenting group",
    "Peer support", "Phone check-ins", "Rent bank", "Safety planning", "Settlement help", "Support group",
    "Transitional housing", "Work permit advice", "Youth drop-in",
)  # fmt: skip
AUDIENCES = (
    "adults", "anyone", "anyone in crisis", "families", "Indigenous people", "men", "newcomers",
    "older adults", "people without a home", "refugee claimants", "temporary workers", "women",
    "women and children", "youth",
)  # fmt: skip
SENTENCES = (
    "Staff speak with people in private and without hurry.",
    "Nobody is asked for identification at the door.",
    "Groups meet every week, and newcomers may join at any time.",
    "Coffee, a warm meal and a place to sit are there for whoever comes in.",
    "We help with letters, forms and calls to offices.",
    "A nurse and a counsellor are in on most days.",
    "Bring a friend or a support person if you like.",
    "Child care can be arranged for the time of an appointment.",
    "We work together with clinics, schools and legal aid in the region.",
    "Where we can't help, we look for somebody who can and stay in touch until it worked.",
    "Workers visit people where they are: at home, on the street, at work or in hospital.",
    "Waiting times are told honestly at the first call.",
)
HOW_TO_COME = (
    "Call or write for an appointment.",
    "Walk in during opening hours.",
    "A referral by another agency or by oneself is fine.",
    "Call first: a worker calls back within two working days.",
    "Come to the intake meeting on the first Monday of the month.",
)
WAITS = ("", "", "None", "About a week", "Two to six weeks", "Varies by season")
FEES = ("Free", "Free", "Free", "Sliding scale", "Small fee; nobody is turned away")
STREETS = ("Main St", "First Ave", "Station Rd", "Church St", "Mill Lane", "Lake Rd", "King St", "Second Ave")
TRANSIT = ("Two minutes from a bus stop.", "Parking behind the building.", "On the main bus line.", "")
ACCESS = (
    "Ramp at the side entrance, lift to all floors.",
    "Step-free entrance and an accessible washroom.",
    "Three steps at the door; a ramp is brought on request.",
    "Hearing loop at the front desk.",
)
PAPERS = ("Health card, if there is one", "Proof of address", "Proof of income", "A letter of referral")
COSTS = (("Per visit", 5), ("Per month", 10), ("Registration", 15), ("Per class", 8), ("Deposit", 50))
DESKS = ("Intake", "Reception", "Partnerships", "Volunteers", "Housing desk")
LANGUAGES = (
    ("eng", "English"), ("fra", "French"), ("spa", "Spanish"), ("tgl", "Tagalog"), ("pan", "Punjabi"),
    ("cmn", "Mandarin"), ("yue", "Cantonese"), ("arb", "Arabic"), ("hin", "Hindi"), ("ukr", "Ukrainian"),
    ("por", "Portuguese"), ("vie", "Vietnamese"), ("tir", "Tigrinya"), ("som", "Somali"),
    ("crk", "Plains Cree"), ("iku", "Inuktitut"), ("ase", "American Sign Language"),
)  # fmt: skip
WEEKS = (
    ("MO,TU,WE,TH,FR", "09:00", "17:00"), ("MO,TU,WE,TH,FR", "08:30", "16:30"), ("MO,WE,FR", "10:00", "15:00"),
    ("TU,TH", "12:00", "20:00"), ("MO,TU,WE,TH", "09:00", "18:00"), ("TH", "17:00", "21:00"),
)  # fmt: skip
WEEKENDS = (("SA", "10:00", "14:00"), ("SA,SU", "11:00", "16:00"), ("FR,SA", "20:00", "02:00"))
PROVINCES = {  # area codes, and the letters with which postal codes begin
    "AB": ((403, 587, 780), "T"), "BC": ((250, 604, 778), "V"), "MB": ((204, 431), "R"),
    "NB": ((506,), "E"), "NL": ((709,), "A"), "NS": ((902,), "B"), "NT": ((867,), "X"),
    "NU": ((867,), "X"), "ON": ((416, 519, 613, 705, 807, 905), "KLMNP"), "PE": ((902,), "C"),
    "QC": ((418, 438, 450, 514, 819), "GHJ"), "SK": ((306, 639), "S"), "YT": ((867,), "Y"),
}  # fmt: skip
SUBJECTS = ("Housing", "Food", "Health", "Law", "Work", "Money", "Family", "Learning")
FOCUSES = ("advice", "crisis help", "groups", "referral", "supplies")
