"""Documents of several bodies, copies of documents, and heads whose columns were lost."""

import pytest

from ingest.transcript import Page, Transcript
from nlp.extract import extract

LETTER = """{head}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sơn Hải, ngày 09 tháng 02 năm 2026
HƯỚNG DẪN LIÊN NGÀNH
Về việc rà soát biên chế
Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2026 của UBND tỉnh, các đơn vị rà soát biên chế.
{tail}
"""
LISTED = "Nơi nhận:\n- UBND tỉnh;\n- Lưu: VT."
BELOW = "KT. BỘ TRƯỞNG\nBỘ NỘI VỤ\nTHỨ TRƯỞNG\n\nLê Văn Mẫu\n\nKT. BỘ TRƯỞNG\nBỘ TÀI CHÍNH\nTHỨ TRƯỞNG\n\nTrần Thị Thử\n\n"
BESIDE = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTM. THƯỜNG TRỰC HĐND\nCHỦ TỊCH\nLê Văn Mẫu\nTrần Thị Thử\n"
HEADS = "GIÁM ĐỐC SỞ NỘI VỤ\nGIÁM ĐỐC SỞ TÀI CHÍNH\nLê Văn Mẫu\nTrần Thị Thử\n"
ONE = "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLê Văn Mẫu\n"


def read(head, tail):
    text = LETTER.format(head=head, tail=tail)
    return extract(Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, text),)))


@pytest.mark.parametrize(
    ("name", "authority", "number", "tail"),
    [
        ("Trần Thị Thử", "KT. Bộ trưởng Bộ Tài chính", "05/2014/TTLT-BTC-BNV", BELOW + LISTED),
        ("Lê Văn Mẫu", "KT. Bộ trưởng Bộ Nội vụ", "05/2014/TTLT-BNV-BTC", BELOW + LISTED),
        ("Trần Thị Thử", "TM. Thường trực HĐND", "06/QC-TT.HĐND-UBND", BESIDE + LISTED),
        ("Lê Văn Mẫu", "TM. Ủy ban nhân dân", "06/QCPH-UBND-TTHĐND", BESIDE + LISTED),
        ("Trần Thị Thử", None, "06/HDLN-STC-SNV", HEADS + LISTED),
        ("Lê Văn Mẫu", None, "06/HDLN-SNV-STC", HEADS + LISTED),
        ("Lê Văn Mẫu", "KT. Bộ trưởng", "06/HD-BNV", ONE + LISTED),
    ],
)
def test_the_signer_is_that_of_the_body_that_stands_first_in_the_symbol(name, authority, number, tail):
    """Blocks one below the other or side by side belong to their bodies; one block alone is the signer's, whatever the symbol."""
    signer = read(f"BỘ TÀI CHÍNH - BỘ NỘI VỤ\nSố: {number}", tail).signer
    assert signer.name.value == name
    assert (signer.authority and signer.authority.value) == authority


@pytest.mark.parametrize(
    "copy",
    [
        "SAO Y BẢN CHÍNH\nSố 15-BS/ĐUK\nNơi nhận:\n- Lưu VPĐUK.\nT/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG\nTrần Thị Thử",
        "Sao lục\nSố: 03/SL-VP\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nTrần Thị Thử",
        "TRÍCH SAO\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nTrần Thị Thử",
    ],
)
def test_what_stands_under_a_copy_mark_is_the_copy_s(copy):
    """Number, recipients and signer of the copy are not the document's own."""
    directive = read("BỘ NỘI VỤ\nSố: 06/HD-BNV", f"{LISTED}\n{ONE}{copy}")
    assert directive.number.value == "06/HD-BNV"
    assert directive.signer.name.value == "Lê Văn Mẫu"
    assert directive.signer.position.value == "Thứ trưởng"
    assert [found.value for found in directive.recipients] == ["UBND tỉnh"]


@pytest.mark.parametrize(
    ("agency", "head"),
    [
        (
            "Ủy ban nhân dân tỉnh Hậu Giang",
            "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH HẬU GIANG Độc lập - Tự do - Hạnh phúc",
        ),
        ("Sở Nội vụ", "SỞ NỘI VỤ CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Đảng ủy xã Mẫu Sơn", "ĐẢNG UỶ XÃ MẪU SƠN ĐẢNG CỘNG SẢN VIỆT NAM"),
    ],
)
def test_a_motto_on_the_line_of_the_issuer_is_no_part_of_its_name(agency, head):
    """Where the columns of the head were lost, the motto ends the body's name."""
    assert read(f"{head}\nSố: 06/HD-X", ONE + LISTED).agency.value == agency


