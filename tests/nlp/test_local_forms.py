"""Forms that communes, Party offices, the army and the mass organisations give their papers: each case a class of its own."""

from datetime import date

import pytest

from ingest.transcript import Page, Transcript
from nlp.duties import find_duties
from nlp.extract import extract
from nlp.letters import bare
from nlp.own import Own
from nlp.references import find_references
from nlp.zones import lay_out

HEAD = "UBND XÃ MẪU SƠN\nSố: 12/UBND-VP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DATED = "Mẫu Sơn, ngày 08 tháng 9 năm 2025\n"
TAIL = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\n\nLê Văn Mẫu\n"
TEXT = "Thực hiện Kế hoạch số 9/KH-UBND ngày 05/01/2025 của UBND tỉnh, UBND xã đề nghị các đơn vị rà soát biên chế.\n"


def transcript(text):
    return Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, text),))


def read(text):
    return extract(transcript(text))


def signed(block):
    signer = read(HEAD + DATED + "Kính gửi: Sở Mẫu\n" + TEXT + "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n" + block).signer
    return tuple(found.value if found else None for found in (signer.name, signer.position, signer.authority))


@pytest.mark.parametrize(
    ("expected", "block"),
    [
        (("K' Mẫu", "Phó Bí thư", "TM. Ban Thường vụ"), "TM. BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nK' Mẫu\n"),
        (("K'Mẫu", "Chủ tịch", None), "CHỦ TỊCH\n\nK'Mẫu\n"),
        (("Y Mẫu Niê Kđăm", "Bí thư", "T/M Ban Thường vụ"), "T/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nY Mẫu Niê Kđăm\n"),
        (("Trần Thị Mẫu", "Giám đốc", None), "GIÁM ĐỐC\nBS.CKII. Trần Thị Mẫu\n"),
        (("Lê Mẫu", "Phó Tư lệnh", "KT. Tư lệnh"), "KT. TƯ LỆNH\nPHÓ TƯ LỆNH\nThiếu tướng Lê Mẫu\n"),
        (("Lê Mẫu", "Q. Chủ tịch", "TM. Ủy ban nhân dân"), "TM. ỦY BAN NHÂN DÂN\nQ. CHỦ TỊCH\n\nLê Mẫu\n"),
    ],
)
def test_names_degrees_and_offices_held_for_a_time_are_told_apart(expected, block):
    """A name of the highlands is one, a degree is no office, `Q.` is part of the position and nobody's authority."""
    assert signed(block) == expected


@pytest.mark.parametrize(
    ("place", "day", "line"),
    [
        ("Mẫu Sơn 1", date(2025, 8, 5), "Mẫu Sơn 1, ngày 5-8-2025"),
        ("Mẫu Sơn 2", date(2025, 8, 5), "Mẫu Sơn 2, ngày 05 tháng 8 năm 2025"),
        ("Ea M'Đroh", date(2025, 8, 5), "Ea M'Đroh, ngày 05 tháng 8 năm 2025"),
    ],
)
def test_a_place_may_have_a_number_or_an_apostrophe(place, day, line):
    """Wards and communes are numbered since the districts are gone."""
    found = read(HEAD + line + "\nKính gửi: Sở Mẫu\n" + TEXT + TAIL)
    assert (found.place.value, found.issued_on.value) == (place, day)


@pytest.mark.parametrize(
    ("agency", "parent", "lines"),
    [
        ("Đảng ủy Công ty cổ phần Mẫu", "Công ty cổ phần Mẫu", "CÔNG TY CỔ PHẦN MẪU\nĐẢNG ỦY\n*\n"),
        ("Quân khu 99", "Bộ Quốc phòng", "BỘ QUỐC PHÒNG\nQUÂN KHU 99\n"),
        ("Thanh tra tỉnh Lào Cai", "Ủy ban nhân dân tỉnh Lào Cai", "UBND TỈNH LÀO CAI\nTHANH TRA TỈNH\n"),
        ("Ban Chấp hành Hội Nông dân tỉnh Lào Cai", "Hội Nông dân Việt Nam", "HỘI NÔNG DÂN VIỆT NAM\nBAN CHẤP HÀNH TỈNH LÀO CAI\n"),
        ("Công đoàn Trường THPT Mẫu", "Trường THPT Mẫu", "TRƯỜNG THPT MẪU\nCÔNG ĐOÀN\n"),
    ],
)
def test_a_body_without_a_name_of_its_own_takes_that_of_the_body_above(agency, parent, lines):
    """`ĐẢNG ỦY` alone is that of the company over it; a military region is a body."""
    found = read(lines + "Số: 12/CV-ĐU\n" + DATED + "Kính gửi: Sở Mẫu\n" + TEXT + TAIL)
    assert (found.agency.value.lower(), found.parent_agency.value.lower()) == (agency.lower(), parent.lower())


