"""Web and e-mail addresses of feeds: right, plainly meant, or neither; nothing gets through that the schema refuses."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from directory.rules.hsds_formats import flag_of, in_format
from directory.rules.hsds_shape import ENTITIES, Field
from directory.rules.hsds_values import read_value, tell_json, tell_text

ODD = st.text(st.one_of(st.sampled_from(string.printable), st.characters()), max_size=30)
STARTS = st.sampled_from(["", "http://", "https://www.x.example/", "urn:", "www.x.example", "a@", "mailto:"])


def _field(entity: str, name: str) -> Field:
    found = ENTITIES[entity].field(name)
    assert found is not None
    return found


WEBSITE, NAME, EMAIL = (_field("organization", name) for name in ("website", "uri", "email"))


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        (WEBSITE, "https://x.example/a?b=c#d", "https://x.example/a?b=c#d"),
        (WEBSITE, "www.x.example", "https://www.x.example"),
        (WEBSITE, "x.example/help.html", "https://x.example/help.html"),
        (WEBSITE, " https://x.example ", "https://x.example"),
        (WEBSITE, "https://x.example/été", "https://x.example/%C3%A9t%C3%A9"),
        (WEBSITE, "https://été.example", "https://%C3%A9t%C3%A9.example"),
        (WEBSITE, "desk@x.example", ""),
        (WEBSITE, "https://", ""),
        (WEBSITE, "https://x.example/a b", ""),
        (WEBSITE, "see our page", ""),
        (WEBSITE, "none", ""),
        (NAME, "urn:x:1", "urn:x:1"),
        (NAME, "www.x.example", ""),
        (NAME, "u r i", ""),
        (EMAIL, "desk@x.example", "desk@x.example"),
        (EMAIL, " desk@x.example", "desk@x.example"),
        (EMAIL, "desk at x.example", ""),
        (EMAIL, "a@x.example; b@x.example", ""),
    ],
)
def test_an_address_is_told_correctly_or_flagged_and_kept_as_it_was_written(
    field: Field, text: str, told: str
) -> None:
    assert in_format(field, text) == told
    read = read_value(field, text)
    assert (read.value, read.flag) == ((told, "") if told else (text, flag_of(field)))
    written = {} if read.written is None else {field.name: read.written}
    assert tell_text(field, read.value, written) == tell_json(field, read.value, written) == text


def test_an_address_that_a_person_changed_wins_over_what_a_feed_wrote() -> None:
    assert tell_text(WEBSITE, "https://new.example", {"website": "www.x.example"}) == "https://new.example"


@given(start=STARTS, rest=ODD, field=st.sampled_from([WEBSITE, NAME, EMAIL]))
@example("https://x.example/", "\n", WEBSITE)
@example("http://", "[::1", WEBSITE)
def test_nothing_passes_that_the_schemas_refuse(start: str, rest: str, field: Field) -> None:
    told = in_format(field, start + rest)
    kind = "email" if field is EMAIL else "uri"
    if told:
        assert Draft202012Validator.FORMAT_CHECKER.conforms(told, kind)
        assert in_format(field, told) == told


def test_every_field_with_a_format_has_a_flag() -> None:
    flags = {flag_of(field) for entity in ENTITIES.values() for field in entity.fields} - {""}
    assert flags == {
        *("email:not_an_email", "assurer_email:not_an_email", "website:not_a_uri", "uri:not_a_uri"),
        *("term_uri:not_a_uri", "url:not_a_uri", "schedule_link:not_a_uri"),
    }
