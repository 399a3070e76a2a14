"""A Word document comes out in reading order, with what Word itself adds."""

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from ingest.read import read
from tests.ingest.making import docx_of

HEAD = [
    ["ỦY BAN NHÂN DÂN\nTỈNH VĨNH SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
    ["Số:      /KH-UBND", "Vĩnh Sơn, ngày     tháng 6 năm 2026"],
]
TAIL = [["Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nTrần Văn Mẫu"]]
DATA = [["TT", "Việc", "Hạn"], ["1", "Báo cáo\nkết quả", "15/12/2026"], ["2", "Họp", ""]]


def text_of(path):
    """Read a DOCX and give its text."""
    return read(path).pages[0].text


def test_head_and_signature_are_read_column_by_column_and_tables_row_by_row(tmp_path):
    """Tables that only set two columns are no tables."""
    page = read(docx_of(tmp_path / "a.docx", HEAD, "KẾ HOẠCH", DATA, "Trân trọng./.", TAIL)).pages[0]
    assert page.text.split("\n") == [
        "ỦY BAN NHÂN DÂN", "TỈNH VĨNH SƠN", "Số: /KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Vĩnh Sơn, ngày tháng 6 năm 2026", "KẾ HOẠCH", "TT\tViệc\tHạn", "1\tBáo cáo kết quả\t15/12/2026", "2\tHọp\t", "Trân trọng./.",
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu",
    ]  # fmt: skip
    assert [b.kind for b in page.blocks] == ["left column", "right column", "text", "table", "text", "left column", "right column"]
    assert len(page.tables) == 1 and page.width == 0 and page.words[0].box is None


def numbered(document, text, list_id, depth=0):
    """Add a paragraph that Word numbers."""
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    place = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", depth), ("w:numId", list_id)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), str(value))
        place.append(child)
    properties.append(place)


def test_labels_that_word_makes_are_written_out(tmp_path):
    """Numbers count on, deeper ones begin again, bullets become dashes."""
    document = docx.Document()
    root = document.part.numbering_part.element
    levels = [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "\uf0b7")]
    made = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{made}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for text, depth in [("MỤC ĐÍCH", 0), ("một", 1), ("hai", 1), ("ba", 2), ("bốn", 3), ("NHIỆM VỤ", 0), ("năm", 1)]:
        numbered(document, text, 90, depth)
    numbered(document, "không số", 0)
    document.save(tmp_path / "a.docx")
    assert text_of(tmp_path / "a.docx").split("\n") == [
        "I. MỤC ĐÍCH",
        "1. một",
        "2. hai",
        "a) ba",
        "- bốn",
        "II. NHIỆM VỤ",
        "1. năm",
        "không số",
    ]


def test_deleted_and_hidden_words_are_not_read_inserted_ones_are(tmp_path):
    """What a reader of the printed page does not see is left out."""
    document = docx.Document()
    paragraph = document.add_paragraph("Báo cáo ")._p
    w = nsdecls("w")
    paragraph.append(parse_xml(f'<w:ins {w}><w:r><w:t xml:space="preserve">trước ngày </w:t></w:r></w:ins>'))
    paragraph.append(parse_xml(f"<w:del {w}><w:r><w:delText>01/01</w:delText></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:r {w}><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"))
    paragraph.append(parse_xml(f"<w:r {w}><w:t>15/12</w:t><w:noBreakHyphen/><w:t>2026</w:t><w:br/><w:t>hai</w:t></w:r>"))
    document.save(tmp_path / "a.docx")
    assert text_of(tmp_path / "a.docx") == "Báo cáo trước ngày 15/12-2026\nhai"


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path):
    """Word writes each box twice, for new and for old readers."""
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    new, old = f"<w:drawing>{box}</w:drawing>", f"<w:pict><v:shape>{box}</v:shape></w:pict>"
    drawing = f"<mc:AlternateContent><mc:Choice Requires='wps'>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    document.add_paragraph("Kính gửi")._p.append(parse_xml(f"<w:r {nsdecls('w')} {mc}>{drawing}</w:r>"))
    document.add_paragraph("sau")
    document.save(tmp_path / "a.docx")
    assert text_of(tmp_path / "a.docx") == "Kính gửi\nHỎA TỐC\nsau"


def test_an_empty_document_is_kept_with_a_note(tmp_path):
    """A file that opens is filed, though there is nothing in it."""
    page = read(docx_of(tmp_path / "a.docx")).pages[0]
    assert page.reading == "none" and "không có chữ" in page.notes[0]
