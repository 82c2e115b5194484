"""What the background worker does for protocols by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from cms.actions.make_papers import make_papers
from cms.actions.watch_reviews import ask_for_reviews, take_off_outdated


@app.periodic(cron="53 15 * * *")
@app.task(queueing_lock="watch_reviews", pass_context=False)
def watch_reviews(timestamp: int) -> None:
    """Each day, in working hours: owners hear of reviews that are due; what is out of time is taken off."""
    today = timezone.localdate()
    take_off_outdated(today=today)
    ask_for_reviews(today=today)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="make_papers", pass_context=False)
def make_missing_papers(timestamp: int) -> None:
    """After each change of a page, and every ten minutes: what has no PDF gets one, tomorrow's too."""
    make_papers(today=timezone.localdate())
