"""What somebody puts into a file, a name or an address does no more than be read or refused."""

import ast
import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select

from api.app import ROUTERS
from ingest.transcript import Page, Transcript
from nlp.directive import Attachment, Event, Found, Place, Reference, Signer
from store import originals, transcripts
from store.database import begin
from store.filing import file
from store.tables import DocumentRow, DutyRow, OriginalRow, ReceiptRow
from tests.api.conftest import NASTY, TEXT, directive_of

ROOT = Path(__file__).parents[2]
QUERIES = (
    "' OR 1=1 --", '"', '" OR "a', "a NEAR(b", "a AND", "NOT", "*", "^a", "word:a", "{a b}:c", "a*b", "(", "%", "_", "\\",
    "'; DROP TABLE document", "\x00", "\u202e", "\ud7ff", "🦆" * 40, "a" * 5_000, "1e309", "-1", "9" * 30, "0x10",
    "../../etc/passwd", "${7*7}", "{{7*7}}", "%s%n", NASTY,
)  # fmt: skip
ADDRESSES = ("/van-ban/{}", "/api/documents/{}", "/vien-dan/{}", "/nhiem-vu/{}", "/api/jobs/{}", "/van-ban/{}/trang/1.png")
HARMLESS = {"urllib.parse", "http"}  # neither opens a connection
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://a")', "=cmd|' /C calc'!A0")
NETWORK = {"socket", "ssl", "smtplib", "ftplib", "http", "urllib", "requests", "httpx", "aiohttp"}


def addresses(method):
    """Give path and parameters of each page that is asked for by a method."""
    return sorted(
        (route.path, tuple(_parameters(route.dependant))) for noun in ROUTERS for route in noun.pages.routes if method in route.methods
    )


