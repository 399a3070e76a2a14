"""In what relation does the document stand to those it names, and how do two others stand to each other?"""

import pytest

from ingest.transcript import Page, Transcript
from nlp.own import Own
from nlp.references import find_references
from nlp.relations import edge_relation, record_relation
from nlp.zones import lay_out

OWN = Own("state", "11/2025/TT-BMT", "Thông tư", None, "Bộ trưởng Bộ Mẫu", None)
HEAD = "BỘ MẪU\nSố: 11/2025/TT-BMT\nTHÔNG TƯ\nQuy định việc mẫu\n"
A, B, C = "Nghị định số 1/2020/NĐ-CP", "Nghị định số 2/2021/NĐ-CP", "Nghị định số 3/2022/NĐ-CP"
a, b, c = "1/2020/NĐ-CP", "2/2021/NĐ-CP", "3/2022/NĐ-CP"


def edges(body):
    """Give (source, target, relation) of all references; self where this document stands in the relation."""
    return {(r.source or "self", r.number or r.title, r.relation) for r in read(body)}


def read(body):
    """Give all references of a circular with this body."""
    zones = lay_out(Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, HEAD + body),)))
    return find_references(zones, OWN)


@pytest.mark.parametrize(
    ("relation", "sentence"),
    [
        ("amends", f"Điều 1. Sửa đổi, bổ sung một số điều của {A} như sau:"),
        ("amends", f"1. Thay thế cụm từ “a” bằng cụm từ “b” tại {A}."),
        ("replaces", f"2. Thông tư này thay thế {A} ngày 05 tháng 7 năm 2020 của Chính phủ."),
        ("repeals", f"Điều 2. Bãi bỏ {A}."),
        ("repeals", f"2. {A} của Chính phủ về việc mẫu hết hiệu lực kể từ ngày Thông tư này có hiệu lực thi hành."),
        ("details", f"Điều 1. Thông tư này quy định chi tiết khoản 2 Điều 5 {A}."),
        ("guides", f"Điều 1. Thông tư này hướng dẫn thi hành {A}."),
        ("guides", f"Điều 1. Thông tư này hướng dẫn quy định tại khoản 1 Điều 2 về mẫu{', về mẫu' * 70} của {A}."),
        ("guides", f"Bộ trưởng Bộ Mẫu ban hành Thông tư hướng dẫn thi hành một số điều của {A}."),
        ("details", f"Thông tư này quy định chi tiết việc cấp, gia hạn, sửa đổi, bổ sung giấy phép theo quy định tại Điều 5 {A}."),
        ("replaces", f"1. Thông tư này quy định việc mẫu và thay thế {A}."),
        ("mentions", f"1. Cục Mẫu khẩn trương trình Bộ trưởng Bộ Mẫu ban hành Thông tư hướng dẫn {A}."),
        ("amends", f"7. Thay thế, bãi bỏ một số nội dung của {A} như sau:"),
        ("amends", f"Thông tư sửa đổi, bổ sung một số điều của {A}."),
        ("amends", "1. Thay.\nChương IV\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA NGHỊ ĐỊNH SỐ\n 1/2020/NĐ-CP VỀ VIỆC MẪU\nĐiều 6. Việc mẫu."),
        ("amends", f"2. Thay thế cụm từ “Luật Đất đai” bằng cụm từ “Luật Nhà ở” tại khoản 4 Điều 3 {A}."),
        ("repeals", f"3. Tiêu chí mẫu quy định tại Điều 3 {A} hết hiệu lực từ ngày 01 tháng 01 năm 2027."),
        ("repeals", f"3. Bãi bỏ các quy định về mẫu tại {A}."),
        ("based_on", f"Căn cứ:\n- {A};\n- {B};\nQUYẾT ĐỊNH:\nĐiều 1. Việc mẫu."),
        ("based_on", f"Căn cứ {A};"),
        ("based_on", f"Theo đề nghị của Giám đốc Sở Mẫu tại {A}."),
        ("implements", f"Thực hiện {A}, các đơn vị làm như sau."),
        ("implements", f"1. Các đơn vị tiếp tục triển khai thực hiện hiệu quả {A}."),
        ("implements", f"1. Triển khai thực hiện các nhiệm vụ được giao tại {A}."),
        ("implements", f"1. Các đơn vị thực hiện đúng quy định tại {A}."),
        ("urges", f"1. Văn phòng đôn đốc các đơn vị về {A}."),
        ("attaches", f"1. Các đơn vị báo cáo.\n(Gửi kèm {A})"),
        ("replies_to", f"1. Phúc đáp {A}, Bộ có ý kiến như sau."),
        ("replaces", f"4. Công văn này thay thế {A}."),
        ("repeals", f"4. {A} của Sở không còn hiệu lực."),
        ("repeals", f"Điều 1. Hủy bỏ {A}."),
        ("repeals", f"Điều 1. Thu hồi và hủy bỏ {A}."),
        ("repeals", f"Điều 1. Thu hồi {A}."),
        ("mentions", f"Điều 1. Thu hồi đất đã giao tại {A}."),
        ("forwards", f"1. Chuyển Sở Mẫu bản chụp {A} để nghiên cứu."),
        ("amends", f"Điều 1. Điều chỉnh, bổ sung khoản 5 Điều 1 {A} như sau:"),
        ("amends", f"Điều 1. Điều chỉnh một số nội dung tại {A} như sau:"),
        ("mentions", f"Điều 1. Điều chỉnh dự án được phê duyệt tại {A} như sau:"),
        ("implements", f"1. Mức chi mua sắm của các đơn vị thực hiện theo {A}."),
        ("implements", f"1. Thực hiện quyết liệt, có hiệu quả các nhiệm vụ, giải pháp nêu tại {A}."),
        ("attaches", f"1. Các đơn vị báo cáo.\n(Gửi kèm Báo cáo kinh tế và {A})"),
        ("mentions", f"1. Hồ sơ lập theo quy định tại {A}."),
        ("mentions", f"1. Đánh giá tình hình, kết quả thực hiện {A}."),
        ("mentions", f"1. Danh mục đã được Chính phủ ban hành tại {A}."),
        ("mentions", f"1. Góp ý dự thảo Thông tư sửa đổi, bổ sung {A}."),
        ("mentions", f"1. Hồ sơ đủ theo mẫu ({A})."),
        ("mentions", f"Điều 2. Sửa đổi khoản 3 Điều 33 được sửa đổi, bổ sung bởi Điều 2 {A}"),
        ("mentions", f"1. Mã được ghi theo Danh mục mã (kèm theo {A})."),
        ("mentions", f"Căn cứ địa điểm và khả năng, các đơn vị chi theo nguyên tắc{' đúng mức' * 20} phù hợp với quy định tại {A};"),
    ],
)
def test_the_cue_tells_the_relation(relation, sentence):
    """What this document does is told from what it reviews, points to or only names."""
    assert ("self", "1/2020/NĐ-CP", relation) in edges(sentence)


