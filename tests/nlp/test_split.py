"""A file of several documents is parted where each begins; what comes with a document stays with it."""

import gzip
import json
import re
import unicodedata
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.read import read
from ingest.transcript import Box, Page, Region, Signature, Span, Transcript
from nlp.directive import Place
from nlp.split import part_of, split
from store.evidence import read_at

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
END = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Mẫu"
TEXT = "Đề nghị các phòng, ban và các thôn thực hiện nghiêm túc nội dung trên, báo cáo kết quả về Ủy ban nhân dân xã."


def state(number="12/UBND-VP", agency="ỦY BAN NHÂN DÂN\nXÃ SƠN HẢI", below="Kính gửi: Các thôn.", text=TEXT, end=END):
    """Write the page of a letter or a titled document of the State."""
    return f"{agency}\nSố: {number}\n{MOTTO}\nSơn Hải, ngày 05 tháng 01 năm 2026\n{below}\n{text}\n{end}"


def party(number="33-CV/ĐU"):
    """Write the page of a letter of the Party."""
    head = f"ĐẢNG BỘ TỈNH QUẢNG LÂM\nĐẢNG ỦY XÃ SƠN HẢI\n*\nSố {number}\nĐẢNG CỘNG SẢN VIỆT NAM\nSơn Hải, ngày 07 tháng 01 năm 2026"
    return f"{head}\nKính gửi: Các chi bộ.\n{TEXT}\nNơi nhận:\n- Như trên,\n- Lưu Văn phòng.\nT/M ĐẢNG ỦY\nBÍ THƯ\nTrần Thị Mẫu"


PLAN = "KẾ HOẠCH\nthực hiện công tác văn thư năm 2026"
BODY = f"1. {TEXT}\n2. {TEXT}\n2"
LETTER_WITH_PLAN = state(text=f"{TEXT} (Gửi kèm theo Kế hoạch thực hiện công tác văn thư năm 2026).")
DECISION = state("5/QĐ-UBND", below="QUYẾT ĐỊNH\nvề việc thành lập tổ công tác", text=f"Điều 1. {TEXT}")


def file_of(*texts):
    """Make a transcript of pages with these texts."""
    return Transcript("a-1", "quet.pdf", "application/pdf", tuple(Page(at, 595, 842, text) for at, text in enumerate(texts, 1)))


def ranges(*texts):
    """Give the page ranges into which these pages are parted."""
    return [(part.first, part.last) for part in split(file_of(*texts))]


@pytest.mark.parametrize(
    ("found", "pages"),
    [
        ([(1, 1), (2, 2)], [state(), state("13/UBND-VP")]),
        ([(1, 1), (2, 2), (3, 3)], [state(), party(), DECISION]),
        ([(1, 2), (3, 3)], [state(end=""), f"{BODY}\n{END}", party()]),
        ([(1, 1), (2, 3)], [party(), state("      /UBND-VP", end=""), f"{BODY}\n{END}"]),
        ([(1, 1), (2, 2)], [state(), state("14/KH-UBND", below=PLAN)]),
        ([(1, 1), (2, 2)], [state(end=""), party()]),
        ([(1, 1), (2, 2)], [party(), party("34-CV/ĐU").replace("ĐẢNG CỘNG SẢN VIỆT NAM", "ĐÁNG CONG SÁN VIỆT NAM")]),
        ([(1, 1), (2, 2)], [party(), state().replace(MOTTO, "CỌNG I1ÒA XÃ IIỌI")]),
        ([(1, 1), (2, 2)], [LETTER_WITH_PLAN, DECISION]),
        ([(1, 2), (3, 3)], [state(), "Phụ lục\nDANH SÁCH\n(Kèm theo Công văn số 12/UBND-VP)\n1. Thôn Một", state("13/UBND-VP")]),
    ],
)
def test_a_page_with_the_head_of_a_document_opens_one(pages, found):
    """A new head with a number, after the end of the document before, begins a document; its later pages and appendices go with it."""
    assert ranges(*pages) == found


