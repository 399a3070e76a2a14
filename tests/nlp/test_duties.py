"""Who must do what by when, and what binds nobody?"""

import datetime as dt
import json
from pathlib import Path

import pytest

from ingest.transcript import Page, Span, Transcript
from nlp.duties import find_duties
from nlp.own import Own
from nlp.zones import Paragraph, ZoneLine, Zones, lay_out

SHARED = Path(__file__).parents[2].parent / "shared"
OWN = Own("state", "12/UBND-VP", "Công văn", dt.date(2025, 11, 10), "Ủy ban nhân dân xã Tân Mẫu", None, ("Các phòng chuyên môn",))


def zones(*paragraphs, zone="body"):
    """Lay out paragraphs given as `marker|words`, each in one zone."""
    text, parts = "", []
    for paragraph in paragraphs:
        marker, _, words = paragraph.rpartition("|")
        line = f"{marker} {words}".strip()
        parts.append(Paragraph(Span(len(text), len(text) + len(line)), zone, marker, "\t" in line))
        text += line + "\n"
    return Zones(text, tuple(ZoneLine(p.span, zone, i) for i, p in enumerate(parts)), tuple(parts))


def duties(*paragraphs, own=OWN, zone="body"):
    return find_duties(zones(*paragraphs, zone=zone), own)


def dated(*paragraphs, **more):
    """Give (limit, assignee, task) of the duties with a limit."""
    return [(d.deadline.text, d.assignee, d.task) for d in duties(*paragraphs, **more) if d.deadline]


