"""The cases by which references are judged, each also with its letters decomposed, with other line ends, in capitals, and as OCR leaves it.

Numbers in comments are those of the study from which the cases come (section 8). GUIDE = what a RECORD is; where the two
differ, GUIDE holds and the case says so. What needs the store (which of two candidates, which law was in force) is told here as
far as the text tells it: one bare name, two candidates left open.
"""

import re
import unicodedata
from datetime import date
from time import process_time

import pytest

from ingest.plain import read_plain
from ingest.transcript import Transcript
from nlp.own import Own
from nlp.references import find_references
from nlp.zones import lay_out

OWN = Own("party", "12-CV/HU", "Công văn", date(2023, 1, 15), "Huyện ủy Vạn Mẫu", None)
HEAD = "HUYỆN ỦY VẠN MẪU\nSố 12-CV/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nVạn Mẫu, ngày 15 tháng 01 năm 2023\nKính gửi: Các chi bộ.\n"
D = "Nghị định số 123/2020/NĐ-CP"
d = "123/2020/NĐ-CP"

NUMBERS = [  # expected numbers or names, the words that name them
    # 8.1 State
    ([d], "Nghị định số 123/2020/NĐ-CP ngày 19/10/2020 của Chính phủ"),  # 1
    (["30/2020/NĐ-CP"], "Nghị định 30/2020/NĐ-CP"),  # 2
    (["45/2019/QH14"], "Luật số 45/2019/QH14"),  # 4
    (["45/2019/QH14"], "Bộ luật Lao động số 45/2019/QH14"),  # 4
    (["1211/2016/UBTVQH13"], "Nghị quyết số 1211/2016/UBTVQH13"),  # 5
    (["12/2021/TTLT-BTC-BNV"], "Thông tư liên tịch số 12/2021/TTLT-BTC-BNV"),  # 7
    (["03/2004/TTLT-BCA-BTC-BNV-BLĐTB&XH"], "Thông tư liên tịch số 03/2004/TTLT-BCA-BTC-BNV-BLĐTB&XH"),  # 8
    (["03/2004/TTLT-BCA-BTC-BNV-BLĐTB&XH"], "Thông tư liên tịch số 03/2004/TTLT-BCA-BTC-BNV-BLĐTB & XH"),  # 8
    (["456/QĐ-UBND"], "Quyết định số 456/QĐ-UBND"),  # 10: whose, the store tells
    (["78/UBND-VX"], "Công văn số 78/UBND-VX"),  # 11
    (["1234/BTC-TCT"], "văn bản số 1234/BTC-TCT"),  # 13
    (["55/TB-VPCP"], "Thông báo số 55/TB-VPCP"),  # 14
    (["15/CĐ-TTg"], "Công điện số 15/CĐ-TTg"),  # 15
    (["749/QĐ-TTg"], "Quyết định số 749/QĐ-TTg"),  # 16
    (["16/CT-TTg"], "Chỉ thị 16/CT-TTg"),  # 17
    (["05/QyĐ-UBND"], "Quy định số 05/QyĐ-UBND"),  # 18
    (["110/TTr-UBND"], "Tờ trình số 110/TTr-UBND"),  # 19
    (["08/CTr-UBND"], "Chương trình 08/CTr-UBND"),  # 20
    (["84/2018/NQ-HĐND"], "Nghị quyết số 84/2018/NQ-HĐND ngày 07/12/2018 của HĐND tỉnh"),  # 22
    (["63/2010/QĐ-UBND"], "Quyết định 63/2010/QĐ-UBND"),  # 23
    (["588-CV/BTCTU"], "Công văn số 588-CV/BTCTU"),  # 25
    (["63-SL"], "Sắc lệnh số 63-SL"),  # 26
    (["60/CP", "61/CP"], "Nghị định 60/CP, 61/CP"),  # 26
    (["51-HĐBT"], "Quyết định 51-HĐBT"),  # 26
    (["05-TT/LB"], "Thông tư 05-TT/LB"),  # 26
    ([d], "123/2020/NĐ-CP"),  # 28
    (["115/2020/NĐ-CP", "116/2020/NĐ-CP"], "Nghị định 115, 116/2020/NĐ-CP"),  # 29
    (["12/KH-UBND", "15/KH-UBND", "17/KH-UBND"], "Kế hoạch số 12, 15 và 17/KH-UBND"),
    (["04/2018/TT-BKHĐT"], "Thông tư 04/2018/TT-BKHĐT"),  # 31
    (["22/2025/QĐ-UBND"], "'22/2025/QĐ-UBND"),  # 31
    (["31-QĐ/TW"], "Quyết định của Bộ Chính trị số 31-QĐ/TW, ngày 01-10-1997"),  # 32
    (["66.13/2026/NQ-CP"], "Nghị quyết số 66.13/2026/NQ-CP"),
    (["QCVN01:2019/BCT"], "QCVN 01:2019/BCT"),
    # 8.2 Party and mass organisations
    (["07-NQ/HU"], "Nghị quyết số 07-NQ/HU, ngày 26/12/2022 của Huyện ủy Vạn Mẫu"),  # 34
    (["132-QĐ/TW"], "Quy định số 132-QĐ/TW"),  # 35
    (["244-QĐ/TW"], "Quyết định số 244-QĐ/TW"),  # 36
    (["132-QĐ/TW"], "Quy định số 132-QĐ/TW và Quyết định 132-QĐ/TW"),  # 36: one document, less sure
    (["788-CV/HU"], "Công văn số 788-CV/HU"),  # 37
    (["21-HD/BTCTW"], "Hướng dẫn số 21-HD/BTCTW"),  # 38
    (["02/HD-BDVTU"], "Hướng dẫn 02/HD-BDVTU"),  # 39
    (["21-KL/TW"], "Kết luận số 21-KL/TW"),  # 40
    (["03-TT/HU"], "Thông tri số 03-TT/HU"),  # 41
    (["35-CT/TW"], "Chỉ thị số: 35-CT/TW"),  # 42
    (["08-NQ/TU"], "Nghị quyết số 08-NQ/TU"),  # 43: whose, the store tells
    (["15-NQ/ĐU", "03-NQ/CB", "12-KH/ĐTN"], "Nghị quyết số 15-NQ/ĐU, Nghị quyết 03-NQ/CB, Kế hoạch 12-KH/ĐTN"),  # 44
    (["367-QĐ/TWĐTN-VP"], "Quyết định số 367-QĐ/TWĐTN-VP"),  # 44
    (
        ["Nghị quyết Đại hội đại biểu Đảng bộ huyện lần thứ VIII, nhiệm kỳ 2020 - 2025"],
        "Nghị quyết Đại hội đại biểu Đảng bộ huyện lần thứ VIII, nhiệm kỳ 2020 - 2025",
    ),  # 46
    (["Nghị quyết Trung ương 4 khóa XI", "Nghị quyết Trung ương 4 khóa XII"], "Nghị quyết Trung ương 4 khóa XI, XII"),  # 47
    (
        ["Nghị quyết Trung ương 4 khóa XI", "Nghị quyết Trung ương 4 khóa XII"],
        "Nghị quyết Trung ương 4 khóa XI và Nghị quyết Trung ương 4 khóa XII",
    ),  # 48
    (
        ["Nghị quyết Trung ương 4 khóa XII"],
        "Nghị quyết Trung ương 4 (khóa XII), Nghị quyết TW4 khoá XII, Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XII",
    ),  # 49; that it is 04-NQ/TW is the store's knowledge
    (["18-NQ/TW"], "Nghị quyết số 18-NQ/TW ngày 16/6/2022 của Hội nghị lần thứ năm Ban Chấp hành Trung ương Đảng khóa XIII"),  # 50
    (["Điều lệ Đảng"], "Điều 35 Điều lệ Đảng, Điều lệ Đảng Cộng sản Việt Nam"),  # 52
    (["05-CT/TW"], "Chỉ thị 05-CT/TW của Bộ Chính trị. Các chi bộ thực hiện Chỉ thị 05"),  # 53
    # 8.4 laws by name
    (
        ["45/2013/QH13"],
        "Luật Đất đai năm 2013, Luật Đất đai 2013, Luật Đất đai số 45/2013/QH13, Luật Đất đai ngày 29 tháng 11 năm 2013",
    ),  # 73
    (["Luật Đất đai"], "Luật Đất đai"),  # 74: which, the store tells by the day
    (["Bộ luật Dân sự 2015"], "Bộ luật Dân sự 2015"),  # 75
    (["Bộ luật Dân sự 2015"], "BLDS 2015"),  # 75
    (["91/2015/QH13"], "Bộ luật dân sự (91/2015/QH13)"),  # 75
    (["Luật Đất đai"], "Luật đất đai"),
    (["Hiến pháp năm 2013"], "Hiến pháp năm 2013"),  # 76
    (
        [
            "Luật Tổ chức chính quyền địa phương ngày 19/6/2015",
            "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22/11/2019",
        ],
        (
            "Luật Tổ chức chính quyền địa phương ngày 19/6/2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và "
            "Luật Tổ chức chính quyền địa phương ngày 22/11/2019"
        ),
    ),  # 77
    (
        ["Luật Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp"],
        "Luật Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp",
    ),  # 79
    # 8.6 short forms and what points
    (["132-QĐ/TW"], "Quy định số 132-QĐ/TW (viết tắt là Quy định 132). Các chi bộ làm theo Quy định 132"),  # 94
    (["04-NQ/HU"], "Nghị quyết số 04-NQ/HU (Nghị quyết 04). Các chi bộ thực hiện Nghị quyết số 04"),
    (
        ["155/2020/NĐ-CP"],
        "Nghị định số 155/2020/NĐ-CP và các văn bản sửa đổi (sau đây gọi tắt là Nghị định số 155/2020/NĐ-CP)",
    ),  # 95
    (["07-NQ/HU"], "Nghị quyết số 07-NQ/HU của Huyện ủy. Các chi bộ thực hiện Nghị quyết 07"),  # 98
    (["07-NQ/HU", "07-NQ/TU"], "Nghị quyết số 07-NQ/HU và Nghị quyết số 07-NQ/TU. Các chi bộ thực hiện Nghị quyết số 07"),  # 98: open
    (["12/UBND"], "văn bản số 12/UBND nêu trên và các văn bản nêu trên"),  # 101
    (["1/2020/NĐ-CP"], "Nghị định số 1/2020/NĐ-CP. Theo Sổ tay A, các đơn vị thực hiện văn bản đó"),  # 104
    # 8.7 lists
    (["124-QĐ/TW", "25-HD/BTCTW"], "Quy định số 124-QĐ/TW & Hướng dẫn 25-HD/BTCTW"),  # 106
    (
        ["12/QĐ-UBND", "15/QĐ-UBND", "17/QĐ-UBND"],
        "các Quyết định: số 12/QĐ-UBND, số 15/QĐ-UBND ngày 01/02/2023; số 17/QĐ-UBND",
    ),  # 107
    (["142/2009/QĐ-TTg", "49/2012/QĐ-TTg"], "142/2009/QĐ-TTg và 49/2012/QĐ-TTg"),  # 109
    (["05/2017/QH14", "61/2018/QH14"], "Luật số 05/2017/QH14 và Luật số 61/2018/QH14"),  # 110
]
DAMAGED = [  # expected number, surely as printed, the words (8.3)
    ("21-HD/BTCTW", True, "Hướng dẫn số 21 HD/BTCTW"),  # 55
    ("07-NQ/HU", True, "Nghị quyết số 07 - NQ / HU"),  # 56
    ("07-NQ/HU", True, "Nghị quyết số 07-\nNQ/HU"),  # 57
    ("31-QĐ/TW", True, "Quy định số31-QĐ/TW"),  # 58
    ("788-CV/HU", True, "Công văn Số:788 -CV/HU"),  # 59
    ("1206/QĐ-HVTC", True, "Quyết định số: 1206 /QĐ-HVTC"),  # 60
    ("445-KL/TU", False, "Kết luận số 445-KL/TƯ"),  # 61
    ("13-NQ/TU", False, "Nghị quyết 13-NQ/TƯ"),  # 61
    ("12/QĐ-UBND", False, "Quyết định số 12/QĐ-ƯBND"),  # 62
    ("07-NQ/HU", False, "Nghị quyết số O7-NQ/HU"),  # 63
    ("132-QĐ/TW", False, "Quy định l32-QĐ/TW"),  # 63
    ("30/2020/NĐ-CP", False, "Nghị định 3O/2020/NĐ-CP"),  # 63
    ("30/2020/NĐ-CP", True, "Nghị định 30/2020/NÐ-CP"),  # 64
    ("30/2020/NĐ-CP", True, "Nghị định 30/2020/NƉ-CP"),  # 64
    ("15-QĐ/TU", False, "Quyết định số 15-QQĐ/TƯ"),  # 66
    ("38-HD/BTCTW", True, "HD38-HD/BTCTW"),  # 67
    ("25-HD/BTCTW", True, "HD 25-HD/BTCTW"),  # 67
    ("1053-QĐ/TU", True, "QĐ 1053-QĐ/TU"),  # 67
    ("07-NQ/HU", True, "Nghi quyet so 07-NQ/HU"),  # 68
]
PARTS = [  # expected part, the words before the decree (8.5)
    ("điểm a khoản 2 Điều 5", "điểm a khoản 2 Điều 5"),  # 82
    ("Điều 5 Khoản 2", "Điều 5 Khoản 2"),  # 83
    ("Điều 5, Khoản 2, Điểm a", "Điều 5, Khoản 2, Điểm a của"),  # 83
    ("khoản 1, 2 và 4 Điều 7 và Điều 9", "khoản 1, 2 và 4 Điều 7 và Điều 9"),  # 85
    ("Điều 5 đến Điều 9", "từ Điều 5 đến Điều 9"),  # 86
    ("Điều 5-9", "Điều 5-9"),  # 86
    ("các điều 5, 6 và 7", "các điều 5, 6 và 7"),  # 86
    ("Điều 5a", "Điều 5a"),  # 87
    ("khoản 1a Điều 3", "khoản 1a Điều 3"),  # 87
    ("tiết a.1 điểm a khoản 1 Điều 3", "tiết a.1 điểm a khoản 1 Điều 3"),  # 87
    ("Chương II", "Chương II"),  # 89
    ("Mục 1 Chương III", "Mục 1 Chương III"),  # 89
    ("Phần thứ hai", "Phần thứ hai"),  # 89
    ("Phụ lục I", "Phụ lục I ban hành kèm theo"),  # 89
    ("Mẫu số 01 Phụ lục II", "Mẫu số 01 Phụ lục II"),  # 89
    ("Khoản 1 Mục II", "Khoản 1 Mục II"),  # 92
    ("điểm 2.3 mục II", "điểm 2.3 mục II"),  # 92
    (None, "khoản 2 Điều 5."),  # 91: the sentence ends
    (None, "quy định của"),
]
EMPTY = [  # names no other document (8.4, 8.5, 8.6, 8.11)
    "pháp luật về đất đai, làm đúng luật, theo luật này",  # 80
    "khoản 2, Điều 5 của Nghị định này",  # 83
    "Điều này, khoản này, quy định tại Điều trên",  # 88
    "Giao Ban Chỉ đạo huyện (sau đây gọi là Ban Chỉ đạo), Ủy ban nhân dân (viết tắt là UBND)",  # 97
    "Nghị quyết này, Kế hoạch này, Quy chế này",  # 100
    "Quy định 132",  # 103: the store may know; GUIDE counts it only where `số` stands before it
    *("tỷ lệ 07/12", "15/20 đảng viên", "QĐ/Tuần", "24/7", "1/3 số đại biểu", "2020-2025", "km 15/QL20", "thửa đất số 12/5"),  # 158
    *("điện thoại 0263.3877/123", "số 12/5 đường Hùng Vương", "xe 49A-123.45", "hợp đồng số 12/HĐKT", "tài khoản 12-34/AB"),  # 158
    *("ISO 9001:2015", "TCVN 6909:2001", "COVID-19", "SARS-CoV-2/2019", "https://a.vn/12/QD-UBND", "a-12/qd@b.vn"),  # 158
    *(
        "Trang 2/5",
        "Mẫu 2C-BNV/2008",
        "biểu số 01/KH-N",
        "gói thầu số 3/XL-05",
        "Luật sư Trần Văn Mẫu",
        "Trường Đại học Luật Vạn Mẫu",
        "Quyết định số 4: .......ngày",
        "Luật hóa các quy định",
    ),  # 158
    "Công văn số 12-CV/HU ngày 15/01/2023 này",  # 160
]
RELATIONS = [  # expected (number or name, relation), the passage (8.8)
    ({("Luật Đất đai năm 2013", "based_on"), (d, "based_on")}, f"Căn cứ Luật Đất đai năm 2013;\nCăn cứ {D};"),  # 112
    (set(), "Căn cứ tình hình thực tế;"),  # 113
    ({("12-CV/TU", "implements")}, "Thực hiện Công văn số 12-CV/TU, các chi bộ làm như sau."),  # 114
    ({("05/TTr-PNV", "based_on")}, "Theo đề nghị của Phòng Nội vụ tại Tờ trình số 05/TTr-PNV;"),  # 115: basis in GUIDE
    ({("1836-QĐ/TWĐTN", "replaces")}, "Quyết định này thay thế Quyết định số 1836 QĐ/TWĐTN ngày 23/6/2006."),  # 116
    ({("84/2018/NQ-HĐND", "repeals")}, "Bãi bỏ Nghị quyết số 84/2018/NQ-HĐND."),  # 117
    (
        {("1/2010/QĐ-UBND", "repeals"), ("2/2011/QĐ-UBND", "repeals")},
        "Quyết định số 1/2010/QĐ-UBND, Quyết định số 2/2011/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
    ),  # 118
    (
        {("15/2020/NĐ-CP", "mentions"), ("14/2022/NĐ-CP", "mentions")},
        "Nghị định số 15/2020/NĐ-CP được sửa đổi, bổ sung tại Nghị định số 14/2022/NĐ-CP.",
    ),  # 119; the edge between the two: test_relations
    (
        {("Luật Doanh nghiệp", "guides"), ("Luật Đầu tư", "details")},
        "Nghị định này hướng dẫn thi hành Luật Doanh nghiệp và quy định chi tiết khoản 2 Điều 17 Luật Đầu tư.",
    ),  # 121
    (
        {("63/2010/QĐ-UBND", "mentions")},
        "1. Hồ sơ lập theo Quy chế ban hành kèm theo Quyết định số 63/2010/QĐ-UBND.",
    ),  # 122: one entry in GUIDE
    ({("1234/BTC-TCT", "replies_to")}, "Phúc đáp Công văn số 1234/BTC-TCT, Huyện ủy có ý kiến."),  # 123
    ({("1/QĐ-UBND", "suspends")}, "Quyết định này đình chỉ thi hành Quyết định số 1/QĐ-UBND."),  # 124
    ({("1/QĐ-UBND", "suspends")}, "Quyết định này ngưng hiệu lực Quyết định số 1/QĐ-UBND."),  # 124
    ({("1/QĐ-UBND", "corrects")}, "Đính chính Quyết định số 1/QĐ-UBND."),  # 124
    ({("1/NQ-HĐND", "extends")}, "Quyết định này gia hạn thời gian thực hiện Nghị quyết số 1/NQ-HĐND."),  # 124
    (
        {("1/2020/NĐ-CP", "mentions"), ("2/2020/NĐ-CP", "mentions")},
        "Huyện ủy trích: “Căn cứ Nghị định số 1/2020/NĐ-CP; bãi bỏ Nghị định số 2/2020/NĐ-CP”.",
    ),  # 125
]


