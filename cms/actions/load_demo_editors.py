"""The demo people who write and review, in the groups of the CMS."""

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.demo import DOMAIN, refuse_unless_demo_is_allowed
from accounts.models import User
from cms.actions.keep_home import ADVISERS, AUTHORS, EDITORS, LEGAL, MIGRANTS, SEX_WORKERS
from safety import audit
from safety.viewer import VISITOR

WORK = {
    "editor": (AUTHORS, EDITORS),
    "approver": (EDITORS, LEGAL, MIGRANTS),
    "reviewer": (ADVISERS, SEX_WORKERS),
}


@transaction.atomic
def load_demo_editors() -> int:
    """How many came into a group. Can be run again; raises accounts.demo.DemoRefused."""
    refuse_unless_demo_is_allowed()
    came = 0
    for name, groups in WORK.items():
        person = User.objects.filter(email=f"{name}{DOMAIN}").first()
        missing = Group.objects.filter(name__in=groups).exclude(user=person) if person else []
        for group in missing:
            group.user_set.add(person)
            came += 1
    if came:
        audit.record(VISITOR, action="load_demo_editors", subject_type="user", details={"came": came})
    return came