@pytest.mark.parametrize(
    ("limit", "who", "task", "paragraph"),
    [
        ("trước ngày 15/12/2025", "các đơn vị", "gửi báo cáo về Phòng Nội vụ",
         "Đề nghị các đơn vị gửi báo cáo về Phòng Nội vụ trước ngày 15/12/2025 để tổng hợp."),
        ("trước ngày 20/8/2026", "Ban Xây dựng Đảng", "tham mưu Kế hoạch quán triệt; trình Thường trực",
         "Giao Ban Xây dựng Đảng chủ trì, phối hợp với các ban tham mưu Kế hoạch quán triệt; trình Thường trực trước ngày 20/8/2026."),
        ("trong tháng 12/2025", "Trưởng các phòng, ban", "hoàn thành việc kiểm kê tài sản",
         "UBND xã yêu cầu Trưởng các phòng, ban hoàn thành việc kiểm kê tài sản trong tháng 12/2025."),
        ("trước ngày 30/11", "Các trường học", "Tổ chức ngày hội đọc sách. Báo cáo kết quả về Phòng Văn hóa",
         "Các trường học: Tổ chức ngày hội đọc sách. Báo cáo kết quả về Phòng Văn hóa trước ngày 30/11."),
        ("Hằng năm", "Phòng Kinh tế", "tổ chức tập huấn cho hợp tác xã", "Hằng năm, Phòng Kinh tế tổ chức tập huấn cho hợp tác xã."),
        ("hằng tuần", "Văn phòng", "theo dõi, đôn đốc, báo cáo Thường trực Đảng ủy",
         "Văn phòng theo dõi, đôn đốc, báo cáo Thường trực Đảng ủy hằng tuần."),
        ("trước ngày 05/6/2026", "Các chi bộ chưa đóng phí", "khẩn trương nộp về Văn phòng",
         "Các chi bộ chưa đóng phí khẩn trương nộp về Văn phòng trước ngày 05/6/2026."),
        ("trước ngày 05/6/2026", "Bí thư chi bộ nơi còn vướng mắc", "báo cáo Đảng ủy",
         "Bí thư chi bộ nơi còn vướng mắc báo cáo Đảng ủy trước ngày 05/6/2026."),
        ("trước ngày 05/6/2026", "Ban Xây dựng Đảng", "trả lời về hồ sơ chưa đạt, báo cáo Đảng ủy",
         "Ban Xây dựng Đảng trả lời về hồ sơ chưa đạt, báo cáo Đảng ủy trước ngày 05/6/2026."),
        ("trước ngày 05/6/2026", "các đồng chí đảng viên", "xét tặng kỷ niệm chương",
         "Đề nghị các đồng chí đảng viên xét tặng kỷ niệm chương trước ngày 05/6/2026."),
        ("trước ngày 30/5/2026", "Các tỉnh, thành đoàn", "xây dựng kế hoạch và gửi về Trung ương Đoàn",
         "Các tỉnh, thành đoàn xây dựng kế hoạch và gửi về Trung ương Đoàn trước ngày 30/5/2026."),
        ("trước ngày 30/9/2026", "Cấp xã", "hoàn thành tự giám sát", "- Cấp xã: hoàn thành tự giám sát trước ngày 30/9/2026."),
        ("trước ngày 30/4/2026", "Đảng đoàn, ban cán sự đảng", "căn cứ Quy định này xây dựng, ban hành quy chế làm việc, hoàn thành",
         "Đảng đoàn, ban cán sự đảng căn cứ Quy định này xây dựng, ban hành quy chế làm việc, hoàn thành trước ngày 30/4/2026."),
        ("hằng tuần", "Văn phòng Đảng ủy", "tổng hợp dư luận xã hội gửi Thường trực",
         "Văn phòng Đảng ủy định hướng công tác tuyên truyền; hằng tuần tổng hợp dư luận xã hội gửi Thường trực."),
        ("hạn chót ngày 20/9/2026", "Giáo viên chủ nhiệm", "thu thẻ của học sinh, nộp về nhà trường",
         "Giáo viên chủ nhiệm thu thẻ của học sinh, nộp về nhà trường hạn chót ngày 20/9/2026."),
        ("vào chiều thứ Sáu hằng tuần", "Tổ công tác", "họp giao ban", "Tổ công tác họp giao ban vào chiều thứ Sáu hằng tuần."),
        ("hằng ngày trước 15h00", "Các địa phương", "báo cáo về Văn phòng thường trực",
         "Các địa phương báo cáo hằng ngày trước 15h00 về Văn phòng thường trực."),
        ("trước ngày 20/3/2026", "Các phòng chuyên môn", "cho ý kiến gửi về Sở Nội vụ",
         "Đề nghị Quý cơ quan cho ý kiến gửi về Sở Nội vụ trước ngày 20/3/2026."),
        ("ngày 30/4/2026", "đơn vị thi công", "đẩy nhanh tiến độ, bảo đảm hoàn thành đúng",
         "Yêu cầu đơn vị thi công đẩy nhanh tiến độ, bảo đảm hoàn thành đúng ngày 30/4/2026."),
        ("Hạn cuối nộp phiếu", None, None, "Hạn cuối nộp phiếu chưa định."),
    ],
)  # fmt: skip
def test_a_limit_finds_who_and_what(limit, who, task, paragraph):
    """The sentence around a limit tells the body and the task; a label without a time binds nobody."""
    assert dated(paragraph) == ([(limit, who, task)] if who else [])


@pytest.mark.parametrize(
    "paragraph",
    [
        "Quyết định này có hiệu lực thi hành từ ngày 01/01/2026.",
        "Số liệu tính đến hết ngày 30/11/2025.",
        "Hội nghị diễn ra trong 01 ngày (ngày 20/12/2025).",
        "Giấy phép có giá trị đến hết ngày 31/12/2026.",
        "Thời hạn ủy quyền: Từ ngày quyết định này có hiệu lực đến hết ngày 28 tháng 02 năm 2027.",
        "Sở Nội vụ đã đề nghị các xã báo cáo trước ngày 05/02/2025, nhưng đến nay chưa đủ.",
        "Chương trình giai đoạn 2021 - 2025, tầm nhìn 2030 được thực hiện theo kế hoạch hằng năm.",
        "Các đơn vị bố trí kinh phí trong dự toán ngân sách hằng năm.",
        "Đánh giá, xếp loại chất lượng tổ chức đảng hằng năm là nhiệm vụ quan trọng.",
        "Thường xuyên kiểm tra, định kỳ báo cáo kết quả thực hiện.",
        "Căn cứ Nghị quyết số 07-NQ/HU, ngày 26/12/2025 của Huyện ủy.",
        "Đất được giao trước ngày 01/7/2026 thì không phải đăng ký lại.",
        "Phấn đấu mỗi năm tổ chức đấu giá từ 05 mỏ trở lên.",
        "Tổ chức Hội thi từ ngày 10/12/2025 đến ngày 12/12/2025.",
        "Kế hoạch được thực hiện trong giai đoạn từ ngày 01/12/2025 đến ngày 31/12/2030.",
    ],
)
def test_a_time_that_binds_nobody_makes_no_limit(paragraph):
    """Entry into force, as-of dates, meetings, validity, past limits, procedures and quotas are no deadlines."""
    assert not dated(paragraph)