@pytest.mark.parametrize(
    ("subject", "addressees", "lines"),
    [
        (None, ["Sở Mẫu"], "PHIẾU CHUYỂN ĐƠN\n\nKính gửi: Sở Mẫu\n"),
        (None, ["Sở Mẫu"], "GIẤY GIỚI THIỆU\nKính gửi: Sở Mẫu\n"),
        ("SƠ KẾT CÔNG TÁC MẪU NĂM 2025 VÀ NHIỆM VỤ NĂM 2026", ["Sở Mẫu"],
         "BÁO CÁO\nSƠ KẾT CÔNG TÁC MẪU NĂM 2025 VÀ NHIỆM VỤ NĂM 2026\n-----\nKính gửi: Sở Mẫu\n"),
    ],
)  # fmt: skip
def test_an_addressee_is_no_subject_and_a_subject_no_addressee(subject, addressees, lines):
    """A title may have no subject under it; one in capitals may begin like a sentence (`SƠ KẾT …`)."""
    found = read(HEAD + DATED + lines + TEXT + TAIL)
    assert (found.subject.value if found.subject else None) == subject
    assert [each.value for each in found.addressees] == addressees


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (["Giám đốc Sở Y tế", "Giám đốc Sở Tư pháp"], "Giám đốc các Sở: Y tế, Tư pháp"),
        (["Công an tỉnh Lào Cai", "Công an tỉnh Phú Thọ"], "Công an các tỉnh: Lào Cai, Phú Thọ"),
        (["UBND tỉnh Phú Thọ", "UBND thành phố Hà Nội"], "UBND các tỉnh, thành phố: Phú Thọ, Hà Nội"),
        (["Công an tỉnh Lào Cai", "Công an tỉnh Phú Thọ"], "Công an cac tỉnh: Lào Cai, Phú Thọ"),
        (["UBND Mẫu Sơn", "UBND Mẫu Hải"], "UBND các xã, phường: Mẫu Sơn, Mẫu Hải"),
        (["UBND các tỉnh, thành phố"], "UBND các tỉnh, thành phố"),
    ],
)
def test_a_class_of_places_with_its_members_named_is_parted(names, line):
    """What stands once for all is said of each; of two levels the one that the member has, if it is known."""
    assert [each.value for each in read(HEAD + DATED + f"Kính gửi:\n- {line};\n" + TEXT + TAIL).addressees] == names


def test_a_decision_without_colon_over_its_articles_is_no_signature():
    """`TRƯỞNG BAN … QUYẾT ĐỊNH` in a short decision stands over its articles."""
    text = "QUYẾT ĐỊNH\nvề việc mẫu\nCăn cứ Luật Mẫu năm 2020;\nTRƯỞNG BAN TỔ CHỨC QUYẾT ĐỊNH\nĐiều 1. Điều động ông Lê Mẫu.\n"
    found = read(HEAD + DATED + text + "Nơi nhận:\n- Như Điều 1;\n- Sở Mẫu;\n- Lưu: VT.\nK/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\n\nLê Thị Mẫu\n")
    assert (found.signer.position.value, [each.value for each in found.recipients]) == ("Phó Trưởng ban", ["Sở Mẫu"])


def test_a_mark_of_secrecy_may_be_in_small_letters():
    """`Mật` alone on a line is a mark; a word of a sentence is none."""
    assert read("ĐẢNG BỘ XÃ MẪU\nSố 7-TB/ĐU\nMật\n" + DATED + "THÔNG BÁO\nvề việc mẫu\n" + TEXT + TAIL).secrecy.value == "Mật"
    assert read("ĐẢNG BỘ XÃ MẪU\nSố 7-TB/ĐU\n" + DATED + "THÔNG BÁO\nvề việc mẫu\nMật độ dân số cao.\n" + TEXT + TAIL).secrecy is None


OWN = Own("state", "12/2025/NQ-HĐND", "Nghị quyết", date(2025, 12, 9), "Hội đồng nhân dân tỉnh Mẫu", None)


def relations(body):
    return {r.number: r.relation for r in find_references(lay_out(transcript("NGHỊ QUYẾT\nVề việc mẫu\n" + body)), OWN) if not r.source}


