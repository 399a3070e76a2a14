"""The pages and the API, on a real home."""

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from api.manual import kind
from api.pipeline import plain_name
from store import ledger
from store.answers import Viewer
from store.database import look

NASTY_NAMES = (
    "../../etc/passwd",
    "..\\..\\boot.ini",
    "/etc/shadow",
    "<script>alert(1)</script>.txt",
    "a\u202etxt.exe",
    "a" * 500 + ".pdf",
    "\x00\x01",
)
PAGES = (
    "/", "/tiep-nhan", "/van-ban", "/van-ban?kho=chua", "/nhiem-vu?ngay=01/12/2026", "/lich-hop", "/vien-dan", "/tra-cuu?tu=script",
    "/nhiem-vu?ngay=01/12/2026&mo=1", "/nhiem-vu?ngay=01/12/2026&xem=thang", "/nhiem-vu/1", "/nhiem-vu/2", "/co-quan", "/luoc-do",
    "/luoc-do/1",
    "/thong-ke",
    "/thong-ke/danh-sach?muc=vien-dan",
)  # fmt: skip


class Tags(HTMLParser):
    """What a page is made of: tags with their attributes, and text outside of scripts."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.words = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def document_pages(filed):
    return [f"/van-ban/{one}{rest}" for one in filed for rest in ("", "?o=number", "?o=duty-1", '?o="><script>alert(3)</script>')]


@pytest.mark.parametrize("at", range(len(PAGES) + 8))
def test_what_a_document_says_is_never_markup(client, filed, at):
    """A subject, a task or a name that is written as HTML is shown as it is written."""
    path = [*PAGES, *document_pages(filed)][at]
    page = Tags(client.get(path).text)
    assert [script for script in page.all("script") if not script.get("src", "").startswith("/scripts/")] == []
    assert [image for image in page.all("img") if not image["src"].startswith("/van-ban/")] == []
    for tag, attrs in page.tags:
        assert not [name for name in attrs if name.startswith("on") or name == "style"], (tag, attrs)
        for name in ("src", "href", "action"):
            assert attrs.get(name, "/").startswith(("/", "#", "?")) and not attrs.get(name, "/").startswith("//"), (tag, attrs)


@pytest.mark.parametrize("at", range(len(PAGES) + 8))
def test_a_page_is_well_made(client, filed, at):
    """Vietnamese, one first heading, a skip link that leads somewhere, ids once, a name for every input."""
    page = Tags(client.get([*PAGES, *document_pages(filed)][at]).text)
    assert page.all("html") == [{"lang": "vi"}]
    assert len(page.all("h1")) == 1
    assert len(page.ids) == len(set(page.ids))
    assert "noi-dung" in page.ids
    named = {label["for"] for label in page.all("label") if "for" in label}
    loose = [one for tag in ("input", "select", "textarea") for one in page.all(tag) if one.get("type") not in {"hidden", "radio"}]
    assert [one for one in loose if one.get("id") not in named] == []


def test_a_document_shows_its_marks(client, filed):
    """Text is marked where a value was read; a page image has a box for it; the chosen one is lit."""
    text, boxed = (Tags(client.get(f"/van-ban/{one}?o=number").text) for one in filed)
    lit = [one for one in text.all("mark") if one.get("class") == "chon"]
    assert [one["data-k"] for one in lit] == ["number"]
    assert lit[0]["id"] == "cho"
    assert [one["data-k"] for one in boxed.all("a") if one.get("class") == "chon"] == ["number"]
    assert len(boxed.all("rect")) > 5


@pytest.mark.usefixtures("filed")
def test_what_is_due_opens_at_its_words(client):
    """Each line leads to the document, where the words that it came from are lit."""
    page = Tags(client.get("/nhiem-vu?ngay=01/12/2026").text)
    link = next(one["href"] for one in page.all("a") if "?o=duty-" in one.get("href", ""))
    opened = Tags(client.get(link).text)
    assert any(one.get("class") == "chon" for one in [*opened.all("mark"), *opened.all("a")])
    assert "trước 05/12/2026" in " ".join(page.words)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("ngay=01/12/2026", True),
        ("ngay=2026-12-01&trong=7", True),
        ("ngay=01/10/2026&trong=7", False),
        ("ngay=01/12/2026&hien=qua-han", False),
        ("ngay=09/12/2026&hien=qua-han", True),
        ("ngay=01/12/2026&don-vi=chi bộ", True),
        ("ngay=01/12/2026&don-vi=Sở Y tế", False),
    ],
)
@pytest.mark.usefixtures("filed")
def test_what_is_due_is_filtered(client, query, shown):
    """By day, by the days ahead, by who must act, by overdue."""
    assert ("trước 05/12/2026" in client.get(f"/nhiem-vu?{query}").text) is shown


def test_a_day_that_is_none_is_said(client):
    """The list then stands as of today and says so."""
    assert "“thứ hai” không phải là ngày" in client.get("/nhiem-vu?ngay=thứ hai").text


def test_a_file_gets_its_receipt(client, token, workshop):
    """The form gives a receipt with the hash, and the file stands in the ledger and among the originals."""
    answer = client.post("/tiep-nhan", data={"token": token, "purpose": "archive"}, files=[("files", ("thư.txt", b"xin ch\xc3\xa0o"))])
    assert answer.status_code == 200
    assert "Biên nhận số 1" in answer.text
    with look(workshop.engine) as session:
        (job,) = ledger.jobs(session, seen_by=Viewer("test"))
    assert (job.name, job.purpose, job.state) == ("thư.txt", "archive", "waiting")
    assert (workshop.settings.home / "originals" / job.sha256[:2] / job.sha256).read_bytes() == "xin chào".encode()
    again = client.post("/tiep-nhan", data={"token": token}, files=[("files", ("lại.txt", b"xin ch\xc3\xa0o"))])
    assert "đã được tiếp nhận (biên nhận số 1)" in again.text


@pytest.mark.parametrize("name", NASTY_NAMES)
def test_a_file_name_is_never_a_path(client, workshop, name):
    """Only what lies in the home was written, and the name is shown as text."""
    before = {one.name for one in workshop.settings.home.parent.iterdir()}
    escaped = name.replace("\\", "\\\\").replace("\x00", "").replace('"', "")
    body = f'--b\r\nContent-Disposition: form-data; name="files"; filename="{escaped}"\r\n\r\nxin chào\r\n--b--\r\n'
    answer = client.post("/api/ingest", content=body.encode(), headers={"content-type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 200
    (taken,) = answer.json()
    assert taken["name"] == plain_name(taken["name"]) and len(taken["name"]) <= 200
    assert {one.name for one in workshop.settings.home.parent.iterdir()} == before
    assert "<script>" not in client.get("/tiep-nhan").text.replace("<script src", "")


def test_one_file_that_is_too_large_does_not_stop_the_rest(client, workshop):
    """It is named with the reason; the others have their receipts."""
    object.__setattr__(workshop.settings, "max_bytes", 100)
    files = [("files", ("to.pdf", b"x" * 200)), ("files", ("nhỏ.txt", b"y"))]
    large, small = client.post("/api/ingest", files=files).json()
    assert large["receipt"] is None and "to.pdf" in large["refused"]
    assert small["receipt"]["name"] == "nhỏ.txt" and small["refused"] is None


def test_a_form_without_a_file_is_said(client, token):
    """Nothing chosen is no error of the server."""
    part = "--b\r\nContent-Disposition: form-data; name="
    body = f'{part}"token"\r\n\r\n{token}\r\n{part}"files"; filename=""\r\n\r\n\r\n--b--\r\n'
    answer = client.post("/tiep-nhan", content=body.encode(), headers={"content-type": "multipart/form-data; boundary=b"})
    assert answer.status_code in {200, 422}
    assert client.get("/api/jobs").json() == []


def test_a_correction_lies_over_what_was_read(client, token, filed):
    """Both are shown, with who and when; undone, what was read stands again."""
    here = f"/van-ban/{filed[0]}"
    saved = client.post(f"{here}/sua", data={"token": token, "field": "number", "value": " 999-CV/ĐU "}, follow_redirects=False)
    assert (saved.status_code, saved.headers["location"]) == (303, f"{here}?o=number#f-number")
    page = " ".join(" ".join(Tags(client.get(here).text).words).split())
    assert "999-CV/ĐU" in page and "Máy đọc: 245-CV/ĐU" in page.replace(" : ", ": ")
    assert re.search(r"Đã sửa \S+, \d\d/\d\d/\d{4}, \d\d:\d\d", page)
    client.post(f"{here}/hoan-tac", data={"token": token, "field": "number"})
    values, _, history = client.get(here).text.partition('id="h-lich-su"')
    assert "999-CV/ĐU" not in values and "<del>999-CV/ĐU</del> → <ins>245-CV/ĐU</ins>" in history


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("issued_on", "3/11/2026", "03/11/2026"),
        ("issued_on", "2026-11-03", "03/11/2026"),
        ("recipients", "Sở A\n\n  Sở   B ", "Sở B"),
        ("subject", "một\nhai", "một hai"),
        ("signer.name", "Trần Thị Mẫu", "Trần Thị Mẫu"),
        ("arrived_as", "417", "417"),
        ("arrived_on", "4/11/2026", "04/11/2026"),
        ("forwarded_to", "Văn phòng", "Văn phòng"),
    ],
)
def test_a_field_is_corrected_as_people_write(client, token, filed, field, value, shown):
    """Days as people write them, lists one a line."""
    client.post(f"/van-ban/{filed[0]}/sua", data={"token": token, "field": field, "value": value})
    assert shown in client.get(f"/van-ban/{filed[0]}").text


def test_number_and_day_of_the_arrival_stand_by_themselves(client, token, filed):
    """Until somebody says them their form is folded away; then they have a part of the page, and of the record, of their own."""
    here = f"/van-ban/{filed[0]}"
    assert "Văn bản đến: chưa có số đến, ngày đến" in client.get(here).text
    for field, value in (("arrived_as", "417"), ("arrived_on", "04/11/2026")):
        client.post(f"{here}/sua", data={"token": token, "field": field, "value": value})
    page = client.get(here).text
    assert 'id="h-den"' in page and "chưa có số đến" not in page
    (record,) = client.get(f"/api{here.replace('/van-ban', '/documents')}/record").json()["documents"]
    assert (record["number"], record["issued_on"]) == ("245-CV/ĐU", "2026-11-02")
    assert record["arrival"] == {"arrived_as": "417", "arrived_on": "2026-11-04", "forwarded_to": None, "to_verify": []}


def test_an_emptied_list_can_be_undone(client, token, filed):
    """A person may say that there are no recipients, and take it back."""
    form = {"token": token, "field": "recipients"}
    client.post(f"/van-ban/{filed[0]}/sua", data=form | {"value": ""})
    assert "recipients-1" not in client.get(f"/van-ban/{filed[0]}").text
    assert "Hoàn tác" in client.get(f"/van-ban/{filed[0]}").text
    client.post(f"/van-ban/{filed[0]}/hoan-tac", data=form)
    assert "recipients-1" in client.get(f"/van-ban/{filed[0]}").text


@pytest.mark.parametrize(("field", "value"), [("issued_on", "ngày mai"), ("issued_on", "31/02/2026")])
def test_a_value_that_cannot_be_is_given_back(client, token, filed, field, value):
    """The sentence says why, and what was typed is still in the form."""
    answer = client.post(f"/van-ban/{filed[0]}/sua", data={"token": token, "field": field, "value": value})
    assert answer.status_code == 422
    assert f"“{value}” không phải là ngày" in answer.text and f'value="{value}"' in answer.text


def test_a_field_that_is_none_is_refused(client, token, filed):
    """A form cannot write elsewhere."""
    answer = client.post(f"/van-ban/{filed[0]}/sua", data={"token": token, "field": "sha256", "value": "x"})
    assert answer.status_code == 422


@pytest.mark.parametrize("number", ["245-CV/ĐU", "245 - CV/ĐU"])
@pytest.mark.usefixtures("filed")
def test_what_cites_what_is_found_by_number(client, number):
    """In any spelling, with its relation; the document that is cited but not held says so."""
    page = " ".join(" ".join(Tags(client.get(f"/vien-dan?so={quote(number)}").text).words).split())
    assert "thực hiện 21-KH/ĐU" in page and "Được viện dẫn, chưa có" in page
    cited = " ".join(Tags(client.get(f"/vien-dan?so={quote('21-KH/ĐU')}").text).words)
    assert "được thực hiện bởi" in cited


@pytest.mark.usefixtures("filed")
def test_a_search_marks_what_matched(client):
    """With diacritics or without."""
    page = client.get("/tra-cuu?tu=dang+ky+mo+hinh").text
    assert "<mark>" in page and "245-CV/ĐU" in page


def test_the_manual_names_every_question(client, app):
    """The documentation page is made from the API itself, and needs no script of anyone."""
    page = client.get("/api/docs").text
    for path in app.openapi()["paths"]:
        assert path in page
    assert {path.split("/")[2] for path in app.openapi()["paths"]} >= {"documents", "due", "events", "cites", "search", "ingest", "jobs"}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"$ref": "#/components/schemas/DutyLine"}, "DutyLine"),
        ({"type": "array", "items": {"type": "string"}}, "[string]"),
        ({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, "date | null"),
        ({"type": "string", "enum": ["daily", "archive"]}, "“daily” | “archive”"),
        ({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}]}, "[integer, integer]"),
        ({}, ""),
    ],
)
def test_a_schema_is_said_in_few_words(schema, words):
    """References, lists, choices and alternatives."""
    assert kind(schema) == words


def test_the_api_answers_as_the_pages_do(client, filed):
    """The same records, as JSON."""
    assert {one["number"] for one in client.get("/api/documents").json()} == {"245-CV/ĐU", "246-CV/ĐU"}
    view = client.get(f"/api/documents/{filed[1]}").json()
    number = next(one for one in view["fields"] if one["name"] == "number")
    assert number["evidence"]["page"] == 1 and number["evidence"]["boxes"]
    assert client.get("/api/due?as_of=2026-12-01").json()[0]["due_on"] == "2026-12-05"
    assert client.get("/api/cites?number=245-CV/ĐU").json()[0]["cites"][0]["relation"] == "implements"
    assert client.get("/api/search?words=đăng ký").json()
    assert client.get("/api/events").json()


def test_a_record_is_what_stands(client, token, filed):
    """The RECORD of a filed document has a person's value where there is one."""
    client.post(f"/van-ban/{filed[0]}/sua", data={"token": token, "field": "place", "value": "Nơi khác"})
    (record,) = client.get(f"/api/documents/{filed[0]}/record").json()["documents"]
    assert (record["number"], record["place"], record["issued_on"]) == ("245-CV/ĐU", "Nơi khác", "2026-11-02")
    assert [(one["number"], one["relation"]) for one in record["references"]] == [("21-KH/ĐU", "implements")]
    assert [(one["kind"], one["date"]) for one in record["deadlines"]] == [("date", "2026-12-05")]
    assert client.get("/api/documents/2/record").status_code == 404


def test_an_original_is_saved_and_never_opened(client, filed):
    """It goes out as the bytes that came in, to be kept and not shown."""
    answer = client.get(f"/van-ban/{filed[0]}/tep")
    assert answer.content == b"chu.txt"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_what_is_not_there_leads_on(client):
    """A page that is unknown keeps the navigation, offers a search and the way to the first page."""
    for path in ("/khong-co-trang-nay", "/van-ban/999"):
        page = client.get(path)
        assert page.status_code == 404
        assert 'href="/nhiem-vu"' in page.text and 'action="/tra-cuu"' in page.text and 'href="/">Về Tổng quan' in page.text
