"""What the head, the signature and the lists of a document say, in the variants of both families."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from ingest.transcript import Page, Signature, Span, Transcript
from nlp.extract import extract
from nlp.signer import _titles


def transcript(text, signatures=()):
    return Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, text),), signatures)


LETTER = """UBND TỈNH SƠN HẢI
SỞ NỘI VỤ
Số: {number}
V/v rà soát biên chế
năm 2026
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{dated}
Kính gửi:
- Các sở, ban, ngành thuộc tỉnh;
- UBND các xã, phường.
Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2026 của UBND tỉnh, Sở Nội vụ đề nghị các cơ quan rà soát biên chế.
Nơi nhận:
- Như trên;
- HĐND, UBND tỉnh (b/c);
- CT, PCT UBND tỉnh;
- Lưu: VT, TCBC (Lan).
{signature}
"""


def letter(number="145/SNV-TCBC", dated="Sơn Hải, ngày 09 tháng 02 năm 2026", signature="GIÁM ĐỐC\nLê Văn Mẫu"):
    return LETTER.format(number=number, dated=dated, signature=signature)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("145/SNV-TCBC", "145/SNV-TCBC"),
        ("145/SNV-TCBC", "145 / SNV - TCBC"),
        ("07/QĐ-UBND", "07/QÐ-UBND"),
        ("07/QĐ-UBND", "07/QD-UBND"),
        ("15a/QĐ-UBND", "15a/QĐ-UBND"),
        ("12/2026/QĐ-UBND", "12/2026/QĐ-UBND"),
        ("/UBND-VX", "      /UBND-VX"),
        ("/UBND-VX", ".../UBND-VX"),
        ("834-CV/HU", "834 - CV/HU"),
        ("154/CTPH-LĐLĐ-SVH,TT,DL", "154/CTPH-LĐLĐ-SVH,TT,DL"),
    ],
)
def test_the_number_is_read_without_spaces_and_mended(number, written):
    """Gaps, the letter eth and codes without their bar are one spelling; a blank serial stays blank."""
    assert extract(transcript(letter(number=written))).number.value == number


@pytest.mark.parametrize(
    ("issued_on", "place", "dated"),
    [
        (date(2026, 2, 9), "Sơn Hải", "Sơn Hải, ngày 09 tháng 02 năm 2026"),
        (date(2026, 2, 9), "Sơn Hải", "Sơn Hải, ngày 9 tháng 2 năm 2026"),
        (date(2026, 2, 9), "Sơn Hải", "Sơn Hải, ngày O9 tháng 02 năm 2026"),
        (date(2026, 2, 9), "Sơn Hải", "Sơn Hải, ngày 09/02/2026"),
        (date(2026, 2, 9), "Sơn Hải", "Sơn Hải, ngày 9.2.2026"),
        (None, "Sơn Hải", "Sơn Hải, ngày     tháng 02 năm 2026"),
        (None, "Sơn Hải", "Sơn Hải, ngày 31 tháng 02 năm 2026"),
    ],
)
def test_the_date_line_gives_place_and_day(issued_on, place, dated):
    """The line under the motto gives both; a blank or impossible day gives no date and a reason."""
    directive = extract(transcript(letter(dated=dated)))
    assert (directive.issued_on and directive.issued_on.value) == issued_on
    assert directive.place.value == place
    assert issued_on or "issued_on" in directive.missing


@pytest.mark.parametrize(("issued_on", "signed"), [(date(2026, 2, 11), datetime(2026, 2, 11, 9)), (None, datetime(2026, 3, 2, 9))])
def test_a_signing_time_fills_a_blank_day_only_in_its_month(issued_on, signed):
    """The signing time is evidence for the day where month and year agree, never the date itself."""
    signature = Signature(1, None, "", None, signed)
    directive = extract(transcript(letter(dated="Sơn Hải, ngày     tháng 02 năm 2026"), (signature,)))
    assert (directive.issued_on and directive.issued_on.value) == issued_on


@pytest.mark.parametrize(
    ("name", "position", "authority", "block"),
    [
        ("Lê Văn Mẫu", "Giám đốc", None, "GIÁM ĐỐC\nLê Văn Mẫu"),
        ("Lê Văn Mẫu", "Phó Giám đốc", "KT. Giám đốc", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(Đã ký)\nLê Văn Mẫu"),
        ("Lê Văn Mẫu", "Phó Chủ tịch", "TM. Ủy ban nhân dân, KT. Chủ tịch", "TM. ỦY BAN NHÂN DÂN\nKT.CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Văn Mẫu"),
        (
            "Lê Văn Mẫu",
            "Phó Chánh Văn phòng",
            "TL. Chủ tịch, KT. Chánh Văn phòng",
            "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nLê Văn Mẫu",
        ),
        ("Lê Văn Mẫu", "Bí thư", "T/M Ban Thường vụ", "T/M BAN THƯỜNG VỤ\nBÍ THƯ\nLê Văn Mẫu"),
        ("Lê Văn Mẫu", "Phó Chủ tịch", "KT. Chủ tịch", "CHỦ TỊCH\nđề =-.° TỊCH\nLê Văn Mẫu"),
        ("Lê Văn Mẫu", "Phó Hiệu trưởng", "KT. Hiệu trưởng", "HIỆU TRƯỞNG\n>< TRƯỞNG\nLê Văn Mẫu"),
        ("Lê Văn Mẫu", "Hiệu trưởng", None, "HIỆU TRƯỞNG\n(Đã ký)\nLê Văn Mẫu"),
    ],
)
def test_the_signature_block_gives_name_position_and_authority(name, position, authority, block):
    """Lines of authority are joined by a comma; the last title is the signer's own."""
    signer = extract(transcript(letter(signature=block))).signer
    assert (signer.name.value, signer.position.value) == (name, position)
    assert (signer.authority and signer.authority.value) == authority


