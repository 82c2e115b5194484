"""manage.py prepare: check, migrate, words, places, demo, in one start of Django.

Each step looks first whether it has anything to do: a second start must be quick.
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from cms.actions.keep_home import keep_home
from cms.actions.load_demo_editors import load_demo_editors
from cms.actions.load_protocols import load_protocols
from directory.actions.load_demo_people import load_demo_people
from directory.actions.load_places import are_places_loaded, load_places
from directory.actions.load_vocabulary import is_loaded, load_vocabulary
from directory.actions.tag_concepts import tag_concepts
from directory.models.publisher import Publisher
from safety.viewer import VISITOR


def _needs_migration() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


class Command(BaseCommand):
    """Run by `make run` as relais_owner; safe to run again."""

    help = "Bring the database to the state that this code needs; with demo data in a clone's own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--without-demo leaves the demonstration out, --small-demo what is generated of it."""
        parser.add_argument("--without-demo", action="store_true")
        parser.add_argument("--small-demo", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Each step says what it did, on one line."""
        if _needs_migration():
            self.stdout.write("database: migrating ...")
            call_command("migrate", verbosity=0, interactive=False)
        self._load_vocabulary()
        if not are_places_loaded():
            self.stdout.write(f"places: {load_places(viewer=VISITOR)} loaded")
        keep_home()
        if settings.ALLOWS_DEMO and not options["without_demo"]:
            self._load_demo(small=options["small_demo"])

    def _load_vocabulary(self) -> None:
        path = settings.FIXTURES / "vocabulary" / "needs.toml"
        if not is_loaded(path):
            self.stdout.write(f"vocabulary: {load_vocabulary(path=path, viewer=VISITOR)}")
        if made := tag_concepts():
            self.stdout.write(f"synonyms: listings bear the numbers of {made} meanings")

    def _load_demo(self, *, small: bool) -> None:
        if not Publisher.objects.filter(slug="demo").exists():
            call_command("load_demo", small=small, stdout=self.stdout)
        load_demo_people(now=timezone.now())
        load_demo_editors()
        if loaded := load_protocols(folder=settings.FIXTURES / "protocols", viewer=VISITOR):
            self.stdout.write(f"protocols: {loaded}")