@pytest.mark.parametrize(
    ("filed", "line"),
    [
        ("VT, TH", r"- Lưu: VT, TH d:\2011\CV\ban cho tinh"),
        ("VT, TH (Mẫu)", "- Lưu: VT, TH (Mẫu)."),
    ],
)
def test_the_filing_line_ends_before_the_path_of_the_typist_s_file(filed, line):
    """A path or a file's name is no place where a document is filed."""
    assert read("BỘ NỘI VỤ\nSố: 06/HD-BNV", f"Nơi nhận:\n- UBND tỉnh;\n{line}\n{ONE}").filed_at.value == filed


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Trương Thị Thử", "Trương Thị Thử"),
        ("Y Mẫu Thử", "Y Mẫu Thử"),
        ("Sùng A Mẫu", "Sùng A Mẫu"),
        ("Lê Văn Mẫu", "Thiếu tá Lê Văn Mẫu"),
        ("Lê Văn Mẫu", "BSCKII. Lê Văn Mẫu"),
        ("Lê Văn Mẫu", "PGS.TS. Lê Văn Mẫu"),
    ],
)
def test_ranks_and_degrees_are_no_part_of_a_name_and_truong_is_a_family(name, line):
    """`Trương` is no `trưởng`, `Y` begins names of the highlands, a rank or degree stands before a name."""
    assert read("BỘ NỘI VỤ\nSố: 06/HD-BNV", f"{LISTED}\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\n{line}\n").signer.name.value == name


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (["TTHĐND tỉnh", "UBND tỉnh"], "- TTHĐND, UBND tỉnh;"),
        (
            ["HĐND các tỉnh, thành phố trực thuộc TW", "UBND các tỉnh, thành phố trực thuộc TW"],
            "- HĐND, UBND các tỉnh, thành phố trực thuộc TW;",
        ),
        (["Vụ Pháp chế, Bộ Nội vụ"], "- Vụ Pháp chế, Bộ Nội vụ;"),
        (["Phòng GDĐT, Phòng TC-KH các huyện, thị xã, thành phố"], "- Phòng GDĐT, Phòng TC-KH các huyện, thị xã, thành phố (để t/h);"),
        (["Sở Tư pháp", "UBND các xã, phường"], "- Sở Tư pháp, UBND các xã, phường;"),
        (["Các đơn vị: TCTT, PTHT"], "- Các đơn vị: TCTT, PTHT;"),
        (["Các Vụ: TH, PL"], "- Các Vụ: TH, PL (để t/h);"),
        (["UBND tỉnh"], "- UBND tỉnh (thay báo cáo);"),
        (["Ủy ban nhân dân tỉnh", "Hôi đồng nhân dân tỉnh"], "- Ủy ban nhân dân tỉnh, Hôi đồng nhân dân tỉnh;"),
        (["Các Vụ: TH, PL", "Cục CNTT"], "- Các Vụ: TH, PL; Cục CNTT;"),
    ],
)
def test_levels_units_and_short_forms_of_recipients(names, line):
    """Levels of places are no bodies, units of one body stay together, short forms take the place said last."""
    assert [found.value for found in read("BỘ NỘI VỤ\nSố: 06/HD-BNV", f"Nơi nhận:\n{line}\n- Lưu: VT.\n{ONE}").recipients] == names


def test_the_part_of_a_body_that_acts_is_no_body_of_its_own():
    """`BAN THƯỜNG TRỰC` under the name of the Front is the Front's."""
    directive = read("ỦY BAN MTTQ VIỆT NAM\nTỈNH SÓC TRĂNG\nBAN THƯỜNG TRỰC\nSố: 06/MTTQ-BTT", ONE + LISTED)
    assert (directive.agency.value, directive.parent_agency) == ("Ủy ban MTTQ Việt Nam tỉnh Sóc Trăng", None)


@pytest.mark.parametrize("note", ["(Địa chỉ: số 1 đường Mẫu)", "(sau đây gọi chung là các đơn vị)"])
def test_a_note_in_brackets_under_the_addressees_is_none_of_them(note):
    """What a note says of the addressees is no body, and the first sentence stands below it."""
    text = (
        f"SỞ NỘI VỤ\nSố: 06/SNV-TC\nV/v báo cáo\nSơn Hải, ngày 09 tháng 02 năm 2026\nKính gửi:\n- Công ty Mẫu;\n- UBND xã.\n{note}\n"
        f"Để thực hiện việc báo cáo theo Kế hoạch số 12/KH-UBND ngày 05/01/2026, Sở đề nghị các đơn vị báo cáo.\n{LISTED}\n{ONE}"
    )
    directive = extract(Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, text),)))
    assert [found.value for found in directive.addressees] == ["Công ty Mẫu", "UBND xã"]
    assert [(r.number, r.relation) for r in directive.references] == [("12/KH-UBND", "implements")]
