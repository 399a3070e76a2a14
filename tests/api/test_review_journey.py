"""The archivist's morning on real samples: a scan of several letters is handed in, confirmed, corrected from the page, found."""

from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import update

from api.worker import Worker
from store.answers import Viewer
from store.corrections import lay_over
from store.database import begin, look
from store.documents import document, documents
from store.queues import head_queue
from store.tables import DocumentRow, ValueRow

pytestmark = pytest.mark.slow
SAMPLES = Path(__file__).parents[2] / "samples"
LETTERS = ("cd-06-ubnd-tinh", "cv-402-ubnd", "cv-1187-btctu", "hd-05-bxdd", "bc-312-ubnd", "tb-58-dang-uy")
ALL = Viewer("thử")


@pytest.fixture
def scan(tmp_path):
    """Six letters, ten pages, in one file as a scanner gives it."""
    joined = pikepdf.new()
    for name in LETTERS:
        with pikepdf.open(SAMPLES / name / "source.pdf") as letter:
            joined.pages.extend(letter.pages)
    joined.save(tmp_path / "dot-quet.pdf")
    return tmp_path / "dot-quet.pdf"


def held(workshop):
    """Give the documents that are held, by number."""
    with look(workshop.engine) as session:
        return {line.number: line for line in documents(session, seen_by=ALL)}


def misread(workshop, number, read):
    """Let a number have been read otherwise, and in doubt."""
    wrong = held(workshop)[number].id
    with begin(workshop.engine) as session:
        session.execute(update(ValueRow).where(ValueRow.document_id == wrong, ValueRow.name == "number").values(value=read))
        row = session.get_one(DocumentRow, wrong)
        row.to_verify = ["number"]
        lay_over(session, row)
    return wrong


def test_a_scan_is_handed_in_confirmed_corrected_and_found(page, address, workshop, scan):
    """What was misread comes first and is set right by a click on its word; the rest is confirmed by keys; the number is found."""
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{address}/tiep-nhan")
    page.set_input_files("#tep", [scan])
    page.click("#nap button")
    page.wait_for_selector("#tong:has-text('có biên nhận')")
    with Worker(workshop):
        page.wait_for_selector("#danh-sach a[href^='/van-ban/']", timeout=240_000)
    assert len(held(workshop)) == len(LETTERS)
    wrong = misread(workshop, "1187-CV/BTCTU", "1181-CV/BTCTU")
    with look(workshop.engine) as session:
        queue = [line.document.id for line in head_queue(session, now=datetime.now(UTC), seen_by=ALL)]
    doubtful = [line.id for line in held(workshop).values() if line.state == "Cần đối chiếu"]
    assert set(queue[: len(doubtful)]) == set(doubtful) and wrong in doubtful

    page.goto(f"{address}/doi-chieu/{wrong}")
    paper = page.locator(".paper[data-words]").first
    words = page.request.get(f"{address}{paper.get_attribute('data-words')}").json()["words"]
    word = next(one for one in words if "1187" in one[0])
    page.click("#v-number")
    box, width = paper.bounding_box(), page.evaluate("document.querySelector('.paper svg').viewBox.baseVal.width")
    scale = box["width"] / width
    page.mouse.click(box["x"] + (word[1] + word[3]) / 2 * scale, box["y"] + (word[2] + word[4]) / 2 * scale)
    page.wait_for_selector("#f-number .tick:text-is('Đã sửa')")
    assert page.input_value("#v-number") == "1187-CV/BTCTU"
    strokes = confirm_all(page, len(LETTERS))
    assert {line.state for line in held(workshop).values()} == {"Đã đối chiếu"}
    assert max(strokes) <= 12

    page.goto(f"{address}/tra-cuu?tu=1187-CV/BTCTU")
    page.wait_for_selector(f"a[href^='/van-ban/{wrong}']")
    with look(workshop.engine) as session:
        view = document(session, wrong, home=workshop.settings.home, as_of=date(2026, 11, 21), seen_by=ALL)
    number = next(one for one in view.fields if one.name == "number")
    assert (number.value, number.read, number.corrected_by is not None) == ("1187-CV/BTCTU", "1181-CV/BTCTU", True)


def confirm_all(page, count):
    """Confirm by Ctrl+Enter alone, until the queue is empty; give the strokes that each document took."""
    strokes = []
    for _ in range(count):
        before, taken = page.url, 0
        page.wait_for_selector("#xac-nhan")
        while page.url == before and taken < 20:
            page.keyboard.press("Control+Enter")
            taken += 1
            page.wait_for_timeout(600)
        page.wait_for_load_state("load")
        strokes.append(taken)
    page.wait_for_selector("text=Không còn văn bản nào chờ đối chiếu")
    return strokes
