"""Searching in a real browser, by keys alone and by mouse."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("filed")]


def test_a_number_is_found_and_opened_by_keys_alone(page, address):
    """/ leads to the field from another page; answers come while one types; arrows walk, Enter opens, back comes to the same answers."""
    page.goto(f"{address}/van-ban")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "tra-nhanh"
    page.keyboard.type("dang ky")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tra-cuu?tu=dang+ky")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "tu"
    page.keyboard.type("246 cv")
    page.wait_for_url("**/tra-cuu?tu=246+cv")
    page.keyboard.press("Control+A")
    page.keyboard.type("mo hinh")
    page.wait_for_selector(".hits mark:has-text('mô hình')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowUp")
    first = page.evaluate("document.activeElement.textContent")
    assert {first, second} == {"245-CV/ĐU", "246-CV/ĐU"}
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "tu"
    for _ in range(1 + [first, second].index("245-CV/ĐU")):  # the letter of text: the other has no picture to show here
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/van-ban/*")
    page.go_back()
    page.wait_for_selector(".hits mark")
    assert page.input_value("#tu") == "mo hinh" and page.url.endswith("tu=mo+hinh")


def test_facets_narrow_by_mouse_and_the_way_back_widens(page, address):
    """A facet is a link: the address has it, typing keeps it, the browser's way back takes it off."""
    page.goto(f"{address}/tra-cuu")
    page.click(".facets a:has-text('Được viện dẫn, chưa có')")
    page.wait_for_url("**kho=0*")
    assert page.locator(".hits li").count() == 1
    page.fill("#tu", "21-KH/ĐU")
    page.wait_for_url("**tu=21-KH*kho=0*")
    assert page.locator(".hits li").count() == 1
    page.fill("#tu", "245-CV/ĐU")
    page.wait_for_selector(".teach")
    page.click(".teach a:has-text('không có điều kiện lọc')")
    page.wait_for_selector(".hits")
    page.go_back()
    page.wait_for_selector(".teach")
    page.go_back()
    page.wait_for_function("document.getElementById('tu').value === ''")
    page.wait_for_selector(".hits a:has-text('21-KH/ĐU')")


def test_a_search_is_kept_in_two_presses(page, address):
    """It is then one press away, and one press forgets it."""
    page.goto(f"{address}/tra-cuu?tu=dang+ky&he=party")
    page.click(".keep summary")
    page.fill("#ten-luu", "Đăng ký của Đảng")
    page.click(".keep button")
    page.goto(f"{address}/tra-cuu")
    page.click(".kept a:has-text('Đăng ký của Đảng')")
    page.wait_for_url("**tu=dang+ky&he=party")
    page.click(".kept button")
    page.wait_for_selector("#tu")
    assert page.locator(".kept").count() == 0
