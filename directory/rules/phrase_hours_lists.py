"""Lists of days that stand behind their times: which of them belong to the times, and which to what follows.

In "9-5 Mon-Fri, Sat by appointment" the last day has hours of its own; nothing but the order of the words says so.
"""

from collections.abc import Sequence

from directory.rules.phrase_text import Token

DAY_KINDS = ("day", "daily", "weekdays", "weekend")
DAY_LONG = ("day_long", "day_and_night")


def closes_behind(rest: Sequence[Token]) -> bool:
    """Say whether `rest` begins with a comma and then days, without any other comma, that are called closed.

    With a second comma ("Mon-Thu, Sat, Sun closed") nobody knows where the closing begins.
    """
    kinds = [token.kind for token in rest]
    at = 1
    while kinds[at : at + 1] and kinds[at] in (*DAY_KINDS, "range", "list", "holidays"):
        at += 1
    is_told = kinds[:1] == ["comma"] and at > 1 and kinds[1] in DAY_KINDS
    at += kinds[at : at + 1] == ["colon"]
    return (
        is_told and kinds[at : at + 1] == ["closed"] and kinds[at + 1 : at + 2] in ([], ["break"], ["comma"])
    )


def is_list_clear(days: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Say whether all of `days` belong to the times before them, and none to the `rest` of the phrase.

    One day or range always does. Of several the last may be closed, by appointment or have other hours, unless the
    list ends its sentence, or other times follow a comma, or brackets speak of holidays.
    """
    if not any(token.kind in ("list", "comma") for token in days):
        return True
    kinds = [t.kind for t in rest if not (t.kind == "break" and t.text in "()")]
    if "appointment" in kinds:
        return False
    is_sentence = not rest or (rest[0].kind == "break" and rest[0].text not in "()") or kinds[:1] == ["zone"]
    is_next = kinds[:1] == ["comma"] and kinds[1:2] and kinds[1] in ("time", "between", *DAY_LONG)
    is_in_brackets = rest[:1] and rest[0].text == "("
    is_of_holidays = is_in_brackets and kinds[:2] in (["closed", "holidays"], ["except", "holidays"])
    return bool(is_sentence or is_next or is_of_holidays)
