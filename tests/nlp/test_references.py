"""Does a document's list of references hold each other document once, with what the text says of it?"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.transcript import Page, Transcript
from nlp.issuing import read_body
from nlp.named import find_named
from nlp.own import Own
from nlp.references import find_references, read_references
from nlp.zones import lay_out

OWN = Own("party", "12-CV/HU", "Công văn", date(2023, 1, 12), "Huyện ủy Vạn Mẫu", None)
PIECES = [
    "Luật ",
    "số ",
    "12/QĐ-UBND ",
    "ngày 1/1/2020 ",
    "của ",
    "Bộ Y tế ",
    "được sửa đổi bởi ",
    "; ",
    ". ",
    "(",
    "Căn cứ ",
    "Quy định 132 ",
    "\n",
]
HEAD = "HUYỆN ỦY VẠN MẪU\nSố 12-CV/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nVạn Mẫu, ngày 12 tháng 01 năm 2023\nKính gửi: Các chi bộ.\n"


def references(body, own=OWN, head=HEAD):
    zones = lay_out(Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, head + body),)))
    return [r for r in find_references(zones, own) if r.source is None]


def named(body, **kwargs):
    """Give each reference by its number, else its title."""
    return [r.number or r.title for r in references(body, **kwargs)]


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        (["07-NQ/HU"], "Thực hiện Nghị quyết số 07-NQ/HU, ngày 26/12/2022 của Huyện ủy Vạn Mẫu."),
        (["31-QĐ/TW"], "Theo Quyết định của Bộ Chính trị số 31-QĐ/TW, ngày 01-10-1997."),
        (["1743/QĐ-BGTVT", "1744/QĐ-BGTVT"], "Thực hiện các Quyết định số: 1743/QĐ-BGTVT, 1744/QĐ-BGTVT ngày 31/12/2024."),
        (["115/2020/NĐ-CP", "116/2020/NĐ-CP"], "Theo Nghị định số 115, 116/2020/NĐ-CP."),
        (["124-QĐ/TW", "25-HD/BTCTW"], "Thực hiện Quy định số 124-QĐ/TW & Hướng dẫn 25-HD/BTCTW."),
        (["71"], "Thực hiện Nghị quyết số 71 của Bộ Chính trị."),
        (["Luật Đất đai năm 2013"], "Theo Luật Đất đai năm 2013; việc áp dụng Luật Đất đai do cấp trên hướng dẫn."),
        (["45/2013/QH13"], "Căn cứ Luật Đất đai số 45/2013/QH13. Việc thi hành Luật Đất đai được báo cáo."),
        (
            [
                "Luật Tổ chức Chính phủ ngày 19/6/2015",
                "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Viên chức ngày 22/11/2019",
            ],
            (
                "Căn cứ Luật Tổ chức Chính phủ ngày 19/6/2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ\n"
                "và Luật Viên chức ngày 22/11/2019;"
            ),
        ),
        (
            ["Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ", "Luật Đấu thầu"],
            "Chấp hành Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ và Luật Đấu thầu.",
        ),
        (
            ["Nghị quyết Trung ương 4 khóa XI", "Nghị quyết Trung ương 4 khóa XII", "Kết luận Trung ương 4 khóa XIII"],
            "Thực hiện Nghị quyết Trung ương 4 khóa XI, XII, Kết luận Trung ương 4 khóa XIII.",
        ),
        (["Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XX"], "Thực hiện Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XX."),
        (["18-NQ/TW"], "Nghị quyết số 18-NQ/TW ngày 16/6/2022 của Hội nghị lần thứ năm Ban Chấp hành Trung ương Đảng khóa XIII."),
        (["132-QĐ/TW"], "Theo Quy định số 132-QĐ/TW (viết tắt là Quy định 132). Các chi bộ thực hiện Quy định 132."),
        (["132-QĐ/TW"], "Về Quy định 132, các chi bộ đọc Quy định số 132-QĐ/TW."),
        (["214/QĐ-DCT"], "Căn cứ Quy định về lấy ý kiến ban hành kèm theo Quyết định số 214/QĐ-DCT ngày 12 tháng 01 năm 2022."),
        (["QCVN01:2019/BCT"], "Theo QCVN 01:2019/BCT."),
    ],
)
def test_each_document_is_named_once(expected, body):
    """Lists, short names, laws with and without year, plenums and enclosures give one entry for each document."""
    assert named(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Công văn số 12-CV/HU này thay mọi hướng dẫn trước.",
        "Căn cứ tình hình thực tế và các quy định của pháp luật về đất đai, luật này có hiệu lực.",
        "Góp ý dự thảo Luật Đất đai (sửa đổi).",
        "Theo mẫu: Quyết định số .../QĐ-UBND ngày .../.../2023.",
        "Ký hợp đồng số 12/HĐKT-ABC với công ty.",
        "Triển khai 8 Nghị quyết của Chính phủ và nghị quyết đại hội đảng các cấp.",
        "Xe 49A-123.45 chạy km 15/QL20; tỷ lệ 15/20 đảng viên; ISO 9001:2015, TCVN 6909:2001.",
        "Kế hoạch 5 năm, Chương trình 6 tháng cuối năm, Nghị quyết 2 nội dung.",
    ],
)
def test_what_is_no_other_document_is_left_out(body):
    """The document itself, drafts, blanks, contracts, standards and unlisted groups do not count."""
    assert named(body) == []


def test_a_misprint_is_one_entry_in_its_right_form():
    """The form most often printed stays, the other is listed as a misprint."""
    (found,) = references(
        "Theo Hướng dẫn số 09-HD/BTCTU, ngày 14/12/2022 của Ban Tổ chức Tỉnh ủy.\nCác chi bộ dùng mẫu tại Hướng dẫn số 09-HD/BTCTU.\n"
        "(Đính kèm Hướng dẫn số 09-HD/BTCHU ngày 14/12/2022 của Ban Tổ chức Tỉnh ủy)"
    )
    assert (found.number, found.misprints, len(found.mentions)) == ("09-HD/BTCTU", ("09-HD/BTCHU",), 3)


def test_one_number_of_two_years_is_two_documents():
    """A number used again in another year is another document; the same day in another year is a slip of the pen."""
    assert len(references("Quy định số 132-QĐ/TW ngày 08/3/2018. Quy định số 132-QĐ/TW ngày 27/10/2023.")) == 2
    assert len(references("Quy định số 132-QĐ/TW ngày 08/3/2018. Quy định số 132-QĐ/TW ngày 08/3/2019.")) == 1


@pytest.mark.parametrize(
    ("agency", "day", "body"),
    [
        ("Huyện ủy Vạn Mẫu", date(2022, 12, 26), "Thực hiện Nghị quyết số 07-NQ/HU, ngày 26/12/2022 của Huyện ủy Vạn Mẫu về nhiệm vụ."),
        ("Bộ Giáo dục và Đào tạo", date(2026, 2, 5), "Theo Kế hoạch số 19/KH-BGDĐT của Bộ Giáo dục và Đào tạo ngày 05/02/2026 về việc."),
        ("Bộ trưởng Bộ Xây dựng", date(2026, 6, 29), "Ngày 29/6/2026, Bộ trưởng Bộ Xây dựng ban hành Quyết định số 7/QĐ-BXD."),
        ("Thủ tướng Chính phủ", date(2023, 7, 18), "Đã được Thủ tướng Chính phủ phê duyệt tại Quyết định số 8/QĐ-TTg ngày 18/7/2023."),
        ("Giám đốc Sở Mẫu và Thử", date(2025, 1, 16), "Theo đề nghị của Giám đốc Sở Mẫu và Thử tại Tờ trình số 5/TTr-SMT ngày 16/1/2025."),
        ("Ủy ban nhân dân tỉnh", None, "Thực hiện chỉ đạo của UBND tỉnh tại Công văn số 6658/UBND-KT."),
        (None, date(2018, 11, 15), "Theo Quy định số 03-QĐ/TU, ngày 15 tháng 11 năm 2018 và các quy định khác."),
        (None, None, "Theo Thông tư số 14/2020/TT-BMT, ngày 31/02/2020."),
    ],
)
def test_issuer_and_day_are_what_the_text_gives(agency, day, body):
    """They stand behind the number or before it; what the text does not give is None, and no such day is none."""
    (found,) = references(body)
    assert (found.agency, found.issued_on) == (agency, day)


def test_what_is_said_once_holds_for_the_list():
    """The issuer after the last member and the day after a bare list hold for all; another body's documents do not share."""
    found = references(
        "Thực hiện Quy định số 03-QĐ/TU, ngày 15/11/2018; Quy định số 19-QĐ/TU, ngày 13/11/2019 của Ban Thường vụ Tỉnh ủy.\n"
        "Theo Quy định số 132-QĐ/TW và Hướng dẫn số 21-HD/BTCTW, ngày 18/10/2019 của Ban Tổ chức Trung ương."
    )
    assert [r.agency for r in found] == ["Ban Thường vụ Tỉnh ủy"] * 2 + [None, "Ban Tổ chức Trung ương"]
    assert [r.issued_on for r in references("Theo các Quyết định số: 5/QĐ-BXD, 6/QĐ-BXD ngày 31/12/2024.")] == [date(2024, 12, 31)] * 2


