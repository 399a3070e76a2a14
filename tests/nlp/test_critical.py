"""What one letter can make wrong is named, and little else."""

from ingest.transcript import Page, Transcript
from nlp.critical import critical_spans
from nlp.extract import extract

LETTER = """ỦY BAN NHÂN DÂN
TỈNH AN PHÚ
Số: 12/UBND-TH
V/v báo cáo kinh phí
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Phú, ngày 05 tháng 3 năm 2025

Kính gửi: Sở Tài chính.

Thực hiện Quyết định số 45/QĐ-TTg ngày 10/01/2025 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh giao 1.250.000.000 đồng
cho 12 xã và 300 triệu đồng cho Sở Tài chính.
Đề nghị Sở Tài chính báo cáo kết quả trước ngày 20/3/2025.

Nơi nhận:
- Như trên;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Lê Văn Mẫu
"""


def test_numbers_days_money_and_the_signer_must_not_be_misread():
    """Cited documents, limits, sums and the signer's name; a count of communes is not so grave."""
    transcript = Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, LETTER),))
    texts = [transcript.text[span.start : span.end] for span in critical_spans(extract(transcript), transcript)]
    joined = " | ".join(texts)
    for needed in ("45/QĐ-TTg", "20/3/2025", "1.250.000.000 đồng", "300 triệu đồng", "Lê Văn Mẫu"):
        assert needed in joined, needed
    assert "12 xã" not in joined
    assert "12/UBND-TH" not in joined
