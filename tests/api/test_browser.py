"""The pages in a real browser."""

from pathlib import Path

import pytest

from api.worker import Worker
from store.answers import Viewer
from store.database import look
from store.documents import documents

pytestmark = pytest.mark.slow
ROUND = (
    "/",
    "/tiep-nhan",
    "/van-ban",
    "/van-ban/1",
    "/van-ban/2?o=number",
    "/nhiem-vu",
    "/lich-hop",
    "/vien-dan",
    "/luoc-do",
    "/luoc-do/1",
    "/thong-ke",
    "/thong-ke/danh-sach?muc=vien-dan",
    "/tra-cuu?tu=chi+bo",
    "/api/docs",
)


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.usefixtures("pictures")
def test_pages_fit_and_complain_of_nothing(page, address):
    """No console message and no sideways scrolling, on a desk and on a phone, light and dark."""
    for width, height, scheme in ((1366, 768, "light"), (390, 844, "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        for path in ROUND:
            page.goto(address + path)
            assert fits(page), (width, path)


@pytest.mark.usefixtures("pictures")
def test_choosing_a_field_lights_its_box(page, address, filed):
    """By mouse and by keyboard: the box is solid, the address names it, Escape lets go."""
    page.goto(f"{address}/van-ban/{filed[1]}")
    page.click(".row#f-agency a.place")
    assert page.locator("#trang a.chon").get_attribute("data-k") == "agency"
    assert page.url.endswith("?o=agency")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.dataset.k")
    assert chosen != "agency" and page.locator("#trang a.chon").first.get_attribute("data-k") == chosen
    page.keyboard.press("Escape")
    assert page.locator(".chon").count() == 0
    page.locator('#trang a[data-k="number"] rect').click()
    assert page.evaluate("document.activeElement.dataset.k") == "number"
    assert "chon" in page.locator("#f-number").get_attribute("class")


@pytest.mark.usefixtures("pictures")
def test_the_chosen_place_is_in_view(page, address):
    """A line of what is due opens the document with its words in sight."""
    page.set_viewport_size({"width": 1366, "height": 500})
    page.goto(f"{address}/nhiem-vu?ngay=01/12/2026")
    page.locator("tbody .task a").first.click()
    box = page.locator("#trang .chon").first.bounding_box()
    assert 0 <= box["y"] <= 500


def test_the_keyboard_reaches_all(page, address, filed):
    """The first stop skips to the content; a correction is made and undone without a mouse."""
    page.goto(f"{address}/van-ban/{filed[0]}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#f-subject summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("trích yếu khác")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#f-subject .laid")
    assert "trích yếu khác" in page.locator("#f-subject .value").inner_text()
    page.focus("#f-subject .laid button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#f-subject:not(:has(.laid))")


def test_files_are_handed_in(page, address, workshop, tmp_path):
    """Each chosen file gets a line and a receipt; what is read appears as a document, without a reload."""
    letter = tmp_path / "thư mời.txt"
    letter.write_text("ỦY BAN NHÂN DÂN\nXÃ SUỐI NGÀN\nSố: 7/UBND-VP\nSuối Ngàn, ngày 02 tháng 11 năm 2026\nV/v rà soát\n", "utf-8")
    empty = tmp_path / "rỗng.pdf"
    empty.write_bytes(b"")
    page.goto(f"{address}/tiep-nhan")
    page.set_input_files("#tep", [letter, empty])
    assert "Đã chọn 2 tệp" in page.locator("#da-chon").inner_text()
    page.click("#nap button")
    page.wait_for_selector("#tong:text-is('2 tệp đã có biên nhận.')")
    page.wait_for_selector("#danh-sach tbody tr:nth-child(2)")
    assert "2 tệp: 2 chờ đọc" in page.locator("#danh-sach .summary").inner_text()
    with Worker(workshop):
        page.wait_for_selector("#danh-sach a:has-text('Mở văn bản')", timeout=60_000)
        page.wait_for_selector("#danh-sach .chip.late", timeout=60_000)
        page.wait_for_selector("#danh-sach .summary:has-text('1 đã đọc, 1 lỗi')", timeout=60_000)
    with look(workshop.engine) as session:
        assert [line.number for line in documents(session, seen_by=Viewer("test"))] == ["7/UBND-VP"]


def test_without_the_script_nothing_is_lost(page, address, filed):
    """Links alone light a place; the form alone gives receipts."""
    page.route("**/vanthu.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{address}/van-ban/{filed[0]}")
    page.click("#f-number a.place")
    page.wait_for_url("**?o=number*")
    assert page.locator("mark.chon").count() == 1
    page.goto(f"{address}/tiep-nhan")
    page.set_input_files("#tep", [Path(__file__)])
    page.click("#nap button")
    page.wait_for_selector("text=Biên nhận số 1")
