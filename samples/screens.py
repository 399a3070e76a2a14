"""What do all pages look like?

`python samples/screens.py [words...]` serves the home named by VANTHU_HOME on a free port, walks the links from the first page, and
keeps a picture of each kind of page under build/screens/: on a desk and on a phone, light and dark. With words, only the pages whose
address holds one of them.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Literal
from urllib.parse import parse_qsl, urljoin, urlsplit

from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).parent.parent / "build" / "screens"
VANTHU = Path(sys.executable).with_name("vanthu")
CHROMIUM = which("chromium") or which("chromium-browser")
SIZES: dict[str, ViewportSize] = {"ban": {"width": 1366, "height": 768}, "dien-thoai": {"width": 390, "height": 844}}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NO_PAGES = re.compile(r"\.(png|jpe?g|css|js|json|svg|ics|xlsx|csv|docx)$|/tep$|/openapi")
MOST = 60  # kinds of pages; a shape of addresses that never ends must not fill the disk
OF_A_PATH = 4  # ways in which one page is asked for: the filters of a list can be put together without end
START = ("/", "/nhiem-vu?xem=dong-thoi-gian&tuan=2026-11-16", "/tra-cuu?tu=bao+cao", "/tra-cuu?tu=khong+co+gi+nhu+vay")


def main() -> None:
    """Take the pictures and say where they are."""
    words = sys.argv[1:]
    with _served() as address, sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context()
        paths = list(_kinds(context, address))
        context.close()
        wanted = {shape: path for shape, path in paths if not words or any(word in path for word in words)}
        for size, viewport in SIZES.items():
            for theme in THEMES:
                context = browser.new_context(viewport=viewport, color_scheme=theme, device_scale_factor=1)
                _take(context.new_page(), address, wanted, f"{size}-{theme}")
                context.close()
        browser.close()
    print(f"{len(wanted)} trang, {len(wanted) * 4} ảnh: {FOLDER}")


def _take(page: Page, address: str, wanted: dict[str, str], suffix: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for shape, path in wanted.items():
        page.goto(address + path, wait_until="networkidle")
        page.screenshot(path=FOLDER / f"{shape}.{suffix}.png", full_page=suffix.startswith("dien-thoai"))


def _kinds(context: BrowserContext, address: str) -> Iterator[tuple[str, str]]:
    """Yield a name and an address for each kind of page that can be reached by links: numbers in addresses count as one kind."""
    seen: set[str] = set()
    ways: Counter[str] = Counter()
    waiting = list(START)
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        shape = _shape(path)
        if shape in seen or NO_PAGES.search(urlsplit(path).path) or ways[shape.partition("+")[0]] == OF_A_PATH:
            continue
        seen.add(shape)
        ways[shape.partition("+")[0]] += 1
        answer = context.request.get(address + path)
        if not answer.ok or "html" not in answer.headers.get("content-type", ""):
            continue
        yield shape, path
        for link in re.findall(r'<a [^>]*?href="([^"#]+)', answer.text()):
            target = urlsplit(urljoin(path, link.replace("&amp;", "&")))
            if not target.netloc:
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))


def _shape(path: str) -> str:
    """Name a kind of page: its path with numbers as `n`, and the names of what its address asks."""
    parts = urlsplit(path)
    asked = "-".join(sorted(name for name, value in parse_qsl(parts.query) if value))
    asked += "-0" if "khong+co+gi" in path else ""
    return re.sub(r"\d+", "n", parts.path.strip("/").replace("/", "_") or "tong-quan") + (f"+{asked}" if asked else "")


@contextmanager
def _served() -> Iterator[str]:
    """Serve for as long as the pictures are taken."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([VANTHU, "serve", "--port", str(port)], env=os.environ | {"VANTHU_DEMO": "1"}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
