"""What the CMS needs before the first page: two languages, a page above all others in each, and groups of people."""

from collections.abc import Mapping
from types import MappingProxyType

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Locale, Page, Site

from cms.models.index import ProtocolIndexPage

HOMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"en": ("Protocols", "protocols"), "fr": ("Protocoles", "protocoles")}
)
AUTHORS, EDITORS, ADVISERS, LEGAL = (
    "Protocol authors",
    "Protocol editors",
    "Survivors' advisers",
    "Legal reviewers",
)
RIGHTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        AUTHORS: ("add_page", "change_page"),
        EDITORS: ("add_page", "change_page", "publish_page", "lock_page"),
        ADVISERS: ("change_page",),
        LEGAL: ("change_page",),
    }
)
REVIEWERS = (ADVISERS, LEGAL)
UNUSED_GROUPS = ("Moderators", "Editors")
"""Wagtail's own, which nobody here is a member of."""


def home(language: str) -> ProtocolIndexPage:
    """The page above all others in "en" or "fr". Raises ProtocolIndexPage.DoesNotExist before `keep_home`."""
    return ProtocolIndexPage.objects.get(locale__language_code=language)


def _is_kept() -> bool:
    return ProtocolIndexPage.objects.count() == len(HOMES) and Group.objects.filter(name=LEGAL).exists()


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
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(entering, *([reviewing] if name in REVIEWERS else []))
        for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=rights):
            for page in homes:
                GroupPagePermission.objects.get_or_create(group=group, page=page.page_ptr, permission=right)


@transaction.atomic
def keep_home() -> bool:
    """Make what is missing; False if all was there. Can be run again."""
    if _is_kept():
        return False
    homes = _keep_pages()
    _keep_site(homes[0])
    _keep_groups(homes)
    return True