def as_ocr(text):
    """Give the text as OCR often leaves it: gaps around what parts a number, a dash for a hyphen, lines cut anywhere."""
    return text.replace("/NĐ", " /NĐ").replace("-", "\u2013").replace("số ", "số\n").replace("/20", "/ 20")


COPIES = {
    "as printed": lambda text: text,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "other line ends": lambda text: text.replace("\n", "\r\n"),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
    "as OCR leaves it": as_ocr,
}


@pytest.fixture
def read(tmp_path):
    """Read a letter with this body from a file, as any file is read: gives its references and the text that they point into."""

    def run(body, copy=COPIES["as printed"]):
        path = tmp_path / "thu.txt"
        path.write_bytes((HEAD + copy(body)).encode())
        transcript = Transcript("t", "thu.txt", "text/plain", tuple(read_plain(path, "thu.txt")))
        return find_references(lay_out(transcript), OWN), transcript.text

    return run


def names(references):
    """Give each by its number, else its name."""
    return [r.number or " ".join((r.title or "").split()) for r in references if r.source is None]


def serial(number):
    """Give the digits of a serial without zeros."""
    return re.search(r"[1-9]\d*", number)[0]


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize(("expected", "words"), NUMBERS)
def test_each_document_is_found_once_in_any_copy(expected, words, copy, read):
    """The same documents are named however the letters are composed, the lines cut and the gaps set, and each is shown in its place."""
    found, text = read(f"1. Các chi bộ đọc {words}.", COPIES[copy])
    assert [name.replace("\u2013", "-").replace("/ ", "/") for name in names(found)] == expected
    for reference in found:
        printed = [text[place.span.start : place.span.end] for place in reference.mentions]
        assert printed == [each.strip() for each in printed]
        assert all(printed)
        assert reference.number is None or any(serial(reference.number) in each for each in printed)


