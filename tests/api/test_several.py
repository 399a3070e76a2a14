"""A file of several documents becomes several documents, each with its pages, whichever way it is looked at."""

import io
import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import make_app
from api.batch import bring_in
from api.cli import app
from api.pipeline import open_workshop, take_in, work_one
from api.print import view_lines
from api.settings import Settings
from api.understanding import PARTING
from bench.batches import BATCH, BLANK_AFTER, joined
from store import ledger
from store.answers import Viewer
from store.database import look
from store.documents import document

ALL = Viewer("test")
SAMPLES = Path(__file__).parents[2] / "samples"
HEADED = """ỦY BAN NHÂN DÂN
XÃ THỬ
Số: {n}/UBND-VP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Thử, ngày 0{n} tháng 01 năm 2026
Kính gửi: Các thôn.
Đề nghị báo cáo trước ngày 20/01/2026.
Nơi nhận:
- Như trên;
- Lưu: VT.
CHỦ TỊCH
Nguyễn Văn Mẫu"""


@pytest.fixture
def workshop(tmp_path):
    """A store of its own."""
    workshop = open_workshop(Settings(home=tmp_path / "home", processes=2, memory_mb=2048))
    yield workshop
    workshop.engine.dispose()


@pytest.fixture
def three(tmp_path):
    """A file of three letters, the second of two pages, with a blank sheet behind it."""
    path = tmp_path / "ba.txt"
    path.write_text("\f".join([HEADED.format(n=1), HEADED.format(n=2), "Phụ lục\nDANH SÁCH", "", HEADED.format(n=3)]), "utf-8")
    return path


def read_through(workshop, path):
    """Hand a file in and read it; give its job."""
    take_in(workshop, path, path.name, "daily", "thử")
    while work_one(workshop, "A"):
        pass
    with look(workshop.engine) as session:
        return ledger.jobs(session, seen_by=ALL)[0]


def views(workshop, job):
    """Give the documents of a job."""
    with look(workshop.engine) as session:
        return [document(session, each, home=workshop.settings.home, as_of=date(2026, 1, 5), seen_by=ALL) for each in job.document_ids]


def test_a_file_is_parted_and_filed_once(workshop, three):
    """One job ends at three documents in the order of the pages; the same bytes again add nothing."""
    job = read_through(workshop, three)
    assert [(view.line.number, view.file_pages) for view in views(workshop, job)] == [
        ("1/UBND-VP", (1, 1)), ("2/UBND-VP", (2, 3)), ("3/UBND-VP", (5, 5)),
    ]  # fmt: skip
    assert views(workshop, job)[1].notes[-1] == PARTING.format("4")
    again = read_through(workshop, three)
    assert (again.state, again.document_ids) == ("done", job.document_ids)
    assert again.id != job.id


def test_the_pages_show_each_document_with_its_own_pages(workshop, three):
    """The ledger links all documents; a document names its pages of the file and shows no others."""
    job = read_through(workshop, three)
    client = TestClient(make_app(workshop), base_url="http://127.0.0.1:8000")
    ledger_page = client.get("/tiep-nhan").text
    assert "Tách thành 3 văn bản" in ledger_page
    assert all(f'href="/van-ban/{each}"' in ledger_page for each in job.document_ids)
    second = client.get(f"/van-ban/{job.document_ids[1]}").text
    assert "Trang 2–3 của tệp" in second and re.findall(r"Trang (\d) của tệp \(", second) == ["2", "3"]
    assert "2/UBND-VP" in second and "3/UBND-VP" not in second
    assert all(f'href="/van-ban/{each}"' in second for each in (job.document_ids[0], job.document_ids[2]))
    assert client.get(f"/api/documents/{job.document_ids[1]}/record").json()["documents"][0]["pages"] == [2, 3]


def test_a_document_alone_in_its_file_says_nothing_of_pages_of_a_file(workshop, tmp_path):
    """What is not parted looks as ever."""
    path = tmp_path / "mot.txt"
    path.write_text(HEADED.format(n=1), "utf-8")
    (view,) = views(workshop, read_through(workshop, path))
    client = TestClient(make_app(workshop), base_url="http://127.0.0.1:8000")
    assert "của tệp" not in client.get(f"/van-ban/{view.line.id}").text
    assert not any("tách" in line for line in view_lines(view, None))


