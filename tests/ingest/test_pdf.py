"""A PDF with a text layer is read as it is printed, with what its signatures print into it."""

import unicodedata
from datetime import datetime, timedelta, timezone

import pypdfium2 as pdfium
import pytest

from ingest.glyphs import Placing, codes_of, glyphs_of
from ingest.page_picture import page_image
from ingest.pdf import Pdf
from ingest.read import assemble, open_source, read, read_pages
from tests.ingest.making import Put, pdf_of, signed, turned_pdf

SENTENCE = "Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị báo cáo kết quả thực hiện"
HEAD = [
    Put(85, 60, "ỦY BAN NHÂN DÂN"), Put(290, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), Put(95, 76, "TỈNH VĨNH SƠN"),
    Put(320, 76, "Độc lập - Tự do - Hạnh phúc"), Put(80, 105, "Số:"), Put(140, 105, "/UBND-KT"),
    Put(310, 105, "Vĩnh Sơn, ngày"), Put(430, 105, "tháng 02 năm 2026"), Put(120, 200, "Kính gửi: Sở Nội vụ"), Put(85, 230, SENTENCE),
]  # fmt: skip
HANOI = timezone(timedelta(hours=7))


def test_each_printed_line_is_one_line_with_its_box(tmp_path):
    """Words are black on white where their boxes say; points, origin top left."""
    page = read(pdf_of(tmp_path / "a.pdf", [Put(85, 230, SENTENCE), Put(85, 250, "từ năm 2026.")])).pages[0]
    assert page.text == f"{SENTENCE}\ntừ năm 2026." and page.reading == "text layer"
    assert (round(page.width), round(page.height)) == (595, 842)
    first = page.words[0]
    assert first.origin == "text layer" and first.box.x0 == pytest.approx(85, abs=1) and first.box.y0 < 230 < first.box.y1 + 4


def test_a_code_that_goes_on_in_the_next_line_keeps_its_hyphen(tmp_path):
    """The engine takes a hyphen at a line's end for one of hyphenation, which Vietnamese does not know."""
    page = read(
        pdf_of(tmp_path / "a.pdf", [Put(85, 230, "theo Thông tư số 47/2024/TT-"), Put(85, 250, "BGTVT và các văn bản khác")])
    ).pages[0]
    assert page.text == "theo Thông tư số 47/2024/TT-\nBGTVT và các văn bản khác"


@pytest.mark.parametrize(
    ("meant", "printed"),
    [
        ("Ủy ban nhân dân tỉnh Đắk Lắk", unicodedata.normalize("NFD", "Ủy ban nhân dân tỉnh Đắk Lắk")),
        ("Ủy ban nhân dân tỉnh Đắk Lắk", "Ủy b\u0430n nhân d\u200bân tỉnh Ðắk Lắk"),
        ("Ban Tuyên giáo", "".join(c if c == " " or c > "z" else chr(0xF000 + ord(c)) for c in "Ban Tuyên giáo")),
    ],
    ids=["decomposed", "disguised", "private use"],
)
def test_letters_come_out_as_they_look(tmp_path, meant, printed):
    """Composed, Latin, without what is not seen; a page with disguised letters says so."""
    page = read(pdf_of(tmp_path / "a.pdf", [Put(85, 100, SENTENCE), Put(85, 230, printed), Put(85, 250, SENTENCE)])).pages[0]
    assert page.text.split("\n")[1] == meant and page.reading == "text layer"
    assert bool(page.notes) == (unicodedata.normalize("NFC", printed) != meant)


def test_a_turned_page_is_read_as_it_is_held(tmp_path):
    """The file's rotation is applied to size, boxes and the question whether the text stands upright."""
    page = read(turned_pdf(tmp_path / "a.pdf", Put(85, 230, SENTENCE), 90)).pages[0]
    assert (round(page.width), round(page.height), page.reading, page.text) == (842, 595, "text layer", SENTENCE)
    first = page.words[0].box
    assert first.x0 == pytest.approx(85, abs=1) and first.y0 < 230 < first.y1 + 4 and first.x1 - first.x0 < 30


def test_a_signature_fills_the_blanks_of_the_head(tmp_path):
    """Number and day that signatures print stand in their line, marked as the signature's."""
    path = signed(
        pdf_of(tmp_path / "a.pdf", HEAD),
        [
            ((102, 95, 135, 108), ["7432"], "VĂN THƯ<vanthu@tinh.gov.vn> đã ký", "D:20260203072904+07'00'"),
            ((405, 95, 425, 108), ["03"], "", "D:20260203072908+07'00'"),
        ],
    )
    transcript = read(path)
    page = transcript.pages[0]
    lines = page.text.split("\n")
    assert "Số: 7432 /UBND-KT" in lines and "Vĩnh Sơn, ngày 03 tháng 02 năm 2026" in lines
    assert [page.text[w.span.start : w.span.end] for w in page.words if w.origin == "signature"] == ["7432", "03"]
    first = transcript.signatures[0]
    assert (first.page, first.text, first.signer) == (1, "7432", "VĂN THƯ")
    assert first.signed_at == datetime(2026, 2, 3, 7, 29, 4, tzinfo=HANOI) and first.box.y0 == pytest.approx(95, abs=0.5)