@pytest.mark.parametrize(
    ("cut", "line"), [(False, "GIÁM ĐỐC"), (True, ". GIÁM ĐỐC"), (True, ", GIÁM ĐỐC"), (False, "- GIÁM ĐỐC"), (False, "KT. GIÁM ĐỐC")]
)
def test_a_title_of_whose_mark_only_the_stop_is_left_is_not_the_signers_own(cut, line):
    """A seal hid `KT.` before it: who signed is a deputy, whose title is hidden as well."""
    (title,) = _titles([SimpleNamespace(plain=line, span=Span(0, len(line)))])
    assert (title.cut, title.text) == (cut, "GIÁM ĐỐC")


def test_lists_of_bodies_are_parted_and_pointers_left_out():
    """Different bodies on one line are two, units of one body are one, `Như trên` and the filing line are none."""
    directive = extract(transcript(letter()))
    assert [found.value for found in directive.addressees] == ["Các sở, ban, ngành thuộc tỉnh", "UBND các xã, phường"]
    assert [found.value for found in directive.recipients] == ["HĐND tỉnh", "UBND tỉnh", "CT, PCT UBND tỉnh"]
    assert directive.filed_at.value == "VT, TCBC (Lan)"


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (["Sở Nội vụ", "Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"], "Các Sở: Nội vụ, Văn hóa, Thể thao và Du lịch, Y tế"),
        (["Sở Nội vụ", "Sở Tài chính"], "Các Sở: Nội vụ; Tài chính"),
        (["Các sở, ban, ngành"], "Các sở, ban, ngành"),
        (["HĐND xã", "UBND xã"], "HĐND, UBND xã"),
        (["TT Tỉnh ủy", "TT HĐND tỉnh"], "TT Tỉnh ủy, TT HĐND tỉnh"),
        (["VPUB: CVP, PCVP"], "VPUB: CVP, PCVP"),
        (["Thường trực Tỉnh ủy"], "Thường trực Tỉnh ủy (để báo cáo)"),
        (["Ban Quản lý (khu A)"], "Ban Quản lý (khu A)"),
        ([], "Như Điều 3"),
    ],
)
def test_a_line_of_recipients_is_one_body_or_several(names, line):
    """A class stays, a list of bodies is parted, a purpose in brackets goes, another note stays."""
    directive = extract(transcript(letter().replace("HĐND, UBND tỉnh (b/c)", line)))
    assert [found.value for found in directive.recipients] == [*names, "CT, PCT UBND tỉnh"]


def test_the_masthead_gives_issuer_with_its_place_and_parent_in_full():
    """The lower body issues; a name that fits many takes its parent's place."""
    directive = extract(transcript(letter()))
    assert directive.agency.value == "Sở Nội vụ tỉnh Sơn Hải"
    assert directive.parent_agency.value == "Ủy ban nhân dân tỉnh Sơn Hải"
    assert directive.subject.value == "rà soát biên chế năm 2026"
    assert (directive.type.value, directive.family) == ("Công văn", "state")


def test_every_value_stands_where_its_place_says():
    """A span of the text holds the words of the value."""
    source = transcript(letter())
    directive = extract(source)
    at = directive.signer.name.place.span
    assert source.text[at.start : at.end] == "Lê Văn Mẫu"
    at = directive.number.place.span
    assert source.text[at.start : at.end] == "145/SNV-TCBC"


