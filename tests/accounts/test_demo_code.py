"""manage.py demo_code plays the telephone of a demo person, and of nobody else."""

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as project
from django.core.management import CommandError, call_command

from accounts.demo import make_demo_people
from accounts.models import User
from config.settings.environment import ROOT


@pytest.fixture
def demo_people(db: None, tmp_path: Path, settings: Any) -> None:
    """The eight, with this test's own password file."""
    settings.DEMO_PASSWORD_FILE = tmp_path / "demo-password"
    make_demo_people()


def _printed(email: str) -> str:
    out = StringIO()
    call_command("demo_code", email, stdout=out)
    return out.getvalue()


def test_it_prints_six_digits_and_nothing_else(demo_people: None) -> None:
    assert re.fullmatch(r"\d{6}\n", _printed("navigator@demo.invalid"))


def test_an_unknown_demo_person_gets_one_sentence_with_the_known_ones(demo_people: None) -> None:
    with pytest.raises(CommandError, match=r"navigator@demo\.invalid.*reviewer@demo\.invalid") as refusal:
        _printed("nobody@demo.invalid")
    assert refusal.value.returncode == 1
    assert "\n" not in str(refusal.value)


@pytest.mark.promise(17)
def test_the_code_of_a_real_person_is_never_printed(demo_people: None, navigator: User) -> None:
    TOTP.activate(navigator, generate_totp_secret())
    with pytest.raises(CommandError, match="demo people only"):
        _printed(navigator.email)


@pytest.mark.promise(17)
def test_whoever_took_a_demo_looking_address_is_no_demo_person(demo_people: None) -> None:
    impostor = User.objects.create_user("minister@demo.invalid")
    TOTP.activate(impostor, generate_totp_secret())
    with pytest.raises(CommandError, match="No such demo person"):
        _printed(impostor.email)


def test_a_site_for_real_people_prints_no_code_at_all(demo_people: None, settings: Any) -> None:
    settings.ALLOWS_DEMO = False
    with pytest.raises(CommandError, match="refused"):
        _printed("navigator@demo.invalid")


def test_production_settings_allow_no_demonstration() -> None:
    source = (ROOT / "config/settings/production.py").read_text(encoding="utf-8")
    assert re.findall(r"^ALLOWS_DEMO = (.*)$", source, re.M) == ["False"]
    assert project.ALLOWS_DEMO is True


def test_a_refusal_at_the_shell_exits_with_one() -> None:
    command = [sys.executable, "manage.py", "demo_code", "someone@relais.example"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