@pytest.mark.parametrize(("expected", "words"), [case for case in NUMBERS if "/" in case[0][0] and " " not in case[0][0]])
def test_a_number_is_found_among_capitals(expected, words, read):
    """A sentence set in capitals names the same numbers (a code of two cases takes its usual form)."""
    found, _ = read(f"1. Các chi bộ đọc {words.upper()}.")
    assert [name.upper() for name in names(found) if "/" in name] == [number.upper() for number in expected]


@pytest.mark.parametrize(("number", "as_printed", "words"), DAMAGED)
def test_damage_is_repaired_and_said(number, as_printed, words, read):
    """A damaged number is found in its right form; where letters had to be put right, it is less sure."""
    (found,), text = read(f"1. Các chi bộ đọc {words}.")
    assert found.number == number
    assert (found.confidence > 0.7) == as_printed
    place = found.mentions[0].span
    assert number.split("/")[0].split("-")[0][-1] in text[place.start : place.end]


@pytest.mark.parametrize(("part", "words"), PARTS)
def test_the_part_that_is_meant_is_kept(part, words, read):
    """A part counts for the whole document and is kept as printed, its last word first."""
    found, _ = read(f"1. Các chi bộ làm theo {words} {D} về việc mẫu.")
    assert [(r.number, r.scope) for r in found] == [(d, part)]


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("words", EMPTY)
def test_what_is_no_document_stays_out(words, copy, read):
    """Shares, plots, contracts, standards, addresses, what points at the document itself."""
    found, _ = read(f"1. Các chi bộ ghi {words}.", COPIES[copy])
    assert names(found) == []