def test_the_terminal_prints_all(workshop, three, capsys):
    """extract prints a RECORD for each document, ingest and show say which pages each has."""
    made = CliRunner().invoke(app, ["extract", str(three)])
    assert [(one["number"], one["pages"]) for one in json.loads(made.stdout)["documents"]] == [
        ("1/UBND-VP", [1, 1]), ("2/UBND-VP", [2, 3]), ("3/UBND-VP", [5, 5]),
    ]  # fmt: skip
    explained = CliRunner().invoke(app, ["explain", str(three)]).stdout
    assert explained.count("] Số, ký hiệu: ") == 3
    shown = CliRunner().invoke(app, ["explain", str(three), "--html"]).stdout
    assert shown.count("<h1>") == 3 and all(shown.count(f'id="m{at}-1"') == 1 for at in (1, 2, 3))
    bring_in(workshop, [three], purpose="daily", by="thử")
    told = capsys.readouterr().out
    assert "ba.txt: tách thành 3 văn bản" in told and "trang 2–3 của tệp → 2/UBND-VP" in told
    with look(workshop.engine) as session:
        job = ledger.jobs(session, seen_by=ALL)[0]
    assert any("ba.txt (Trang 2–3 của tệp, tách thành 3 văn bản)" in line for line in view_lines(views(workshop, job)[1], None))


@pytest.mark.slow
def test_a_batch_of_twelve_is_twelve_documents(workshop, tmp_path):
    """Scans and born-digital papers of both families, one followed by a blank sheet, in one file: each with its own pages."""
    path = tmp_path / "dot-quet.pdf"
    ranges = joined(path, BATCH, blank_after=BLANK_AFTER)
    found = views(workshop, read_through(workshop, path))
    gold = [json.loads((SAMPLES / slug / "gold.json").read_text("utf-8"))["number"] for slug in BATCH]
    assert [view.file_pages for view in found] == ranges
    read = [symbol(view.line.number or "") for view in found]
    assert sum(ours == symbol(theirs) for ours, theirs in zip(read, gold, strict=True)) >= 10  # two letters in twelve may be misread


def symbol(number):
    """Give a number without its serial, which a hand may have written."""
    return number.lstrip("0123456789")


@pytest.fixture
def archive(tmp_path):
    """An archive of two letters in a folder, a broken PDF, and an archive."""
    path = tmp_path / "ho-so.zip"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as nested:
        nested.writestr("a.txt", "x")
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("van ban/mot.txt", HEADED.format(n=1))
        made.writestr("hai.txt", HEADED.format(n=2))
        made.writestr("cu.zip", inner.getvalue())
        made.writestr("hong.pdf", "không phải PDF")
    return path


def test_an_archive_is_taken_in_file_by_file(workshop, archive, capsys):
    """On the terminal each file of an archive has its receipt and becomes a document; what cannot be taken is named."""
    tally = bring_in(workshop, [archive], purpose="daily", by="thử")
    printed = capsys.readouterr()
    assert (tally.filed, tally.failed) == (2, 2)
    assert "ho-so.zip › van ban › mot.txt" in printed.out and "ho-so.zip › hai.txt → 2/UBND-VP" in printed.out
    assert "ho-so.zip › cu.zip là tệp nén nằm trong tệp nén" in printed.err and "ho-so.zip › hong.pdf" in printed.err
    assert bring_in(workshop, [archive], purpose="daily", by="thử").known == 2
    assert not list(workshop.settings.home.glob("nap-*"))


def test_an_archive_is_taken_in_on_the_page(workshop, archive):
    """In the browser a receipt is given for each file of an archive; one that is damaged as a whole is named once."""
    client = TestClient(make_app(workshop), base_url="http://127.0.0.1:8000")
    files = [("files", ("ho-so.zip", archive.read_bytes())), ("files", ("hong.zip", b"PK\x03\x04" + bytes(90)))]
    told = client.post("/api/ingest", files=files).json()
    assert [(one["name"], bool(one["receipt"])) for one in told] == [
        ("ho-so.zip › van ban › mot.txt", True), ("ho-so.zip › hai.txt", True), ("ho-so.zip › cu.zip", False),
        ("ho-so.zip › hong.pdf", True), ("hong.zip", False),
    ]  # fmt: skip
    assert all("Đề nghị" in one["refused"] for one in told if not one["receipt"])
    assert not list(workshop.settings.home.glob("nap-*"))


def test_a_large_file_of_an_archive_is_not_unpacked(tmp_path):
    """The limit of one file holds for those in an archive, before they are written anywhere."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("to.txt", HEADED * 20)
        made.writestr("nho.txt", HEADED.format(n=1))
    workshop = open_workshop(Settings(home=tmp_path / "small", max_bytes=5_000))
    client = TestClient(make_app(workshop), base_url="http://127.0.0.1:8000")
    told = client.post("/api/ingest", files=[("files", ("a.zip", (tmp_path / "a.zip").read_bytes()))]).json()
    assert [bool(one["receipt"]) for one in told] == [False, True]
    assert "vượt mức" in told[0]["refused"]
    workshop.engine.dispose()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_file_of_another_word_processor_is_read_by_the_child(workshop, tmp_path):
    """LibreOffice works under the limits of the reading process, without its network."""
    path = tmp_path / "thu.rtf"
    path.write_text(r"{\rtf1\ansi\uc1 UBND X\u195? TH\u7916?\par S\u7889?: 7/UBND-VP\par}", "ascii")
    job = read_through(workshop, path)
    assert (job.state, [view.line.number for view in views(workshop, job)]) == ("done", ["7/UBND-VP"])
