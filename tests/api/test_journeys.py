"""The days of three people on real samples, each by mouse and again by keys alone.

The archivist hands in a scan of twelve letters, confirms them, corrects a number from the page and finds it. The official sees what is due,
opens the words, reports one duty done and puts another off. The analyst goes from a regulation to all that cites it, to the words.
"""

import re
import shutil
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from api.pipeline import open_workshop, take_in
from api.settings import Settings
from api.worker import Worker
from samples.paper import to_html
from samples.render import printed
from samples.scan import sheets, to_pdf
from samples.sheet import load
from store.answers import Viewer
from store.corrections import lay_over
from store.database import begin, look
from store.documents import documents
from store.ledger import jobs
from store.tables import DocumentRow, ValueRow
from tests.api.conftest import CHROMIUM

pytestmark = pytest.mark.slow
SAMPLES = Path(__file__).parents[2] / "samples"
MADE = datetime(2026, 11, 20, tzinfo=UTC)
ALL = Viewer("thử")
LETTERS = {"cv-1187-btctu": ("1187", "1188", "1190"), "cv-245-dang-uy": ("245", "246", "249"), "gm-33-dang-uy": ("33", "34", "36")}
DISPATCH = {"cd-06-ubnd-tinh": ("06", "07", "09")}
FILED = (
    "cv-245-dang-uy/source.txt",
    "gm-33-dang-uy/source.txt",
    "kh-21-dang-uy/source.docx",
    "ttr-27-ubnd/source.docx",
    "nq-08-dang-uy/source.pdf",
)
TO_BE_READ = 240_000  # milliseconds, on a machine that does other work too


