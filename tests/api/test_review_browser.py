"""The review screen in a real browser, by mouse and by keyboard alone."""

from datetime import date

import pytest

from store.answers import Viewer
from store.database import begin, look
from store.documents import document
from store.tables import DocumentRow, ValueRow

pytestmark = pytest.mark.slow


def view_of(workshop, document_id):
    """Give a document as it stands."""
    with look(workshop.engine) as session:
        return document(session, document_id, home=workshop.settings.home, as_of=date(2026, 11, 21), seen_by=Viewer("thử"))


def focused(page):
    """Give the name of what has the focus."""
    return page.evaluate("document.activeElement.name || document.activeElement.id")


def has(page, name, value):
    """Wait until a field has a value."""
    from playwright.sync_api import expect

    expect(page.locator(f"#{name}")).to_have_value(value)


def all_seen(page):
    """Wait until all that must be seen was on the screen."""
    page.wait_for_selector("[name=da-xem]:not(:checked)", state="detached")


@pytest.fixture
def disputed(workshop, filed):
    """The letter with boxes, its number read as one of three, and one date in doubt."""
    from sqlalchemy import update

    with begin(workshop.engine) as session:
        own = (ValueRow.document_id == filed[1], ValueRow.name == "number")
        session.execute(update(ValueRow).where(*own).values(candidates=["264-CV/ĐU", "24-CV/ĐU"]))
        session.get_one(DocumentRow, filed[1]).to_verify = ["number", "issued_on"]
    return filed[1]


@pytest.mark.usefixtures("pictures")
def test_a_letter_is_confirmed_by_keys_alone(page, address, workshop, disputed, filed):
    """Tab goes to what needs eyes, a digit takes a candidate, Enter confirms the field, Ctrl+Enter opens the next: within 12 strokes."""
    page.goto(f"{address}/doi-chieu/{disputed}")
    strokes = []
    page.wait_for_selector(".field.chon")
    page.wait_for_selector("#x-number:checked", state="attached")
    assert focused(page) == "f.number"
    for key, expected in (("2", "f.number"), ("Enter", "f.issued_on"), ("Enter", "xac-nhan")):
        page.keyboard.press(key)
        strokes.append(key)
        if expected == "f.issued_on":
            all_seen(page)  # it lay below, and came into sight with the cursor
        assert expected in (focused(page), page.evaluate("document.activeElement.id")), key
    assert page.input_value("#v-number") == "264-CV/ĐU"
    assert page.inner_text("#f-number .tick") == "Đã sửa" and page.inner_text("#f-issued_on .tick") == "Đã xem"
    page.keyboard.press("Control+Enter")
    strokes.append("Control+Enter")
    page.wait_for_url(f"**/doi-chieu/{filed[0]}?*")
    assert len(strokes) <= 12
    view = view_of(workshop, disputed)
    assert (view.line.number, view.line.state) == ("264-CV/ĐU", "Đã đối chiếu")
    page.keyboard.press("Alt+z")
    page.wait_for_url(f"**/doi-chieu/{disputed}?*")
    assert view_of(workshop, disputed).line.number == "246-CV/ĐU"


@pytest.mark.usefixtures("pictures")
def test_a_field_is_filled_from_the_page_by_mouse(page, address, workshop, disputed):
    """Clicked words are put together as the field asks; a drag takes a stretch; undo takes it back; the button confirms."""
    page.goto(f"{address}/doi-chieu/{disputed}?o=number")
    paper = page.locator(".paper[data-words]")
    scale = paper.bounding_box()["width"] / 595

    def point(column, row):
        box = paper.bounding_box()
        return box["x"] + (50 + 6 * column + 3) * scale, box["y"] + (60 + 22 * row + 7) * scale

    page.click("#v-number")
    page.mouse.click(*point(4, 1))
    page.wait_for_selector("#anh .picked .word")
    has(page, "v-number", "246-CV/ĐU")
    page.click("#v-issued_on")
    page.mouse.move(*point(12, 2))
    page.wait_for_timeout(300)
    page.mouse.down()
    page.mouse.move(*point(28, 2), steps=4)
    page.mouse.move(*point(37, 2), steps=4)
    page.mouse.up()
    has(page, "v-issued_on", "02/11/2026")
    page.click("#v-place")
    page.mouse.click(*point(0, 0))
    has(page, "v-place", "ĐẢNG")
    page.keyboard.down("Shift")
    page.mouse.click(*point(5, 0))
    page.keyboard.up("Shift")
    has(page, "v-place", "ĐẢNG ỦY")
    page.keyboard.press("Alt+z")
    assert page.input_value("#v-place") == "ĐẢNG"
    page.keyboard.press("Alt+z")
    assert page.input_value("#v-place") == "Suối Ngàn"
    all_seen(page)
    page.click("#xac-nhan")
    page.wait_for_url("**da=xac-nhan*")
    assert view_of(workshop, disputed).line.state == "Đã đối chiếu"


