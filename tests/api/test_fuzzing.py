"""Every file, however damaged, ends as a document or as a clear refusal, and harms nothing."""

from itertools import chain, islice

import pytest

from bench.bombs import BOMBS
from bench.fuzzing import LIMIT_MB, hostile, try_all

DAMAGED = 34  # twice each seed; `make bench-fuzz` tries two thousand
SOON = (
    "phinh.zip", "long.zip", "danh-sach.zip", "duong-dan.zip", "phinh.docx", "cuoi.docx", "tep-may.docx", "mang.docx", "sau.docx",
    "bang-sau.docx", "vong.pdf", "sau.pdf", "to.pdf", "rong.pdf", "hep.pdf", "nghin-trang.pdf", "to.png", "rong.png", "chu-phinh.png",
    "to.tif", "vong.tif", "nhieu-bit.tif", "am.tif", "to.jpg", "nhieu-trang.txt", "ngoac.txt", "thu.eml",
)  # fmt: skip


@pytest.mark.slow
def test_a_hostile_file_ends_as_a_document_or_a_refusal(tmp_path):
    """Damaged files and files that swell: none is lost, none is a fault of the program, none holds more memory than it may."""
    files = chain(((name, BOMBS[name]()) for name in SOON), islice(hostile(2), DAMAGED))
    outcome = try_all(files, tmp_path / "home")
    assert outcome.faults == []
    assert len(outcome.seconds) == len(SOON) + DAMAGED
    assert {"done", "failed", "refused"} <= set(outcome.ended)
    assert 0 < outcome.most_mb <= LIMIT_MB and outcome.grown_mb < 300
    assert "root:" not in str(outcome.said)
