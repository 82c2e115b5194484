"""One transaction around view and template of signed-in work, with the row-level context inside it.

ATOMIC_REQUESTS ends before a template renders, and a session-level setting bleeds into the next request of
a pooled connection; a transaction-local one can't. An exception or a status of 500 and more leaves nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse

from safety.surface import is_private
from safety.viewer import VISITOR, Viewer

SET_SQL = "SELECT set_config('relais.user', %s, true), set_config('relais.organization', %s, true)"


def _word(id_: UUID | None) -> str:
    return "nobody" if id_ is None else str(id_)


def set_viewer(viewer: Viewer, using: str = "default") -> None:
    """Tell the database who looks, until the transaction ends. Raises outside one."""
    connection = connections[using]
    if not connection.in_atomic_block:
        raise RuntimeError("safety.context.set_viewer needs a transaction: it would bleed into the next one.")
    with connection.cursor() as cursor:
        cursor.execute(SET_SQL, [_word(viewer.user), _word(viewer.organization)])


@contextmanager
def acting(viewer: Viewer, using: str = "default") -> Iterator[None]:
    """A transaction in which `viewer` acts: for jobs, commands and tests; the pages' middleware does the same."""
    with transaction.atomic(using=using):
        set_viewer(viewer, using)
        yield


class TransactionMiddleware:
    """Opens the transaction of a signed-in page; ViewerMiddleware, further in, names the viewer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Public pages open nothing; a failed answer of the desk is rolled back whole."""
        if not is_private(request.path_info):
            return self.get_response(request)
        with acting(VISITOR):
            response = self.get_response(request)
            if response.streaming:
                raise RuntimeError("A page of the desk must not stream: it would outlive its context.")
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
