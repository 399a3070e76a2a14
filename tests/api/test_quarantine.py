"""A letter marked secret that is handed in is not in the store afterwards, and its clerk is told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete

from api.mending import SetApart, carry_out
from api.pipeline import take_in, work_one
from store import ledger
from store.answers import Viewer
from store.database import begin, look
from store.mending import Change
from store.paging import leaves
from store.scrub import scrub
from store.tables import DocumentRow, ValueRow
from tests.api.test_cli import ORDER

SECRET = ORDER.format(n=1, day=20).replace("CỘNG HÒA", "MẬT\nCỘNG HÒA", 1)


def hand_in(workshop, tmp_path, text):
    """Hand in a text and have it read; give its line of the ledger."""
    letter = tmp_path / "thu.txt"
    letter.write_text(text, "utf-8")
    receipt = take_in(workshop, letter, "thu.txt", "daily", "An")
    assert work_one(workshop, "máy")
    with look(workshop.engine) as session:
        return ledger.job(session, receipt.id, seen_by=Viewer("An"))


@pytest.mark.slow
@pytest.mark.parametrize(("text", "is_set_apart"), [(SECRET, True), (ORDER.format(n=1, day=20), False)])
def test_a_secret_letter_is_set_apart(workshop, tmp_path, client, text, is_set_apart):
    """It lies outside the home; no document, page, picture or word of it is left, and the list of files says where it belongs."""
    job = hand_in(workshop, tmp_path, text)
    apart = list(workshop.settings.quarantine.glob("*"))
    assert (len(apart), bool(job.document_ids)) == ((1, False) if is_set_apart else (0, True))
    assert ("không được lưu trên hệ thống này" in client.get("/tiep-nhan").text) == is_set_apart
    assert ("Không tìm thấy văn bản nào" in client.get("/tra-cuu?tu=báo cáo số liệu").text) == is_set_apart
    kept = [path for part in ("originals", "transcripts", "cache") for path in (workshop.settings.home / part).rglob("*") if path.is_file()]
    assert (kept == []) == is_set_apart


@pytest.mark.slow
def test_an_office_that_may_hold_secrets_keeps_them(workshop, tmp_path):
    """Where the operator says so, the letter is filed with its mark."""
    allowed = replace(workshop, settings=workshop.settings.model_copy(update={"secrecy": "keep"}))
    assert hand_in(allowed, tmp_path, SECRET).document_ids


@pytest.mark.slow
@pytest.mark.parametrize("was_marked", [False, True])
def test_a_mark_that_is_read_only_once_pages_are_arranged_sets_apart(workshop, tmp_path, was_marked):
    """A filed document that turns out to be secret leaves the store with its file; one that was held with its mark stays."""
    allowed = replace(workshop, settings=workshop.settings.model_copy(update={"secrecy": "keep"}))
    job = hand_in(allowed, tmp_path, SECRET)
    (document,) = job.document_ids
    with begin(workshop.engine) as session:
        own = leaves(session, session.get_one(DocumentRow, document))
        if not was_marked:
            session.execute(delete(ValueRow).where(ValueRow.document_id == document, ValueRow.name == "secrecy"))
    change = Change("turn", "Xoay trang 1", {document: own}, {document: own})
    if was_marked:
        assert carry_out(workshop, change, by="An") == {document: document}
        return
    with pytest.raises(SetApart, match="không được lưu trên hệ thống này"):
        carry_out(workshop, change, by="An")
    assert len(list(workshop.settings.quarantine.glob("*"))) == 1
    kept = [path for part in ("originals", "transcripts", "cache") for path in (workshop.settings.home / part).rglob("*") if path.is_file()]
    assert kept == []
    with look(workshop.engine) as session:
        assert session.get(DocumentRow, document) is None
        line = ledger.job(session, job.id, seen_by=Viewer("An"))
        assert line.state == "failed" and "không được lưu trên hệ thống này" in line.error
        assert list(scrub(session, workshop.settings.home, now=datetime.now(UTC))) == []