def test_another_documents_limit_is_not_taken_over():
    """A limit told among the grounds of a sentence is the other document's; the speaker's own one counts."""
    found = dated(
        "Theo Công văn số 12/SNV của Sở Nội vụ yêu cầu các đơn vị báo cáo trước ngày 20/11/2025, "
        "UBND xã giao Văn phòng tổng hợp gửi trước ngày 18/11/2025."
    )
    assert [(limit, who) for limit, who, _ in found] == [("trước ngày 18/11/2025", "Văn phòng")]


def test_what_a_document_of_another_kind_orders_is_retold():
    """`Nghị định giao …` retells; the document's own kind, and one that says `này`, order."""
    assert not dated("Nghị định có hiệu lực kể từ ngày ký và giao Ủy ban nhân dân các tỉnh hoàn thành chậm nhất ngày 01/7/2028.")
    assert dated("Công văn này yêu cầu các xã báo cáo trước ngày 15/12/2025.")


def test_a_name_of_a_company_is_no_verb_of_the_task():
    """`Công ty … Đầu tư, Xây dựng …` stays whole among the helpers; `các cơ quan, đơn vị` are one class."""
    (found,) = duties(
        "Giao Sở Nội vụ chủ trì, phối hợp với Sở Y tế, Công ty TNHH Đầu tư, Xây dựng Tân Mẫu và các cơ quan, đơn vị liên quan "
        "rà soát thành viên Ban Chỉ đạo, báo cáo trước ngày 15/12/2025."
    )
    assert found.task.startswith("rà soát thành viên")
    assert found.co_ordinators == ("Sở Y tế", "Công ty TNHH Đầu tư, Xây dựng Tân Mẫu", "các cơ quan, đơn vị liên quan")


def test_a_heading_reaches_down_to_its_items():
    """Items under `1. Sở Tài chính` are its duties, and that is said to be inferred."""
    found = duties(
        "1.|Sở Tài chính", "-|Rà soát dự toán, báo cáo trước ngày 20/12/2025.", "2.|Sở Y tế:", "-|Chuẩn bị thuốc men phục vụ Tết."
    )
    assert [(d.assignee, d.inferred, d.deadline is None) for d in found] == [
        ("Sở Tài chính", ("assignee",), False),
        ("Sở Y tế", ("assignee",), True),
    ]


def test_under_a_heading_what_a_body_asks_of_others_is_its_own_task():
    """`Yêu cầu các đơn vị …` under a responsible heading stays with the heading."""
    (found,) = duties("2.|Sở Nông nghiệp và Môi trường", "-|Yêu cầu các đơn vị lắp đặt trạm cân trước ngày 01/3/2026.")
    assert found.assignee == "Sở Nông nghiệp và Môi trường"


def test_a_limit_said_once_for_all_joins_those_without_one():
    """`Các nội dung trình …` after several items is one duty of the bodies that have no limit of their own."""
    found = dated(
        "1.|Các cơ quan, đơn vị xây dựng văn bản triển khai; trình Thường trực Đảng ủy trước ngày 03/12/2025.",
        "2.|Ban Xây dựng Đảng:",
        "-|Tham mưu chương trình hành động của Đảng ủy.",
        "3.|Đảng ủy Ủy ban nhân dân xã: Tham mưu kế hoạch triển khai phong trào.",
        "Các nội dung trình Thường trực Đảng ủy trước ngày 01/12/2025.",
    )
    assert [(limit, who) for limit, who, _ in found] == [
        ("trước ngày 03/12/2025", "Các cơ quan, đơn vị"),
        ("trước ngày 01/12/2025", "Ban Xây dựng Đảng, Đảng ủy Ủy ban nhân dân xã"),
    ]


