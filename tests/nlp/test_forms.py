"""Forms of documents that differ from a letter: resolutions, laws, invitations, telegrams, texts whose columns are half lost."""

import datetime as dt
from pathlib import Path

import pytest

from ingest.read import read
from nlp.extract import extract
from nlp.issuer import ordinary
from nlp.zones import lay_out

TAIL = """

Nơi nhận:\tT/M ĐẢNG ỦY
- Như trên,\tBÍ THƯ
- Lưu VP.

\tGiàng Văn Mẫu
"""


@pytest.fixture
def told(tmp_path):
    def tell(text: str):
        path = Path(tmp_path, "a.txt")
        path.write_text(text, "utf-8")
        return extract(read(path))

    return tell


HEADS = [
    # agency, parent, the head
    (
        "Đảng ủy phường An Mẫu",
        "Đảng bộ thành phố Sơn Mẫu",
        "ĐẢNG BỘ THÀNH PHỐ SƠN MẪU\nĐẢNG ỦY PHƯỜNG AN MẪU\n*\nSố 12-NQ/ĐU\tĐẢNG CỘNG SẢN VIỆT NAM",
    ),
    ("Bộ Tài chính", None, "BỘ TÀI CHÍNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 9/2025/TT-BTC\tHà Nội, ngày 05 tháng 6 năm 2025"),
    ("Ủy ban Thường vụ Quốc hội", None, "ỦY BAN THƯỜNG VỤ\nQUỐC HỘI\n-------\nNghị quyết số: 87/2025/UBTVQH15"),
    ("Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", None, "ỦY BAN TRUNG ƯƠNG\nMẶT TRẬN TỔ QUỐC VIỆT NAM\nSố: 05/KH-MTTW-BTT"),
    (None, None, "Căn cứ Luật Đầu tư công ngày 13 tháng 6 năm 2019;"),  # a copy without its head: the title is no body
]


@pytest.mark.parametrize(("agency", "parent", "head"), HEADS)
def test_bodies_are_read_where_columns_are_half_lost(told, agency, parent, head):
    """Bodies above the first line that has two columns are the masthead's; a name that visibly goes on is one; a title is none."""
    title = "NGHỊ QUYẾT\nvề công tác cán bộ\n\n"
    found = told((head + "\n\n" + title if agency else title + head) + "\n\nĐiều 1. Quy định chung về cán bộ." + TAIL)
    assert (found.agency and found.agency.value, found.parent_agency and found.parent_agency.value) == (agency, parent)


def test_a_verb_behind_a_bodys_name_is_no_part_of_it(told):
    """Without a masthead the issuer is named by the text: as far as its name goes."""
    found = told(
        "Số: 12/2025/NĐ-CP\n\nNGHỊ ĐỊNH\nvề lưu trữ\n\nChính phủ ban hành Nghị định về lưu trữ.\nChính phủ quy định chi tiết." + TAIL
    )
    assert found.agency is not None
    assert found.agency.value == "Chính phủ"


def test_a_law_is_of_the_day_of_its_adoption(told):
    """A law prints no date line; its last sentence says when it was adopted, not one that tells of another law's."""
    law = "QUỐC HỘI\nLuật số: 99/2025/QH15\n\nLUẬT\nLƯU TRỮ\n\nĐiều 1. Luật này quy định về lưu trữ.\n{}\n\nCHỦ TỊCH QUỐC HỘI\nLê Văn Mẫu\n"
    adopted = "Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, kỳ họp thứ 10 thông qua ngày 10 tháng 12 năm 2025."
    found = told(law.format(adopted)).issued_on
    assert found is not None
    assert found.value == dt.date(2025, 12, 10)
    assert told(law.format("Luật Đất đai được Quốc hội thông qua ngày 10 tháng 12 năm 2025.")).issued_on is None


def test_the_hour_of_a_telegram_is_no_place(told):
    """`Sơn Mẫu, hồi 14 giờ 00 phút ngày …`: the hour stands between place and day."""
    found = told(
        "ỦY BAN NHÂN DÂN\nTỈNH SƠN MẪU\nSố: 9/CĐ-UBND\nSơn Mẫu, hồi 14 giờ 00 phút ngày 07 tháng 9 năm 2024\n\nCÔNG ĐIỆN\nvề bão\n" + TAIL
    )
    assert found.place is not None
    assert found.issued_on is not None
    assert (found.place.value, found.issued_on.value) == ("Sơn Mẫu", dt.date(2024, 9, 7))


INVITATION = """ĐẢNG BỘ TỈNH SƠN MẪU
HUYỆN ỦY MƯỜNG MẪU
*
Số 77-GM/HU\tĐẢNG CỘNG SẢN VIỆT NAM
\tMường Mẫu, ngày 02 tháng 4 năm 2024

GIẤY MỜI

Thường trực Huyện ủy trân trọng kính mời đồng chí:..................
Tới dự: Hội nghị giao ban quý I/2024.
Thời gian: 01 buổi, bắt đầu từ 7 giờ 30 phút, ngày 09/4/2024 (thứ Ba).
Địa điểm: Phòng họp số 2, Huyện ủy Mường Mẫu.
Thành phần:
- Lãnh đạo các ban, Văn phòng Huyện ủy.
Giao Ban Tổ chức Huyện ủy chuẩn bị báo cáo, gửi về Văn phòng Huyện ủy trước ngày 06/4/2024.
"""


def test_an_invitation_is_a_meeting_and_its_labels_are_no_duties(told):
    """What, when and where stand behind labels, each a paragraph of its own; only what is to be prepared is a duty."""
    found = told(INVITATION + TAIL)
    (event,) = found.events
    assert (event.title, event.on, event.at) == ("Hội nghị giao ban quý I/2024", dt.date(2024, 4, 9), dt.time(7, 30))
    assert event.venue == "Phòng họp số 2, Huyện ủy Mường Mẫu"
    assert [duty.assignee for duty in found.duties] == ["Ban Tổ chức Huyện ủy"]


