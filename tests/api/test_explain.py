"""The marked view of a document, and what was passed over in it."""

from typing import get_args

import pytest

from api.explain import REJECTED, lines, page
from ingest.transcript import Page, Transcript
from nlp.directive import RejectedKind
from nlp.extract import extract

TEXT = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ TÂN MẪU\tĐộc lập - Tự do - Hạnh phúc
Số: 12/UBND-VP\tTân Mẫu, ngày 10 tháng 11 năm 2025

Kính gửi: Các phòng chuyên môn.

Giao Phòng Kinh tế báo cáo kết quả trước ngày 20/11/2025. Quy định này có hiệu lực kể từ ngày 01/01/2026.
Bộ mã theo TCVN 6909:2001 <b>.
Số liệu tính đến ngày 30/11/2025; tính đến ngày 31/12/2025; tính đến ngày 31/01/2026; tính đến ngày 28/02/2026.
"""


@pytest.fixture
def document():
    transcript = Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, TEXT),))
    return transcript, extract(transcript)


def test_every_kind_has_its_words():
    """No kind of what is passed over is shown as its English name."""
    assert set(REJECTED) == set(get_args(RejectedKind))


def test_the_terminal_tells_what_was_passed_over_and_why(document):
    """One line for each reason, its first places quoted, the rest counted."""
    out = list(lines(*document))
    told = out[out.index("Đã xét nhưng không ghi nhận, và lý do:") + 1 :]
    assert "- Ngày, thời hạn: ngày có hiệu lực, không phải hạn: “ngày 01/01/2026”" in told
    assert "- Số, tên văn bản: tiêu chuẩn, không phải văn bản: “TCVN 6909:2001”" in told
    counted = next(line for line in told if "thời điểm tính số liệu" in line)
    assert counted.endswith("“đến ngày 30/11/2025”, “đến ngày 31/12/2025”, “đến ngày 31/01/2026” và 1 chỗ khác")


def test_the_page_marks_what_was_passed_over_with_its_reason(document):
    """In the text it is marked apart from what was taken, its reason in the title; the table below holds reason and words, escaped."""
    shown = page([document])
    assert '<mark class="rejected" title="Không ghi nhận: tiêu chuẩn, không phải văn bản">TCVN 6909:2001</mark>' in shown
    assert "<td>Số, tên văn bản</td><td>tiêu chuẩn, không phải văn bản</td><td>“TCVN 6909:2001”</td>" in shown
    assert "<b>" not in shown


def test_a_document_without_anything_passed_over_has_no_such_part():
    """The part is left out where it would be empty."""
    transcript = Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, "THÔNG BÁO\nNghỉ làm việc."),))
    directive = extract(transcript)
    assert "Đã xét" not in page([(transcript, directive)]) + "".join(lines(transcript, directive))
