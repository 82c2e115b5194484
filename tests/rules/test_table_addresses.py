"""Lines as Canadians write them become addresses, what is no door none; and a protected street is found in any text."""

import pytest

from directory.rules.table_addresses import read_address, read_town
from directory.rules.table_telling import doors_at, tells_street

KINGSTON = ("Kingston", "ON", "K7L 1A1")
MONTREAL = ("Montréal", "QC", "H2L 1A1")


@pytest.mark.parametrize(
    ("line", "street", "beside", "town"),
    [
        ("12 Main St, Kingston ON K7L 1A1", "12 Main St", "", KINGSTON),
        ("12 Main St, Kingston, ON, K7L 1A1", "12 Main St", "", KINGSTON),
        ("12 Main St, Kingston, Ontario, Canada K7L 1A1", "12 Main St", "", KINGSTON),
        ("12 Main St, Kingston, Ontario K7L1A1 Canada", "12 Main St", "", KINGSTON),
        ("12 Main St.\nKingston, ON  K7L\N{NO-BREAK SPACE}1A1", "12 Main St.", "", KINGSTON),
        ("12 Main St Kingston ON K7L 1A1", "12 Main St", "", KINGSTON),
        ("12 King St W Kingston, Ont. K7L 1A1", "12 King St W", "", KINGSTON),
        ("12 Main St, 2nd Floor, Kingston ON k7l-1a1", "12 Main St", "2nd Floor", KINGSTON),
        ("2nd Floor, 12 Main St, Kingston, ON K7L 1A1", "12 Main St", "2nd Floor", KINGSTON),
        ("Main Floor, 12 Main St, Kingston, ON K7L 1A1", "12 Main St", "Main Floor", KINGSTON),
        ("Unit 3, 12 Oak Ave, Kingston ON", "12 Oak Ave", "Unit 3", ("Kingston", "ON", "")),
        ("Unit 3 12 Oak Ave, Kingston ON K7L 1A1", "12 Oak Ave", "Unit 3", KINGSTON),
        ("#200, 12 Oak Ave, Kingston, ON K7L 1A1", "12 Oak Ave", "#200", KINGSTON),
        ("#200 - 12 Oak Ave, Kingston, ON K7L 1A1", "12 Oak Ave", "#200", KINGSTON),
        ("Apt 4B-12 Oak Ave, Kingston, ON K7L 1A1", "12 Oak Ave", "Apt 4B", KINGSTON),
        ("Suite 200 - 12 Oak Ave, Kingston, ON K7L 1A1", "12 Oak Ave", "Suite 200", KINGSTON),
        ("101-12 Main St, Kingston ON K7L 1A1", "101-12 Main St", "", KINGSTON),
        ("101 - 12 Main St, Kingston ON K7L 1A1", "101 - 12 Main St", "", KINGSTON),
        ("144 & 146 Main St, Kingston ON K7L 1A1", "144 & 146 Main St", "", KINGSTON),
        ("12B Oak Ave, Kingston ON K7L 1A1", "12B Oak Ave", "", KINGSTON),
        ("12 1/2 Oak Ave, Kingston ON K7L 1A1", "12 1/2 Oak Ave", "", KINGSTON),
        ("Harbour Centre, 12 Oak Ave, Kingston ON K7L 1A1", "12 Oak Ave", "Harbour Centre", KINGSTON),
        ("12 County Road 5, RR 3, Kingston ON K7L 1A1", "12 County Road 5", "RR 3", KINGSTON),
        ("1250, rue X, Montréal, QC H2L 1A1", "1250, rue X", "", MONTREAL),
        ("1250, rue X, Montréal (Québec) H2L 1A1", "1250, rue X", "", MONTREAL),
        ("1250, rue X, Montréal (Québec)  H2L 1A1, Canada", "1250, rue X", "", MONTREAL),
        ("1250, rue X Est, app. 4, Montréal, Québec, H2L 1A1", "1250, rue X Est", "app. 4", MONTREAL),
        ("1250 rue Beau, bureau 200, Montréal (QC) H2L 1A1", "1250 rue Beau", "bureau 200", MONTREAL),
        ("12 bis, rue Beau, Montréal, QC H2L 1A1", "12 bis, rue Beau", "", MONTREAL),
        ("12, rue X, 2e étage, Québec (Québec) G1R 1A1", "12, rue X", "2e étage", ("Québec", "QC", "G1R 1A1")),
        ("12, rue X, Québec, QC G1R 1A1", "12, rue X", "", ("Québec", "QC", "G1R 1A1")),
        ("12, chemin Beau, Moncton (N.-B.) E1C 1A1", "12, chemin Beau", "", ("Moncton", "NB", "E1C 1A1")),
        ("12 Elm St, St. John's NL A1C 1A1", "12 Elm St", "", ("St. John's", "NL", "A1C 1A1")),
        ("12 Elm St, Corner Brook, Newfoundland and Labrador", "12 Elm St", "", ("Corner Brook", "NL", "")),
        ("12 Elm St, Charlottetown, P.E.I.", "12 Elm St", "", ("Charlottetown", "PE", "")),
        ("10123 99 Street NW, Edmonton AB T5J 1A1", "10123 99 Street NW", "", ("Edmonton", "AB", "T5J 1A1")),
        ("1234 Highway 7, Perth, ON", "1234 Highway 7", "", ("Perth", "ON", "")),
        ("12 5th Ave, Whitehorse, Yukon", "12 5th Ave", "", ("Whitehorse", "YT", "")),
    ],
)  # fmt: skip
def test_a_line_as_it_is_written_in_canada_is_read(
    line: str, street: str, beside: str, town: tuple[str, str, str]
) -> None:
    read = read_address(line)
    assert read is not None
    assert (read.address_1, read.address_2) == (street, beside)
    assert (read.city, read.state_province, read.postal_code) == town


