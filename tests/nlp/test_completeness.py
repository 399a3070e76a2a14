"""What may be missing is said in one sentence; a document that is whole is left in peace."""

from dataclasses import replace

import pytest

from ingest.transcript import Box, Page, Region, Span, Transcript, Word
from nlp.extract import extract

HEAD = (
    "UBND XÃ SƠN HẢI\nSố: 12/UBND-VP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSơn Hải, ngày 05 tháng 01 năm 2026\n"
    "V/v báo cáo công tác văn thư\nKính gửi: Các thôn.\n"
)
BODY = "Ủy ban nhân dân xã đề nghị các thôn báo cáo kết quả thực hiện công tác văn thư, lưu trữ năm 2025."
END = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn Mẫu"


def doubts(*texts, confidence=None):
    """Give the notes on a document of these pages; confidence: as if OCR had read its words so surely."""
    pages = [Page(number, 0, 0, text) for number, text in enumerate(texts, 1)]
    if confidence is not None:
        pages = [replace(page, words=words(page.text, confidence), reading="OCR") for page in pages]
    return list(extract(Transcript("t", "t.pdf", "application/pdf", tuple(pages))).notes)


def words(text, confidence):
    """Give each word of a text, read so surely."""
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append(Word(Span(at, at + len(word)), Box(0, 0, 1, 1), "OCR", confidence))
        at += len(word)
    return tuple(found)


def whole(body=BODY):
    """Write a letter on one page."""
    return f"{HEAD}{body}\n{END}"


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ([], ["", "2", "3"]),
        ([], ["1", "- 2 -", "Trang 3"]),
        ([], ["", "", "3"]),
        ([], ["", "2", "60"]),
        ([], ["", "2", "2"]),
        (["Có thể thiếu trang 3: sau trang 2 là trang 4 (theo số trang in)."], ["1", "2", "4"]),
        (["Có thể thiếu trang 3: sau trang 2 là trang 4 (theo số trang in)."], ["", "2", "4", "5"]),
        (["Có thể thiếu trang 3–4: sau trang 2 là trang 5 (theo số trang in)."], ["", "2", "5", "6"]),
        (["Có thể thiếu trang 2: sau trang 1 là trang 3 (theo số trang in)."], ["", "3", "4"]),
    ],
)
def test_a_leap_in_the_printed_numbers_is_a_missing_page(said, numbers):
    """Numbers that go on say nothing, nor one that is far off or missing; a leap names the pages."""
    last = len(numbers) - 1
    pages = [f"{HEAD if at == 0 else ''}{BODY}\n{END if at == last else BODY}\n{number}".strip() for at, number in enumerate(numbers)]
    assert doubts(*pages) == said


@pytest.mark.parametrize(
    ("count", "confidence", "numbers"), [(0, 0.5, ["", "2", "4"]), (1, 0.5, ["", "2", "4", "5"]), (1, 0.95, ["", "2", "4"])]
)
def test_a_number_that_is_read_unsurely_needs_another_to_bear_it_out(count, confidence, numbers):
    """One digit that OCR may have taken for another is no missing page."""
    last = len(numbers) - 1
    pages = [f"{HEAD if at == 0 else ''}{BODY}\n{END if at == last else BODY}\n{number}".strip() for at, number in enumerate(numbers)]
    assert sum("thiếu trang" in note for note in doubts(*pages, confidence=confidence)) == count


def test_pages_of_what_is_attached_are_numbered_for_themselves():
    """An appendix that begins at 1 again, or goes its own way, is no leap."""
    assert doubts(whole(), f"{BODY}\n{BODY}", f"Phụ lục\nDANH SÁCH\n{BODY}\n1", f"{BODY}\n3") == []


def test_a_document_that_begins_in_the_middle_lacks_its_first_page():
    """A first page without a head that bears a later number says so."""
    assert doubts(f"{BODY}\n{BODY}\n3", f"{BODY}\n{END}\n4") == ["Có thể thiếu trang đầu: trang đầu tiên trong tệp in số 3."]


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, whole()), (0, f"{HEAD}{BODY}\nCHỦ TỊCH\nNguyễn Văn Mẫu"), (0, f"{HEAD}{BODY}\nNơi nhận:\n- Như trên."), (1, HEAD + BODY)],
)
def test_an_end_without_signature_may_be_a_missing_page(count, text):
    """Where neither signature nor Nơi nhận is printed, the end may be missing."""
    assert sum("thiếu trang cuối" in note for note in doubts(text)) == count


@pytest.mark.parametrize(
    ("quoted", "body"),
    [
        (None, BODY),
        (None, f"{BODY} (kèm theo danh sách)."),
        (None, f"{BODY} (ban hành kèm theo Quyết định số 5/QĐ-UBND)."),
        (None, "Thực hiện mẫu gửi kèm theo Công văn số 5/UBND-VP của Ủy ban nhân dân huyện."),
        ("đính kèm danh sách", f"{BODY} (đính kèm danh sách)."),
        ("Có đề cương gửi kèm", f"{BODY} (Có đề cương gửi kèm)."),
        ("Chi tiết tại Phụ lục kèm theo", f"{BODY} (Chi tiết tại Phụ lục kèm theo)."),
        ("Gửi kèm theo Công văn này Đề cương báo cáo", "Gửi kèm theo Công văn này Đề cương báo cáo."),
    ],
)
def test_what_is_announced_and_not_there_is_named(quoted, body):
    """What comes with the document by its own words is missed where nothing follows; what others enclose is not."""
    said = [note for note in doubts(whole(body)) if "kèm theo" in note]
    assert said == ([f"Văn bản nêu có tài liệu kèm theo («{quoted}») nhưng không thấy trong tệp."] if quoted else [])
    assert doubts(whole(body), f"Phụ lục\nDANH SÁCH\n{BODY}") == []
    assert doubts(f"{HEAD}{body}\nNơi nhận:", f"Phụ lục: DANH SÁCH các đơn vị\n{BODY}") == []


def test_a_blank_back_is_named():
    """A page without words inside a document is said to be a blank back; one that bears writing is none."""
    assert doubts(HEAD + BODY, "", f"{BODY}\n{END}") == ["Trang 2 không có chữ; có thể là mặt sau để trắng."]
    written = Page(2, 595, 842, "", regions=(Region(Box(0, 0, 9, 9), "handwriting"),))
    pages = (Page(1, 595, 842, HEAD + BODY), written, Page(3, 595, 842, f"{BODY}\n{END}"))
    assert extract(Transcript("t", "t.pdf", "application/pdf", pages)).notes == ()
