"""A chat in the words of lists: no phone of HSDS can tell it, and in French the word means a cat as well."""

import pytest

from directory.rules.eligibility_terms import Fact
from directory.rules.phrase_eligibility import read_eligibility

CHAT = Fact("way", "chat")


@pytest.mark.parametrize(
    "text",
    ["Live chat available", "Online chat", "Chat online", "Clavardage en ligne", "Clavardage disponible"],
)
def test_a_chat_that_is_offered_is_read(text: str) -> None:
    assert read_eligibility(text) == (CHAT,)


@pytest.mark.parametrize("text", ["No live chat", "Pas de clavardage"])
def test_a_chat_that_is_not_there_is_read_as_a_no(text: str) -> None:
    assert read_eligibility(text) == (Fact("way", "chat", stated=False),)


@pytest.mark.parametrize(
    "text",
    [
        "Chats acceptés",
        "Come for a chat",
        "Live chat is not for emergencies",
        "Online chat. Chat closed.",
        "Online chat. No longer offered.",
        "Online chat. Currently offline.",
        "Online chat. Staff only.",
        "Clavardage offert. Service suspendu.",
    ],
)
def test_what_may_mean_something_else_states_no_chat(text: str) -> None:
    assert CHAT not in read_eligibility(text)
