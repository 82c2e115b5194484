"""What the background worker does by the clock: anchors the audit trail, destroys sealing keys that are done with.

A job's arguments are a time and nothing else; no person's data ever stands in a queue.
"""

from datetime import UTC, datetime

from django.db import connection
from procrastinate.contrib.django import app

from safety.audit import write_anchor
from safety.limits import forget_wrong_guesses
from safety.notices import deliver
from safety.seal import destroy_dead_keys


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="anchor_audit", pass_context=False)
def anchor_audit(timestamp: int) -> None:
    """Each minute: the newest link of the audit chain goes into the anchor file, outside the database."""
    write_anchor(connection)


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="destroy_dead_sealing_keys", pass_context=False)
def destroy_dead_sealing_keys(timestamp: int) -> None:
    """Each hour: what was sealed a day ago can't be opened any more, by anybody."""
    destroy_dead_keys(datetime.now(UTC))


@app.periodic(cron="11 * * * *")
@app.task(queueing_lock="forget_wrong_guesses", pass_context=False)
def forget_counted_guesses(timestamp: int) -> None:
    """Each hour: who guessed wrong in the hour before is not counted any more."""
    forget_wrong_guesses(datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(pass_context=False)
def deliver_notices(timestamp: int) -> None:
    """At once after a change that has something to tell, and each minute for what did not get through."""
    deliver(datetime.now(UTC))
