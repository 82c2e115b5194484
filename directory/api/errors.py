"""Errors of the API: always `{"errors": {"name": ["reason"]}}`, never a page and never a trace."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.response import Response
from rest_framework.views import exception_handler


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler."""
    response = exception_handler(error, context)
    if response is None:
        return None
    reason = _("This is not readable JSON.") if isinstance(error, ParseError) else _reason(error)
    response.data = {"errors": {"request": [reason]}}
    return response


def _reason(error: Exception) -> str:
    return str(error.detail) if isinstance(error, APIException) else _("This can't be answered.")
