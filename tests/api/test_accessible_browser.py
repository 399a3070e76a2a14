"""Every page as it is drawn: contrast of what is read, room at 360 points and at twice the size, weight, no request that leaves."""

from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest

from store.answers import Viewer
from store.database import begin
from store.dossiers import Cover, open_dossier, put_in
from store.duties import due
from store.registers import cancel, enter, open_register
from tests.api.test_accessible import OF_ONE, PLAIN

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("pictures")]
DULL = """() => {
  const colour = (text) => {
    const parts = text.match(/-?[\\d.]+(e-?\\d+)?/g).map(Number);
    const scale = text.startsWith("color(") ? 255 : 1;
    return [parts[0] * scale, parts[1] * scale, parts[2] * scale, parts[3] ?? 1];
  };
  const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3]));
  const ground = (one) => {
    const layers = [];
    for (let at = one; at; at = at.parentElement) layers.push(colour(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  for (const one of document.querySelectorAll("body *")) {
    const words = [...one.childNodes].filter((node) => node.nodeType === 3 && node.textContent.trim());
    const style = getComputedStyle(one);
    const seen = one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!words.length || !seen || one.closest("[disabled], svg, .unseen, .skip")) continue;
    const below = ground(one);
    const above = over(colour(style.color), below);
    const [high, low] = [light(above), light(below)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < wanted) found.push(`${one.tagName}.${one.className} ${ratio.toFixed(2)} ${words[0].textContent.trim().slice(0, 30)}`);
  }
  return found;
}"""
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
LOST = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((one) => one.checkVisibility() && !one.closest(".unseen, .skip, svg, .pages"))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1); })
  .map((one) => `${one.tagName} ${one.textContent.slice(0, 30)}`)"""


@pytest.fixture
def paths(workshop, filed):
    """Every kind of page that is there."""
    told = {"on": date(2026, 11, 23), "by": "An", "now": datetime(2026, 11, 23, 8, tzinfo=UTC)}
    with begin(workshop.engine) as session:
        book = open_register(session, "in", "Văn bản đến", "2026")
        enter(session, book, filed[0], **told)
        cancel(session, enter(session, book, subject="Giấy mời họp", **told).id, "ghi nhầm")
        file = open_dossier(session, Cover(2026, "01.TH", "Đăng ký mô hình"), by="An", now=told["now"])
        put_in(session, file, filed[0], by="An", now=told["now"])
        duty = due(session, as_of=told["on"], seen_by=Viewer("An"))[0].id
    plain = [path for path in PLAIN if "khong-co" not in path]
    return (
        plain
        + [form.format(one) for form in OF_ONE for one in filed]
        + [f"/so/{book}", f"/nhiem-vu/{duty}", f"/ho-so/{file}", f"/ho-so/{file}?tim=mo+hinh"]
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_as_they_are_drawn(page, address, paths, scheme):
    """4.5 to 1, large ones 3 to 1 (WCAG 2.2, 1.4.3), against what is really behind them."""
    page.emulate_media(color_scheme=scheme)
    dull = {}
    for path in paths:
        page.goto(address + path)
        dull[path] = page.evaluate(DULL)
    assert {path: found for path, found in dull.items() if found} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(page, address, paths, scheme):
    """No violation of WCAG 2.2 A and AA, nor of axe's good practice; it is asked as a page's own script could not be: over the browser."""
    page.emulate_media(color_scheme=scheme)
    found = {}
    for path in paths:
        page.goto(address + path)
        page.evaluate(AXE)
        violations = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((told) => told.violations)")
        found[path] = [(one["id"], len(one["nodes"]), one["nodes"][0]["html"][:120]) for one in violations]
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize("width", [360, 683])
def test_nothing_runs_out_of_a_narrow_window(page, address, paths, width):
    """A small telephone, and a desk's screen at twice the size: no sideways scrolling, nothing to press out of reach."""
    page.set_viewport_size({"width": width, "height": 740})
    lost = {}
    for path in paths:
        page.goto(address + path)
        lost[path] = (page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"), page.evaluate(LOST))
    assert {path: found for path, found in lost.items() if found != (0, [])} == {}


def test_a_page_is_light_and_asks_nobody_else(page, address, paths):
    """A first load is at most 250 kB without the picture of a paper, and every request stays here."""
    sent = []
    page.on("response", lambda answer: sent.append(answer))  # noqa: PLW0108  a builtin is not taken as a listener
    for path in paths:
        sent.clear()
        page.goto(address + path, wait_until="networkidle")
        assert {urlsplit(answer.url).netloc for answer in sent} == {urlsplit(address).netloc}
        weight = sum(len(answer.body()) for answer in sent if answer.status == 200 and not answer.url.split("?")[0].endswith(".png"))
        assert weight <= 250_000, (path, weight)


def test_what_is_read_needs_no_script(page, address, filed):
    """Lists, a document, what is due and the search are there without it; facets and pages are links."""
    page.route("**/scripts/**", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{address}/tra-cuu")
    page.fill("#tu", "dang ky")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits mark")
    page.goto(f"{address}/tra-cuu")
    page.click(".facets a:has-text('Công văn')")
    page.wait_for_selector(".facets a[aria-current]")
    page.click(".hits h2 a >> nth=0")
    page.wait_for_url("**/van-ban/*")
    for path in ("/nhiem-vu", "/van-ban", f"/van-ban/{filed[0]}", "/"):
        page.goto(address + path)
        assert page.locator("a:has-text('245-CV/ĐU'), h1:has-text('245-CV/ĐU')").count() > 0
