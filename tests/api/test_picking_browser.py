"""Values are taken from the page image: a box drawn by mouse, words chosen by keys; the page is looked at in other ways."""

from datetime import date

import pytest

from store.answers import Viewer
from store.database import look
from store.documents import document

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("pictures")]


def view_of(workshop, document_id):
    """Give a document as it stands."""
    with look(workshop.engine) as session:
        return document(session, document_id, home=workshop.settings.home, as_of=date(2026, 11, 21), seen_by=Viewer("thử"))


def line_of(view, name):
    """Give a field of a document."""
    return next(one for one in view.fields if one.name == name)


def point(page, x, y):
    """Give where on the screen a place of the page is, in points."""
    box = page.locator(".paper[data-words]").bounding_box()
    return box["x"] + x * box["width"] / 595, box["y"] + y * box["width"] / 595


def drag(page, start, end):
    """Draw a box from one corner to the other."""
    page.mouse.move(*point(page, *start))
    page.wait_for_timeout(200)
    page.mouse.down()
    page.mouse.move(*point(page, *end), steps=5)
    page.mouse.up()


def has(page, name, value):
    """Wait until a field has a value."""
    from playwright.sync_api import expect

    expect(page.locator(f"#{name}")).to_have_value(value)


def confirm(page):
    """Confirm once all that must be seen was on the screen."""
    page.wait_for_selector("[name=da-xem]:not(:checked)", state="detached")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**da=xac-nhan*")


def test_a_drawn_box_fills_the_field_and_is_its_place(page, address, workshop, filed):
    """The words in it, and no others; undone, they go; confirmed, page, box and words are kept with the value."""
    page.goto(f"{address}/doi-chieu/{filed[1]}?o=place")
    page.wait_for_selector("#f-place.chon")
    drag(page, (20, 40), (112, 78))
    has(page, "v-place", "ĐẢNG ỦY XÃ")
    assert page.locator(".picked .word").count() == 3
    page.keyboard.press("Alt+z")
    has(page, "v-place", "Suối Ngàn")
    drag(page, (112, 79), (20, 58))
    has(page, "v-place", "ĐẢNG ỦY XÃ")
    confirm(page)
    place = line_of(view_of(workshop, filed[1]), "place")
    assert (place.value, place.evidence.words, place.evidence.rule) == ("ĐẢNG ỦY XÃ", "ĐẢNG ỦY XÃ", "người đối chiếu chọn trên trang")
    assert (place.evidence.page, place.evidence.start) == (1, 0)
    page.goto(f"{address}/van-ban/{filed[1]}?o=place")
    lit, paper = page.locator("#trang a.chon rect").bounding_box(), page.locator("#trang .paper").bounding_box()
    assert abs(lit["x"] - paper["x"] - 48.5 * paper["width"] / 595) < 3


def test_a_box_without_words_says_so_and_keeps_the_place(page, address, workshop, filed):
    """The person types what stands there; the box is its place."""
    page.goto(f"{address}/doi-chieu/{filed[1]}?o=place")
    page.wait_for_selector("#f-place.chon")
    drag(page, (300, 300), (400, 330))
    page.wait_for_selector("#f-place .why:has-text('Không có chữ đọc được trong khung')")
    page.keyboard.type("Nà Mẫu")
    page.keyboard.press("Enter")
    confirm(page)
    place = line_of(view_of(workshop, filed[1]), "place")
    (box,) = place.evidence.boxes
    assert (place.value, place.evidence.words) == ("Nà Mẫu", "") and abs(box.x0 - 300) < 3 and abs(box.y1 - 330) < 3


def test_with_the_frame_tool_a_box_begins_on_a_word(page, address, filed):
    """Else a drag that begins on a word takes the stretch to another one."""
    page.goto(f"{address}/doi-chieu/{filed[1]}?o=place")
    page.wait_for_selector("#f-place.chon")
    page.click("[data-do=frame]")
    page.click("#v-place")
    drag(page, (55, 62), (75, 96))
    has(page, "v-place", "ĐẢNG Số")


def test_words_are_chosen_by_keys_alone(page, address, filed):
    """From the place of the field arrows walk, Shift takes more, Enter fills, Escape leaves all as it was."""
    page.goto(f"{address}/doi-chieu/{filed[1]}?o=place")
    page.wait_for_selector("#f-place.chon")
    page.keyboard.press("Alt+c")
    page.wait_for_selector(".picked .cursor")
    assert page.inner_text("#noi") == "Suối"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_selector(".picked .word:nth-child(2)")
    page.keyboard.press("Enter")
    has(page, "v-place", "ỦY XÃ")
    assert page.evaluate("document.activeElement.id") == "v-place"
    page.keyboard.press("Alt+c")
    page.wait_for_selector(".picked .cursor")
    page.keyboard.press("Escape")
    assert page.input_value("#v-place") == "ỦY XÃ" and page.evaluate("document.activeElement.id") == "v-place"


def test_words_of_a_text_are_chosen_by_keys(page, address, filed):
    """A document without page images is walked through word by word as well."""
    page.goto(f"{address}/doi-chieu/{filed[0]}?o=agency")
    page.wait_for_selector("#f-agency.chon")
    page.keyboard.press("Alt+c")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    has(page, "v-agency", "ỦY XÃ")


def test_a_page_is_looked_at_in_three_ways(page, address, workshop, filed):
    """As it came, as it was read, and with what was read unsurely marked and what a second reading says beside it."""
    from dataclasses import replace

    from store import transcripts

    read = view_of(workshop, filed[1])
    with look(workshop.engine) as session:
        from store.nodes import get_document

        transcript = get_document(session, filed[1], seen_by=Viewer("thử")).transcript_id
    only = transcripts.one_page(workshop.settings.home, transcript, 1)
    words = (replace(only.words[0], origin="OCR", confidence=0.4), *only.words[1:])
    note = "Đọc lại lần hai: “245-CV/ĐU” sửa thành “246-CV/ĐU”."
    transcripts.keep_page(workshop.settings.home, transcript, replace(only, words=words, notes=(note,)))
    page.goto(f"{address}/doi-chieu/{filed[1]}")
    page.click("[data-view=chu]")
    page.wait_for_selector(".layer text:has-text('XÃ')")
    assert page.locator(".layer text").count() == len(only.words)
    page.click("[data-view=hai]")
    page.wait_for_selector(".layer .unsure")
    assert page.locator(".layer rect").count() == 2 and page.locator(".layer text").text_content() == "“245-CV/ĐU”"
    page.click("button[data-view='']")
    page.wait_for_selector(".layer rect", state="detached")
    assert read.pages[0].notes == ()
