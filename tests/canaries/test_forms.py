"""Forms as the sweep sends them: by each of their buttons, filled in so that they are taken. No database, no site."""

from tests.canaries.forms import Button, Form, forms_in

PAGE = """
<button type="submit" form="task" name="page" value="1">See it</button>
<form method="post" id="task">
  <input name="name"><input name="number-0"><input name="day-3"><input type="hidden" name="key" value="k">
  <select name="code-0"><option value="">-</option><option value="en">E</option><option value="fr">F</option></select>
  <select name="code-1"><option value="">-</option><option value="en">E</option><option value="fr">F</option></select>
  <button type="submit">Save</button>
  <button type="submit" name="preview" value="1">Look</button>
  <button name="draft" value="1">Keep</button>
  <button type="button" name="open" value="1">Open</button>
</form>
<input type="checkbox" name="pick" value="9" form="task">
<form method="post">
  <button name="block" value="0a1b-2c">One</button><button name="block" value="9f8e-7d">Other</button>
  <button name="is_right" value="yes">Yes</button><button name="is_right" value="no">No</button>
</form>
<form method="post"><input name="words"></form>
"""


def _task() -> Form:
    return forms_in(PAGE, "TYPED")[0]


def _buttons(form: Form) -> list[Button]:
    return [button for button, _fields in form.pressed()]


def test_each_button_sends_the_form_by_itself() -> None:
    told = dict(_task().pressed())
    assert list(told) == [Button(), Button("preview", "1"), Button("draft", "1"), Button("page", "1")]
    for button, fields in told.items():
        assert {"preview", "draft", "page", "open"} & set(fields) == ({button.name} - {""})


def test_what_stands_apart_from_a_form_and_names_it_belongs_to_it() -> None:
    assert _task().fields["pick"] == ["9"]


def test_of_buttons_of_many_rows_one_is_pressed_and_of_different_words_each() -> None:
    several, plain = forms_in(PAGE, "TYPED")[1:]
    pressed = _buttons(several)
    assert pressed == [Button("block", "0a1b-2c"), Button("is_right", "yes"), Button("is_right", "no")]
    assert list(plain.pressed()) == [(Button(), {"words": ["TYPED"]})]


def test_a_field_that_takes_no_word_is_filled_in_as_it_asks() -> None:
    fields = _task().fields
    assert (fields["name"], fields["key"]) == (["TYPED"], ["k"])
    assert (fields["number-0"], fields["day-3"]) == (["613-555-0177"], ["9:00-17:00"])
    assert (fields["code-0"], fields["code-1"]) == (["fr"], ["en"])