def test_two_limits_in_a_sentence_are_two_duties():
    """Each limit closes its own clause; a clause may name a body of its own."""
    found = dated("Công an xã hoàn thành cấp căn cước trước 01/7/2026; Phòng Kinh tế hoàn thành đo đạc trước 01/9/2026.")
    assert [(who, task) for _, who, task in found] == [("Công an xã", "hoàn thành cấp căn cước"), ("Phòng Kinh tế", "hoàn thành đo đạc")]


def test_a_second_step_falls_to_the_receiver():
    """`gửi về X để tổng hợp, báo cáo … trước …` after an earlier limit is the receiver's."""
    found = dated("Các xã báo cáo trước ngày 05/02/2026 gửi về Văn phòng UBND tỉnh để tổng hợp, báo cáo Tỉnh ủy trước ngày 07/02/2026.")
    assert [who for _, who, _ in found] == ["Các xã", "Văn phòng UBND tỉnh"]


def test_receiver_way_product_and_helpers_have_fields_of_their_own():
    """To whom, through whom, with whom and what comes of it are told apart from the task."""
    (found,) = duties(
        "Giao Phòng Kinh tế chủ trì, phối hợp với Công an xã, Trạm Y tế xây dựng kế hoạch phòng chống thiên tai, "
        "gửi Ủy ban nhân dân tỉnh (qua Sở Tài chính) trước ngày 20/12/2025."
    )
    assert (found.to_whom, found.through, found.co_ordinators) == ("Ủy ban nhân dân tỉnh", "Sở Tài chính", ("Công an xã", "Trạm Y tế"))
    assert found.product == "kế hoạch phòng chống thiên tai" and found.task.startswith("xây dựng kế hoạch")


def test_the_giver_is_the_body_that_speaks():
    """The lead sentence names who speaks, not the agency of the head."""
    found = duties("Thường trực Đảng ủy có ý kiến như sau:", "1.|Giao Ban Xây dựng Đảng lập danh sách trước ngày 20/12/2025.")
    assert found[0].giver == "Thường trực Đảng ủy"


def test_orders_without_a_limit_are_duties_and_wishes_are_not():
    """An order has no deadline, a limit in another document is `elsewhere`, and the closing wish is dropped beside others."""
    found = duties(
        "1.|Giao Phòng Kinh tế tham mưu kế hoạch sản xuất vụ đông.",
        "2.|Giao Văn phòng đăng ký mô hình về Ban Tổ chức đúng thời gian quy định.",
        "Đề nghị các đơn vị nghiêm túc triển khai thực hiện.",
    )
    assert [d.deadline.kind if d.deadline else None for d in found] == [None, "elsewhere"]


def test_a_group_is_marked():
    """A class or a share of bodies is one group duty."""
    (found,) = duties("Yêu cầu 100% tổ chức cơ sở đảng đăng ký mô hình trước ngày 28/02/2026.")
    assert found.is_group and found.assignee == "100% tổ chức cơ sở đảng"


def test_a_table_of_tasks_is_read_by_its_columns():
    """Columns tell task, body, helpers and limit; an empty cell means the one above; other tables are no tasks."""
    found = duties(
        "TT\tNội dung công việc\tĐơn vị chủ trì\tPhối hợp\tThời gian hoàn thành",
        "1\tRà soát danh sách\tPhòng Đào tạo\tCác khoa\tTrước ngày 27/6/2026",
        "2\tTriển khai khảo sát\t\t\t29/6/2026 - 09/7/2026",
        "3\tTheo dõi hằng ngày\tTrung tâm\t\tThường xuyên",
        zone="attachment",
    )
    assert [(d.task, d.assignee, d.deadline and d.deadline.date) for d in found] == [
        ("Rà soát danh sách", "Phòng Đào tạo", dt.date(2026, 6, 27)),
        ("Triển khai khảo sát", "Phòng Đào tạo", dt.date(2026, 7, 9)),
        ("Theo dõi hằng ngày", "Trung tâm", None),
    ]
    assert not duties("STT\tĐơn vị\tThời gian", "1\tSở Giáo dục\tTháng 4/2026", zone="attachment")


