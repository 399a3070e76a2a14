"""What was passed over, and why."""

import pytest

from ingest.transcript import Page, Transcript
from nlp.extract import extract
from nlp.lexicon import load
from nlp.rejected import find_rejected

HEAD = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ TÂN MẪU\tĐộc lập - Tự do - Hạnh phúc
Số: 12/UBND-VP\tTân Mẫu, ngày 10 tháng 11 năm 2025
V/v rà soát hồ sơ

Kính gửi: Các phòng chuyên môn.

"""
TAIL = """

Nơi nhận:
- Như trên;
- Lưu: VT.
\tKT. CHỦ TỊCH
\tPHÓ CHỦ TỊCH
\tLê Văn Mẫu
"""


def passed(body, head=HEAD):
    transcript = Transcript("t", "t", "text/plain", (Page(1, 0, 0, head + body + TAIL),))
    return find_rejected(transcript, extract(transcript))


TIMES = [
    # what was passed over, the reason, the text it stands in
    ("ngày 05/6/2025", "cited", "Thực hiện Kế hoạch số 07/KH-UBND ngày 05/6/2025 của Ủy ban nhân dân tỉnh."),
    ("đến ngày 30/11/2025", "as_of", "Số liệu tính đến ngày 30/11/2025."),
    ("ngày 01/01/2026", "in_force", "Quy định này có hiệu lực kể từ ngày 01/01/2026."),
    ("trước ngày 01/7/2026", "condition", "Trường hợp đã kê khai trước ngày 01/7/2026 thì không phải đăng ký lại."),
    ("trước ngày 12/11/2025", "condition", "Đối với các đơn vị đã gửi hồ sơ trước ngày 12/11/2025: không phải gửi lại."),
    ("ngày 05/3/2024", "past", "Các phòng đã báo cáo vào ngày 05/3/2024."),
    ("8 giờ 00 ngày 20/11/2025", "event", "Cuộc họp bắt đầu lúc 8 giờ 00 ngày 20/11/2025."),
    ("năm 2026", "name", "Các phòng xây dựng kế hoạch năm 2026."),
    ("trước ngày 15/12/2025", "retold_order", "Kế hoạch số 07/KH-UBND giao các xã báo cáo trước ngày 15/12/2025."),
    ("trước ngày 15/12/2025", "quoted", "Công văn ghi “các xã báo cáo trước ngày 15/12/2025” là chưa đúng."),
]


@pytest.mark.parametrize(("words", "reason", "body"), TIMES)
def test_a_time_that_is_no_limit_has_its_reason(words, reason, body):
    """A meeting, an as-of date, entry into force, a condition, another's order: each time that binds nobody says why."""
    told = {one.text: one.reason for one in passed(body) if one.kind == "limit"}
    match = next((text for text in told if words in text), None)
    assert match is not None, told
    assert told[match] == load("times")["why_not"][reason]


DATED = "Giao Phòng Kinh tế báo cáo kết quả trước ngày 20/11/2025."
WISH = "Đề nghị các phòng nghiêm túc triển khai thực hiện các nội dung trên."
ORDERS = [
    # how it begins, the reason, the text
    ("Đơn vị không", "denied", "Đơn vị không báo cáo kết quả đăng ký mô hình thì không được xét thi đua."),
    ("Tăng cường", "nobody", "Tăng cường tuyên truyền, phổ biến pháp luật đến người dân trên địa bàn."),
    (WISH, "wish", f"{DATED}\n\n{WISH}"),
]


@pytest.mark.parametrize(("words", "reason", "body"), ORDERS)
def test_a_sentence_that_is_no_order_has_its_reason(words, reason, body):
    """A warning, a task of nobody, a closing wish: what looks like an order and is none says why."""
    told = [one for one in passed(body) if one.kind == "order"]
    assert [one.reason for one in told if one.text.startswith(words)] == [load("verbs")["why_not"][reason]]


DOCUMENTS = [
    ("TCVN 6909:2001", "standard", "Văn bản dùng bộ mã theo TCVN 6909:2001."),
    ("ISO 9001:2015", "standard", "Áp dụng hệ thống ISO 9001:2015 tại cơ quan."),
    ("hợp đồng số 12/HĐKT", "no_kind", "Các phòng thanh lý hợp đồng số 12/HĐKT với đơn vị thi công."),
    ("thửa đất số 71", "no_kind", "Ủy ban nhân dân xã thu hồi thửa đất số 71 theo quy định."),
    ("Điện thoại: 0263 3877 123", "phone", "Mọi vướng mắc xin liên hệ Điện thoại: 0263 3877 123."),
    ("Luật Đất đai", "draft", "Các phòng góp ý dự thảo Luật Đất đai theo đề nghị của tỉnh."),
]


@pytest.mark.parametrize(("words", "reason", "body"), DOCUMENTS)
def test_what_carries_a_number_and_is_no_document_has_its_reason(words, reason, body):
    """Standards, contracts, plots, telephone numbers and drafts are no documents that are cited."""
    told = {one.text: one.reason for one in passed(body) if one.kind == "document"}
    assert told == {words: load("citing")["why_not"][reason]}


def test_what_was_taken_is_not_said_to_be_passed_over():
    """Neither a limit, nor a duty, nor a cited document, nor the own number and day stands among what was passed over."""
    body = "Giao Phòng Kinh tế thực hiện Kế hoạch số 07/KH-UBND, báo cáo kết quả trước ngày 20/11/2025."
    assert passed(body) == ()


def test_places_are_those_of_the_text():
    """Each place opens at the words, however the text is spaced."""
    text = HEAD + "Số liệu   tính\nđến   ngày 30/11/2025." + TAIL
    transcript = Transcript("t", "t", "text/plain", (Page(1, 0, 0, text),))
    (one,) = find_rejected(transcript, extract(transcript))
    span = one.place.span
    assert " ".join(text[span.start : span.end].split()) == one.text == "đến ngày 30/11/2025"