@pytest.mark.parametrize("copy", ["as printed", "decomposed", "other line ends"])
@pytest.mark.parametrize(("expected", "passage"), RELATIONS)
def test_the_relation_is_read_in_any_copy(expected, passage, copy, read):
    """The cue before a document tells its relation."""
    found, _ = read(passage, COPIES[copy])
    assert {(r.number or r.title, r.relation) for r in found if r.source is None} == expected


def test_the_issuer_may_stand_between_kind_and_number(read):
    """`Quyết định của Bộ Chính trị số …` names kind, issuer, number and day (32)."""
    (found,), _ = read("1. Theo Quyết định của Bộ Chính trị số 31-QĐ/TW, ngày 01-10-1997.")
    assert (found.type, found.agency, found.issued_on) == ("Quyết định", "Bộ Chính trị", date(1997, 10, 1))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("Quy định", "Quy định số 132-QĐ/TW"),  # 35
        ("Quyết định", "Quyết định số 244-QĐ/TW"),  # 36
        ("Thông tri", "Thông tri số 03-TT/HU"),  # 41
        ("Thông tư", "Thông tư số 03/2020/TT-BTC"),
        ("Hướng dẫn", "Hướng dẫn số 21-HD/BTCTW"),
        ("Đề án", "Đề án số 05-ĐA/HU"),
        ("Dự án", "Dự án số 05-DA/HU"),
        ("Luật", "Luật số 45/2013/QH13"),
        ("Nghị quyết", "Nghị quyết số 1211/2016/UBTVQH13"),
        ("Công văn", "văn bản số 1234/BTC-TCT"),
        ("Nghị định", "123/2020/NĐ-CP"),
    ],
)
def test_the_word_beside_a_code_settles_its_kind(kind, words, read):
    """QĐ, TT, HD, ĐA stand for several kinds: the word says which; where none stands, the code does."""
    (found,), _ = read(f"1. Các chi bộ đọc {words}.")
    assert found.type == kind


