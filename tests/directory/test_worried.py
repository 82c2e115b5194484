"""The page for who worries about somebody, the safety page and the start: what they have to say, in both languages."""

import re

import pytest

from tests.roles import RoleClient

WORRIED = {"en": "/en/worried/", "fr": "/fr/inquietude/"}
SAFETY = {"en": "/en/safety/", "fr": "/fr/securite/"}
LINES = ("18339001010", "988", "988", "18006686868", "686868", "18552423310", "18666029448", "211", "911")
in_both_languages = pytest.mark.parametrize("language", ["en", "fr"])


def words(visitor: RoleClient, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("&#x27;", "'").replace("’", "'")


@in_both_languages
def test_it_names_every_national_line(visitor: RoleClient, language: str) -> None:
    page = words(visitor, WORRIED[language])
    called = re.findall(r'href="(?:tel|sms):(\d+)"', page)
    assert sorted(called) == sorted(LINES)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            ["Don't confront", "rescue on your own", "Don't post", "are not the same", "Police will come"],
        ),
        ("fr", ["N'affrontez pas", "sauvetage", "Ne publiez rien", "ne sont pas la même chose", "police"]),
    ],
)
def test_it_says_what_can_do_harm_and_takes_sex_work_for_no_trafficking(
    visitor: RoleClient, language: str, told: list[str]
) -> None:
    page = words(visitor, WORRIED[language])
    for sentence in told:
        assert sentence in page


@in_both_languages
@pytest.mark.promise(19)
def test_its_title_tells_nothing(visitor: RoleClient, language: str) -> None:
    title = re.search(r"<title>(.*?)</title>", words(visitor, WORRIED[language]), re.DOTALL)
    assert title
    assert (
        title[1].strip().startswith({"en": "Community services", "fr": "Services communautaires"}[language])
    )
    assert not re.search("worr|inqui|traff|traite", title[1].lower())


@in_both_languages
def test_the_start_and_the_safety_page_lead_to_it(visitor: RoleClient, language: str) -> None:
    for address in (f"/{language}/", SAFETY[language]):
        assert f'href="{WORRIED[language]}"' in words(visitor, address)


@in_both_languages
def test_the_start_says_how_to_leave_before_anything_is_asked(visitor: RoleClient, language: str) -> None:
    page = words(visitor, f"/{language}/")
    assert page.index('class="said"') < page.index("<form")
    assert SAFETY[language] in page[page.index('class="said"') : page.index("<form")]


@pytest.mark.promise(19)
@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            ["history", "phone bill", "printed pages", "shared tablet", "deletes no history", "downloads"],
        ),
        ("fr", ["historique", "facture", "imprim", "partagé", "n'efface ni historique", "téléchargements"]),
    ],
)
def test_the_safety_page_is_honest_about_what_stays(
    visitor: RoleClient, language: str, told: list[str]
) -> None:
    page = words(visitor, SAFETY[language])
    for sentence in told:
        assert sentence in page


def test_it_is_the_same_for_everyone(visitor: RoleClient) -> None:
    answer = visitor.get(WORRIED["en"])
    assert answer["Cache-Control"] == "no-store"
    assert answer["CDN-Cache-Control"] == "max-age=60"
    assert answer.content == visitor.get(WORRIED["en"]).content
