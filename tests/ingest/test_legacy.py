"""Text of fonts from before Unicode is read as what it shows, and the page says so."""

import docx
import pytest

from ingest.legacy import converted, guessed, scheme_of
from ingest.read import read
from tests.ingest.making import Put, pdf_of

ABC = "Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc"
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc"
VIQR = "Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam, DDo^.c la^.p - Tu+. do - Ha.nh phu'c"
MEANT = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"
OLD_ABC = MEANT.replace("òa", "oà")
ENGLISH = "The committee shall report on the progress of the programme to the ministry before the end of the year"


@pytest.mark.parametrize(
    ("meant", "scheme", "text"),
    [
        (OLD_ABC, "TCVN3", ABC),
        (OLD_ABC.upper(), "TCVN3 hoa", ABC),
        (MEANT, "VNI", VNI),
        (MEANT, "VIQR", VIQR),
        ("ỦY BAN NHÂN DÂN TỈNH QUYẾT ĐỊNH", "VNI", "UÛY BAN NHAÂN DAÂN TÆNH QUYEÁT ÑÒNH"),
        ("QUYẾT ĐỊNH số 12/QĐ-UB", "TCVN3", "QUYÕT §ÞNH sè 12/Q§-UB"),
        ("tư vấn đầu tư, Thường trực", "TCVN3", "t\u00ad vÊn ®Çu t-, Th-êng trùc"),
        ("Đến nay, bàn lạ. Là ai? 1. Mở", "VIQR", "DDe^'n nay, ba`n la.. La` ai? 1. Mo+?"),
        (OLD_ABC, "TCVN3", "".join(c if c == " " else chr(0xF000 + ord(c)) for c in ABC)),
        ("đã là Unicode, dùng phông cũ", "TCVN3 hoa", "đã là Unicode, dùng phông cũ"),
    ],
)
def test_each_scheme_is_read_by_its_table(meant, scheme, text):
    """Letters, capitals, the ư that came out as a hyphen; codes and what is Unicode already stay."""
    assert converted(text, scheme) == meant


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("TCVN3", ABC),
        ("VNI", VNI),
        ("VIQR", VIQR),
        (None, MEANT),
        (None, ENGLISH),
        (None, "Can cu Luat To chuc chinh quyen dia phuong"),
        (None, ""),
    ],
)
def test_a_scheme_is_guessed_only_where_its_table_makes_the_text_sound(scheme, text):
    """Text in Unicode, in another language or without marks is left alone."""
    assert guessed(text) == scheme


@pytest.mark.parametrize(
    ("scheme", "font"),
    [
        ("TCVN3", ".VnTime"), ("TCVN3", "ABCDEF+.VnTime,Bold"), ("TCVN3 hoa", ".VnTimeH"), ("TCVN3 hoa", "ABCDEF+.VnArialH,Bold"),
        ("VNI", "VNI-Times"), (None, "TimesNewRomanPSMT"), (None, "ABCDEF+Vni"), (None, ""),
    ],
)  # fmt: skip
def test_a_font_tells_its_scheme_by_its_name(scheme, font):
    """Also as a subset (six capitals and a plus) and in bold."""
    assert scheme_of(font) == scheme


@pytest.mark.parametrize(
    ("name", "text", "meant"), [(".VnTime", ABC, OLD_ABC), (".VnTimeH", ABC, OLD_ABC.upper()), ("VNI-Times", VNI, MEANT)]
)
def test_a_pdf_is_read_by_the_fonts_it_names(tmp_path, name, text, meant):
    """Words keep their places: a letter and the mark over it are one."""
    page = read(pdf_of(tmp_path / "a.pdf", [Put(60, 230, text, 11)], name=name)).pages[0]
    assert page.text.replace("\n", " ") == meant and page.reading == "text layer"
    assert page.notes and "đã chuyển sang Unicode" in page.notes[0]
    assert page.words[0].box.x0 == pytest.approx(60, abs=1)


def test_a_word_document_is_read_by_the_fonts_of_its_runs(tmp_path):
    """A run in Unicode beside one of an old font stays as it is."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, name in ((ABC, ".VnTime"), (" và ", None), ("héi", ".VnTimeH")):
        run = paragraph.add_run(text)
        run.font.name = name
    document.add_paragraph("Ủy ban nhân dân huyện")
    document.save(tmp_path / "a.docx")
    page = read(tmp_path / "a.docx").pages[0]
    assert page.text.split("\n") == [f"{OLD_ABC} và HỘI", "Ủy ban nhân dân huyện"]
    assert page.notes == ("Trang 1: chữ theo bảng mã TCVN3 (ABC), đã chuyển sang Unicode.",)


def test_a_paragraph_that_was_typed_in_unicode_stays(tmp_path):
    """Its runs may be set in an old font: one of them alone looks like text of that font."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text in ("Có ", "trường hợp ", "có"):
        paragraph.add_run(text).font.name = ".VnTime"
    document.save(tmp_path / "a.docx")
    page = read(tmp_path / "a.docx").pages[0]
    assert page.text == "Có trường hợp có" and not page.notes


def test_a_pdf_that_says_what_its_old_font_shows_is_believed(tmp_path):
    """Letters of Unicode anywhere in a scheme's glyphs tell that the file maps them itself."""
    page = read(
        pdf_of(tmp_path / "a.pdf", [Put(60, 230, "báo cáo kết quả thực hiện các trường hợp", 11), Put(60, 250, "có", 11)], name=".VnTime")
    ).pages[0]
    assert page.text.split("\n")[-1] == "có" and not page.notes


def test_a_word_document_whose_fonts_tell_nothing_is_read_by_its_text(tmp_path):
    """The whole document is of the scheme that makes it sound."""
    document = docx.Document()
    document.add_paragraph(VNI)
    document.save(tmp_path / "a.docx")
    assert read(tmp_path / "a.docx").pages[0].text == MEANT


@pytest.mark.parametrize(
    ("meant", "data"),
    [
        (OLD_ABC, ABC.encode("cp1252")),
        (OLD_ABC, ABC.encode()),
        (MEANT, VNI.encode("cp1252")),
        ("Độc lập", "Ðô\u0323c lâ\u0323p".replace("Ð", "Đ").encode("cp1258")),
        ("café crème", "café crème".encode("cp1258")),
    ],
)
def test_a_text_file_is_read_in_the_code_page_that_makes_it_sound(tmp_path, meant, data):
    """Eight-bit files name no code page; what makes no text sound is Windows-1258."""
    (tmp_path / "a.txt").write_bytes(data)
    assert read(tmp_path / "a.txt").pages[0].text == meant
