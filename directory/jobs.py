"""What the background worker does for the directory by the clock."""

from procrastinate.contrib.django import app

from directory.actions.project_in_parts import catch_up


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="catch_up", pass_context=False)
def catch_up_listings(timestamp: int) -> None:
    """Each minute: listings that a large import left to be made, and that nobody is making, are made."""
    catch_up()
