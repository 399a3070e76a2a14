"""What was made for a duty goes with its report: kept as it came, fetched as a file, struck out with the report."""

import hashlib
import re

import pytest
from sqlalchemy import func, select

from store import ledger, originals
from store.database import begin, look
from store.tables import OriginalRow
from store.work_tables import ProductRow, StepRow
from tests.api.conftest import NASTY
from tests.store.making import NOW, directive, put

PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def duty(workshop, filed):  # noqa: ARG001  the letters are there
    """The first duty of the filed letters."""
    from store.tables import DutyRow

    with look(workshop.engine) as session:
        return session.scalar(select(func.min(DutyRow.id)))


def report(client, duty, token, *files, **typed):
    """Report a duty done with files, as a form does."""
    sent = {"token": token, "kind": "report", **typed}
    return client.post(f"/nhiem-vu/{duty}/viec", data=sent, files=[("files", file) for file in files])


def links(client, duty):
    """Give the addresses of the products in the history."""
    return re.findall(rf'href="(/nhiem-vu/{duty}/san-pham/\d+)"', client.get(f"/nhiem-vu/{duty}").text)


def test_a_file_is_kept_by_its_hash_and_comes_back_as_an_attachment(client, workshop, duty, token):
    """Hostile bytes under a hostile name are given as bytes to save: no type of their own, no sniffing, no name with a path."""
    assert report(client, duty, token, (f"../../{NASTY}.html", PAGE, "text/html")).status_code == 200
    (link,) = links(client, duty)
    answer = client.get(link)
    assert answer.content == PAGE
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    said = answer.headers["content-disposition"]
    assert said.startswith("attachment") and ".." not in said and "<" not in said
    assert originals.path_of(workshop.settings.home, hashlib.sha256(PAGE).hexdigest()).read_bytes() == PAGE
    assert "<script>alert" not in client.get(f"/nhiem-vu/{duty}").text


def test_the_same_file_twice_is_kept_once_and_may_still_be_handed_in(client, workshop, duty, token):
    """Two products, one original; the intake takes the same bytes as any."""
    report(client, duty, token, ("a.txt", b"mot", "text/plain"), ("b.txt", b"mot", "text/plain"))
    assert len(links(client, duty)) == 2
    digest = hashlib.sha256(b"mot").hexdigest()
    with begin(workshop.engine) as session:
        assert session.scalar(select(func.count()).where(OriginalRow.sha256 == digest)) == 1
        ledger.receive(session, name="a.txt", sha256=digest, size=3, purpose="daily", received_by="An", now=NOW)


def test_a_document_of_ours_is_named_by_its_number(client, duty, token):
    """In any spelling; the link leads to it."""
    report(client, duty, token, numbers="246 - cv/đu")
    (link,) = links(client, duty)
    assert re.fullmatch(r"/van-ban/\d+", client.get(link, follow_redirects=False).headers["location"])


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("999-BC/ĐU", "Không có văn bản số “999-BC/ĐU” trong kho"),
        ("21-KH/ĐU", "Không có văn bản số “21-KH/ĐU” trong kho"),  # only cited
        ("246-CV/ĐU ngày 31/02/2026", "không phải là ngày"),
        ("246-CV/ĐU ngày 01/02/2026", "Không có văn bản số"),
        ("7-BC/ĐU", "Có 2 văn bản số “7-BC/ĐU” trong kho (ngày 01/02/2025; 01/02/2026)"),
    ],
)
def test_what_is_not_there_or_not_one_is_said_and_nothing_is_reported(client, workshop, duty, token, numbers, said):
    """The form comes back with what was typed."""
    with begin(workshop.engine) as session:
        for year in (2025, 2026):
            put(session, directive("7-BC/ĐU", f"01/02/{year}", "Đảng ủy xã Suối Ngàn"))
    answer = report(client, duty, token, numbers=numbers)
    assert answer.status_code == 422 and said in answer.text and numbers in answer.text
    with look(workshop.engine) as session:
        assert (
            session.scalar(select(func.count()).select_from(StepRow)) == session.scalar(select(func.count()).select_from(ProductRow)) == 0
        )


def test_a_day_tells_two_documents_of_one_number_apart(client, workshop, duty, token):
    """The one of that day is linked."""
    with begin(workshop.engine) as session:
        put(session, directive("7-BC/ĐU", "01/02/2025", "Đảng ủy xã Suối Ngàn"))
        wanted = put(session, directive("7-BC/ĐU", "01/02/2026", "Đảng ủy xã Suối Ngàn"))
    report(client, duty, token, numbers="7-BC/ĐU ngày 01/02/2026")
    (link,) = links(client, duty)
    assert client.get(link, follow_redirects=False).headers["location"] == f"/van-ban/{wanted}"


def test_an_empty_file_reports_nothing(client, duty, token):
    """It is said by its name."""
    assert "Tệp rong.pdf không có nội dung" in report(client, duty, token, ("rong.pdf", b"", "application/pdf")).text
    assert links(client, duty) == []


def test_undo_strikes_the_report_out_with_its_products(client, duty, token):
    """The duty stands as before; the history still says what was handed over, struck out."""
    report(client, duty, token, ("a.txt", b"mot", "text/plain"))
    client.post(f"/nhiem-vu/{duty}/hoan-tac", data={"token": token})
    page = client.get(f"/nhiem-vu/{duty}").text
    assert re.search(r"<del>(?:(?!</del>).)*a\.txt", page, re.DOTALL)
    assert "Đã hoàn tác" in page


def test_another_duty_does_not_lead_to_it(client, duty, token):
    """An address with another duty's number, or of nothing, is not found."""
    report(client, duty, token, ("a.txt", b"mot", "text/plain"))
    (link,) = links(client, duty)
    number = link.rpartition("/")[2]
    assert [client.get(f"/nhiem-vu/{other}/san-pham/{one}").status_code for other, one in ((duty + 1, number), (duty, 999))] == [404, 404]