def test_a_footnote_takes_the_issuer_at_its_mark():
    """`các Quy định¹ của Ban Thường vụ Tỉnh ủy`: the list in the footnote is of that body."""
    found = references(
        "Các chi bộ đọc các Quy định¹ của Ban Thường vụ Tỉnh ủy.\n\n"
        "¹ Quy định số 03-QĐ/TU, ngày 15/11/2018; Quy định số 06-QĐ/TU, ngày 26/10/2021"
    )
    assert [(r.number, r.agency, r.relation) for r in found] == [
        ("03-QĐ/TU", "Ban Thường vụ Tỉnh ủy", "mentions"),
        ("06-QĐ/TU", "Ban Thường vụ Tỉnh ủy", "mentions"),
    ]


def test_a_titled_document_behind_the_letter_is_attached():
    """It has its own head and title and no number; an outline behind it is part of the letter."""
    body = (
        "Kính mời các đồng chí dự họp.\nNơi nhận:\n- Như trên,\n- Lưu VP.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nLê Văn Mẫu\n"
        "HUYỆN ỦY VẠN MẪU\nVĂN PHÒNG\n*\nVạn Mẫu, ngày 10 tháng 01 năm 2023\nCHƯƠNG TRÌNH\nHọp Thường trực Huyện ủy\n(Lúc 8 giờ)\n"
    )
    (found,) = [r for r in references(body) if r.relation == "attaches"]
    assert (found.type, found.number, found.title, found.issued_on) == (
        "Chương trình", None, "Chương trình họp Thường trực Huyện ủy", date(2023, 1, 10),
    )  # fmt: skip