DUTIES = [
    # assignee, last day, the sentence under a heading that names Đảng ủy xã
    ("Đảng ủy xã", dt.date(2025, 12, 10), "2.1. Lãnh đạo xây dựng kế hoạch đầu tư công, trình Hội đồng nhân dân xã trước ngày 10/12/2025."),
    (
        "Các chi bộ, đảng bộ cơ sở",
        dt.date(2025, 10, 31),
        "2.1. Các chi bộ, đảng bộ cơ sở tổ chức quán triệt Nghị quyết trong tháng 10/2025.",
    ),
    ("Lãnh đạo các phòng", dt.date(2025, 10, 15), "2.1. Lãnh đạo các phòng báo cáo kết quả trước ngày 15/10/2025."),
]


@pytest.mark.parametrize(("assignee", "day", "sentence"), DUTIES)
def test_who_leads_and_who_is_led(told, assignee, day, sentence):
    """`Lãnh đạo` alone is what a body does, with a body behind it a body; a body's own month at the end of its sentence binds."""
    head = "ĐẢNG ỦY XÃ TÂN MẪU\n*\nSố 3-CTr/ĐU\nTân Mẫu, ngày 05 tháng 8 năm 2025\n\nCHƯƠNG TRÌNH\ncông tác\n\n2. Đảng ủy xã\n"
    (duty,) = told(head + sentence + TAIL).duties
    assert duty.deadline is not None
    assert (duty.assignee, duty.deadline.date) == (assignee, day)


def test_a_short_decisions_issuer_is_no_signature(told):
    """`TRƯỞNG BAN …` over the grounds names who decides, also where the whole decision fits before its recipients."""
    found = told(
        "UBND TỈNH SƠN MẪU\nBAN CHỈ ĐẠO 35\nSố: 18/QĐ-BCĐ\nSơn Mẫu, ngày 02 tháng 6 năm 2025\n\nQUYẾT ĐỊNH\nBan hành Quy chế\n\n"
        "TRƯỞNG BAN CHỈ ĐẠO 35\n\nCăn cứ Quyết định số 812/QĐ-UBND ngày 20 tháng 5 năm 2025;\n\nQUYẾT ĐỊNH:\n\n"
        "Điều 1. Ban hành Quy chế hoạt động.\nĐiều 2. Các thành viên chịu trách nhiệm thi hành Quyết định này./.\n" + TAIL
    )
    assert found.signer.name is not None
    assert (found.signer.name.value, [reference.number for reference in found.references]) == ("Giàng Văn Mẫu", ["812/QĐ-UBND"])
    assert found.recipients == ()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Sở Kế hoạch và Đầu tư", "Giao Sở Kế hoạch và Đầu tư tổng hợp, báo cáo kết quả trước ngày 20/11/2025."),
        ("Ban Tuyên giáo", "Giao Ban Tuyên giáo theo dõi, báo cáo kết quả trước ngày 20/11/2025."),
        ("Ban Quản lý dự án đầu tư xây dựng tỉnh", "Giao Ban Quản lý dự án đầu tư xây dựng tỉnh báo cáo kết quả trước ngày 20/11/2025."),
    ],
)
def test_a_sectors_name_ends_before_what_it_does(told, name, sentence):
    """`Đầu tư` and `Tuyên giáo` end a name before a verb of the office, not before the rest of a longer name."""
    (duty,) = told(
        "ĐẢNG ỦY XÃ TÂN MẪU\n*\nSố 3-CTr/ĐU\nTân Mẫu, ngày 05 tháng 8 năm 2025\n\nCHƯƠNG TRÌNH\ncông tác\n\n" + sentence + TAIL
    ).duties
    assert duty.assignee == name


def test_a_receivers_name_goes_on_in_capitals(told):
    """`Phòng Tổng hợp` is a name, `tổng hợp` behind a name is what it does with it."""
    head = "ĐẢNG ỦY XÃ TÂN MẪU\n*\nSố 3-CTr/ĐU\nTân Mẫu, ngày 05 tháng 8 năm 2025\n\nCHƯƠNG TRÌNH\ncông tác\n\n"
    (duty,) = told(head + "Các chi bộ gửi báo cáo về Phòng Tổng hợp chậm nhất ngày 31/8/2025." + TAIL).duties
    assert duty.to_whom == "Phòng Tổng hợp"


@pytest.mark.parametrize("begins", ["Đề nghị các phòng báo cáo.", "Ủy ban nhân dân xã trả lời.", "Ở cấp xã, các phòng rà soát."])
def test_a_capital_with_a_mark_begins_a_paragraph(tmp_path, begins):
    """Đ, Ủ and Ở are capitals: a line that begins with one is no continuation of a sentence that has ended."""
    path = Path(tmp_path, "a.txt")
    path.write_text(f"Các phòng chuyên môn thuộc Ủy ban nhân dân xã rà soát hồ sơ.\n\n{begins}\n", "utf-8")
    zones = lay_out(read(path))
    assert zones.text(zones.paragraphs[-1].span) == begins


@pytest.mark.parametrize(
    ("caps", "name"), [("THỦ TRƯỞNG CƠ QUAN", "Thủ trưởng cơ quan"), ("THỨ TRƯỞNG", "Thứ trưởng"), ("THU TRƯỞNG", "Thứ trưởng")]
)
def test_marks_that_were_read_decide_between_two_names(caps, name):
    """Two names of the same letters are told apart by their marks; where they are lost, the commoner one is meant."""
    assert ordinary(caps) == name