@pytest.mark.parametrize(
    "line",
    [
        "RR 3, Perth, ON", "R.R. #3, Perth ON K7H 1A1", "PO Box 21, Kingston ON", "1250, Montréal, QC",
        "C.P. 12, Québec (Québec) G1R 1A1", "12 Main St, ON K7L 1A1", "12 Main St", "Suite 5, Kingston, ON",
        "2e étage, Montréal, QC", "1250, rue X, Québec", "Kingston ON", "Near Main St, Kingston ON",
    ],
)  # fmt: skip
def test_what_tells_no_door_is_no_address(line: str) -> None:
    assert read_address(line) is None


def test_a_line_without_a_street_tells_its_town_but_a_box_does_not() -> None:
    assert read_town("Downtown, Kingston ON K7L 1A1") == KINGSTON
    assert read_town("P.O. Box 21, Kingston, ON") == ("", "", "")


@pytest.mark.promise(1)
@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("1250, rue Sainte-Inventée Est", "Le refuge est au 1250, rue Sainte-Inventée Est, 2e étage."),
        ("1250 rue Sainte-Inventée Est", "On est au 1250 Sainte-Inventée."),
        ("1250 rue Sainte-Inventée Est", "au 1250 de la rue Ste-Inventée"),
        ("1250 rue Sainte-Inventée Est", "rue Sainte-Inventée Est, n° 1250"),
        ("1250 rue Sainte-Inventée Est", "https://carte.example/?q=1250%20rue%20Sainte%2DInvent%C3%A9e"),
        ("1250 rue Sainte-Inventée Est", "1250&nbsp;Sainte-Inventée"),
        ("144-146 Madeup Street", "Come to 144 Madeup Street."),
        ("144-146 Madeup Street", "at 146, Madeup"),
        ("Unit 3, 12 Oak Ave", "Our house at 12 Oak Ave welcomes you."),
        ("Unit 3, 12 Oak Ave, Kingston ON", "Twelve Oak Avenue"),
        ("12 Oak Ave, Kingston", "https://12oakave.example"),
        ("12B Oak Ave", "12 OAK"),
        ("12 St. Madeup St", "house number 12 on Saint Madeup"),
        ("10123 99 Street", "We are at 10123 - 99 St."),
        ("12 Avenue Terrace", "Ring at 12 Avenue Terrace"),
        ("P.O. Box 5, 12 Oak Ave, Kingston", "12 Oak Ave"),
        ("", "Write to K7L\N{NO-BREAK SPACE}1A1"),
        ("12 Oak Ave", "12 <b>Oak</b>"),
        ("12 Oak Ave", f"&#{'9' * 5000}; 12 Oak"),
    ],
)
def test_a_protected_street_is_found_in_a_text_however_both_are_written(cell: str, text: str) -> None:
    assert tells_street(text, [cell])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("12 Oak Ave", "12 women can stay; call 613-555-0112"),
        ("12 Oak Ave", "Open 9 to 5. An oak stands in the yard, and 12 beds are made."),
        ("12 Oak Ave, Kingston, ON", "12 Kingston families"),
        ("Available 24/7 across Canada", "Available 24/7 across Canada"),
        ("Unit 3, 12 Oak Ave", "Unit 3"),
    ],
)
def test_other_texts_tell_nothing(cell: str, text: str) -> None:
    assert not tells_street(text, [cell])


@pytest.mark.promise(1)
def test_spellings_of_one_door_meet_and_neighbours_do_not() -> None:
    door = doors_at(["1250, rue Sainte-Inventée Est"], "Montréal")
    assert door & doors_at(["1250 Ste-Inventée E"], "MONTREAL")
    assert not door & doors_at(["1250, rue Autre"], "Montréal")
    assert not door & doors_at(["1252, rue Sainte-Inventée Est"], "Montréal")
    assert not door & doors_at(["1250, rue Sainte-Inventée Est"], "Québec")
    assert not doors_at(["1250, rue Sainte-Inventée Est"], "")
