"""The three seeds, read by the rooms before, become what users.md section 1 asks for."""

import hashlib
from datetime import date

import pytest

from ingest.read import read
from nlp.extract import extract
from store.documents import by_number, counts
from store.duties import due
from store.filing import file
from store.graph import cites
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
