"""For whom a form would say that it was shown, if a browser opened its page now."""

from accounts.models import User
from directory.models.membership import Membership
from directory.shown_for import NAME, mark_of
from directory.viewers import HAT, hats_of
from tests.roles import RoleClient


def as_shown(browser: RoleClient) -> dict[str, str]:
    """The hidden field of its forms, without the work of a page."""
    session = browser.session
    user = User.objects.get(pk=session["_auth_user_id"])
    hats = hats_of(user.pk)
    chosen: list[Membership] = [hat for hat in hats if str(hat.organization_id) == session.get(HAT)]
    worn = next(iter(chosen or (hats if len(hats) == 1 else [])), None)
    return {NAME: mark_of(user, worn)}
