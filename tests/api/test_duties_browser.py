"""An official's morning in a real browser, by mouse and again by keys alone: what is due, the words, report done, extend, urge."""

import pytest

from api.wording import today
from store.database import begin
from store.units import set_group, set_units, units
from tests.store.making import ALL

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("pictures")]
LIST = "/nhiem-vu?ngay=30%2F11%2F2026"


def press_until(page, wanted, key="Tab", most=80):
    """Press a key until the element that has the focus fits a selector; a person would see it go there."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{key} never came to {wanted}")


def test_an_official_works_through_the_list_by_mouse(page, address):
    """The words open lit; a report and an extension leave the list where it was, and show."""
    page.goto(address + LIST)
    assert page.locator("h2", has_text="Tuần này").count() == 1
    page.click("#nv-1 .task a")
    page.wait_for_url("**/van-ban/*o=duty-1*")
    assert page.locator("mark.chon").count() == 1
    page.go_back()
    page.click("#nv-1 .quickly")
    page.wait_for_selector("tr.forms")
    page.fill("#ng-extend", "20/12/2026")
    page.fill("#gc-extend", "theo đề nghị của chi bộ")
    page.click("tr.forms button:has-text('Gia hạn')")
    page.wait_for_selector("#nv-1:has-text('Hạn đầu: 05/12/2026')")
    assert page.url.endswith(f"{LIST}#nv-1") and page.locator("tr.forms").count() == 0
    page.click("#nv-1 .quickly")
    page.click("tr.forms button:has-text('Báo cáo hoàn thành')")
    page.wait_for_selector("#nv-1:has-text('Chờ xác nhận')")
    page.click("#nv-1 .doings a")
    page.click("#viec button:has-text('Xác nhận hoàn thành')")
    page.wait_for_selector(".title:has-text('Đã hoàn thành')")
    page.click("button:has-text('Hoàn tác')")
    page.wait_for_selector(".title:has-text('Chờ xác nhận')")
    assert page.locator(".steps del").count() == 1


def test_an_official_works_through_the_list_by_keys(page, address):
    """Arrow keys walk the list; Enter opens the words; the forms are filled and sent without a mouse."""
    page.goto(address + LIST)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    press_until(page, "#nv-1 .task a")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('tr').id") == "nv-2"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/van-ban/*o=duty-1*")
    page.go_back()
    page.wait_for_selector("#nv-1")
    press_until(page, "#nv-1 .quickly")
    page.keyboard.press("Enter")
    page.wait_for_selector("tr.forms")
    page.wait_for_selector("#ng-report:focus")
    page.keyboard.press("Tab")
    page.keyboard.type("đã gửi, số 12-BC/CB")
    press_until(page, "tr.forms button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#nv-1:has-text('Chờ xác nhận')")
    page.goto(address + "/nhiem-vu/1")
    press_until(page, "details.more summary")
    while page.evaluate("document.activeElement.textContent") != "Gia hạn":
        press_until(page, "details.more summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("20/12/2026")
    page.keyboard.press("Enter")
    page.wait_for_selector(".title:has-text('20/12/2026')")


def test_who_has_not_sent_is_urged(page, address):
    """From a list of names to a group, from the group to ticks, from the ticks to a text for those that are left."""
    page.goto(address + "/co-quan")
    page.fill("#ten", "Đảng ủy xã Suối Ngàn")
    page.check("#loai-party")
    page.fill("#truc-thuoc", "\n".join(f"Chi bộ {n}" for n in range(1, 16)))
    page.click("text=Lưu cơ quan")
    page.wait_for_selector("text=Đã lưu.")
    page.fill("#t-nhom-moi", "Các chi bộ")
    page.check("#tc-nhom-moi")
    page.click("text=Thêm nhóm >> nth=-1")
    page.wait_for_selector("details#nhom-1")
    page.goto(address + "/nhiem-vu/1")
    page.click("summary:has-text('Giao cho nhóm')")
    page.select_option("#nh-share", "1")
    page.click("button:has-text('Giao cho nhóm')")
    page.wait_for_selector("text=0/15")
    for name in ("Chi bộ 2", "Chi bộ 7"):
        page.fill("#don-vi input[type=search]", name.replace("ộ", "o"))
        page.check(f".ticks label:text-is('{name}') input")
    page.click("text=Đánh dấu đã thực hiện")
    page.wait_for_selector("text=2/15")
    page.click("summary:has-text('Đôn đốc 13 đơn vị')")
    assert "Chi bộ 7" not in page.input_value("#nhac") and "Chi bộ 8" in page.input_value("#nhac")
    page.fill("#don-vi input[type=search]", "")
    page.check("label:has-text('Chọn tất cả (chưa thực hiện)') input")
    page.click("text=Đánh dấu đã thực hiện")
    page.wait_for_selector("text=15/15")


def test_the_pages_of_duties_fit(page, address, workshop):
    """No sideways scrolling on a desk, a phone, a small phone, nor at twice the size; nothing in the console, light and dark."""
    with begin(workshop.engine) as session:
        set_units(session, "under", [f"Đảng bộ bộ phận Công ty Trách nhiệm hữu hạn một thành viên số {n}" for n in range(40)], now=today())
        set_group(session, "Các chi, đảng bộ trực thuộc", [unit.id for unit in units(session, seen_by=ALL)])
    paths = (
        LIST,
        f"{LIST}&mo=1",
        f"{LIST}&xem=thang&thang=2026-12",
        "/nhiem-vu/1",
        "/nhiem-vu/2",
        "/co-quan",
        "/lich-hop",
        "/nhiem-vu?don-vi=x",
    )
    for width, height, scheme in ((1366, 768, "light"), (683, 384, "dark"), (390, 844, "dark"), (360, 640, "light")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        for path in paths:
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, path)