@pytest.mark.parametrize(
    ("agency", "parent", "lines"),
    [
        ("Huyện ủy Thung Mẫu", "Đảng bộ tỉnh Sơn Hải", "ĐẢNG BỘ TỈNH SƠN HẢI\nHUYỆN ỦY THUNG MẪU"),
        ("Ban Tổ chức Tỉnh ủy Sơn Hải", "Tỉnh ủy Sơn Hải", "TỈNH ỦY SƠN HẢI\nBAN TỔ CHỨC"),
        ("Đảng ủy xã Tân Mẫu", "Đảng bộ tỉnh Sơn Hải", "ĐẢNG BỘ TỈNH SƠN HẢI\nĐẢNG ỦY XÃ TÂN MẪU"),
        ("Văn phòng Ủy ban nhân dân tỉnh Sơn Hải", "Ủy ban nhân dân tỉnh Sơn Hải", "ỦY BAN NHÂN DÂN\nTỈNH SƠN HẢI\nVĂN PHÒNG"),
        ("Bộ Giáo dục và Đào tạo", None, "BỘ GIÁO DỤC\nVÀ ĐÀO TẠO"),
        (
            "Trường Đại học Công Thương thành phố Hồ Chí Minh",
            "Bộ Công Thương",
            "BỘ CÔNG THƯƠNG\nTRƯỜNG ĐẠI HỌC CÔNG THƯƠNG\nTHÀNH PHỐ HỒ CHÍ MINH",
        ),
        ("Thủ tướng Chính phủ", None, "THỦ TƯỚNG CHÍNH PHỦ"),
        ("Ban Chỉ đạo 138 tỉnh Sơn Hải", "Ủy ban nhân dân tỉnh Sơn Hải", "UBND TỈNH SƠN HẢI\nBAN CHỈ ĐẠO 138"),
    ],
)
def test_names_in_capitals_are_spelled_as_in_a_sentence(agency, parent, lines):
    """Lines of one body are joined, lines of two are parted; a name that says whose it is takes nothing more."""
    directive = extract(transcript(letter().replace("UBND TỈNH SƠN HẢI\nSỞ NỘI VỤ", lines)))
    assert directive.agency.value == agency
    assert (directive.parent_agency and directive.parent_agency.value) == parent


DECISION = """ỦY BAN NHÂN DÂN
TỈNH SƠN HẢI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 88/QĐ-UBND
Sơn Hải, ngày 12 tháng 3 năm 2026
QUYẾT ĐỊNH
Ban hành Quy chế tiếp công dân
của Ủy ban nhân dân tỉnh
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế tiếp công dân.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
CHỦ TỊCH
Trần Thị Thử
QUY CHẾ
Tiếp công dân
(Ban hành kèm theo Quyết định số 88/QĐ-UBND)
"""


def test_a_titled_document_takes_its_subject_from_under_the_title():
    """The lines under the title up to the issuer in capitals are the subject; the quoted regulation behind is attached."""
    directive = extract(transcript(DECISION))
    assert directive.type.value == "Quyết định"
    assert directive.subject.value == "Ban hành Quy chế tiếp công dân của Ủy ban nhân dân tỉnh"
    assert directive.agency.value == "Ủy ban nhân dân tỉnh Sơn Hải"
    assert directive.parent_agency is None
    assert directive.signer.name.value == "Trần Thị Thử"
    assert [attachment.title for attachment in directive.attachments] == ["QUY CHẾ Tiếp công dân"]


@pytest.mark.parametrize("text", ["", "\n\n", "abc", "Số:", "Nơi nhận:", "T/M", "\f\n* * *\n", "Kính gửi:"])
def test_a_page_with_next_to_nothing_gives_a_directive_with_reasons(text):
    """Nothing is raised for what a page lacks; each missing field says why."""
    directive = extract(transcript(text))
    assert directive.number is None or directive.number.value
    assert "number" in directive.missing and "signer" in directive.missing


def test_what_a_scan_makes_of_dashes_and_of_the_words_above_a_list_is_known():
    """A `~` before an item is its dash, a misread first letter of `Nơi nhận` leaves the list a list, a misread motto is no subject."""
    text = letter(signature="GIÁM ĐỐC\nLê Văn Mẫu")
    for printed, read in (
        ("Nơi nhận", "4ơi nhận"),
        ("- Như", "~ Như"),
        ("- HĐND", "~ HĐND"),
        ("(Lan).", "(Lan). ¿"),
        ("CỘNG HÒA", "GỘNG HÒA"),
    ):
        text = text.replace(printed, read)
    directive = extract(transcript(text))
    assert [found.value for found in directive.recipients] == ["HĐND tỉnh", "UBND tỉnh", "CT, PCT UBND tỉnh"]
    assert directive.subject.value == "rà soát biên chế năm 2026"
    assert directive.filed_at.value == "VT, TCBC (Lan)"