def test_every_mention_is_an_exact_place():
    """A mention's span begins at the word of the kind and ends behind number, day and issuer, also over a line's end."""
    body = "Thực hiện khoản 4 Điều 14 Nghị định số\n30/2020/NĐ-CP ngày 05/3/2020 của\nChính phủ về công tác văn thư."
    (found,) = references(body)
    text = HEAD + body
    assert [" ".join(text[m.span.start : m.span.end].split()) for m in found.mentions] == [
        "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ"
    ]
    assert found.scope == "khoản 4 Điều 14"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ban Thường vụ Tỉnh ủy", "Ban Thường vụ Tỉnh ủy về việc"),
        ("Ban Chấp hành Trung ương Đảng khóa XII", "Ban Chấp hành Trung ương Đảng khóa XII về trách nhiệm"),
        ("Ủy ban nhân dân tỉnh Lào Cai", "UBND tỉnh Lào Cai ban hành Quy chế"),
        ("Bộ trưởng Bộ Lao động - Thương binh và Xã hội", "Bộ trưởng Bộ Lao động - Thương binh và Xã hội quy định"),
        ("Ban Chỉ đạo 389 quốc gia", "Ban Chỉ đạo 389 quốc gia."),
        ("Ban Tổ chức Tỉnh ủy", "Ban Tổ chức Tỉnh ủy hướng dẫn chấm điểm"),
        ("Cục thuế tỉnh Mẫu", "Cục thuế tỉnh Mẫu hỏi về hóa đơn"),
        ("Hội đồng nghĩa vụ quân sự huyện", "Hội đồng nghĩa vụ quân sự huyện về tuyển quân"),
        ("Chính phủ", "Chính phủ Quy định về"),
        (None, "cấp trên về việc"),
        (None, "Bộ trưởng."),
    ],
)
def test_the_name_of_a_body_ends_where_its_deed_begins(name, text):
    """Known names are read whole, verbs end them, short forms are written out, a bare head is no name."""
    found = read_body(text, 0)
    assert (found[0] if found else None) == name


