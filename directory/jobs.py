"""What the background worker does for the directory by the clock."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from directory.actions.announce_renewals import announce_renewals
from directory.actions.ask_still_true import ask_still_true
from directory.actions.check_websites import check_websites
from directory.actions.judge_only_help import judge_only_help
from directory.actions.keep_sheet import forget_sheets
from directory.actions.project_in_parts import catch_up
from directory.actions.report_safety import remind_of_reports
from directory.actions.show_tellings import end_old_tellings
from directory.actions.suggest_twins import suggest_twins
from directory.actions.tag_concepts import tag_concepts
from directory.actions.unlist_silent import unlist_silent
from directory.rules.standing import last_day


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="catch_up", pass_context=False)
def catch_up_listings(timestamp: int) -> None:
    """Each minute: listings that a large import left to be made, and that nobody is making, are made."""
    catch_up()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tag_concepts", pass_context=False)
def tag_new_concepts(timestamp: int) -> None:
    """Each minute: what stewards' synonyms mean is given to listings, if it is new."""
    tag_concepts()


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="announce_renewals", pass_context=False)
def announce_ends_of_vetting(timestamp: int) -> None:
    """Each hour: who looks after an organization is told before its last day; its word ends with it.

    A day without a worker loses nothing.
    """
    now = datetime.now(UTC)
    announce_renewals(now=now)
    end_old_tellings(last_day(now))


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="remind_of_reports", pass_context=False)
def remind_of_safety_reports(timestamp: int) -> None:
    """Each hour: stewards hear once more of a report that waits for half a day."""
    remind_of_reports(now=datetime.now(UTC))


@app.periodic(cron="17 15 * * *")
@app.task(queueing_lock="ask_still_true", pass_context=False)
def ask_whether_still_true(timestamp: int) -> None:
    """Each day, in working hours: who has listings to confirm is asked, nobody twice in a fortnight."""
    ask_still_true(datetime.now(UTC))


@app.periodic(cron="47 15 * * *")
@app.task(queueing_lock="unlist_silent", pass_context=False)
def unlist_what_is_silent(timestamp: int) -> None:
    """Each day, after the letters: what nobody confirmed for long is taken off, unless it is the only help."""
    unlist_silent(datetime.now(UTC))


@app.periodic(cron="5-55/10 * * * *")
@app.task(queueing_lock="judge_only_help", pass_context=False)
def judge_which_are_the_only_help(timestamp: int) -> None:
    """Every ten minutes, some at a time: stewards call the only help first of what nobody ever checked."""
    judge_only_help(datetime.now(UTC))


@app.periodic(cron="29 7 * * *")
@app.task(queueing_lock="suggest_twins", pass_context=False)
def suggest_listings_that_may_be_one(timestamp: int) -> None:
    """Each night: what looks like one service told twice is put before stewards."""
    suggest_twins()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="forget_sheets", pass_context=False)
def forget_uploaded_sheets(timestamp: int) -> None:
    """Every ten minutes: uploads that nobody confirmed within their hour are gone."""
    forget_sheets(now=datetime.now(UTC))


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="check_websites", pass_context=False)
def look_at_websites(timestamp: int) -> None:
    """A few at a time, each once a week: whether providers' websites answer. Off, unless an operator wants it."""
    check_websites(datetime.now(UTC))
