"""A worker that is killed while a letter is on its way: none is lost, none is stuck (promise 13)."""

import asyncio
import contextlib
import email
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller

from config.settings.environment import ROOT
from tests import databases

PATIENCE = 60.0
INVITE = """
import django; django.setup()
from django.utils import timezone
from accounts.models import User
from directory.actions.invite_members import invite_member
from directory.models.membership import Role
from directory.models.organization import Organization
from safety.viewer import Tier, Viewer
steward = User.objects.get(email="steward@demo.invalid")
invite_member(email=sys.argv[1], organization=Organization.objects.order_by("pk").first().pk, role=Role.WORKER,
    language="fr", viewer=Viewer(user=steward.pk, tier=Tier.CUSTODIAN), now=timezone.now())
"""


class Postbox:
    """A mail server's box: while it `holds`, letters come in and no answer goes out."""

    def __init__(self) -> None:
        self.holds = True
        self.came: list[str] = []
        self.kept: list[str] = []
        self.news = threading.Condition()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        to = str(email.message_from_bytes(envelope.content)["To"])
        with self.news:
            self.came.append(to)
            self.news.notify_all()
        while self.holds:
            await asyncio.sleep(0.05)
        with self.news:
            self.kept.append(to)
            self.news.notify_all()
        return "250 OK"

    def waits_for(self, count: int, box: list[str]) -> None:
        """Until so many letters are in a box, however slow the machine."""
        with self.news:
            assert self.news.wait_for(lambda: len(box) >= count, PATIENCE), box


@pytest.fixture
def postbox(socket_enabled: None) -> Iterator[tuple[Postbox, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    box.holds = False
    server.stop()


@contextmanager
def worker(environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """The site's own worker, gone at the end."""
    command = [sys.executable, "manage.py", "procrastinate", "worker", "--concurrency", "1"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        try:
            yield running
        finally:
            with contextlib.suppress(ProcessLookupError):
                running.send_signal(signal.SIGKILL)


def invite(environment: dict[str, str], address: str) -> None:
    """A change that has a letter to send, made by another process than the worker."""
    command = [sys.executable, "-c", f"import sys\n{INVITE}", address]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def notices_of(name: str) -> list[tuple[bool, int, bool]]:
    """Of each notice, in order: whether it was sent, how often it failed, whether it was given up."""
    with psycopg.connect(databases.address("OWNER_DATABASE_URL", name)) as owner:
        sql = "SELECT sent_at IS NOT NULL, tries, failed_at IS NOT NULL FROM notice ORDER BY created_at"
        return owner.execute(sql).fetchall()


@pytest.mark.promise(13)
def test_a_worker_killed_in_mid_send_loses_no_letter_and_blocks_none(
    postbox: tuple[Postbox, int], tmp_path: Path
) -> None:
    box, port = postbox
    with databases.cloned(with_demo=True) as name:
        more = {"TEST_MAIL_PORT": str(port), "TEST_ANCHOR_FILE": str(tmp_path / "anchor")}
        environment = databases.environment(name) | more
        environment["DJANGO_SETTINGS_MODULE"] = "tests.worker_settings"
        invite(environment, "tove@relais.example")
        with worker(environment) as first:
            box.waits_for(1, box.came)
            os.kill(first.pid, signal.SIGKILL)
            first.wait()
        assert notices_of(name) == [(False, 0, False)]
        box.holds = False
        invite(environment, "rask@relais.example")
        with worker(environment):
            box.waits_for(2, box.kept)
        assert sorted(box.kept) == ["rask@relais.example", "tove@relais.example"]
