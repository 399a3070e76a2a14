"""A workshop with a real home, and an application over it, which lets the tests in as the demonstration does; test_accounts.py logs in."""

import os
import shutil
import socket
import threading
import time
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import uvicorn
from PIL import Image
from starlette.testclient import TestClient

from api.app import make_app
from api.pipeline import open_workshop
from api.settings import Settings
from ingest.transcript import Box, Page, Span, Transcript, Word
from nlp.directive import Attachment, Deadline, Directive, Duty, Event, Found, Place, Reference, Signer
from store import originals, transcripts
from store.database import begin
from store.filing import file

os.environ.setdefault("VANTHU_DEMO", "1")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
TEXT = f"""ĐẢNG ỦY XÃ SUỐI NGÀN
Số 245-CV/ĐU
Suối Ngàn, ngày 02 tháng 11 năm 2026
V/v đăng ký mô hình {NASTY}
Kính gửi: Các chi bộ trực thuộc
Thực hiện Kế hoạch số 21-KH/ĐU, ngày 01/9/2026 của Đảng ủy.
Các chi bộ gửi văn bản đăng ký trước ngày 05/12/2026.
Họp sơ kết lúc 8 giờ ngày 20/12/2026.
Nơi nhận: Văn phòng Đảng ủy
Lưu Văn phòng
Nguyễn Văn Mẫu
"""


def _workshop(home):
    return open_workshop(Settings(home=home, memory_mb=2048))


@pytest.fixture(scope="session")
def homes(tmp_path_factory):
    """Two homes to copy from, made once: an empty one, and one with the made-up letter as text and as a page with boxes."""
    empty, filled = tmp_path_factory.mktemp("empty"), tmp_path_factory.mktemp("filled")
    other = TEXT.replace("245-CV", "246-CV")
    _workshop(empty).engine.dispose()
    workshop = _workshop(filled)
    ids = _file(workshop, "chu.txt", TEXT), _file(workshop, "trang.pdf", other, width=595, height=842, words=_words(other))
    workshop.engine.dispose()
    return {"empty": empty, "filled": filled, "ids": ids}


@pytest.fixture
def workshop(tmp_path, homes, request):
    """A home with an up-to-date database, empty unless the test asks for what is filed."""
    shutil.copytree(homes["filled" if "filed" in request.fixturenames else "empty"], tmp_path / "home")
    workshop = _workshop(tmp_path / "home")
    yield workshop
    workshop.engine.dispose()


@pytest.fixture
def app(workshop):
    """The application over the workshop."""
    return make_app(workshop)


@pytest.fixture
def client(app):
    """A browser on this machine that has opened the first page, so that it holds the token's cookie."""
    client = TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
    client.get("/tiep-nhan")
    return client


@pytest.fixture
def token(client):
    """What a form of the pages carries."""
    return client.cookies["vanthu-token"]


@pytest.fixture
def sent(client, token):
    """Send a form of the pages and give the page that follows."""

    def send(address, **values):
        return client.post(address, data={"token": token, **values}, follow_redirects=True)

    return send


def _found(text, words, value=None):
    start = text.index(words)
    return Found(value if value is not None else words, Place(Span(start, start + len(words))), 0.93, "a rule")


def _words(text):
    """Give each word a box: lines one below the other, letters of one width."""
    words, at = [], 0
    for row, line in enumerate(text.split("\n")):
        start = at
        for word in line.split(" "):
            if word:
                x, y = 50 + 6.0 * (start - at), 60 + 22.0 * row
                words.append(Word(Span(start, start + len(word)), Box(x, y, x + 6.0 * len(word), y + 14), "text layer", 0.9))
            start += len(word) + 1
        at += len(line) + 1
    return tuple(words)


def directive_of(text):
    """Give what a careful reader takes from TEXT."""
    plan = text.index("Kế hoạch")
    task = "gửi văn bản đăng ký trước ngày 05/12/2026"
    limit = _found(text, "trước ngày 05/12/2026")
    meeting = _found(text, "Họp sơ kết")
    return Directive(
        family="party",
        number=_found(text, text[text.index("24") :][:9]),
        type=Found("Công văn", Place(), 0.9, "a rule"),
        issued_on=_found(text, "ngày 02 tháng 11 năm 2026", date(2026, 11, 2)),
        place=_found(text, "Suối Ngàn"),
        agency=_found(text, "ĐẢNG ỦY XÃ SUỐI NGÀN", "Đảng ủy xã Suối Ngàn"),
        subject=_found(text, f"đăng ký mô hình {NASTY}"),
        signer=Signer(name=_found(text, "Nguyễn Văn Mẫu")),
        addressees=(_found(text, "Các chi bộ trực thuộc"),),
        recipients=(_found(text, "Văn phòng Đảng ủy"),),
        filed_at=_found(text, "Văn phòng\n", "Văn phòng"),
        references=(
            Reference(
                "Kế hoạch",
                "21-KH/ĐU",
                date(2026, 9, 1),
                "Đảng ủy xã Suối Ngàn",
                None,
                "implements",
                (Place(Span(plan, plan + 20)),),
                0.9,
                "r",
            ),
        ),
        duties=(
            Duty(
                "gửi văn bản đăng ký " + NASTY,
                _found(text, task).place,
                0.9,
                "a rule",
                assignee="Các chi bộ " + NASTY,
                deadline=Deadline("date", limit.value, limit.place, "before", date(2026, 12, 5)),
            ),
        ),
        events=(Event("Họp sơ kết " + NASTY, meeting.place, date(2026, 12, 20), None, None, (), 0.9, "a rule"),),
        attachments=(Attachment("Mẫu " + NASTY, "form", Place()),),
        missing={"urgency": "Không ghi trong văn bản"},
        to_verify=("number",),
    )


def _file(workshop, name, text, **page):
    source = workshop.settings.home / name
    source.write_text(name, "utf-8")
    digest = originals.keep(workshop.settings.home, source).sha256
    media_type = "application/pdf" if page else "text/plain"
    only = Page(1, page.get("width", 0), page.get("height", 0), text, page.get("words", ()))
    transcript = Transcript(digest + "-1", name, media_type, (only,))
    transcripts.keep_head(workshop.settings.home, transcript)
    transcripts.keep_page(workshop.settings.home, transcript.id, only)
    with begin(workshop.engine) as session:
        return file(session, sha256=digest, transcript=transcript, directive=directive_of(text), purpose="daily", now=datetime.now(UTC))


@pytest.fixture
def filed(homes):
    """The ids of the letter that is filed as text, and of the one that is filed as a page with boxes."""
    return homes["ids"]


@pytest.fixture
def address(app):
    """The application behind a real port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture
def page(tmp_path, request):
    """A page of the system's Chromium; the test fails on any message in its console (a CSP violation is one)."""
    if "address" in request.fixturenames:
        request.getfixturevalue("address")  # stops after the browser, which may still fetch ahead
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    complaints = []
    with sync_playwright() as engine:
        browser = engine.chromium.launch_persistent_context(tmp_path / "profile", executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        browser.close()
    assert complaints == []


@pytest.fixture
def pictures(workshop, filed, client):
    """A drawn page in the cache for the document with boxes: the browser is what is tested here."""
    sha256 = client.get(f"/api/documents/{filed[1]}").json()["sha256"]
    image = BytesIO()
    Image.new("RGB", (1400, 1981), "white").save(image, "PNG")
    folder = workshop.settings.home / "cache" / "pages" / sha256[:2]
    folder.mkdir(parents=True)
    for width in (300, 1400):
        (folder / f"{sha256}-1-{width}.png").write_bytes(image.getvalue())
