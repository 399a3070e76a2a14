"""A letter marked secret that is handed in is not in the store afterwards, and its clerk is told."""

from dataclasses import replace

import pytest

from api.pipeline import take_in, work_one
from store import ledger
from store.answers import Viewer
from store.database import look
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