@pytest.mark.parametrize(
    ("titles", "text"),
    [
        (["Luật Tài nguyên, môi trường biển và hải đảo ngày 25/6/2015"], "Luật Tài nguyễn, môi trường biển và hải đảo ngày 25/6/2015:"),
        (["Luật Thi đua, khen thưởng"], "thi hành Luật Thi đua khen thưởng để"),
        (["Hiến pháp năm 2013"], "theo Hiến pháp năm 2013"),
        (["Điều lệ Đảng"], "Điều 35 Điều lệ Đảng"),
        (["Quy chế làm việc của Ban Chấp hành Đảng bộ xã khóa I"], "Căn cứ Quy chế làm việc của Ban Chấp hành Đảng bộ xã khóa I;"),
        (
            ["Quy chế làm việc của Đảng ủy, nhiệm kỳ 2025-2030"],
            "Điều lệ hội và Quy chế làm việc của Đảng ủy, nhiệm kỳ 2025-2030",
        ),
        ([], "theo Quyết định ban hành Quy chế làm việc của Đảng ủy, nhiệm kỳ 2025-2030"),
        ([], "Căn cứ Quy chế làm việc của cơ quan;"),
        ([], "Luật số 02/2021/QH15 sửa đổi, bổ sung một số điều của BLTTHS năm 2021"),
        (["Nghị quyết Trung ương 4 khóa XII"], "Nghị quyết Trung ương 4 (khóa XII)"),
        ([], "PHÁP LUẬT VỀ ĐẤT ĐAI, pháp luật về thuế, Luật này, Luật sư Mẫu, Luật sửa đổi, bổ sung một số điều của luật khác"),
    ],
)
def test_names_run_as_far_as_the_statute_book_says(titles, text):
    """Names are known in spite of lost marks and commas; the word of law alone names none."""
    assert [found.title for found in find_named(text)] == titles


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_any_text_is_survived(parts):
    """No order of words breaks the finder; each mention lies inside the text."""
    body = "".join(parts)
    for found in references(body):
        assert all(0 <= m.span.start < m.span.end <= len(HEAD + body) for m in found.mentions)


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        (
            (date(2016, 5, 15), "Bộ Chính trị khóa XII", "về việc học"),
            "Chỉ thị số 05-CT/TW, ngày 15/5/2016 của Bộ Chính trị (khóa XII) về việc học.",
        ),
        ((date(2021, 7, 28), "Ban Chấp hành Trung ương", "về việc mẫu"), "Quy định 22-QĐ/TW (28/7/2021) của BCH Trung ương về việc mẫu."),
        (
            (date(2017, 10, 25), "Ban Chấp hành Trung ương Đảng khóa XII", None),
            "Nghị quyết số 21-NQ/TW ngày 25/10/2017 Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII.",
        ),
        (
            (date(2023, 6, 5), "Ban Chỉ đạo Chuyển đổi số tỉnh", "về việc mẫu"),
            "Kế hoạch số 45/KH-BCĐ ngày 05/6/2023 của Ban Chỉ đạo Chuyển đổi số tỉnh về việc mẫu.",
        ),
        (
            (date(2019, 11, 8), "Thủ tướng Chính phủ", "về việc mẫu"),
            "Quyết định của Thủ tướng Chính phủ: số 1563/QĐ-TTg ngày 08/11/2019 về việc mẫu; số 1008/QĐ-TTg ngày 02/6/2017 về việc khác.",
        ),
        (
            (None, "Bộ Giao thông vận tải", None),
            "QCVN 22:2024/BGTVT quy chuẩn về xe, Bộ Giao thông vận tải ban hành theo Thông tư số 4/2024/TT-BGTVT.",
        ),
        ((date(2020, 3, 5), "Huyện ủy", None), "Nghị quyết sô 07-NQ/HU ngày 05 tháng 3 nãm 2020 cùa Huyện ủy."),
        ((date(2011, 1, 19), "Bộ Nội vụ", None), "Thông tư số 01/2011/TT-BNV, ngày 19 tháng 01 năm 201 1 cúa Bộ Nội vụ."),
        ((date(2020, 9, 22), "Công ty TNHH Mẫu", None), "Công văn số TDV/01-2020 đề ngày 22/09/2020 của Công ty TNHH Mẫu."),
        (
            (date(2024, 3, 25), "Tổng công ty Điện lực miền Nam", None),
            "Công văn số 1450/EVN SPC-KD ngày 25/3/2024 của Tổng công ty Điện lực miền Nam.",
        ),
        ((None, "Ủy ban nhân dân tinh Vạn Mẫu", None), "Quyết định số 12/QĐ-UBND của UBND tinh Vạn Mẫu."),
        ((None, "Ủy ban nhân dân tỉnh", None), "Quyết định số 12/QĐ-ƯBND của ƯBND tỉnh."),
    ],
)
def test_day_issuer_and_subject_stand_around_a_number(expected, body):
    """They are read behind a number, before it or in brackets, and a subject does not run into the next document."""
    found = references(f"1. Các chi bộ đọc {body}")[0]
    title = found.title if expected[2] else None
    assert (found.issued_on, found.agency, title) == expected


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        (
            [("1563/QĐ-TTg", "implements"), ("1008/QĐ-TTg", "implements")],
            "Thực hiện Quyết định của Thủ tướng Chính phủ: số 1563/QĐ-TTg về việc mẫu; số 1008/QĐ-TTg về việc khác.",
        ),
        (
            [("24-NQ/TU", "implements"), ("35-CTr/TU", "implements")],
            'Thực hiện Nghị quyết số 24-NQ/TU của Tỉnh ủy "về du lịch"; Chương trình hành động số 35-CTr/TU của Tỉnh ủy.',
        ),
        (
            [("66/SNV-XD", "implements")],
            "Thực hiện Chương trình công tác năm 2023; Công văn số 66/SNV-XD về việc báo cáo, các chi bộ làm như sau.",
        ),
        ([("15/UBND-VX", "attaches")], "1. Các chi bộ báo cáo.\n(Có bản sao Công văn số 15/UBND-VX của UBND tỉnh gửi kèm theo)"),
        ([("15-QĐ/HU", "implements")], "Thực hiện Quy chế mẫu (ban hành kèm theo Quyết định số 15-QĐ/HU ngày 20/10/2020)."),
        ([("06/QĐ-TTg", "implements")], "Thực hiện Đề án 06 của Chính phủ, Quyết định 06/QĐ-TTg ngày 06/01/2022."),
    ],
)
def test_a_cue_reaches_what_it_governs(expected, body):
    """What is told of the first of a list, or of what a decision enacts, is told of the list and of the decision."""
    assert [(r.number, r.relation) for r in references(body)] == expected


def test_a_short_name_that_may_mean_two_is_tied_to_none_and_said():
    """`Quy định 132` beside two of that number says which they are; with one of them it means that one."""

    def read(body):
        return read_references(lay_out(Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, HEAD + body),))), OWN)

    two = read(
        "Thực hiện Quy định số 132-QĐ/TW ngày 08/3/2018 và Quy định số 132-QĐ/TU ngày 27/10/2023, báo cáo.\nQuán triệt Quy định 132."
    )
    (doubt,) = two.doubts
    assert (
        doubt.startswith("“Quy định 132” có thể là 132-QĐ/T")
        and "132-QĐ/TW ngày 08/03/2018" in doubt
        and "132-QĐ/TU ngày 27/10/2023" in doubt
    )
    assert [len(reference.mentions) for reference in two.references] == [1, 1]
    one = read("Thực hiện Quy định số 132-QĐ/TW ngày 08/3/2018 của Bộ Chính trị.\nQuán triệt Quy định 132.")
    assert one.doubts == ()
    assert [len(reference.mentions) for reference in one.references] == [2]
