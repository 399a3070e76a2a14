"""Handing in files in a real browser: dropped, called off, tried again, by mouse and by keys."""

import pytest

from store import ledger
from store.answers import Viewer
from store.database import look

pytestmark = pytest.mark.slow
DROP = """([selector, names]) => {
  const held = new DataTransfer();
  for (const name of names) held.items.add(new File([`xin chào ${name}`], name, { type: "text/plain" }));
  document.body.dispatchEvent(new DragEvent("dragover", { dataTransfer: held, bubbles: true, cancelable: true }));
  const target = document.querySelector(selector);
  target.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
}"""


def jobs(workshop):
    """Give the ledger's lines, the newest first."""
    with look(workshop.engine) as session:
        return ledger.jobs(session, seen_by=Viewer("thử"))


def test_files_are_dropped_on_what_they_are_for(page, address, workshop):
    """The half of the page on which they land says so; files of the operating system are passed over; each has a receipt."""
    page.goto(f"{address}/tiep-nhan")
    page.evaluate(DROP, ["[data-purpose=archive]", ["một.txt", "hai.txt", ".DS_Store", "Thumbs.db"]])
    page.wait_for_selector("#tong:has-text('2 tệp đã có biên nhận; bỏ qua 2 tệp của hệ điều hành.')")
    page.wait_for_selector("#danh-sach tbody tr:nth-child(2)")
    assert {(one.name, one.purpose) for one in jobs(workshop)} == {("một.txt", "archive"), ("hai.txt", "archive")}
    assert page.locator("#tha").is_hidden() and page.locator("#bien-nhan-cac li").count() == 0


def test_a_folder_is_handed_in_whole(page, address, workshop, tmp_path):
    """All files below it, each by its own name."""
    for name in ("a.txt", "trong/b.txt", "trong/nữa/c.txt"):
        path = tmp_path / "hồ sơ" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    page.goto(f"{address}/tiep-nhan")
    page.set_input_files("#thu-muc", tmp_path / "hồ sơ")
    assert "Đã chọn 3 tệp" in page.locator("#da-chon").inner_text()
    page.click("#nap .go button")
    page.wait_for_selector("#tong:text-is('3 tệp đã có biên nhận.')")
    assert {one.name for one in jobs(workshop)} == {"a.txt", "b.txt", "c.txt"}


def test_a_file_that_was_not_sent_is_sent_again(page, address, workshop, tmp_path):
    """A refusal on the way says so on the file's line, and one press tries again."""
    letter = tmp_path / "thư.txt"
    letter.write_text("xin chào", "utf-8")
    refused = []
    page.route(
        "**/api/ingest", lambda route: (refused.append(1), route.fulfill(status=200, body="[]x")) if not refused else route.continue_()
    )
    page.goto(f"{address}/tiep-nhan")
    page.set_input_files("#tep", letter)
    page.click("#nap .go button")
    page.wait_for_selector("#bien-nhan-cac .chip.late")
    assert "1 tệp chưa nhận" in page.locator("#tong").inner_text() and jobs(workshop) == ()
    page.click("#bien-nhan-cac button:has-text('Thử lại')")
    page.wait_for_selector("#tong:text-is('1 tệp đã có biên nhận.')")
    assert [one.name for one in jobs(workshop)] == ["thư.txt"]


def test_what_waits_is_called_off_and_taken_up_by_keys(page, address, workshop, tmp_path):
    """The focus stays on the file's line while the list renews itself."""
    letter = tmp_path / "thư.txt"
    letter.write_text("xin chào", "utf-8")
    page.goto(f"{address}/tiep-nhan")
    page.set_input_files("#tep", letter)
    page.focus("#nap .go button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#tep-1 button:has-text('Hủy')")
    page.focus("#tep-1 button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#tep-1 .chip:text-is('Đã hủy')")
    assert page.evaluate("document.activeElement.closest('tr').id") == "tep-1"
    assert jobs(workshop)[0].state == "cancelled"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#tep-1 .chip:text-is('Chờ đọc')")
    assert jobs(workshop)[0].state == "waiting"
