"""Forms of the editors' pages, read with limits of their own: a long protocol has a thousand small fields.

Elsewhere 200 fields and 64 KB are the limit (config/settings/base.py), which Django knows for all addresses alike. No
file comes this way: files have a door of their own (cms/views/editors_files.py).
"""

from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

LARGEST = 1024 * 1024
MOST_FIELDS = 10_000
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"

Pairs = list[tuple[str, str]]


def _of_parts(content_type: str, raw: bytes) -> Iterator[tuple[str, str]]:
    message = BytesParser(policy=HTTP).parsebytes(
        b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + raw
    )
    if raw.strip() == f"--{message.get_boundary()}--".encode():
        return  # a form without a field
    if not isinstance(message, EmailMessage) or not message.is_multipart():
        raise BadRequest("No form can be read here.")
    for part in message.iter_parts():
        if part.get_filename():
            raise BadRequest("No file is taken here.")
        value = part.get_payload(decode=True)
        yield str(part.get_param("name", "", "content-disposition")), (value or b"").decode()


def read_pairs(content_type: str, raw: bytes) -> Pairs:
    """The names and values of a form, in order. Raises BadRequest and TooManyFieldsSent."""
    try:
        if content_type.startswith(MULTIPART):
            if raw.count(b"form-data; name=") > MOST_FIELDS:
                raise TooManyFieldsSent
            return list(_of_parts(content_type, raw))
        if raw.count(b"&") >= MOST_FIELDS:
            raise TooManyFieldsSent
        return parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise BadRequest("This form can't be read.") from error


def read_form(request: HttpRequest) -> None:
    """Give the request its `POST`, before anybody asks for it. Raises RequestDataTooBig as well."""
    if request.content_type not in (URLENCODED, MULTIPART) or request.method != "POST":
        return
    raw = request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise RequestDataTooBig
    form = QueryDict(mutable=True)
    for name, value in read_pairs(request.META.get("CONTENT_TYPE", ""), raw):
        form.appendlist(name, value)
    form._mutable = False  # as Django leaves it
    # Where Django would have put what it read itself.
    request._body, request._post, request._files = raw, form, MultiValueDict()  # type: ignore[attr-defined]