@pytest.mark.parametrize(
    "pages",
    [
        ["", ""],
        [state(end=""), BODY, END],
        [state(), state()],
        [state(), "Phụ lục I\n" + state("13/UBND-VP")],
        [state(), "Mẫu số 01\n" + state("……/BC-UBND")],
        [state(), state("……/BC-UBND", below="BÁO CÁO").replace("05 tháng 01 năm 2026", "… tháng … năm 2026")],
        [state(), f"TÊN CƠ QUAN\nSố: /TTr-…\n{MOTTO}\n…, ngày … tháng … năm …\nTỜ TRÌNH\n{TEXT}"],
        [state(), f"{MOTTO}\nĐƠN ĐỀ NGHỊ\nKính gửi: Ủy ban nhân dân xã.\nTên tôi là: \nSơn Hải, ngày   tháng   năm 2026"],
        [DECISION, f"ỦY BAN NHÂN DÂN\nXÃ SƠN HẢI\n{MOTTO}\nQUY CHẾ\n(Ban hành kèm theo Quyết định số 5/QĐ-UBND)\n{TEXT}"],
        [state(), "DỰ THẢO\n" + state("15/QĐ-UBND", below="QUYẾT ĐỊNH\nvề việc thành lập tổ")],
        [LETTER_WITH_PLAN, state("      /KH-UBND", below=PLAN)],
        [LETTER_WITH_PLAN, state("14/KH-UBND", below=PLAN)],
        [state(text="Sao gửi Công văn số 33-CV/ĐU ngày 07/01/2026 của Đảng ủy xã."), party()],
        [state(), f"{TEXT}\nSố: 14/UBND-VP ngày 05 tháng 01 năm 2026\n{MOTTO}"],
        [
            state(end=""),
            f"Căn cứ Công văn\nsố: 15/UBND-VP ngày 05 tháng 01 năm 2026 của Ủy ban nhân dân xã về việc báo cáo.\n{TEXT}\n{END}",
        ],
    ],
)
def test_what_comes_with_a_document_does_not_open_one(pages):
    """Appendices, forms, drafts, rules that are issued with it, what a letter encloses and a second copy stay."""
    assert ranges(*pages) == [(1, len(pages))]


@pytest.mark.parametrize(
    ("found", "pages"),
    [
        ([(1, 1), (3, 3)], [state(), "", party()]),
        ([(2, 2), (3, 3)], ["", state(), party()]),
        ([(1, 3), (5, 5)], [state(end=""), "", END, " \n", party()]),
        ([(1, 2)], [state(), ""]),
    ],
)
def test_blank_sheets_between_documents_belong_to_neither(pages, found):
    """A separator is left out; a blank page inside a document, or in a file of one document, stays."""
    assert ranges(*pages) == found


def test_a_page_that_is_only_a_picture_is_not_blank():
    """A page without words that bears a stamp or writing stays with the document before it."""
    read = file_of(state(), "", party())
    pictured = replace(read.pages[1], regions=(Region(Box(0, 0, 9, 9), "handwriting"),))
    assert [(part.first, part.last) for part in split(replace(read, pages=(read.pages[0], pictured, read.pages[2])))] == [(1, 2), (3, 3)]


def test_the_reasons_are_told():
    """Where a document begins, the reasons say so in Vietnamese."""
    (_, second) = split(file_of(state(), party()))
    assert "có số riêng (33-CV/ĐU)" in second.reasons


def test_a_part_is_a_transcript_of_its_own():
    """Its spans count from its own first page, its pages keep the file's numbers, and only its signatures are in it."""
    signatures = tuple(Signature(page, None, "", None, None) for page in (1, 2, 3))
    read = replace(file_of(state(), party(), BODY), signatures=signatures)
    part = part_of(read, range(2, 4))
    start = part.text.index("33-CV/ĐU")
    assert part.text.startswith("ĐẢNG BỘ")
    assert [page.number for page in part.pages] == [2, 3] == [signature.page for signature in part.signatures]
    assert read_at(part, Place(Span(start, start + 8)), "", 1.0)["page"] == 2
    assert part.page_at(part.text.index("1. Đề nghị")).number == 3
    assert part.id == read.id


SHARED = Path(__file__).parents[2].parent / "shared"
SAMPLES = Path(__file__).parents[2] / "samples"
SINGLE = [
    *sorted(SHARED.glob("eval/dev/*/source.txt")), *sorted(SHARED.glob("eval/dev/*/source.docx")),
    *sorted(SHARED.glob("eval/dev/signed-*/source.pdf")), *sorted(SAMPLES.glob("*/source.*")),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("path", SINGLE, ids=lambda path: path.parent.name)
def test_a_file_of_one_document_is_not_parted(path):
    """Samples, and those real documents that are read quickly, are one document each, with all their pages."""
    transcript = read(path)
    assert [(part.first, part.last) for part in split(transcript)] == [(1, len(transcript.pages))]


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the real texts are not on this machine")
def test_no_form_or_rule_that_comes_with_a_law_opens_a_document():
    """412 legal texts, a page break before each head within them, and every 60 lines: none is parted."""
    with gzip.open(SHARED / "corpus" / "vbpl.jsonl.gz", "rt", encoding="utf-8") as lines:
        laws = [json.loads(line) for line in lines]
    pages = ((law["number"], paged(unicodedata.normalize("NFC", law["text"]))) for law in laws)
    assert [number for number, texts in pages if len(split(file_of(*texts))) > 1] == []


def paged(text):
    """Break a text into pages: before each block of lines with a motto but the first, and every 60 lines."""
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines) if re.search("CỘNG H[OÒ][ÀA] XÃ HỘI", line)][1:]
    breaks = {0}
    for head in heads:
        breaks.add(next((at + 1 for at in range(head - 1, max(0, head - 8), -1) if not lines[at].strip()), max(0, head - 7)))
    borders = [*sorted(breaks), len(lines)]
    stretches = (range(start, end, 60) for start, end in pairwise(borders))
    return ["\n".join(lines[at : min(at + 60, stretch.stop)]) for stretch in stretches for at in stretch]