def test_outlines_and_footnotes_put_no_duty_on_anybody():
    """What an outline asks to be told is no duty, nor is what a footnote tells; an attached plan does order."""
    assert not duties("ĐỀ CƯƠNG BÁO CÁO", "1.|Các đơn vị báo cáo kết quả trước ngày 20/12/2025.", zone="attachment")
    assert not duties("1.|Các đơn vị báo cáo kết quả trước ngày 20/12/2025.", zone="footnote")
    assert dated("KẾ HOẠCH TUYÊN TRUYỀN", "1.|Các đơn vị báo cáo kết quả trước ngày 20/12/2025.", zone="attachment")


def test_the_same_limit_said_twice_is_one_duty():
    """A table row and the sentence that repeats it are one."""
    found = dated(
        "Phòng Kinh tế hoàn thành rà soát các dự án chậm tiến độ trước ngày 20/12/2025.",
        "TT\tNội dung\tĐơn vị chủ trì\tThời gian",
        "1\tRà soát các dự án chậm tiến độ\tPhòng Kinh tế\tTrước ngày 20/12/2025",
    )
    assert len(found) == 1


def test_places_are_offsets_of_the_text():
    """The words at a deadline's place are its text, however the text was spaced."""
    text = "Các đơn vị  báo cáo\nkết quả   **trước  ngày\n20/12/2025**.\n"
    laid = Zones(text, (ZoneLine(Span(0, len(text)), "body", 0),), (Paragraph(Span(0, len(text)), "body", ""),))
    (found,) = find_duties(laid, OWN)
    span = found.deadline.place.span
    assert " ".join(text[span.start : span.end].split()) == found.deadline.text == "trước ngày 20/12/2025"


def test_a_law_binds_those_it_names_only_where_something_is_delivered():
    """In a law a time binds with an obligation to report or finish, never with a day whose year is left open."""
    law = Own("state", "01/2025/NĐ-CP", "Nghị định", dt.date(2025, 1, 1), "Chính phủ", None)
    assert dated("2.|Ủy ban nhân dân cấp tỉnh có trách nhiệm báo cáo Bộ Nội vụ trước ngày 31/12 hằng năm.", own=law)
    assert not dated("2.|Trong thời hạn 05 ngày kể từ ngày nhận đủ hồ sơ, cơ quan cấp phép có trách nhiệm trả kết quả.", own=law)
    assert not dated("2.|Tổ chức, cá nhân phải đăng ký trước ngày 01/7.", own=law)


SEED_LIMITS = {
    "seed-809-cv-hu": ["2023-01-30", "2023-02-01"],
    "seed-833-cv-hu": ["2023-02-28", "2023-11-30"],
    "seed-07-hd-duk": ["FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=-1", None, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=-1"],
}


@pytest.mark.skipif(not (SHARED / "eval").exists(), reason="the real documents are not here")
@pytest.mark.parametrize("slug", SEED_LIMITS)
def test_the_seeds_give_the_rows_that_their_readers_expect(slug):
    """Four dated and three yearly duties, in order, and no row from the outline or its forms."""
    folder = SHARED / "eval" / "dev" / slug
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    gold = gold.get("documents", [gold])[0]
    page = Page(1, 0, 0, (folder / "source.txt").read_text("utf-8"))
    issued = gold["issued_on"] and dt.date.fromisoformat(gold["issued_on"])
    own = Own("party", gold["number"], gold["type"], issued, gold["agency"], gold["parent_agency"], tuple(gold["addressees"]))
    found = find_duties(lay_out(Transcript("t", "t.txt", "text/plain", (page,))), own)
    limits = [d.deadline for d in found if d.deadline and d.deadline.kind != "elsewhere"]
    assert [(limit.date and limit.date.isoformat()) or limit.recurrence for limit in limits] == SEED_LIMITS[slug]
    if slug == "seed-833-cv-hu":
        assert {d.through for d in found if d.deadline and d.deadline.date} == {"Ban Tổ chức Huyện ủy"}
        assert "elsewhere" in [d.deadline.kind for d in found if d.deadline]


def test_a_warning_to_those_who_fail_to_act_is_no_duty():
    """`Những đơn vị không đăng ký thì không xét` orders nothing; the order beside it stays."""
    found = duties(
        "1.|Giao Phòng Kinh tế hướng dẫn các đơn vị đăng ký sáng kiến.",
        "Những đơn vị không đăng ký sáng kiến hoặc đăng ký muộn thì không xét khen thưởng.",
    )
    assert [duty.assignee for duty in found] == ["Phòng Kinh tế"]