@pytest.mark.usefixtures("pictures")
def test_what_was_not_on_the_screen_is_not_confirmed(page, address, workshop, filed):
    """On a low screen the limit lies below: confirming brings it into view first, and writes nothing until it was seen."""
    page.set_viewport_size({"width": 390, "height": 420})
    page.goto(f"{address}/doi-chieu/{filed[1]}?hang=nhiem-vu")
    page.evaluate("scrollTo(0, 0)")
    box = page.locator("input[name=da-xem]")
    if not box.is_checked():
        page.evaluate("document.getElementById('doi-chieu').requestSubmit(document.getElementById('xac-nhan'))")
        page.wait_for_selector("#nhac:not([hidden])")
        assert view_of(workshop, filed[1]).duties[0].accepted_by is None
    all_seen(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**da=xac-nhan*")
    page.wait_for_load_state("networkidle")
    assert view_of(workshop, filed[1]).duties[0].accepted_by


@pytest.mark.usefixtures("pictures")
def test_typing_leaves_numbers_to_the_candidates(page, address, disputed):
    """A field with candidates is typed into after F2; one without, at once; Escape gives back what stood."""
    page.goto(f"{address}/doi-chieu/{disputed}?o=number")
    page.wait_for_selector("#f-number.chon")
    page.keyboard.type("7x")
    assert page.input_value("#v-number") == "246-CV/ĐU"
    page.keyboard.press("F2")
    page.keyboard.type("1")
    assert page.input_value("#v-number") == "246-CV/ĐU1"
    page.keyboard.press("Escape")
    assert page.input_value("#v-number") == "246-CV/ĐU"
    page.focus("#v-place")
    page.keyboard.type("Nà Mẫu")
    page.keyboard.press("Enter")
    assert page.input_value("#v-place") == "Nà Mẫu" and page.inner_text("#f-place .tick") == "Đã sửa"


@pytest.mark.usefixtures("pictures")
def test_the_page_is_turned_and_brought_near(page, address, disputed):
    """Turned, a box is where its words are, and the page does not run out of its pane."""
    page.goto(f"{address}/doi-chieu/{disputed}?o=number")
    page.wait_for_selector("#anh a.chon")
    for turn in range(4):
        page.keyboard.press("Alt+r")
        sheet, paper = page.locator(".turning").bounding_box(), page.locator(".paper").bounding_box()
        assert abs(sheet["width"] - paper["width"]) < 2 and abs(sheet["height"] - paper["height"]) < 2, turn
        assert abs(sheet["x"] - paper["x"]) < 2 and abs(sheet["y"] - paper["y"]) < 2, turn
    before = page.locator("#anh a.chon").first.bounding_box()["width"]
    page.keyboard.press("Alt+b")
    assert page.locator("#anh a.chon").first.bounding_box()["width"] > before * 1.5


@pytest.mark.usefixtures("pictures")
def test_without_the_script_the_form_is_plain(page, address, workshop, filed):
    """A link shows all snippets; a tick box says that they were looked at; the button confirms."""
    page.route("**/*.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{address}/doi-chieu/{filed[0]}?xem=tat-ca")
    page.fill("#v-place", "Nà Mẫu")
    page.check("#x-number")
    page.check("#x-issued_on")
    page.click("#xac-nhan")
    page.wait_for_url("**da=xac-nhan*")
    view = view_of(workshop, filed[0])
    assert (view.line.state, next(one.value for one in view.fields if one.name == "place")) == ("Đã đối chiếu", "Nà Mẫu")


@pytest.mark.usefixtures("pictures")
def test_a_document_is_left_for_later_by_keys(page, address, workshop, disputed):
    """Alt+L asks for the reason, Enter leaves it; what was typed before is kept."""
    page.goto(f"{address}/doi-chieu/{disputed}?o=place")
    page.wait_for_selector("#f-place.chon")
    page.keyboard.type("Nà Mẫu")
    page.keyboard.press("Alt+l")
    page.wait_for_selector("#ly-do:focus")
    page.keyboard.type("Chờ bản rõ hơn")
    page.keyboard.press("Enter")
    page.wait_for_url("**da=de-sau*")
    page.goto(f"{address}/doi-chieu")
    page.wait_for_selector("text=Để lại sau: Chờ bản rõ hơn")
    assert next(one.value for one in view_of(workshop, disputed).fields if one.name == "place") == "Nà Mẫu"


@pytest.mark.usefixtures("pictures")
def test_the_screens_fit(page, address, filed):
    """No sideways scrolling at 360 pixels, nor at 200 % on a laptop, light and dark."""
    for width, height, scheme in ((360, 740, "light"), (683, 384, "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        for path in ("/doi-chieu", *(f"/doi-chieu/{one}?hang={queue}" for one in filed for queue in ("the-thuc", "nhiem-vu"))):
            page.goto(address + path, wait_until="networkidle")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, path)


@pytest.mark.usefixtures("pictures")
def test_a_text_is_selected_into_a_field(page, address, filed):
    """A document without page images is filled from by selecting its words; a marked place leads to its field once none is chosen."""
    page.goto(f"{address}/doi-chieu/{filed[0]}?o=place")
    page.wait_for_selector("#f-place.chon")
    page.locator("pre.text mark[data-k=agency]").dblclick(position={"x": 8, "y": 8})
    has(page, "v-place", "ĐẢNG")
    assert page.inner_text("#noi") == "Địa danh: ĐẢNG"
    page.keyboard.press("Escape")
    page.locator("pre.text mark[data-k=subject]").click()
    page.wait_for_selector("#f-subject.chon")
    assert focused(page) == "f.subject"