def _parameters(dependant):
    yield from (parameter.alias for parameter in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _parameters(inner)


def filled_in(path, document):
    """Put a number, or a word, where an address has a hole; None for the holes that name something else."""
    holes = {"document_id": document, "number": 1, "position": 1, "job_id": 1, "duty_id": 1, "register_id": 1, "tongue": "vi"}
    for name, one in holes.items():
        path = path.replace(f"{{{name}}}", str(one))
    return path.replace("{", "0").replace("}", "")


class Planted(HTMLParser):
    """Looks for what would run: an element or an attribute that no template has."""

    def __init__(self):
        """Nothing is found yet."""
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        """Note a script without a file of this server, an event in an attribute, a picture from nowhere, an address that is a script."""
        of = dict(attrs)
        runs = tag == "script" and not (of.get("src") or "").startswith(("/scripts/", "/static/")) and of.get("type") != "application/json"
        events = [name for name in of if name.startswith("on")]
        leads = [
            value
            for name, value in attrs
            if name in {"href", "src", "action", "formaction"} and (value or "").strip().startswith("javascript:")
        ]
        if runs or events or leads or of.get("src") == "x":
            self.found.append((tag, attrs))


def planted(html):
    """Give what in a page would run that no template put there."""
    parser = Planted()
    parser.feed(html)
    return parser.found


@pytest.fixture
def nasty(workshop, filed):  # noqa: ARG001  beside what is filed
    """A document all of whose fields, and whose file's name, are an attempt to run a script."""
    place = Place()
    one = Found(NASTY, place, 0.9, "a rule")
    said = replace(
        directive_of(TEXT),
        number=Found(f"7-CV/{NASTY}", place, 0.9, "a rule"), type=one, place=one, agency=one, parent_agency=one, subject=one, filed_at=one,
        signer=Signer(name=one, position=one, authority=one), addressees=(one, one), recipients=(one, one), urgency=one,
        references=(Reference(NASTY, f"9/{NASTY}", None, NASTY, NASTY, "implements", (), 0.9, NASTY),),
        events=(Event(NASTY, place, None, None, NASTY, (NASTY,), 0.9, NASTY),),
        attachments=(Attachment(NASTY, "form", place),),
        missing={"urgency": NASTY}, notes=(NASTY,),
    )  # fmt: skip
    path = workshop.settings.home / "la.txt"
    path.write_text(NASTY, "utf-8")
    digest = originals.keep(workshop.settings.home, path).sha256
    page = Page(1, 0, 0, TEXT, (), notes=(NASTY,))
    transcript = Transcript(f"{digest}-1", NASTY, "text/plain", (page,))
    transcripts.keep_head(workshop.settings.home, transcript)
    transcripts.keep_page(workshop.settings.home, transcript.id, page)
    with begin(workshop.engine) as session:
        return file(session, sha256=digest, transcript=transcript, directive=said, purpose="daily", now=datetime.now(UTC))


def test_the_look_for_scripts_sees_them():
    """What would run is found, what templates have is not."""
    assert planted(NASTY) and planted("<a href=' javascript:x'>") and planted("<b onclick=x>")
    assert not planted('<script src="/scripts/vi/vanthu.js"></script><a href="/">')


@pytest.mark.slow
def test_nothing_that_a_document_says_runs_in_a_browser(client, nasty):
    """Every page, in both languages, shows what fields and file names say as words: no element, event or address comes of them."""
    client.post("/api/ingest", files={"files": (f"{NASTY}.txt", b"x"), "purpose": (None, "daily")})
    seen, shown = 0, 0
    for tongue in ("vi", "en"):
        client.cookies.set("vanthu-tongue", tongue)
        for path, parameters in addresses("GET"):
            asked = {name: NASTY for name in parameters if name in {"tu", "so", "tim", "o", "ten", "loai", "co-quan"}}
            for params in ({}, asked):
                answer = client.get(filled_in(path, nasty), params=params, follow_redirects=True)
                if "html" in answer.headers.get("content-type", ""):
                    seen, shown = seen + 1, shown + ("&lt;script&gt;alert(1)" in answer.text)
                    assert planted(answer.text) == [], (path, params)
    assert seen > 80 and shown > 10


def test_nothing_that_a_document_says_runs_in_a_drawing(client, nasty):
    """A drawing that is handed out is well-formed and has no script, event or foreign address in it."""
    drawing = client.get(f"/luoc-do/{nasty}.svg")
    if drawing.status_code == 404:
        drawing = client.get(f"/luoc-do/{nasty}/hinh.svg")
    assert planted(drawing.text) == []


@pytest.mark.slow
def test_no_word_of_an_address_is_taken_for_a_command(client, filed):
    """Words of databases, indexes, templates and shells are looked for like any other: no parameter of any page makes the server fail."""
    failed = []
    for path, parameters in addresses("GET"):
        together = [dict.fromkeys(parameters, words) for words in QUERIES if parameters]
        for params in (*together, *({name: words} for name in parameters for words in ("9" * 18, "9" * 30, "'\x00"))):
            answer = client.get(filled_in(path, filed[0]), params=params, follow_redirects=False)
            if answer.status_code >= 500:
                failed.append((path, params))
    assert failed == []
    assert client.get(f"/api/documents/{filed[0]}").status_code == 200


@pytest.mark.usefixtures("filed")
def test_a_search_takes_words_for_words(client):
    """The index is asked for words, whatever signs they bear: an answer, or a refusal that says so, and never all documents."""
    for address, name in (("/api/search", "words"), ("/api/cites", "number"), ("/api/due", "agency")):
        for words in QUERIES:
            assert client.get(address, params={name: words}).status_code in (200, 404, 422), words


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/%2e%2e/settings.py", "/static//etc/passwd", "/static/..\\app.py",
        "/scripts/vi/../../app.py", "/scripts/..%2f..%2fapp/vanthu.js", "/scripts/vi/%2e%2e%2f%2e%2e%2fdesk.py", "/scripts/en//etc/passwd",
        "/van-ban/../../etc/passwd", "/van-ban/1%2f..%2f..%2fetc", "/van-ban/1/trang/..%2f..%2f1.png", "/api/documents/..%2f..%2fetc",
    ],
)  # fmt: skip
def test_no_path_leads_out(client, path):
    """An address names a page or nothing; no file of the machine or of the program is handed out."""
    answer = client.get(path)
    assert answer.status_code in (400, 404, 405) and "import" not in answer.text and "root:" not in answer.text


