"""What the CMS needs before the first page: two languages, a page above all others in each, and groups of people."""

from collections.abc import Mapping
from types import MappingProxyType

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.models.assessment import WORKFLOW as ASSESSING
from cms.models.index import ProtocolIndexPage
from cms.models.review_tasks import BothLanguagesTask, PeerReviewTask
from cms.rules.marks import Led

HOMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"en": ("Protocols", "protocols"), "fr": ("Protocoles", "protocoles")}
)
AUTHORS, EDITORS, ADVISERS, LEGAL, SEX_WORKERS, MIGRANTS = (
    "Protocol authors",
    "Protocol editors",
    "Survivors' advisers",
    "Legal reviewers",
    "Reviewers led by sex workers",
    "Reviewers led by migrants",
)
# Nobody may publish: what all steps have approved is.
RIGHTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        AUTHORS: ("add_page", "change_page"),
        EDITORS: ("add_page", "change_page", "lock_page"),
        ADVISERS: ("change_page",),
        LEGAL: ("change_page",),
        SEX_WORKERS: ("change_page",),
        MIGRANTS: ("change_page",),
    }
)
REVIEWERS = (ADVISERS, LEGAL)
TRANSLATORS = (AUTHORS, EDITORS)
"""Who may begin the page of the other language."""
UNUSED_GROUPS = ("Moderators", "Editors")
"""Wagtail's own, which nobody here is a member of."""


WORKFLOW = "Protocols"
STEPS = (("Editing", EDITORS, False), ("Survivors' advisers", ADVISERS, True), ("Legal review", LEGAL, True))
"""Its steps: name, whose approval, and whether that is a review. At the end both languages meet."""
GROUPS_STEPS = (
    ("Review led by sex workers", SEX_WORKERS, Led.SEX_WORKERS),
    ("Review led by migrants", MIGRANTS, Led.MIGRANTS),
)
"""What an assessment tool goes through after them, and for whom each step speaks."""
LAST_STEP = "Both languages"


def home(language: str) -> ProtocolIndexPage:
    """The page above all others in "en" or "fr". Raises ProtocolIndexPage.DoesNotExist before `keep_home`."""
    return ProtocolIndexPage.objects.get(locale__language_code=language)


def _is_kept() -> bool:
    ways = Workflow.objects.filter(name__in=[WORKFLOW, ASSESSING]).count()
    return ProtocolIndexPage.objects.count() == len(HOMES) and ways == len([WORKFLOW, ASSESSING])


def _keep_pages() -> list[ProtocolIndexPage]:
    root = Page.get_first_root_node()
    made: list[ProtocolIndexPage] = []
    for language, (title, slug) in HOMES.items():
        locale, _ = Locale.objects.get_or_create(language_code=language)
        found = ProtocolIndexPage.objects.filter(locale=locale).first()
        if found is None:
            same = {"translation_key": made[0].translation_key} if made else {}
            found = root.add_child(instance=ProtocolIndexPage(title=title, slug=slug, locale=locale, **same))
            root.refresh_from_db()
        made.append(found)
    return made


def _keep_site(first: ProtocolIndexPage) -> None:
    """Wagtail's first page, "Welcome", goes; its site leads to ours. Nothing is served by it."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=first, is_default_site=True)
    elif site.root_page_id != first.pk:
        old = site.root_page
        site.root_page = first.page_ptr
        site.save()
        old.delete()


def _keep_groups(homes: list[ProtocolIndexPage]) -> None:
    Group.objects.filter(name__in=UNUSED_GROUPS, user=None).delete()
    entering = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    reviewing = Permission.objects.get(content_type__app_label="cms", codename="review_edition")
    translating = Permission.objects.get(
        content_type__app_label="wagtail_localize", codename="submit_translation"
    )
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(entering)
        group.permissions.add(*([reviewing] if name in REVIEWERS else []))
        group.permissions.add(*([translating] if name in TRANSLATORS else []))
        for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=rights):
            for page in homes:
                GroupPagePermission.objects.get_or_create(group=group, page=page.page_ptr, permission=right)


def _steps() -> list[Task]:
    made: list[Task] = []
    for name, group, is_review in STEPS:
        task, _ = PeerReviewTask.objects.get_or_create(name=name, defaults={"is_review": is_review})
        task.groups.add(Group.objects.get(name=group))
        made.append(task)
    return made


def _groups_steps() -> list[Task]:
    made: list[Task] = []
    for name, group, led in GROUPS_STEPS:
        task, _ = PeerReviewTask.objects.get_or_create(name=name, defaults={"speaks_for": led})
        task.groups.add(Group.objects.get(name=group))
        made.append(task)
    return made


def _keep_way(name: str, steps: list[Task]) -> Workflow:
    workflow, _ = Workflow.objects.get_or_create(name=name)
    for order, task in enumerate(steps):
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    return workflow


def _keep_workflows(homes: list[ProtocolIndexPage]) -> None:
    """The ways from a draft to its readers, a longer one for assessment tools; Wagtail's leads nowhere any more."""
    WorkflowPage.objects.exclude(workflow__name=WORKFLOW).delete()
    Workflow.objects.exclude(name__in=[WORKFLOW, ASSESSING]).update(active=False)
    steps, (last, _) = _steps(), BothLanguagesTask.objects.get_or_create(name=LAST_STEP)
    workflow = _keep_way(WORKFLOW, [*steps, last])
    _keep_way(ASSESSING, [*steps, *_groups_steps(), last])
    for page in homes:
        WorkflowPage.objects.get_or_create(page=page.page_ptr, defaults={"workflow": workflow})


@transaction.atomic
def keep_home() -> bool:
    """Make what is missing; False if all was there. Can be run again."""
    if _is_kept():
        return False
    homes = _keep_pages()
    _keep_site(homes[0])
    _keep_groups(homes)
    _keep_workflows(homes)
    return True
