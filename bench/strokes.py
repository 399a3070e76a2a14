"""How long after a key stroke does the review screen show the page of the next paper?

`python -m bench.strokes` serves a copy of the demonstration's home, opens papers that wait in the system's Chromium, leaves each for later
by keys alone, and prints how long it takes from the last key to the next paper's page on the screen: decoded and drawn, as the browser
itself says. A person looks at a paper for some time; meanwhile the next one's page is fetched ahead. Beside it stand the processor's time
of the server, and how long the browser takes at the same time to open an address with next to nothing: what a busy machine adds.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page, sync_playwright

from api.app import make_app
from api.pipeline import open_workshop
from api.settings import Settings
from bench.measures import ROOT
from bench.pages import served

PAPERS = 12
LOOKED_AT_MS = 2_000
SHOWN = """async () => {
  const page = document.querySelector(".paper img");
  if (page) await page.decode();
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""


def main() -> None:
    """Measure and print."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder:
        home = shutil.copytree(ROOT / "demo-home", Path(folder, "home"))
        workshop = open_workshop(Settings(home=home, demo=True))
        with served(make_app(workshop)) as port, sync_playwright() as engine:
            browser = engine.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{port}/doi-chieu")
            page.click("a.button")
            taken = [to_next(page) for _ in range(PAPERS)]
            browser.close()
        workshop.engine.dispose()
    for name, values in zip(("from key to page", "server's processor", "an empty address"), zip(*taken, strict=True), strict=True):
        middle, slow = statistics.median(values), max(values)
        sys.stdout.write(f"{middle:7.0f} {slow:7.0f} ms  {name}\n")


def to_next(page: Page) -> tuple[float, float, float]:
    """Leave the open paper for later by keys; give the milliseconds until the next one's page is shown, and the two beside them."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(LOOKED_AT_MS)
    beside = page.context.new_page()
    before = time.perf_counter()
    beside.goto(urljoin(page.url, "/static/seal.svg"))
    empty = time.perf_counter() - before
    beside.close()
    left = page.url
    page.keyboard.press("Alt+l")
    page.locator("#ly-do").fill("chờ xem sau")
    start, busy = time.perf_counter(), time.process_time()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != left, wait_until="commit")
    page.wait_for_selector(".paper", state="attached")
    page.evaluate(SHOWN)
    return (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000, empty * 1000


if __name__ == "__main__":
    main()
