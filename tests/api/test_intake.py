"""What is handed in: its line, its receipt, calling it off, trying it again."""

import pytest

from api.intake import tally
from store import ledger
from store.answers import Viewer
from store.database import begin, look
from store.registers import enter, open_register
from tests.api.test_search import told

ALL = Viewer("thử")
NONE = {"done": 0, "reading": 0, "waiting": 0, "failed": 0, "dead": 0, "cancelled": 0}


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        ({"done": 9, "reading": 2, "failed": 1}, "12 tệp: 9 đã đọc, 2 đang đọc, 1 lỗi"),
        ({"waiting": 3, "cancelled": 1}, "4 tệp: 3 chờ đọc, 1 đã hủy"),
        ({"failed": 1, "dead": 1}, "2 tệp: 2 lỗi"),
        ({}, ""),
    ],
)
def test_a_day_is_said_in_one_line(counted, said):
    """How many files, and how many of them are how far."""
    assert tally(NONE | counted) == said


@pytest.fixture
def handed(client):
    """The id of one file that waits."""
    return client.post("/api/ingest", files=[("files", ("thư.txt", b"xin ch\xc3\xa0o"))]).json()[0]["receipt"]["id"]


def state(workshop, job_id):
    """Give how far a file is."""
    with look(workshop.engine) as session:
        return ledger.job(session, job_id, seen_by=ALL).state


def test_a_file_that_waits_is_called_off_and_read_after_all(client, token, workshop, handed):
    """One press each way; the line stays and says so."""
    client.post(f"/tiep-nhan/{handed}/huy", data={"token": token})
    assert state(workshop, handed) == "cancelled"
    assert "Đã hủy" in told(client, "/tiep-nhan?xem=da-huy") and "1 tệp: 1 đã hủy" in told(client, "/tiep-nhan")
    client.post(f"/tiep-nhan/{handed}/doc-lai", data={"token": token})
    assert state(workshop, handed) == "waiting"


def test_what_a_worker_has_taken_is_not_called_off(client, token, workshop, handed):
    """The page says that it goes on."""
    from datetime import UTC, datetime

    with begin(workshop.engine) as session:
        ledger.claim(session, owner="máy", now=datetime.now(UTC), lease_s=60)
    answer = client.post(f"/tiep-nhan/{handed}/huy", data={"token": token})
    assert "đã được lấy ra đọc trước khi hủy" in answer.text
    assert state(workshop, handed) == "reading"


def test_only_a_form_of_this_site_calls_off(client, workshop, handed):
    """Without the token nothing happens; a file that is none is not found."""
    assert client.post(f"/tiep-nhan/{handed}/huy", data={"token": "x"}).status_code == 403
    assert state(workshop, handed) == "waiting"
    assert client.post("/tiep-nhan/99/huy", data={"token": client.cookies["vanthu-token"]}).status_code == 404


def test_a_failure_says_why_and_can_be_tried_again(client, token, workshop, handed):
    """Listed apart, with its reason and a button."""
    from datetime import UTC, datetime

    with begin(workshop.engine) as session:
        job = ledger.claim(session, owner="máy", now=datetime.now(UTC), lease_s=60)
        ledger.fail(session, job.id, owner="máy", attempt=job.attempts, error="thư.txt có mật khẩu.")
    page = told(client, "/tiep-nhan?xem=loi")
    assert "thư.txt có mật khẩu." in page and "Thử lại" in page and "1 tệp: 1 lỗi" in page
    client.post(f"/tiep-nhan/{handed}/doc-lai", data={"token": token})
    assert state(workshop, handed) == "waiting"
    assert "Không có tệp nào như vậy" in told(client, "/tiep-nhan?xem=loi")


def test_a_duplicate_stands_beside_the_earlier_one(client, handed):
    """The line names the earlier receipt, its file and its day, and leads to it."""
    client.post("/api/ingest", files=[("files", ("lại.txt", b"xin ch\xc3\xa0o"))])
    page = client.get("/tiep-nhan").text
    assert f'href="/tiep-nhan#tep-{handed}"' in page
    assert f"Trùng nội dung với biên nhận số {handed} ( thư.txt".replace("( ", "(") in told(client, "/tiep-nhan").replace("( ", "(")


def test_a_duplicate_of_a_registered_paper_names_its_number(client, workshop, filed, handed):
    """The paper keeps the number that it has in the register, and the line says so."""
    from datetime import UTC, date, datetime

    now = datetime.now(UTC)
    with begin(workshop.engine) as session:
        job = ledger.claim(session, owner="máy", now=now, lease_s=60)
        ledger.finish(session, handed, owner="máy", attempt=job.attempts, document_ids=filed[:1])
        book = open_register(session, "in", "Văn bản đến", "2026", first=34)
        enter(session, book, filed[0], on=date(2026, 11, 20), by="An", now=now)
    client.post("/api/ingest", files=[("files", ("lại.txt", b"xin ch\xc3\xa0o"))])
    assert "Văn bản đã vào sổ: số 34, ngày 20/11/2026. Không cấp số mới." in told(client, "/tiep-nhan")


@pytest.mark.parametrize("parts", [["tep"], ["tep", "thu-muc", "may-anh"], []])
def test_a_plain_form_with_empty_ways_is_understood(client, token, parts):
    """Without the script the three ways in are three fields, of which most are empty."""
    body = f'--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n'
    for at, part in enumerate(parts):
        name = f"{part}.txt" if at == 0 else ""
        content = "xin chào" if at == 0 else ""
        body += f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n{content}\r\n'
    headers = {"content-type": "multipart/form-data; boundary=b"}
    answer = client.post("/tiep-nhan", content=f"{body}--b--\r\n".encode(), headers=headers)
    assert answer.status_code == 200
    assert ("1 tệp đã có biên nhận" in answer.text) == bool(parts)
    assert ("Chưa có tệp nào được chọn" in answer.text) != bool(parts)
