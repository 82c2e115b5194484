"""What an address has to tell so that it is a street of its own, and what tells none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.own_streets import has_street

pytestmark = [pytest.mark.promise(1)]
NONE = (
    "Confidential", "CONFIDENTIEL", "Address withheld", "Adresse confidentielle", "PO Box 12", "P.O. Box 1234",
    "P.O. Box 100, Station Main", "C.P. 40", "C. P. 40, succ. Place-d’Armes", "Case postale 40", "Casier postal 3",
    "B.P. 12", "Boîte postale 14", "Box 12", "Bag 500", "Call for location", "Call 613-555-0199 for address",
    "613-555-0199 (call for location)", "1 800 555 0105", "n/a", "-", "TBD", "Undisclosed location", "Unknown",
    "Appelez pour l’adresse", "Adresse non divulguée", "Rue non divulguée", "Lieu confidentiel", "Suite 200",
    "Unit 3, Confidential", "24/7 crisis line", "24 hour shelter", "2 locations", "3 sites in Kingston",
    "General Delivery", "Poste restante", "RR 3", "R.R. #3, Box 12", "RR 1 Site 4 Box 12", "Street address withheld",
    "Confidential street", "Rue confidentielle", "Secret location", "City Hall", "K7L 1A1", "Main floor", "12", "",
    "Address available on request", "Downtown", "Mailing address only: Box 12",
)  # fmt: skip
NUMBERED = (
    "12 Main St", "1250, rue Made-Up Est", "18 Broadway", "24 The Esplanade", "Lot 14, Concession 5", "14 Line 5",
    "10123 99 Street", "12 5 Ave", "1234 Highway 7", "Suite 200, 12 Main St", "3-16 Mill Lane", "12A Oak Ave",
    "1 Place d’Armes", "100 Station Street", "12 Hope", "5 rang St-Jean", "12 Center", "Twelve Mill Lane",
    "12-14 boul. Saint-Laurent", "1425 Home Street", "200 West Road", "12 Community Centre Road", "613 Elm St",
)  # fmt: skip
NAMED = ("Example Street", "Rue du Moulin", "corner of Mill and Main", "Mill Street at Main Road")


@pytest.mark.parametrize("line", NONE)
def test_a_box_and_an_excuse_are_no_street(line: str) -> None:
    assert not has_street([line, ""])


@pytest.mark.parametrize("line", [*NUMBERED, *NAMED])
def test_a_street_is_one(line: str) -> None:
    assert has_street([line])


@given(st.sampled_from(NONE), st.sampled_from(NUMBERED), st.booleans())
def test_a_numbered_street_counts_whatever_stands_in_another_line(
    none: str, street: str, is_first: bool
) -> None:
    assert has_street([street, none] if is_first else [none, street])


@given(st.sampled_from(NONE[:18]), st.sampled_from(NUMBERED))
def test_a_numbered_street_counts_beside_a_box_and_an_excuse(none: str, street: str) -> None:
    assert has_street([f"{street}, {none}"])
    assert has_street([f"{none}; {street}"])


@given(
    st.integers(1, 99_999),
    st.sampled_from(["Quill", "Saint-Laurent", "Moulin", "King", "Queen Mary", "Hope", "Bay"]),
    st.sampled_from(["{n} {s} Street", "{n}, rue {s}", "{n} {s} Rd", "{n}, boul. {s}", "{n}-A {s} Ave"]),
)  # fmt: skip
def test_no_other_place_with_a_civic_number_is_swallowed(number: int, name: str, form: str) -> None:
    assert has_street([form.format(n=number, s=name)])


@given(st.text(max_size=60))
def test_whatever_stands_there_is_read_without_an_error(line: str) -> None:
    assert has_street([line]) in (True, False)