@pytest.mark.parametrize(
    "name", ["../../ra-ngoai.txt", "/etc/ra-ngoai.txt", "..\\..\\ra-ngoai.txt", "C:\\ra-ngoai.txt", "\x00ra-ngoai.txt", "ra-ngoai.txt/../x"]
)
def test_a_file_lies_where_the_program_says(client, workshop, name):
    """A name that leads out of a folder, in the form or in an archive, is only shown."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as entries:
        entries.writestr(name.replace("\x00", "") or "x", b"x")
    before = set(workshop.settings.home.parent.rglob("*ngoai*"))
    for sent, data in ((name, b"Mot"), ("a.zip", archive.getvalue())):
        (taken,) = client.post("/api/ingest", files={"files": (sent, data)}).json()
        assert "/" not in taken["name"] and "\\" not in taken["name"]
    assert set(workshop.settings.home.parent.rglob("*ngoai*")) == before
    assert not Path("/etc/ra-ngoai.txt").exists()


@pytest.mark.parametrize(
    "name", ['a"\r\nSet-Cookie: x=1\r\n\r\n<b>.txt', "a\nb.txt", 'a"; filename="b.exe', "đăng ký 'ý kiến'.txt", "a;b,c%0d%0aX: y.txt"]
)
def test_a_name_adds_no_header(client, workshop, filed, name):
    """A file goes out under its name in one header, quoted or encoded, and is saved, never opened."""
    with begin(workshop.engine) as session:
        sha256 = session.get_one(DocumentRow, filed[0]).sha256
        session.add(OriginalRow(sha256=sha256, size=1, kept_at=datetime.now(UTC)))
        session.flush()
        session.add(ReceiptRow(name=name, sha256=sha256, size=1, purpose="daily", received_by="A", received_at=datetime.now(UTC)))
    for path in (f"/van-ban/{filed[0]}/tep-goc", f"/van-ban/{filed[0]}/sap-xep/tep/1"):
        answer = client.get(path)
        if answer.status_code == 200:
            said = answer.headers["content-disposition"]
            assert said.startswith("attachment") and "\r" not in said and "\n" not in said
            assert "set-cookie" not in {header.lower() for header in answer.headers} or "x=1" not in answer.headers["set-cookie"]
            assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.usefixtures("filed")
def test_a_table_that_is_handed_out_reckons_nothing(client, workshop):
    """What begins like a formula stands in the workbook as text: no cell holds a formula or a link."""
    with begin(workshop.engine) as session:
        for duty, begins in zip(session.scalars(select(DutyRow)), cycle(FORMULAS)):
            duty.task, duty.assignee = begins, FORMULAS[-1]
    with zipfile.ZipFile(io.BytesIO(client.get("/nhiem-vu/bang.xlsx").content)) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert not [name for name in book.namelist() if "external" in name.lower()]
    tags = {element.tag.rpartition("}")[2] for element in sheet.iter()}
    assert "row" in tags and not tags & {"f", "hyperlink", "hyperlinks", "ddeLink"}


@pytest.mark.usefixtures("filed")
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_no_id_finds_nothing(client, address):
    """An id is a positive whole number; whatever else stands in its place is not found, and is no fault."""
    for number in ("0", "-1", "9223372036854775808", "1e3", "1.5", "1;2", "null", "abc"):
        assert client.get(address.format(number)).status_code in (404, 405), number


def test_a_form_without_its_token_changes_nothing(client, filed):
    """Every page that changes something refuses a form that none of this server's pages gave out."""
    accepted = []
    for path, _ in addresses("POST"):
        if "dang-nhap" in path or "ngon-ngu" in path:
            continue
        answer = client.post(filled_in(path, filed[0]), data={"token": "x" * 32}, follow_redirects=False)
        if answer.status_code not in (401, 403, 404, 405, 422):
            accepted.append((path, answer.status_code))
    assert accepted == []


def test_the_program_asks_nobody():
    """No room opens a connection of its own, so that no address in a document or a setting can make it ask one."""
    found = []
    for room in ("ingest", "nlp", "store", "api"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
                found += [(path.name, name) for name in names if name.partition(".")[0] in NETWORK]
    assert {one for one in found if one[1] not in HARMLESS} <= {("worker.py", "socket"), ("serving.py", "socket")}
