"""A citation and a duty are added on the review screen: by words taken from the page, and by keys alone."""

import re
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


def test_a_citation_is_added_from_its_words(page, address, workshop, filed):
    """The box is drawn round the words; they fill the field, are read as number and day, and are the citation's place."""
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 1366, "height": 900})
    page.goto(f"{address}/doi-chieu/{filed[1]}?hang=nhiem-vu")
    page.wait_for_selector(".field.chon")
    page.click("#them-vien-dan summary")
    page.click("#them-vien-dan-van-ban")
    row = page.locator(".paper[data-words]")
    box, scale = row.bounding_box(), row.bounding_box()["width"] / 595
    start, end = [(box["x"] + x * scale, box["y"] + y * scale) for x, y in ((110, 167), (420, 188))]
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()
    expect(page.locator("#them-vien-dan-van-ban")).to_have_value(re.compile("21-KH/ĐU"))
    page.select_option("#them-vien-dan-quan-he", "guides")
    page.click("#them-vien-dan button")
    page.wait_for_selector("#bo-sung:has-text('21-KH/ĐU')")
    added = next(one for one in view_of(workshop, filed[1]).cites if one.added_by)
    assert (added.target.number, added.relation) == ("21-KH/ĐU", "guides") and "21-KH/ĐU" in added.evidence.words
    page.click("#bo-sung button")
    page.wait_for_selector("#bo-sung:not(:has(li))", state="attached")
    assert [one for one in view_of(workshop, filed[1]).cites if one.added_by] == []


def test_a_duty_is_added_by_keys(page, address, workshop, filed):
    """The form is opened, filled and sent without a mouse; Enter in a field of it confirms nothing else."""
    page.goto(f"{address}/doi-chieu/{filed[1]}?hang=nhiem-vu")
    page.wait_for_selector(".field.chon")
    page.focus("#them-nhiem-vu summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("lập danh sách")
    page.keyboard.press("Tab")
    page.keyboard.type("trước ngày 15/12")
    page.keyboard.press("Tab")
    page.keyboard.type("Chi bộ 1")
    page.keyboard.press("Enter")
    page.wait_for_selector("#bo-sung:has-text('lập danh sách')")
    first, added = view_of(workshop, filed[1]).duties
    assert (added.task, added.due_on, added.assignee, added.stands) == ("lập danh sách", date(2026, 12, 15), "Chi bộ 1", True)
    assert first.accepted_by is None