def _read(home, files):
    """Read files in a home of their own, to the end."""
    workshop = open_workshop(Settings(home=home, memory_mb=2048))
    for path in files:
        take_in(workshop, path, f"{path.parent.name}{path.suffix}", "daily", "thử")
    with Worker(workshop):
        for _ in range(2 * TO_BE_READ // 1000):
            with look(workshop.engine) as session:
                if {job.state for job in jobs(session, seen_by=ALL)} <= {"done", "failed", "dead"}:
                    break
            time.sleep(0.5)
    workshop.engine.dispose()


@pytest.fixture(scope="session")
def scan(tmp_path_factory):
    """Twelve letters of one page each, in one file of pictures as a scanner gives it; and the home in which it was read before."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    home = tmp_path_factory.mktemp("quet")
    head, bodies = "", []
    for slug, (printed_as, *others) in (LETTERS | DISPATCH).items():
        head, _, body = to_html(load(SAMPLES / "source" / f"{slug}.toml")).partition("<body")
        page = f'<div style="break-after: page"{body}'.replace("</body>", "</div>")
        bodies += [re.sub(rf"(Số:? ){printed_as}(?=[/-])", rf"\g<1>{serial}", page, count=1) for serial in (printed_as, *others)]
    pages = sheets(printed(f"{head}<body>{''.join(bodies)}", MADE))
    path = home / "đợt quét.pdf"
    path.write_bytes(to_pdf(pages, MADE))
    assert len(pages) == 12
    _read(home / "kho", [path])
    return path, home / "kho" / "transcripts"


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A home in which letters that cite each other are filed."""
    home = tmp_path_factory.mktemp("co-quan") / "kho"
    _read(home, [SAMPLES / name for name in FILED])
    return home


@pytest.fixture
def at_work(workshop, office):
    """The workshop of the test with the letters of the office in it."""
    workshop.engine.dispose()
    shutil.copytree(office, workshop.settings.home, dirs_exist_ok=True)
    return workshop


def held(workshop):
    """Give the documents that are held, by number."""
    with look(workshop.engine) as session:
        return {line.number: line for line in documents(session, seen_by=ALL)}


def misread(workshop, number, read):
    """Let a number have been read otherwise, and in doubt."""
    wrong = held(workshop)[number].id
    with begin(workshop.engine) as session:
        own = (ValueRow.document_id == wrong, ValueRow.name == "number")
        session.execute(update(ValueRow).where(*own).values(value=read))
        row = session.get_one(DocumentRow, wrong)
        row.to_verify = ["number"]
        lay_over(session, row)
    return wrong


def press_until(page, wanted, key="Tab", most=150):
    """Press a key until what has the focus fits a selector; a person would see it go there."""
    for _ in range(most):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never came to {wanted}: {page.url}")


def is_read(page, workshop):
    """Wait until what was handed in is read, and shown."""
    with Worker(workshop):
        page.wait_for_selector("#danh-sach a[href^='/van-ban/']", timeout=TO_BE_READ)
    assert len(held(workshop)) == 12


def word_of(page, text):
    """Give the place of a word of the shown page on the screen, and its number among the words."""
    paper = page.locator(".paper[data-words]").first
    words = page.request.get(re.sub(r"(//[^/]+)/.*", r"\1", page.url) + paper.get_attribute("data-words")).json()["words"]
    at, (_, x0, y0, x1, y1) = next((at, one) for at, one in enumerate(words) if text in one[0])
    box, width = paper.bounding_box(), page.evaluate("document.querySelector('.paper svg').viewBox.baseVal.width")
    scale = box["width"] / width
    return (box["x"] + (x0 + x1) / 2 * scale, box["y"] + (y0 + y1) / 2 * scale), at


def confirm_the_rest(page, press):
    """Confirm document after document until the queue is empty; give how often it was pressed for each."""
    presses = Counter()
    while page.locator("#xac-nhan").count():
        presses[page.url.partition("?")[0]] += 1
        press()
        page.wait_for_selector("#doi-chieu[data-sent]", state="detached")
        page.wait_for_load_state("load")
        page.wait_for_timeout(200)
        assert max(presses.values()) <= 12, presses
    page.wait_for_selector("text=Không còn văn bản nào chờ đối chiếu")
    return presses


def test_the_archivist_by_mouse(page, address, workshop, scan):
    """Twelve letters: what was misread leads the queue, is set right by a click on its word, the rest confirmed, the number found."""
    path, transcripts = scan
    shutil.copytree(transcripts, workshop.settings.home / "transcripts", dirs_exist_ok=True)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{address}/tiep-nhan")
    page.set_input_files("#tep", [path])
    page.click("#nap button")
    page.wait_for_selector("#tong:has-text('có biên nhận')")
    is_read(page, workshop)
    wrong = misread(workshop, "1187-CV/BTCTU", "1181-CV/BTCTU")
    page.click("nav a[href='/doi-chieu']")
    leading = [one.get_attribute("href") for one in page.locator("ol.queue >> nth=0 >> a").all()]
    doubtful = [line.id for line in held(workshop).values() if line.state == "Cần đối chiếu"]
    assert {f"/doi-chieu/{one}?hang=the-thuc" for one in doubtful} == set(leading[: len(doubtful)]) and wrong in doubtful
    page.click(f"a[href^='/doi-chieu/{wrong}?']")
    page.click("#v-number")
    place, _ = word_of(page, "1187")
    page.mouse.click(*place)
    page.wait_for_selector("#f-number .tick:text-is('Đã sửa')")
    assert page.input_value("#v-number") == "1187-CV/BTCTU"
    confirm_the_rest(page, lambda: page.click("#xac-nhan"))
    assert {line.state for line in held(workshop).values()} == {"Đã đối chiếu"}
    page.fill("#tra-nhanh", "1187-CV/BTCTU")
    page.press("#tra-nhanh", "Enter")
    page.click(f"main a[href^='/van-ban/{wrong}']")
    page.wait_for_selector("h1:has-text('1187-CV/BTCTU')")


def choose_by_keys(page, address, path):
    """Open the page of intake and choose a file without a mouse; the chooser is waited for before it can open."""
    opened = []
    page.on("filechooser", lambda chooser: opened.append(chooser))  # noqa: PLW0108  a built-in function cannot be listened with
    page.goto(address)
    press_until(page, "#tep")
    page.keyboard.press("Enter")
    while not opened:
        page.wait_for_timeout(100)
    opened[0].set_files(path)


def test_the_archivist_by_keys(page, address, workshop, scan):
    """The same without a mouse: the word is walked to, no letter takes more than twelve strokes to confirm."""
    path, transcripts = scan
    shutil.copytree(transcripts, workshop.settings.home / "transcripts", dirs_exist_ok=True)
    page.set_viewport_size({"width": 1366, "height": 768})
    choose_by_keys(page, f"{address}/tiep-nhan", path)
    press_until(page, "#nap button:not([type=button])")
    page.keyboard.press("Enter")
    page.wait_for_selector("#tong:has-text('có biên nhận')")
    is_read(page, workshop)
    wrong = misread(workshop, "1187-CV/BTCTU", "1181-CV/BTCTU")
    page.goto(f"{address}/doi-chieu")
    press_until(page, f"a[href^='/doi-chieu/{wrong}?']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#f-number.chon")
    press_until(page, "#v-number", "ArrowUp")
    page.keyboard.press("Alt+c")
    page.wait_for_selector(".picked .cursor")
    page.keyboard.press("Enter")
    page.wait_for_selector("#f-number .tick:text-is('Đã sửa')")
    assert page.input_value("#v-number") == "1187-CV/BTCTU"
    assert len(confirm_the_rest(page, lambda: page.keyboard.press("Control+Enter"))) == 12
    assert {line.state for line in held(workshop).values()} == {"Đã đối chiếu"}
    page.keyboard.press("/")
    page.keyboard.type("1187-CV/BTCTU")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tra-cuu?**")
    press_until(page, f"main a[href^='/van-ban/{wrong}']")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('1187-CV/BTCTU')")


DUE = "/nhiem-vu?ngay=23%2F11%2F2026"


def rows_due(page, heading="Tuần này"):
    """Give the ids of the rows below a heading of the list."""
    return page.locator(f"tbody:has(h2:has-text('{heading}')) tr[id]").evaluate_all("rows => rows.map((row) => row.id)")


@pytest.mark.usefixtures("at_work")
def test_the_official_by_mouse(page, address):
    """What is due this week, the words it comes from, an extension that keeps the first limit, a report that waits to be confirmed."""
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(address + DUE)
    first = rows_due(page)[0]
    page.click(f"#{first} .task a")
    page.wait_for_url("**/van-ban/*o=duty-*")
    page.wait_for_selector("#trang .chon")
    page.go_back()
    page.click(f"#{first} .quickly")
    page.fill("#ng-extend", "20/12/2026")
    page.fill("#gc-extend", "theo đề nghị của đơn vị")
    page.click("tr.forms button:has-text('Gia hạn')")
    page.wait_for_selector(f"#{first}:has-text('Hạn đầu:')")
    page.click(f"#{first} .quickly")
    page.fill("#gc-report", "đã gửi, số 12-BC/CB")
    page.click("tr.forms button:has-text('Báo cáo hoàn thành')")
    page.wait_for_selector(f"#{first}:has-text('Chờ xác nhận')")


@pytest.mark.usefixtures("at_work")
def test_the_official_by_keys(page, address):
    """The same without a mouse."""
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(address + DUE)
    first = rows_due(page)[0]
    press_until(page, f"#{first} .task a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/van-ban/*o=duty-*")
    page.wait_for_selector("#trang .chon")
    page.go_back()
    page.wait_for_selector(f"#{first}")
    for field, typed, told in (("#ng-extend", "20/12/2026", "Hạn đầu:"), ("#gc-report", "đã gửi, số 12-BC/CB", "Chờ xác nhận")):
        press_until(page, f"#{first} .quickly")
        page.keyboard.press("Enter")
        page.wait_for_selector("tr.forms")
        press_until(page, field)
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        press_until(page, f"tr.forms form:has({field}) button")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#{first}:has-text('{told}')")


@pytest.mark.usefixtures("at_work")
def test_the_analyst_by_mouse(page, address):
    """From the regulation that most rest on, to those that cite it, to the words in one of them."""
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{address}/tra-cuu?tu=08-NQ/%C4%90U")
    page.click("main a.number:has-text('08-NQ/ĐU')")
    page.wait_for_selector("h1:has-text('08-NQ/ĐU')")
    citing = page.locator("section:has(#h-duoc) li")
    assert citing.count() >= 2
    citing.first.locator("a:has-text('Xem chỗ nêu')").click()
    page.wait_for_url("**/van-ban/*o=cite-*")
    page.wait_for_selector("#trang .chon")


@pytest.mark.usefixtures("at_work")
def test_the_analyst_by_keys(page, address):
    """The same without a mouse."""
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("08-NQ/ĐU")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tra-cuu?**")
    press_until(page, "main a.number[href^='/van-ban/']")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('08-NQ/ĐU')")
    press_until(page, "section:has(#h-duoc) li a[href*='o=cite-']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/van-ban/*o=cite-*")
    page.wait_for_selector("#trang .chon")
