"""Which meeting does a document call?"""

import datetime as dt

from ingest.transcript import Page, Transcript
from nlp.events import find_events
from nlp.own import Own
from nlp.zones import lay_out

HEAD = (
    "ĐẢNG BỘ TỈNH MẪU\nĐẢNG ỦY XÃ TÂN MẪU\n*\nSố 15-CV/ĐU\nMời dự Hội nghị sơ kết công tác\nđảng 6 tháng\nĐẢNG CỘNG SẢN VIỆT NAM\n"
    "Tân Mẫu, ngày 10 tháng 11 năm 2025\nKính gửi: Các đồng chí đảng ủy viên.\n"
)
TAIL = "Nơi nhận:\n- Như trên,\n- Lưu VPĐU.\nT/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG\nLê Văn Mẫu\n"
OWN = Own("party", "15-CV/ĐU", "Công văn", dt.date(2025, 11, 10), "Đảng ủy xã Tân Mẫu", None)


def events(body, head=HEAD, own=OWN):
    return find_events(lay_out(Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, head + body + TAIL),))), own)


def test_labels_tell_when_where_and_who():
    """Thời gian, Địa điểm and Thành phần make one event, with the letter's subject as its title."""
    (event,) = events(
        "Ban Thường vụ Đảng ủy kính mời các đồng chí dự Hội nghị, cụ thể như sau:\n"
        "1. Thời gian: 01 buổi, vào lúc 13 giờ 30” ngày 18/11/2025 (chiều thứ Ba).\n"
        "2. Địa điểm: Hội trường Đảng ủy xã.\n"
        "3. Thành phần tham dự:\n- Các đồng chí đảng ủy viên;\n- Bí thư các chi bộ.\n"
        "4. Công tác chuẩn bị:\n- Văn phòng chuẩn bị tài liệu.\n"
    )
    assert (event.on, event.at, event.venue) == (dt.date(2025, 11, 18), dt.time(13, 30), "Hội trường Đảng ủy xã")
    assert event.title == "Mời dự Hội nghị sơ kết công tác đảng 6 tháng"
    assert event.attendees == ("Các đồng chí đảng ủy viên", "Bí thư các chi bộ")


def test_one_label_may_tell_where_and_who():
    """`Địa điểm, thành phần` names the place in its first sub-item."""
    (event,) = events(
        "Ban Thường vụ Đảng ủy thông báo thời gian, thành phần như sau:\n"
        "1. Thời gian: 8 giờ 00, ngày 20/11/2025.\n2. Địa điểm, thành phần:\n2.1. Hội trường tầng 2\n- Thường trực Đảng ủy;\n"
    )
    assert event.venue == "Hội trường tầng 2" and event.attendees == ("Thường trực Đảng ủy",)


def test_one_sentence_may_tell_it_all():
    """An invitation in one sentence gives hour, day and place."""
    (event,) = events("Kính mời các đồng chí dự họp Ban Chấp hành vào lúc 7 giờ 30 phút ngày 21/11/2025 tại Hội trường UBND xã.\n")
    assert (event.on, event.at, event.venue) == (dt.date(2025, 11, 21), dt.time(7, 30), "Hội trường UBND xã")


def test_a_document_that_invites_nobody_has_no_event():
    """A limit with an hour is no meeting."""
    head = HEAD.replace("Mời dự Hội nghị sơ kết công tác\nđảng 6 tháng", "Báo cáo tình hình mưa lũ")
    assert events("Các chi bộ báo cáo trước 16 giờ 30 ngày 20/11/2025.\n", head=head) == ()
