"""Packs of pages: whole, signed, dated, and of nothing that its reader may not read."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from cms.actions.review_edition import review_edition
from cms.models.attached_file import AttachedFile
from cms.models.edition import Edition
from cms.rules.packs import faults
from safety.signing import is_signed, public_keys
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.cms.conftest import Publish, again, day, fields, newest
from tests.cms.test_editions import adviser
from tests.cms.test_files import author, carrying, file
from tests.cms.test_tiers import CANARY, at_desk, kept
from tests.roles import RoleClient

__all__ = ["adviser", "author", "file", "kept"]
pytestmark = [pytest.mark.django_db]
PACK = {"en": "/en/protocols/pack/shelter/", "fr": "/fr/protocoles/trousse/shelter/"}


def opened(raw: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(raw)) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


def test_the_pages_of_a_sector_come_as_one_signed_file(publish: Publish, visitor: RoleClient) -> None:
    publish("tea", **fields(title="Tea"))
    publish("law", **fields(title="Law", sector=["legal"]))
    answer = visitor.get(PACK["en"])
    today = timezone.localdate().isoformat()
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == f'attachment; filename="pages-{today}.zip"'
    assert "Set-Cookie" not in answer.headers
    files = opened(answer.content)
    assert {"index.html", "pages/tea.html", "README.txt", "pack.css"} <= set(files)
    assert "pages/law.html" not in files
    assert json.loads(files["MANIFEST.json"])["made_on"] == today
    assert faults(answer.content, lambda text, mark: is_signed(text, mark, public_keys()[0])) == []


def test_the_same_day_gives_the_same_bytes_until_something_changes(
    publish: Publish, visitor: RoleClient
) -> None:
    page = publish("tea", **fields())
    first = visitor.get(PACK["en"]).content
    assert visitor.get(PACK["en"]).content == first
    again(page, summary="Something else.")
    assert "Something else." in opened(visitor.get(PACK["en"]).content)["index.html"]


def test_nothing_in_it_asks_for_anything_from_elsewhere(publish: Publish, visitor: RoleClient) -> None:
    publish("tea", **fields())
    for name, text in opened(visitor.get(PACK["en"]).content).items():
        if name.endswith(".html"):
            assert "<script" not in text
            assert 'src="' not in text
            assert 'href="http' not in text
            assert 'href="/' not in text


def test_what_is_unreviewed_or_overdue_says_so_on_its_page_and_in_the_list(
    publish: Publish, visitor: RoleClient, adviser: User
) -> None:
    publish("tea", **fields())
    old = newest(publish("old", **fields(title="Old", review_by=day(-3))))
    review_edition(edition=old.pk, viewer=Viewer(user=adviser.pk), today=day())
    files = opened(visitor.get(PACK["en"]).content)
    for name in ("index.html", "pages/tea.html"):
        assert "Needs review by a qualified person" in files[name]
    for name in ("index.html", "pages/old.html"):
        assert "Review is overdue" in files[name]
    told = {page["file"]: page["standing"] for page in json.loads(files["MANIFEST.json"])["pages"]}
    assert told == {"pages/tea.html": "unreviewed", "pages/old.html": "overdue"}


def test_a_review_is_in_the_next_pack(publish: Publish, visitor: RoleClient, adviser: User) -> None:
    edition = newest(publish("tea", **fields()))
    assert "Needs review" in opened(visitor.get(PACK["en"]).content)["pages/tea.html"]
    review_edition(edition=edition.pk, viewer=Viewer(user=adviser.pk), today=day())
    assert "Needs review" not in opened(visitor.get(PACK["en"]).content)["pages/tea.html"]


def test_a_review_of_what_was_overdue_and_another_tier_are_in_it_too(
    publish: Publish, adviser: User, navigator: User, steward: User, sign_in: SignIn
) -> None:
    page = publish("tea", **fields(review_by=day(-1)))
    desk, worker = (
        PACK["en"].replace("/en/", "/en/desk/"),
        at_desk(navigator, sign_in, vetted=True, by=steward),
    )
    assert "Reviewed" not in opened(worker.get(desk).content)["pages/tea.html"]
    review_edition(edition=newest(page).pk, viewer=Viewer(user=adviser.pk), today=day())
    assert "Reviewed" in opened(worker.get(desk).content)["pages/tea.html"]
    again(page, tier="vetted")
    told = json.loads(opened(worker.get(desk).content)["MANIFEST.json"])["pages"]
    assert [one["tier"] for one in told] == ["vetted"]


def test_a_vetted_pack_names_the_key_that_everybody_may_take(
    kept: Edition, navigator: User, steward: User, sign_in: SignIn
) -> None:
    desk = PACK["en"].replace("/en/", "/en/desk/")
    worker = at_desk(navigator, sign_in, vetted=True, by=steward)
    assert "/en/protocols/pack/key/" in opened(worker.get(desk).content)["README.txt"]


def test_files_that_do_not_fit_are_named_and_not_carried(
    publish: Publish, visitor: RoleClient, file: AttachedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("tea", **carrying(file))
    monkeypatch.setattr("cms.views.packed.MOST_ATTACHED", file.size - 1)
    files = opened(visitor.get(PACK["en"]).content)
    assert not [name for name in files if name.startswith("files/")]
    assert "The leaflet" in files["pages/tea.html"]


def test_french_pages_come_in_french(publish: Publish, visitor: RoleClient) -> None:
    publish("the", "fr", **fields(title="Thé"))
    files = opened(visitor.get(PACK["fr"]).content)
    assert "Thé" in files["index.html"]
    assert 'lang="fr"' in files["pages/the.html"]
    assert "LISEZMOI.txt" in files
    assert visitor.get(PACK["en"]).status_code == 404


@pytest.mark.promise(2)
def test_what_is_for_vetted_organizations_is_in_no_public_pack(
    kept: Edition, visitor: RoleClient, navigator: User, steward: User, sign_in: SignIn
) -> None:
    assert CANARY not in str(opened(visitor.get(PACK["en"]).content))
    desk = PACK["en"].replace("/en/", "/en/desk/")
    vetted = at_desk(navigator, sign_in, vetted=True, by=steward)
    assert CANARY in opened(vetted.get(desk).content)["pages/kept.html"]
    assert CANARY not in str(opened(visitor.get(PACK["en"]).content))


@pytest.mark.promise(2)
def test_whoever_is_not_let_in_gets_the_public_ones_at_the_desk(
    kept: Edition, outsider: User, steward: User, sign_in: SignIn
) -> None:
    desk = PACK["en"].replace("/en/", "/en/desk/")
    visits = at_desk(outsider, sign_in, vetted=False, by=steward)
    assert CANARY not in str(opened(visits.get(desk).content))


def test_what_is_taken_off_and_what_is_out_of_time_is_left_out(publish: Publish, visitor: RoleClient) -> None:
    publish("tea", **fields())
    publish("gone", **fields(title="Gone", review_by=day(-61), is_urgent=True))
    assert "pages/gone.html" not in opened(visitor.get(PACK["en"]).content)


def test_files_ride_along(publish: Publish, visitor: RoleClient, file: AttachedFile) -> None:
    publish("tea", **carrying(file))
    files = opened(visitor.get(PACK["en"]).content)
    name = f"files/{file.pk}.pdf"
    assert name in files
    assert f'href="../{name}"' in files["pages/tea.html"]


def test_there_is_none_of_a_sector_without_pages_and_of_no_sector(
    publish: Publish, visitor: RoleClient
) -> None:
    publish("tea", **fields())
    for sector in ("police", "nonsense"):
        assert visitor.get(f"/en/protocols/pack/{sector}/").status_code == 404


def test_the_list_offers_it_for_the_chosen_sector(publish: Publish, visitor: RoleClient) -> None:
    publish("tea", **fields())
    assert "Choose a sector" in visitor.get("/en/protocols/").text
    chosen = visitor.post("/en/protocols/", {"sector": "shelter"})
    assert f'href="{PACK["en"]}"' in visitor.get(chosen["Location"]).text


def test_a_pack_is_checked_by_command(
    publish: Publish, visitor: RoleClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish("tea", **fields())
    taken, key = tmp_path / "pack.zip", tmp_path / "key.pem"
    taken.write_bytes(visitor.get(PACK["en"]).content)
    key.write_bytes(visitor.get("/en/protocols/pack/key/").content)
    call_command("check_pack", str(taken), key=key)
    assert "signed, whole and unchanged" in capsys.readouterr().out
    taken.write_bytes(taken.read_bytes()[:-40])
    with pytest.raises(CommandError, match="not as it was made"):
        call_command("check_pack", str(taken))
    with pytest.raises(CommandError, match="No such file"):
        call_command("check_pack", str(tmp_path / "none.zip"))
