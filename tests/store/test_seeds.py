"""The three seeds, read by the rooms before, become what users.md section 1 asks for."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import select

from ingest.read import read
from nlp.extract import extract
from store.calendar import working_days_between
from store.documents import by_number, counts
from store.duties import due
from store.filing import file
from store.graph import cites
from store.tables import AgencyRow, DocumentRow
from tests.store.making import ALL, NOW, SHARED

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")


@pytest.fixture
def seeds(session):
    """The three seeds, filed."""
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        transcript = read(path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        file(session, sha256=sha256, transcript=transcript, directive=extract(transcript), purpose="daily", now=NOW)
    return session


def test_three_are_held_and_seventeen_cited(seeds):
    """3 held, 17 cited and not held; the misprint 09-HD/BTCHU is 09-HD/BTCTU."""
    found = counts(seeds, seen_by=ALL)
    assert (found["held"], found["cited"]) == (3, 17)
    assert [line.number for line in by_number(seeds, "09-HD/BTCHU", seen_by=ALL)] == ["09-HD/BTCTU"]
    assert [c.source.number for c in cites(seeds, "132-QĐ/TW", seen_by=ALL)[0].cited_by] == ["809-CV/HU"]


def test_dated_and_yearly_duties_stand_in_order(seeds):
    """D1 to D4 by day, then R1 and R2 from the first year they can fall in, then R3 without a day."""
    lines = [line for line in due(seeds, as_of=date(2023, 1, 20), seen_by=ALL) if line.kind in ("date", "recurring")]
    days = ["2023-01-30", "2023-02-01", "2023-02-28", "2023-11-30", "2023-11-30", "2024-01-31", "None"]
    assert [str(line.due_on) for line in lines] == days
    assert [line.number for line in lines] == ["809-CV/HU"] * 2 + ["833-CV/HU"] * 2 + ["07-HD/ĐUK"] * 3
    assert lines[-1].standing == "Định kỳ, chưa định ngày"


def test_the_first_duty_is_near_because_of_the_leave_over_tet(seeds):
    """On 20/01/2023 one working day is left before 30/01: the leave over Tết does not count."""
    (first, *_) = due(seeds, as_of=date(2023, 1, 20), seen_by=ALL)
    assert (first.due_on, first.standing, first.days_left) == (date(2023, 1, 30), "Sắp đến hạn", 10)
    assert working_days_between(date(2023, 1, 20), date(2023, 1, 29), up_to=9) == 1


def test_two_provinces_have_two_tinh_uy(seeds):
    """The committees of `Tỉnh ủy` that 833 and 07-HD/ĐUK cite belong to two provinces; the letters of the district are of one agency."""
    issuers = {row.number: row.agency_id for row in seeds.scalars(select(DocumentRow)) if row.agency_id is not None}
    assert issuers["809-CV/HU"] == issuers["833-CV/HU"] == issuers["788-CV/HU"]
    provinces = {number: seeds.get(AgencyRow, issuers[number]).province for number in ("09-HD/BTCTU", "02/HD-BDVTU")}
    assert provinces == {"09-HD/BTCTU": "lam dong", "02/HD-BDVTU": "gia lai"}
