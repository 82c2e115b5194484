"""Which websites the worker may ask: none inside, whatever is written; and when one is said to lead nowhere."""

from datetime import date, timedelta
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.websites import (
    FAILURES,
    Record,
    Verdict,
    after,
    may_be_asked,
    our_own_fault,
    target_of,
    verdict_of,
)

DAY = date(2026, 11, 3)
INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "198.18.0.1",
    "192.0.2.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "somewhere",
    "",
]


@pytest.mark.parametrize("address", INSIDE)
def test_inside_is_never_asked(address: str) -> None:
    assert not may_be_asked(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_at_large_may_be(address: str) -> None:
    assert may_be_asked(address)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://clinic.ca", "https://clinic.ca/"),
        ("clinic.ca/help?x=1#top", "https://clinic.ca/help?x=1"),
        ("HTTP://Clinic.CA:80/a", "http://clinic.ca/a"),
        ("https://clinique-santé.ca/équipe", "https://xn--clinique-sant-nhb.ca/%C3%A9quipe"),
        ("https://93.184.215.14/", "https://93.184.215.14/"),
    ],
)
def test_what_is_asked(url: str, asked: str) -> None:
    target = target_of(url)
    assert target is not None
    assert target.url == asked


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://clinic.ca",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://clinic.ca:8443/",
        "http://clinic.ca:22/",
        "http://user:word@clinic.ca/",
        "http://localhost/",
        "http://db/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.google.internal/",
        "http://printer.local/",
        "https://clinic.example",
        "https://clinic.ca/\r\nHost: inside",
        "https://clinic.ca/ x",
        "https://" + "a" * 70 + ".ca",
        "https://clinic.ca/" + "a" * 2000,
        "http://[",
        "//",
    ],
)
def test_what_is_not(url: str) -> None:
    assert target_of(url) is None


@given(st.text(max_size=60) | st.builds("http://{}/{}".format, st.ip_addresses(), st.text(max_size=9)))
def test_no_text_breaks_it_or_leads_inside(text: str) -> None:
    target = target_of(text)
    if target is None:
        return
    assert target.url.isascii()
    assert target.port in (80, 443)
    try:
        ip_address(target.host)
    except ValueError:
        assert "." in target.host
    else:
        assert may_be_asked(target.host)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [(200, "answered"), (301, "answered"), (404, "failed"), (410, "failed"), (503, "failed"), (403, "unclear"),
     (429, "unclear")],
)  # fmt: skip
def test_what_a_status_says(status: int, verdict: str) -> None:
    assert verdict_of(status) == verdict


LOOKS = st.lists(st.tuples(st.sampled_from(Verdict), st.integers(0, 2)), max_size=12)


@given(LOOKS)
def test_dead_is_what_failed_on_three_days_since_it_last_answered(looks: list[tuple[Verdict, int]]) -> None:
    record, day, failed = Record(), DAY, set[date]()
    for verdict, later in looks:
        day += timedelta(days=later)
        record = after(record, verdict, day)
        if verdict == Verdict.ANSWERED:
            failed.clear()
        elif verdict == Verdict.FAILED:
            failed.add(day)
    assert record.failures == len(failed)
    assert record.since == min(failed, default=None)
    assert record.failed_on == max(failed, default=None)


def test_where_all_fails_it_is_us() -> None:
    failed = [Verdict.FAILED] * FAILURES
    assert our_own_fault(failed)
    assert not our_own_fault([*failed, Verdict.ANSWERED])
    assert not our_own_fault(failed[1:])
