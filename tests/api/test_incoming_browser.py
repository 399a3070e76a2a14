"""A clean one-page letter by keys alone: from the list to its number, its confirmation and the unit that gets it."""

from datetime import UTC, date, datetime

import pytest

from api.wording import today
from store.answers import Viewer
from store.corrections import lay_over
from store.database import begin, look
from store.duties import due
from store.papers import paper
from store.registers import open_register
from store.tables import DocumentRow
from store.units import set_units
from store.work_tables import ReviewRow

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("pictures")]
ALL = Viewer("thử")
MOST = 12  # key strokes


@pytest.fixture
def office(workshop, filed):
    """An office with three units and a register; of the letters only that with a page waits, and nothing in it is in doubt."""
    with begin(workshop.engine) as session:
        set_units(session, "own", ("Văn phòng", "Ban Xây dựng Đảng", "Ủy ban Kiểm tra"), now=today())
        open_register(session, "in", "Văn bản đến", "2026", first=15)
        for made in filed:
            row = session.get_one(DocumentRow, made)
            row.to_verify = []
            row.purpose = "daily" if made == filed[1] else "archive"
            lay_over(session, row)


@pytest.fixture
def press(page):
    """Press a key and count it; the mouse is out of reach."""
    pressed = []

    def press(key):
        pressed.append(key)
        page.keyboard.press(key)

    press.pressed = pressed
    return press


def test_a_clean_letter_takes_twelve_strokes_and_no_mouse(page, address, workshop, filed, office, press):  # noqa: ARG001  the office is there
    """Open it, confirm number, date and limit one by one, choose the unit: it is registered, confirmed and forwarded."""
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{address}/den")
    press("Enter")
    page.wait_for_url(f"**/den/{filed[1]}")
    for field in ("arrived_as", "arrived_on", "number", "issued_on"):
        page.wait_for_selector(f"#f-{field}.chon")
        press("Enter")
    page.wait_for_selector(".task.chon")
    page.wait_for_selector("[name=da-xem]:not(:checked)", state="detached")
    press("Enter")
    page.wait_for_selector("#f-trinh.chon")
    press("Enter")
    page.wait_for_selector("#f-chu-tri.chon")
    press("2")
    press("Enter")
    page.wait_for_selector("#xac-nhan:focus")
    page.wait_for_selector("[name=giay]:not([value=''])", state="attached")
    press("Enter")
    page.wait_for_url("**/den?da=*")
    assert len(press.pressed) <= MOST
    page.wait_for_selector("text=Vào sổ số 15, chuyển Ban Xây dựng Đảng")
    with look(workshop.engine) as session:
        line = paper(session, filed[1], seen_by=ALL)
        (duty,) = [one for one in due(session, as_of=date(2026, 11, 21), seen_by=ALL) if one.document_id == filed[1]]
        said = session.query(ReviewRow).one()
    assert (line.stage, line.serial, line.document.state) == ("Đã chuyển", "15", "Đã đối chiếu")
    assert (duty.unit, duty.stands) == ("Ban Xây dựng Đảng", True)
    assert said.seconds is not None and said.at <= datetime.now(UTC)
    page.keyboard.press("Alt+z")
    page.wait_for_url(f"**/den/{filed[1]}")
    page.wait_for_load_state("networkidle")
    with look(workshop.engine) as session:
        assert paper(session, filed[1], seen_by=ALL).stage == "Chờ vào sổ"


def test_a_place_is_fetched_only_when_it_is_on_the_screen(page, address, filed, office):  # noqa: ARG001  the office is there
    """Below the fold nothing counts as seen; pressing on brings the place up first and confirms nothing."""
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]) if "/cho/" in request.url else None)
    page.set_viewport_size({"width": 1366, "height": 420})
    page.goto(f"{address}/den/{filed[1]}")
    page.wait_for_selector("#f-arrived_as.chon")
    page.wait_for_timeout(800)
    box = page.locator(".task input[name=da-xem]")
    assert not any(one.startswith("duty-") for one in asked) and not box.is_checked()
    while page.locator("[name=da-xem]:not(:checked)").count():
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#nhac:visible")
        page.wait_for_timeout(600)
    assert page.url.endswith(f"/den/{filed[1]}") and any(one.startswith("duty-") for one in asked)
    page.wait_for_load_state("networkidle")
