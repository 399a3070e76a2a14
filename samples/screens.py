"""What do all pages look like?

`python samples/screens.py [words...]` serves a copy of the home named by VANTHU_HOME on a free port, does some work in it, walks the links
from the first page, and keeps a picture of each kind of page under build/screens/: on a desk and on a phone, light and dark. The first
pages of a new office follow (trong_...). With words, only the pages whose address holds one of them.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Literal
from urllib.parse import parse_qsl, urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).parent.parent / "build" / "screens"
VANTHU = Path(sys.executable).with_name("vanthu")
CHROMIUM = which("chromium") or which("chromium-browser")
SIZES: dict[str, ViewportSize] = {"ban": {"width": 1366, "height": 768}, "dien-thoai": {"width": 390, "height": 844}}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NO_PAGES = re.compile(r"\.(png|jpe?g|css|js|json|svg|ics|xlsx|csv|docx)$|/tep$|/openapi")
MOST = 90  # kinds of pages; a shape of addresses that never ends must not fill the disk
OF_A_PATH = 4  # ways in which one page is asked for: the filters of a list can be put together without end
START = (
    "/",
    "/nhiem-vu?xem=dong-thoi-gian&tuan=2026-11-16",
    "/tra-cuu?tu=bao+cao",
    "/tra-cuu?tu=khong+co+gi+nhu+vay",
    "/khong-co-trang-nay",
)
EMPTY = ("/", "/tiep-nhan", "/doi-chieu", "/den", "/van-ban", "/nhiem-vu", "/lich-hop", "/so", "/ho-so", "/tra-cuu", "/co-quan")
WORK = (
    ("/so", {"way": "in", "name": "Sổ đăng ký văn bản đến", "period": "2026", "first": "412"}),
    ("/so/1/giu-so", {"note": "văn bản mật"}),
    ("/so/1/vao-so", {"author": "Huyện ủy", "subject": "Giấy mời dự hội nghị tổng kết công tác xây dựng Đảng năm 2026"}),
    ("/ho-so", {"year": "2026", "mark": "01.TH", "title": "Chuyển đổi số trong Đảng", "keeper": "Văn phòng", "years": "20"}),
    ("/ho-so", {"year": "2026", "mark": "02.TH", "title": "Phòng, chống thiên tai trên địa bàn xã", "keeper": "", "years": "vinh-vien"}),
)
"""What is done before the pictures are taken, so that a page is seen as it is on a working day."""


def main() -> None:
    """Take the pictures and say where they are."""
    words = sys.argv[1:]
    with sync_playwright() as engine, tempfile.TemporaryDirectory() as folder:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        full, fresh = Path(folder, "full"), Path(folder, "fresh")
        shutil.copytree(os.environ["VANTHU_HOME"], full)
        with _served(full) as address:
            context = browser.new_context()
            _work(context, address)
            paths = dict(_kinds(context, address))
            context.close()
            taken = _pictures(browser, address, {shape: path for shape, path in paths.items() if _is_wanted(path, words)})
        with _served(fresh) as address:
            taken += _pictures(browser, address, {"trong_" + _shape(path): path for path in EMPTY if _is_wanted(path, words)})
        browser.close()
    print(f"{taken} trang, {taken * 4} ảnh: {FOLDER}")


def _is_wanted(path: str, words: list[str]) -> bool:
    return not words or any(word in path for word in words)


def _work(context: BrowserContext, address: str) -> None:
    """Do what WORK says, enter two papers that wait and put the first documents in a case file."""
    context.request.get(f"{address}/tiep-nhan")
    token = next(cookie["value"] for cookie in context.cookies() if cookie.get("name") == "vanthu-token")

    def send(path: str, **form: str) -> None:
        answer = context.request.post(address + path, form={"token": token, **form})
        if not answer.ok:
            sys.exit(f"{path}: {answer.status}")

    for path, form in WORK:
        send(path, **form)
    waiting = re.findall(r'name="document" value="(\d+)"', context.request.get(f"{address}/so/1").text())
    for document in waiting[:2]:
        send("/so/1/vao-so", document=document)
    for document in dict.fromkeys(re.findall(r'href="/van-ban/(\d+)"', context.request.get(f"{address}/tra-cuu?tu=chuyen+doi+so").text())):
        send("/ho-so/1/them", document=document)


def _pictures(browser: Browser, address: str, wanted: dict[str, str]) -> int:
    """Take the pictures of some pages in every size and theme; give how many pages."""
    for size, viewport in SIZES.items():
        for theme in THEMES:
            context = browser.new_context(viewport=viewport, color_scheme=theme, device_scale_factor=1)
            _take(context.new_page(), address, wanted, f"{size}-{theme}")
            context.close()
    return len(wanted)


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
        if (not answer.ok and answer.status != 404) or "html" not in answer.headers.get("content-type", ""):
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
def _served(home: Path) -> Iterator[str]:
    """Serve a home for as long as the pictures are taken."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [VANTHU, "serve", "--port", str(port)], env=os.environ | {"VANTHU_DEMO": "1", "VANTHU_HOME": str(home)}, stdout=subprocess.DEVNULL
    )
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
