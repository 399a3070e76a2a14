"""A case file in a real browser, without a mouse."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("filed")]


def press_until(page, wanted, most=120):
    """Press Tab until what has the focus fits a selector."""
    for _ in range(most):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {wanted}: {page.url}")


def test_a_case_file_is_opened_and_filled_by_keys(page, address):
    """Opened, a letter found and put in, taken out, and brought back by Alt+Z."""
    page.goto(f"{address}/ho-so")
    for field, typed in (("#h-so", "01.TH"), ("#h-ten", "Đăng ký mô hình")):
        press_until(page, field)
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ho-so/1")
    press_until(page, "#tim")
    page.keyboard.type("245-CV/ĐU")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ho-so/1?tim=**")
    press_until(page, "form[action$='/them'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("tr[id^=vb-]")
    press_until(page, "tr[id^=vb-] summary")
    page.keyboard.press("Enter")
    press_until(page, "form[action$='/bo'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#hoan-tac")
    page.wait_for_load_state("load")
    page.keyboard.press("Alt+z")
    page.wait_for_selector("tr[id^=vb-]")
