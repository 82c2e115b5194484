"""Hours whose times come before their days, and words that only seem to say when: nothing is open by mistake."""

import pytest

from directory.rules.phrase_hours import Hours, read_hours, schedule_rows

MON_FRI, NINE_TO_FIVE = "MO,TU,WE,TH,FR", ("09:00", "17:00")
WEEKEND = (5, 6)


@pytest.mark.parametrize(
    ("text", "days", "closed", "on_holidays"),
    [
        ("9-5 Mon-Fri, weekends and holidays closed", MON_FRI, WEEKEND, "closed"),
        ("9-5 Mon-Fri, weekends closed", MON_FRI, WEEKEND, "not_stated"),
        ("9-5 Mon-Fri, Sat and Sun closed", MON_FRI, WEEKEND, "not_stated"),
        ("9-5 Mon-Fri, Sat & holidays closed", MON_FRI, (5,), "closed"),
        ("9-5 Mon-Fri, Sat-Sun: closed", MON_FRI, WEEKEND, "not_stated"),
        ("9-5 Tues to Sat, Sun/Mon closed", "TU,WE,TH,FR,SA", (0, 6), "not_stated"),
        ("9-5 daily, Sundays closed", "MO,TU,WE,TH,FR,SA", (6,), "not_stated"),
        ("9-5 Mon-Fri, closed weekends and holidays", MON_FRI, WEEKEND, "closed"),
        ("9-5 Mon, Wed, Fri; closed holidays", "MO,WE,FR", (), "closed"),
        (
            "De 9 h à 17 h, du lundi au vendredi, fins de semaine et jours fériés fermé",
            MON_FRI,
            WEEKEND,
            "closed",
        ),
        ("9 h à 17 h du lundi au vendredi, samedi et jours fériés : fermé", MON_FRI, (5,), "closed"),
        ("9 h à 17 h du lundi au vendredi, samedi et dimanche fermé", MON_FRI, WEEKEND, "not_stated"),
        ("9 h à 17 h tous les jours, dimanche fermé", "MO,TU,WE,TH,FR,SA", (6,), "not_stated"),
        ("9 h à 17 h du lundi au vendredi, fermé samedi et dimanche", MON_FRI, WEEKEND, "not_stated"),
    ],
)
def test_days_after_the_comma_belong_to_the_closing_that_follows(
    text: str, days: str, closed: tuple[int, ...], on_holidays: str
) -> None:
    found = read_hours(text)
    assert schedule_rows(found) == ((days, *NINE_TO_FIVE),)
    assert (found.closed, found.on_holidays, found.by_appointment) == (closed, on_holidays, False)


UNREAD = """9-5 Mon-Fri, weekends by appointment
9 a.m. to 5 p.m. Monday to Friday, Saturday by appointment only
8 h 30 à 16 h 30 du lundi au vendredi, samedi sur rendez-vous
9 h à 16 h du lundi au jeudi, vendredi sur rendez-vous
9 h à 17 h du lundi au vendredi, fins de semaine sur rendez-vous seulement
9 h à 17 h du lundi au vendredi et samedi sur rendez-vous
9 h à 17 h lundi, mardi et mercredi, jeudi sur rendez-vous
9 h à 17 h tous les jours sauf samedi, dimanche sur rendez-vous
9-5 daily except Sat, Sun by appointment
9-5 daily except Mon, Tue closed
9-5 Mon-Thu, Fri (by appointment)
9-5 Mon-Fri, Sat; by appointment
9-5 Mon-Fri and Sat by appointment
9-5 weekdays & weekends by appointment
9-5 Mon, Wed & Fri, 1-8 Tue & Thu by appointment
8:30 am - 4:30 pm Monday to Friday, Saturday, Sunday and holidays: closed
9-5 Mon-Thu, Sat, Sun closed
9-5 Mon, Wed, Fri closed
9-5 Mon, Tue, Thu, Fri, Wed closed
9 h à 17 h du lundi au vendredi, samedi, dimanche : fermé
10-6 Tue-Sat, Sun, Mon and stat holidays closed
9-5 Mon-Fri, Sat (closed)
9-5 Mon-Fri, Sat; closed
9-5 Mon-Fri, Sat. Closed holidays
9-5 Mon-Fri, Sat closed 12-1
9-5 Mon-Fri, weekends closed holidays
9-5 Mon-Fri, Sat and Sun, holidays closed
9-5 Mon-Fri, weekends and holidays open
9-5 Mon-Fri, weekends including holidays
9-5 Mon-Fri, Sat, except holidays
9-5 Mon-Fri, Sat 10-2
9-5 Mon-Fri, Sat 10-2 Sun
9-5 Mon-Fri, Sat 10-2, Sun 12-4
9-5 Mon-Fri, Sat: 10-2
9-5 Mon-Fri, Sat Sept to June
9-5 Mon-Fri, Sat (Sept to June)
9-5 Mon-Fri, Sat walk-ins welcome
8 h à 16 h du lundi au vendredi, samedi 10 h à 14 h
8 h à 16 h du lundi au vendredi, samedi jusqu'à 14 h
9-5 Mon-Fri, 10-2 Sat, Sun by appointment
9-5 Mon-Fri, 10-2 Sat, Sun closed
9-5 Mon-Fri, weekends 24/7
9-5 Mon-Fri, weekends 24 hours""".splitlines()


@pytest.mark.parametrize("text", UNREAD)
def test_a_last_day_that_may_belong_to_what_follows_leaves_the_phrase_unread(text: str) -> None:
    assert read_hours(text) == Hours(is_sure=False, rest=text)


@pytest.mark.parametrize("text", ["Tuesday all day", "lundi toute la journée", "Open all day every day"])
def test_all_day_is_not_day_and_night(text: str) -> None:
    assert not read_hours(text).is_sure
    assert schedule_rows(read_hours("Tuesday 24 hours")) == (("TU", "00:00", "23:59"),)


@pytest.mark.parametrize(
    "zones", ["ET/PT", "ET & PT", "ET and PT", "PT & ET", "ET, PT", "ET PT", "(ET/PT)", "ET Sat 10-2 PT"]
)
def test_two_zones_are_none(zones: str) -> None:
    assert not read_hours(f"Mon-Fri 9-5 {zones}").is_sure
    assert read_hours("Mon-Fri 9-5 ET").zone == "America/Toronto"
    assert read_hours("lundi et mardi 9 h à 17 h HP").zone == "America/Vancouver"