def test_the_stamp_of_a_signature_is_no_line_of_the_body(tmp_path):
    """Who signed and when goes into the signatures and a block of its own at the end."""
    shown = ["Người ký: VĂN PHÒNG TỈNH", "Email: vp@tinh.gov.vn", "Thời gian ký: 03.02.2026 09:44:21 +07:00"]
    path = signed(pdf_of(tmp_path / "a.pdf", HEAD), [((300, 10, 590, 40), shown, "", "D:20260203094421+07'00'")])
    transcript = read(path)
    page = transcript.pages[0]
    assert [page.text[b.span.start : b.span.end] for b in page.blocks if b.kind == "stamp"] == ["\n".join(shown)]
    assert page.text.startswith("ỦY BAN NHÂN DÂN\n") and page.text.endswith(shown[-1])
    assert transcript.signatures[0].signer == "VĂN PHÒNG TỈNH" and transcript.signatures[0].text == "\n".join(shown)


def test_a_footnote_mark_is_raised_and_its_note_a_block(tmp_path):
    """A small raised digit never becomes part of the number before it."""
    body = [Put(85, 100 + 20 * i, SENTENCE) for i in range(5)]
    note = "Luật Tổ chức chính quyền địa phương"
    page = read(
        pdf_of(
            tmp_path / "a.pdf",
            [*body, Put(85, 220, "Luật số 42/2024/QH15"), Put(215, 214, "1", 8), Put(85, 700, "1", 6), Put(90, 704, note, 9)],
        )
    ).pages[0]
    assert "Luật số 42/2024/QH15¹" in page.text.split("\n")
    assert [page.text[b.span.start : b.span.end] for b in page.blocks if b.kind == "footnote"] == [f"¹ {note}"]


def test_ruling_lines_make_a_table(tmp_path):
    """Words between rules are cells."""
    rules = b"0.8 w " + b" ".join(b"%d 500 m %d 600 l S" % (x, x) for x in (80, 130, 400, 520)) + b" "
    rules += b" ".join(b"80 %d m 520 %d l S" % (y, y) for y in (500, 550, 600))
    cells = [
        Put(90, 260, "TT"),
        Put(140, 260, "Nội dung"),
        Put(410, 260, "Hạn"),
        Put(90, 310, "1"),
        Put(140, 310, "Báo cáo"),
        Put(410, 310, "15/12"),
    ]
    page = read(pdf_of(tmp_path / "a.pdf", [Put(85, 100, SENTENCE), *cells, Put(85, 400, SENTENCE)], extra=rules)).pages[0]
    assert page.text == f"{SENTENCE}\nTT\tNội dung\tHạn\n1\tBáo cáo\t15/12\n{SENTENCE}"
    assert [(c.row, c.column) for c in page.tables[0].cells] == [(r, c) for r in range(2) for c in range(3)]


def test_pages_can_be_read_in_any_share(tmp_path):
    """Skipped pages are not read; several processes give the same pages; the id stays while the bytes do."""
    path = pdf_of(tmp_path / "a.pdf", *[[Put(85, 230, f"{SENTENCE} lần thứ {n}")] for n in range(5)])
    source = open_source(path, "a.pdf")
    assert {p.number for p in read_pages(source, skip={1, 3})} == {2, 4, 5}
    assert assemble(source, read_pages(source, processes=2)) == read(path, "a.pdf")
    assert open_source(path, "b.pdf").id == source.id and [
        p.number for p in assemble(source, reversed(list(read_pages(source)))).pages
    ] == [1, 2, 3, 4, 5]


def test_the_picture_of_a_page_shows_its_signatures(tmp_path):
    """What a reader sees is drawn: the same page without the signature differs."""
    plain = pdf_of(tmp_path / "a.pdf", HEAD)
    path = signed(pdf_of(tmp_path / "b.pdf", HEAD), [((102, 95, 135, 108), ["7432"], "", "D:20260203072904+07'00'")])
    assert page_image(plain, 1, width=400) != page_image(path, 1, width=400)


def test_what_annotations_print_is_told_from_the_page_itself_and_can_be_asked_for_again(tmp_path):
    """Added characters come after the page's own, in their places, each time; fonts and drawings are those of the file still."""
    path = signed(pdf_of(tmp_path / "a.pdf", HEAD, HEAD), [((102, 95, 135, 108), ["7432"], "", "D:20260203072904+07'00'")])
    with Pdf(path, "a.pdf") as pdf:
        unread = pdf.draw(1, scale=1)
        first, other, again = pdf.read(1), pdf.read(2), pdf.read(1)
        added = first.glyphs.where(first.glyphs.added)
        assert added.text.split() == ["7432"] and 102 <= added.places[:, 0].min() < added.places[:, 2].max() <= 135
        assert first.glyphs.own.text == other.glyphs.text == pdf.read(1, annotated=False).glyphs.text
        assert again.glyphs.text == first.glyphs.text and set(pdf.fonts(1, range(9))) == {"Plain"}
        assert pdf.draw(1, scale=1) == unread != pdf.draw(1, scale=1, forms=False)


@pytest.mark.parametrize("printed", ["số 47/2024/TT-", "ba\x00 hai", "ba \ue000hai", "\U0001d400 ba"], ids=ascii)
@pytest.mark.parametrize("mapped", [True, False])
def test_codes_taken_at_once_are_those_of_each_glyph(tmp_path, printed, mapped):
    """A hyphen at a line's end, a letter that the font does not name, one of two units: none moves those after it."""
    path = pdf_of(tmp_path / "a.pdf", [Put(85, 230, printed), Put(85, 250, SENTENCE)], mapped=mapped)
    with pdfium.PdfDocument(path) as document:
        page = document[0]
        text = page.get_textpage()
        alone = codes_of(text.raw, range(text.count_chars()))
        meant = [ord("-") if code == 2 else code for code in alone if code and not 0xD800 <= code < 0xE000]
        assert glyphs_of(text.raw, Placing(page)).codes.tolist() == meant