def test_two_words_for_one_number_are_less_sure(read):
    """`Quy định 132-QĐ/TW` here and `Quyết định 132-QĐ/TW` there: one document, to be looked at (36)."""
    (one,), _ = read("1. Theo Quy định số 132-QĐ/TW và Quyết định số 132-QĐ/TW.")
    (sure,), _ = read("1. Theo Quy định số 132-QĐ/TW và Quy định số 132-QĐ/TW.")
    assert one.confidence < sure.confidence


def test_a_day_goes_to_its_own_item(read):
    """In a list with days of their own, a day belongs to the item before it (107)."""
    found, _ = read("1. Theo các Quyết định: số 12/QĐ-UBND ngày 05/01/2023, số 15/QĐ-UBND ngày 01/02/2023; số 17/QĐ-UBND.")
    assert [r.issued_on for r in found] == [date(2023, 1, 5), date(2023, 2, 1), None]


def test_an_abbreviation_of_the_text_is_written_out(read):
    """An issuer is given in full, also where the document abbreviated a part of its name before."""
    found, _ = read(
        "1. Giữ trật tự, an toàn xã hội (viết tắt là TTATXH) là việc chung.\n"
        "2. Theo Tờ trình số 76/TTr-HĐTĐ ngày 05/01/2023 của Chủ tịch Hội đồng thẩm định địa bàn TTATXH về việc mẫu."
    )
    assert [r.agency for r in found] == ["Chủ tịch Hội đồng thẩm định địa bàn trật tự, an toàn xã hội"]


@pytest.mark.parametrize(
    "hostile",
    [
        "Nghị định số 1/2020/NĐ-CP " * 4000,  # 161
        "khoản " + "1, " * 30_000 + f"Điều 5 {D}",
        "Nghị định số" + " " * 100_000 + "1/2020/NĐ-CP",
        "(" * 50_000 + D,
        "“" * 50_000 + D,
        "1/2-" * 50_000,
        "cụm từ “" * 20_000,
        "được sửa đổi bởi " * 10_000,
        "trừ " * 40_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_text_is_read_in_linear_time(hostile, read):
    """A line of 100,000 characters made to hurt is read within the time of a long document."""
    start = process_time()
    read("1. Theo " + hostile)
    assert process_time() - start < 6


def test_reading_again_gives_the_same(read):
    """Nothing depends on what was read before (164)."""
    body = "\n".join(f"1. Các chi bộ đọc {words}." for _, words in NUMBERS)
    assert read(body)[0] == read(body)[0]
