"""Calendars are RFC 5545: escaped, folded, in Vietnam's hours, and carry only what stands."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from api.ics import Entry, calendar, fold, text
from api.wording import today
from store.database import begin
from store.tables import DutyRow, EventRow
from store.work_tables import WorkRow
from tests.api.conftest import NASTY


def unfolded(content):
    """Give the logical lines of a calendar."""
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Họp giao ban", "Họp giao ban"),
        ("a;b,c\\d", "a\\;b\\,c\\\\d"),
        ("một\nhai\r\nba\u2028bốn", "một\\nhai\\nba\\nbốn"),
        ("x\nEND:VEVENT\nBEGIN:VALARM", "x\\nEND:VEVENT\\nBEGIN:VALARM"),
        ("tab\tgiữ, \x00\x07\x7f bỏ", "tab\tgiữ\\,  bỏ"),
        ("\ud800", ""),
        ('"ngoặc": kép', '"ngoặc": kép'),  # neither is escaped in a TEXT
        ("", ""),
    ],
)
def test_a_text_cannot_leave_its_line(value, written):
    """Backslash, semicolon, comma and line breaks are escaped; what no calendar may hold is left out."""
    assert text(value) == written


@pytest.mark.parametrize(
    ("line", "octets"),
    [
        ("a" * 75, [75]),
        ("a" * 76, [75, 2]),
        ("a" * 149, [75, 75]),
        ("ữ" * 25, [75]),
        ("ữ" * 26, [75, 4]),
        ("aa" + "ữ" * 25, [74, 4]),
        ("", [0]),
    ],
)
def test_a_line_is_folded_at_75_octets(line, octets):
    """The first line has 75, the later ones begin with a blank that counts; a letter of three octets is never cut."""
    folded = list(fold(line))
    assert [len(one.encode()) for one in folded] == octets
    assert "".join(one[1:] if at else one for at, one in enumerate(folded)) == line


def test_days_and_hours_are_vietnams():
    """A day is a DATE with its exclusive end; an hour carries the zone, which the calendar defines; the stamp is UTC."""
    entries = [Entry("a", date(2026, 12, 31), "Ngày"), Entry("b", datetime(2026, 1, 5, 8, 30), "Giờ", busy=True)]
    lines = unfolded(calendar("Lịch", entries, now=datetime(2026, 1, 5, 1, 2, 3, tzinfo=UTC)))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    for wanted in ("VERSION:2.0", "TZID:Asia/Ho_Chi_Minh", "TZOFFSETTO:+0700", "DTSTAMP:20260105T010203Z"):
        assert wanted in lines
    assert "DTSTART;VALUE=DATE:20261231" in lines and "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20260105T083000" in lines
    assert [line for line in lines if line.startswith("TRANSP")] == ["TRANSP:TRANSPARENT", "TRANSP:OPAQUE"]


@pytest.fixture
def dated(workshop, filed):  # noqa: ARG001  the letters are there
    """Two duties, due in two days and in twenty; a meeting tomorrow."""
    with begin(workshop.engine) as session:
        for duty, ahead in ((1, 2), (2, 20)):
            session.execute(update(DutyRow).where(DutyRow.id == duty).values(due_on=today() + timedelta(ahead)))
        session.execute(update(EventRow).values(on=today() + timedelta(1)))
    return workshop


def uids(client, path):
    """Give what a calendar holds."""
    return [line.removeprefix("UID:") for line in unfolded(client.get(path).content) if line.startswith("UID:")]


def test_what_nobody_confirmed_is_in_only_when_it_may_be_due_soon(client, dated):
    """Within three days, and saying so; confirmed ones are in whenever they are due."""
    assert uids(client, "/nhiem-vu.ics") == ["nhiem-vu-1@vanthu"]
    assert any(line.startswith("SUMMARY:Chưa xác nhận: ") for line in unfolded(client.get("/nhiem-vu.ics").content))
    with begin(dated.engine) as session:
        session.add(WorkRow(duty_id=2, accepted_by="An"))
    assert uids(client, "/nhiem-vu.ics") == ["nhiem-vu-1@vanthu", "nhiem-vu-2@vanthu"]


@pytest.mark.usefixtures("dated")
def test_a_calendar_heeds_the_filters_of_its_list(client):
    """A list of another unit's duties is an empty calendar."""
    assert uids(client, "/nhiem-vu.ics?don-vi=khong+co") == []


@pytest.mark.usefixtures("dated")
@pytest.mark.parametrize("path", ["/nhiem-vu.ics", "/lich-hop.ics"])
def test_what_documents_say_stays_inside_its_line(client, path):
    """Hostile names are one escaped line; the answer is saved as a calendar."""
    answer = client.get(path)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content.replace(b"\r\n", b"").isascii() is False and b"\n" not in answer.content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    lines = unfolded(answer.content)
    assert any(NASTY.replace(";", "\\;") in line for line in lines)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(uids(client, path))