A, B = "Nghị quyết số 1/2020/NQ-HĐND ngày 09/12/2020", "Nghị quyết số 2/2021/NQ-HĐND ngày 09/12/2021"
LISTED = f"\n1. {A} về việc mẫu;\n2. Khoản 4 Điều 2 {B}.\n"


@pytest.mark.parametrize(
    ("said", "body"),
    [
        (["repeals", "repeals"], f"Điều 1. Bãi bỏ toàn bộ các Nghị quyết sau:{LISTED}"),
        (["repeals", "repeals"], f"Điều 1. Các Nghị quyết sau đây hết hiệu lực kể từ ngày Nghị quyết này có hiệu lực:{LISTED}"),
        (["replaces", "replaces"], f"Điều 1. Nghị quyết này thay thế các Nghị quyết sau đây:{LISTED}"),
        (["mentions", "mentions"], f"Điều 1. Đề nghị bãi bỏ các Nghị quyết sau:{LISTED}"),
        (["mentions", "mentions"], f"Điều 1. Quy định tại các Nghị quyết sau:{LISTED}"),
        (["repeals", "mentions"], f"Điều 1. Bãi bỏ các Nghị quyết sau:\n1. {A}.\nĐiều 2. {B} giữ nguyên."),
        (["repeals", "mentions"], f"1. Bãi bỏ các Nghị quyết sau:\na) {A}.\n2. {B} giữ nguyên."),
    ],
)
def test_what_is_said_over_a_list_holds_for_its_members(said, body):
    """`Bãi bỏ các Nghị quyết sau:` repeals each that an item begins with, up to the end of the list."""
    found = relations(body)
    assert [found["1/2020/NQ-HĐND"], found["2/2021/NQ-HĐND"]] == said


def test_to_check_how_others_carry_out_a_document_is_not_to_carry_it_out():
    """`kiểm tra việc thực hiện X` looks at what others did; `thực hiện X` does it."""
    assert relations(f"1. Kiểm tra việc thực hiện {A}.") == {"1/2020/NQ-HĐND": "mentions"}
    assert relations(f"1. Chủ đầu tư chưa thực hiện đúng Điều 3 {A}.") == {"1/2020/NQ-HĐND": "mentions"}
    assert relations(f"1. Tổ chức thực hiện {A}.") == {"1/2020/NQ-HĐND": "implements"}


def test_members_that_share_a_symbol_share_its_day():
    """`Thông tư số 11, 12, 13/2021/TT-BMT ngày 31/8/2021` gives one day for three."""
    found = find_references(
        lay_out(transcript("QUYẾT ĐỊNH\nVề mẫu\nCăn cứ Thông tư số 11, 12/2021/TT-BMT ngày 31/8/2021 của Bộ Mẫu;\n")), OWN
    )
    assert [(r.number, r.issued_on) for r in found] == [("11/2021/TT-BMT", date(2021, 8, 31)), ("12/2021/TT-BMT", date(2021, 8, 31))]


def test_a_day_whose_word_lost_its_mark_is_that_of_the_document():
    """OCR gives `ngay 09/12/2020`; what stands behind it is read too."""
    found = find_references(lay_out(transcript("QUYẾT ĐỊNH\nVề mẫu\nCăn cứ Nghị quyết số 7/NQ-HĐND ngay 09/12/2020 của HĐND tỉnh;\n")), OWN)
    assert [(r.issued_on, r.agency) for r in found] == [(date(2020, 12, 9), "Hội đồng nhân dân tỉnh")]


def limits(body, own=None):
    letter = own or Own("state", "12/UBND-VP", "Công văn", date(2025, 10, 9), "Ủy ban nhân dân xã Mẫu Sơn", None, ("Các phòng",))
    found = find_duties(lay_out(transcript(HEAD + DATED + "Kính gửi: Các phòng\n" + body)), letter)
    return [(d.deadline.text, str(d.deadline.date), d.assignee) for d in found if d.deadline]


