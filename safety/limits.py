"""Limits that all processes keep together, in the database: for who guesses at signed links, and who tries much.

Of links only what is wrong is counted, and a right one is always let in: nobody who guesses shuts anybody else out. A
row is a mark, a number and an hour. The mark is the network address, or the id of who is signed in, hashed under the
sealing key of the day, which is a file and is destroyed: afterwards not even the operator can tell what was marked.
"""

from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse

from safety.pages import error_page
from safety.seal import mark
from safety.throttle import household, visitor_address

MOST_WRONG = 60
"""Wrong links that are looked at from one line in an hour: twenty people behind it may each open an old letter."""
HOUR = timedelta(hours=1)

COUNT_SQL = """
INSERT INTO wrong_guess AS w (mark, times, until) VALUES (%s, 1, %s)
ON CONFLICT (mark) DO UPDATE SET times = least(w.times + 1, 32000) RETURNING times
"""


class WrongGuess(models.Model):
    """How often something wrong came from one line to one door within an hour, or was tried by somebody."""

    mark = models.BinaryField(primary_key=True)
    times = models.PositiveSmallIntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "wrong_guess"
        ordering = ("until",)

    def __str__(self) -> str:
        return "a wrong guess"


def count_wrong_guess(door: str, address: str, now: datetime) -> int:
    """Count one, and say how many there were in this hour. What is older goes."""
    return count_in_hour(door, household(address), now)


def count_in_hour(door: str, who: str, now: datetime) -> int:
    """The same of anybody: a line, a person, an organization. Who that is can't be read back."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    told = mark(f"{door} {who} {hour:%H}", "wrong_guess", now)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COUNT_SQL, [told, hour + HOUR])
        (times,) = cursor.fetchone()
    return int(times)


def forget_wrong_guesses(now: datetime) -> int:
    """Delete what belongs to an hour that is over; returns how many."""
    gone, _kinds = WrongGuess.objects.filter(until__lte=now).delete()
    return gone


def held_back(request: HttpRequest, door: str, now: datetime) -> HttpResponse | None:
    """Called for a link that opens nothing: the plain page of too many tries once there were too many, else None."""
    if count_wrong_guess(door, visitor_address(request), now) <= MOST_WRONG:
        return None
    response = error_page(request, 429)
    response.headers["Retry-After"] = "3600"
    return response
