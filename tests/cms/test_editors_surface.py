"""Below /cms/: what is shut, whose forms are read with which limits, and a policy that holds there alone."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.test import RequestFactory

from accounts.models import User
from cms.actions.keep_home import AUTHORS, EDITORS, home
from cms.editors_forms import LARGEST, MOST_FIELDS, read_form, read_pairs
from tests.cast import SignIn
from tests.cms.conftest import Publish, fields
from tests.roles import RoleClient

pytestmark = pytest.mark.django_db
SHUT = [
    "users/",
    "groups/",
    "account/",
    "password_reset/",
    "documents/",
    "images/",
    "snippets/",
    "failwhale/",
]
SHUT += ["test404/", "bulk/accounts/user/delete/", "choose-external-link/", "choose-email-link/", "sites/"]
MULTIPART = "multipart/form-data; boundary=edge"


@pytest.fixture
def editor(keeper: User, sign_in: SignIn) -> RoleClient:
    keeper.groups.add(*Group.objects.filter(name__in=[AUTHORS, EDITORS]))
    return sign_in(keeper)


@pytest.mark.promise(17)
def test_a_password_alone_opens_no_page_of_the_editors(keeper: User, sign_in: SignIn) -> None:
    keeper.groups.add(Group.objects.get(name=EDITORS))
    browser = sign_in(keeper, second_factor=False)
    for path in ("", "pages/", "reports/workflow/", "api/main/pages/", "sprite/", "jsi18n/", "login/"):
        assert browser.get(f"/cms/{path}")["Location"].endswith("/accounts/2fa/"), path


@pytest.mark.promise(17)
def test_a_second_factor_alone_opens_none_either(outsider: User, sign_in: SignIn) -> None:
    answer = sign_in(outsider).get("/cms/pages/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("path", SHUT)
def test_what_is_not_used_is_not_there(editor: RoleClient, path: str) -> None:
    assert editor.get(f"/cms/{path}").status_code == 404
    assert editor.post(f"/cms/{path}").status_code == 404


@pytest.mark.ignore_template_errors
def test_the_policy_of_the_editors_has_no_inline_script_and_holds_nowhere_else(
    editor: RoleClient, visitor: RoleClient
) -> None:
    answer = editor.get("/cms/")
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    for other in (visitor.get("/en/protocols/"), editor.get("/en/desk/protocols/")):
        assert "unsafe" not in other["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"


@pytest.mark.ignore_template_errors
def test_a_long_form_of_editors_is_read_and_is_too_long_elsewhere(
    editor: RoleClient, visitor: RoleClient
) -> None:
    many = {f"field-{number}": "x" for number in range(1500)} | {"title": "Ours", "slug": "protocols"}
    assert editor.post(f"/cms/pages/{home('en').pk}/edit/", many)["Location"].startswith("/cms/pages/")
    assert home("en").get_latest_revision_as_object().title == "Ours"
    assert visitor.post("/en/protocols/", many).status_code == 400


@pytest.mark.ignore_template_errors
def test_a_preview_may_stand_in_a_frame_of_the_editor(publish: Publish, editor: RoleClient) -> None:
    answer = editor.get(f"/cms/pages/{publish('tea', **fields()).pk}/view_draft/")
    assert answer.status_code == 200
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.ignore_template_errors
def test_a_form_made_by_hand_is_answered(publish: Publish, editor: RoleClient) -> None:
    page = publish("tea", **fields())
    assert editor.post(f"/cms/pages/{page.pk}/edit/", {"title": "Tea"}).status_code == 400


def test_a_form_of_parts_is_read_with_its_letters_and_lines() -> None:
    raw = b'--edge\r\nContent-Disposition: form-data; name="title"\r\n\r\n\xc3\x89t\xc3\xa9\r\n\r\nzwei\r\n--edge--\r\n'
    assert read_pairs(MULTIPART, b"--edge--\r\n") == []
    assert read_pairs(MULTIPART, raw) == [("title", "Été\r\n\r\nzwei")]
    assert read_pairs("application/x-www-form-urlencoded", b"a=1&a=&b=%C3%A9") == [
        ("a", "1"),
        ("a", ""),
        ("b", "é"),
    ]


@pytest.mark.parametrize(
    ("content_type", "raw", "fault"),
    [
        (MULTIPART, b"no parts at all", BadRequest),
        (
            MULTIPART,
            b'--edge\r\nContent-Disposition: form-data; name="a"; filename="x"\r\n\r\nx\r\n--edge--',
            BadRequest,
        ),
        (
            MULTIPART,
            b'--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--edge--\r\n',
            BadRequest,
        ),
        (MULTIPART, b"form-data; name=" * (MOST_FIELDS + 1), TooManyFieldsSent),
        ("application/x-www-form-urlencoded", b"a&" * MOST_FIELDS, TooManyFieldsSent),
        ("application/x-www-form-urlencoded", b"a=\xff", BadRequest),
    ],
)
def test_what_is_no_form_is_refused(content_type: str, raw: bytes, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        read_pairs(content_type, raw)


def test_a_form_that_is_too_large_is_refused() -> None:
    request = RequestFactory().post("/cms/", b"a" * (LARGEST + 1), "application/x-www-form-urlencoded")
    with pytest.raises(RequestDataTooBig):
        read_form(request)