def test_the_strongest_relation_stays():
    """A document that is grounds at the top and only mentioned below is grounds."""
    assert edges(f"Căn cứ {A};\n1. Hồ sơ lập theo quy định tại {A}.") == {("self", "1/2020/NĐ-CP", "based_on")}


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        (
            {("self", "1/2020/NĐ-CP", "based_on"), ("self", "2/2021/NĐ-CP", "mentions"), ("2/2021/NĐ-CP", "1/2020/NĐ-CP", "amends")},
            f"Căn cứ {A} được sửa đổi, bổ sung bởi {B};",
        ),
        (
            {("self", "1/2020/NĐ-CP", "replaces"), ("self", "2/2021/NĐ-CP", "replaces"), ("2/2021/NĐ-CP", "1/2020/NĐ-CP", "amends")},
            f"1. Thông tư này thay thế {A} của Chính phủ quy định việc mẫu và {B} của Chính phủ sửa đổi, bổ sung một số điều của {A}.",
        ),
        (
            {("self", "1/2020/NĐ-CP", "based_on"), ("self", "Luật Đất đai", "mentions"), ("1/2020/NĐ-CP", "Luật Đất đai", "guides")},
            f"Căn cứ {A} của Chính phủ quy định chi tiết thi hành một số điều của Luật Đất đai;",
        ),
        (
            {("self", "1/2020/NĐ-CP", "implements"), ("self", "2/2021/NĐ-CP", "implements")},
            f"Thực hiện {A} của Chính phủ về việc đón Tết, {B} của Chính phủ về giao thông, các đơn vị làm như sau.",
        ),
        (
            {("self", "9/2013/TT-BMT", "mentions"), ("self", a, "mentions"), ("9/2013/TT-BMT", a, "implements")},
            f"1. Theo Thông tư số 9/2013/TT-BMT quy định về việc cho vay theo {A}.",
        ),
        (
            {("self", "1-KH/TU", "implements"), ("self", "2-CT/TW", "mentions"), ("1-KH/TU", "2-CT/TW", "implements")},
            "Thực hiện Kế hoạch số 1-KH/TU của Ban Thường vụ Tỉnh ủy về việc thực hiện Chỉ thị số 2-CT/TW, các đơn vị làm như sau.",
        ),
        (
            {("self", "1-CV/TU", "implements"), ("self", "2-CT/TW", "mentions")},
            "Thực hiện Công văn số 1-CV/TU về báo cáo đánh giá tình hình, kết quả thực hiện Chỉ thị số 2-CT/TW, các đơn vị làm như sau.",
        ),
        (
            {("self", a, "based_on"), ("self", "Luật Giá", "mentions"), ("self", b, "based_on"), (a, "Luật Giá", "guides")},
            f"Căn cứ {A} của Chính phủ quy định chi tiết một số điều của Luật Giá và {B} của Chính phủ quy định về việc khác;",
        ),
        (
            {("self", a, "based_on"), ("self", b, "mentions"), ("self", "Luật Giá", "mentions"), ("self", c, "mentions")}
            | {(a, b, "amends"), (b, "Luật Giá", "guides"), (a, c, "amends")},
            f"Căn cứ {A} sửa đổi, bổ sung một số điều của {B} quy định chi tiết Luật Giá và {C} quy định về việc khác;",
        ),
        (
            {("self", a, "mentions"), ("self", "9/2013/TT-BMT", "mentions")},
            f"1. Theo {A} quy định về việc cho vay thực hiện Thông tư số 9/2013/TT-BMT.",
        ),
        (
            {("self", a, "mentions"), ("self", b, "mentions"), (b, a, "amends")},
            f"1. Hồ sơ lập theo quy định tại {A} sửa đổi, bổ sung bởi {B}.",
        ),
        (
            {("self", a, "mentions"), ("self", b, "mentions"), ("self", c, "mentions"), (b, a, "amends")},
            f"1. Hồ sơ lập theo quy định tại {A} được sửa đổi bởi {B} và {C} của Chính phủ quy định về việc khác.",
        ),
        (
            {("self", a, "mentions"), ("self", b, "mentions"), ("self", c, "mentions"), (b, a, "amends"), (c, a, "amends")},
            f"1. {A}, đã được sửa đổi bởi {B} sửa đổi, bổ sung một số điều của {A} và {C} sửa đổi, bổ sung một số điều của các nghị định;",
        ),
        (
            {("self", a, "repeals"), ("self", b, "repeals"), ("self", c, "repeals"), (b, a, "amends"), (c, a, "amends")},
            f"2. Thông tư này bãi bỏ {A} ban hành Quy chế mẫu và các Nghị định sửa đổi, bổ sung: {B}, {C} của Chính phủ.",
        ),
        (
            {("self", a, "repeals"), ("self", b, "mentions"), ("self", c, "mentions"), (a, b, "amends"), (a, c, "amends")},
            f"2. Bãi bỏ Điều 2 {A} sửa đổi, bổ sung một số điều của {B} quy định về việc mẫu, {C} quy định về việc khác.",
        ),
        (
            {("self", a, "repeals"), ("self", b, "repeals"), ("self", "Luật Đất đai", "mentions"), (a, "Luật Đất đai", "guides")},
            f"2. Bãi bỏ {A} quy định về phân cấp; quy định chi tiết một số điều của Luật Đất đai; {B} quy định về việc khác.",
        ),
        (
            {("self", "9/2013/TT-BMT", "mentions"), ("self", a, "mentions"), ("self", "8/2012/TT-BMT", "mentions")}
            | {("9/2013/TT-BMT", a, "guides"), ("9/2013/TT-BMT", "8/2012/TT-BMT", "amends")},
            f"a) Thông tư số 9/2013/TT-BMT hướng dẫn {A} về việc mẫu và sửa đổi, bổ sung một số điều của Thông tư số 8/2012/TT-BMT.",
        ),
    ],
)
def test_words_inside_a_subject_speak_of_the_others(expected, sentence):
    """A cue inside another's subject, or in the passive, makes an edge between those two and none of this document."""
    assert edges(sentence) == expected


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        ("khoản 1 Điều 79", f"3. Bãi bỏ khoản 1 Điều 79 của {A}."),
        ("điểm d.3.2.3 khoản 2 Điều 15", f"a) Bãi bỏ điểm d.3.2.3 khoản 2 Điều 15 {A}."),
        ("Mẫu số 08, Mẫu số 09", f"2. Bãi bỏ Mẫu số 08, Mẫu số 09 quy định tại Phụ lục ban hành kèm theo {A}."),
        ("Điều 12 và Mục 4 Phụ lục II", f"2. Điều 12 và Mục 4 Phụ lục II kèm theo {A} hết hiệu lực kể từ ngày Thông tư này có hiệu lực."),
        ("các quy định về việc mẫu", f"2. Bãi bỏ các quy định về việc mẫu tại {A}."),
        ("trừ Điều 5", f"2. Thông tư này thay thế {A} của Chính phủ về việc mẫu, trừ Điều 5."),
        ("Điều 3; trừ điểm a", f"2. Điều 3 {A} hết hiệu lực kể từ ngày Thông tư này có hiệu lực, trừ điểm a."),
        (
            "trừ trường hợp tại Điều 4 của Thông tư này",
            f"2. {A} hết hiệu lực kể từ ngày Thông tư này có hiệu lực, trừ trường hợp tại Điều 4 của Thông tư này, Điều 5 của Luật Giá.",
        ),
        (None, f"2. Bãi bỏ {A} về việc mẫu."),
        (None, f"2. Bãi bỏ một số điều của {A}."),
    ],
)
def test_a_change_of_a_part_says_of_which(scope, sentence):
    """What is changed in part keeps the part, and what is left out of the change, as printed."""
    found = next(r for r in read(sentence) if r.number == a)
    assert found.scope == scope
    assert found.relation in ("repeals", "replaces")


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        ("Điều 10", f"1. Theo Điều 10 {A} được sửa đổi tại khoản 4 Điều 1 {B}."),
        (None, f"1. Theo Điều 10 {A} đã được sửa đổi một số điều theo {B}."),
        ("Điều 12", f"1. Theo {B} sửa đổi, bổ sung Điều 12 {A}."),
    ],
)
def test_an_edge_between_others_has_the_part_that_is_changed(scope, sentence):
    """The part that is cited is the part that was changed only where the change is told as one of a part."""
    assert [r.scope for r in read(sentence) if r.source == b] == [scope]


@pytest.mark.parametrize(
    ("word", "relations"),
    [
        ("amends", ["amends", "supplements", "corrects"]),
        ("replaces", ["replaces"]),
        ("repeals", ["repeals", "suspends"]),
        ("guides", ["guides", "details"]),
        ("basis", ["based_on"]),
        ("implements", ["implements", "urges", "reports_on"]),
        ("attached", ["attaches", "forwards"]),
        ("mentions", ["mentions", "replies_to", "consolidates"]),
    ],
)
def test_the_record_has_eight_words(word, relations):
    """The finer edges of the graph are told in the words of the record."""
    assert {record_relation(relation) for relation in relations} == {word}


def test_an_edge_that_halts_is_no_end():
    """As an edge, what only halts a document is told from what ends it; all others have the record's words."""
    assert [edge_relation(relation) for relation in ("suspends", "repeals", "based_on", "details")] == [
        "suspends", "repeals", "basis", "guides",
    ]  # fmt: skip