DECREE = Own("state", "12/2025/NĐ-CP", "Nghị định", date(2025, 10, 9), "Chính phủ", None)


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        ([("trước 10 giờ ngày 23/10/2025", "2025-10-23", "Công an xã"), ("trước 16h00 cùng ngày", "2025-10-23", "Công an xã")],
         "1. Công an xã kiểm tra tàu thuyền trước 10 giờ ngày 23/10/2025; sơ tán dân xong trước 16h00 cùng ngày."),
        ([("chậm nhất vào cuối tháng 12 năm 2025", "2025-12-31", "Công ty Mẫu")],
         "1. Công ty Mẫu bàn giao mặt bằng cho chủ đầu tư, chậm nhất vào cuối tháng 12 năm 2025."),
        ([("hằng tuần", "None", "Phòng Kinh tế")], "1. Phòng Kinh tế báo cáo tiến độ hằng tuần về Sở Xây dựng."),
        ([("định kỳ ngày 25 hằng tháng", "None", "Văn phòng")], "1. Giao Văn phòng theo dõi; định kỳ ngày 25 hằng tháng tổng hợp kết quả."),
        ([("trong tháng 11 năm 2025", "2025-11-30", "Văn phòng")], "1. Giao Văn phòng theo dõi, đôn đốc, báo cáo trong tháng 11 năm 2025."),
        ([("chậm nhất trong quý IV/2025", "2025-12-31", "Phòng Kinh tế")],
         "1.1- Công an xã phối hợp.\n1.2- Phòng Kinh tế lập phương án, hoàn thành chậm nhất trong quý IV/2025."),
        ([("sau 03 ngày kết thúc đợt kiểm tra", "None", "Phòng Kinh tế")],
         "1. Phòng Kinh tế báo cáo kết quả sau 03 ngày kết thúc đợt kiểm tra."),
        ([("trong quý IV năm 2025", "2025-12-31", "Văn phòng")],
         "1. Văn phòng ban hành kế hoạch triển khai Chương trình trong quý IV năm 2025;"),
        ([("từ 10/11 đến 14/11/2025", "2025-11-14", "UBND các xã, phường")],
         "1. UBND các xã, phường nộp hồ sơ dự thi từ 10/11 đến 14/11/2025."),
        ([], "1. Công an xã cung cấp số liệu chi ngân sách đến hết ngày 31/10/2025."),
        ([], "1. Đại hội được tổ chức trong 02 ngày, từ ngày 07/11/2025 đến ngày 08/11/2025."),
        ([], "1. Thời gian thực hiện: Năm 2025 - 2026."),
        ([], "1. Mốc thời gian kiểm tra: từ ngày 10/10/2025 đến ngày 30/11/2025."),
        ([], "1. Công an xã kiểm tra tàu thuyền. Cùng ngày, đoàn làm việc lúc 16 giờ."),
    ],
)  # fmt: skip
def test_limits_in_the_words_of_local_offices(expected, body):
    """An hour of the day just named, cycles inside a clause, the last of several verbs; no time of an event or of a work's span."""
    assert limits(body) == expected


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        ([("trong quý I năm 2026", "2026-03-31", "Ủy ban nhân dân cấp tỉnh")],
         "2. Ủy ban nhân dân cấp tỉnh hoàn thành việc chuẩn hóa quy trình nội bộ trong quý I năm 2026."),
        ([], "2. Hộ gia đình hoàn thành việc chuẩn hóa nhà ở trong quý I năm 2026."),
    ],
)  # fmt: skip
def test_a_law_that_tells_a_body_to_be_done_by_a_day_binds_it(expected, body):
    """In a decree a body that `hoàn thành` by a day must; a household is told in general."""
    assert limits(body, DECREE) == expected


def test_nothing_is_counted_from_a_day_that_is_left_blank():
    """`kể từ ngày ký` has no date where the day of issue is blank."""
    own = Own("state", "/QĐ-UBND", "Quyết định", None, "Ủy ban nhân dân xã Mẫu Sơn", None)
    text = "UBND XÃ MẪU SƠN\nSố:     /QĐ-UBND\nMẫu Sơn, ngày     tháng 11 năm 2025\nQUYẾT ĐỊNH\nVề việc mẫu\n"
    found = find_duties(
        lay_out(transcript(text + "Điều 1. Phòng Kinh tế nộp hồ sơ trong vòng 20 ngày kể từ ngày ký Quyết định này.\n")), own
    )
    assert [(d.deadline.kind, d.deadline.date) for d in found if d.deadline] == [("relative", None)]


def test_every_letter_has_the_same_bare_form_alone_and_among_usual_ones():
    """The codec for usual letters and the table for all agree, and no letter grows (`İ`)."""
    for code in (*range(0x3000), 0xFB01, 0x1D400):
        letter = chr(code)
        assert bare(f"Đặ{letter}x") == f"da{bare(letter)}x"
        assert len(bare(letter)) == 1
