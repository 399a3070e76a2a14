"""In what relation does the document stand to those it names, and how do two others stand to each other?"""

import pytest

from ingest.transcript import Page, Transcript
from nlp.own import Own
from nlp.references import find_references
from nlp.relations import record_relation
from nlp.zones import lay_out

OWN = Own("state", "11/2025/TT-BMT", "Thông tư", None, "Bộ trưởng Bộ Mẫu", None)
HEAD = "BỘ MẪU\nSố: 11/2025/TT-BMT\nTHÔNG TƯ\nQuy định việc mẫu\n"
A, B = "Nghị định số 1/2020/NĐ-CP", "Nghị định số 2/2021/NĐ-CP"


def edges(body):
    """Give (source, target, relation) of all references; self where this document stands in the relation."""
    zones = lay_out(Transcript("t", "t.txt", "text/plain", (Page(1, 0, 0, HEAD + body),)))
    return {(r.source or "self", r.number or r.title, r.relation) for r in find_references(zones, OWN)}


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
        ("based_on", f"Căn cứ {A};"),
        ("based_on", f"Theo đề nghị của Giám đốc Sở Mẫu tại {A}."),
        ("implements", f"Thực hiện {A}, các đơn vị làm như sau."),
        ("implements", f"1. Các đơn vị tiếp tục triển khai thực hiện hiệu quả {A}."),
        ("implements", f"1. Triển khai thực hiện các nhiệm vụ được giao tại {A}."),
        ("implements", f"1. Các đơn vị thực hiện đúng quy định tại {A}."),
        ("urges", f"1. Văn phòng đôn đốc các đơn vị về {A}."),
        ("attaches", f"1. Các đơn vị báo cáo.\n(Gửi kèm {A})"),
        ("replies_to", f"1. Phúc đáp {A}, Bộ có ý kiến như sau."),
        ("mentions", f"1. Hồ sơ lập theo quy định tại {A}."),
        ("mentions", f"1. Đánh giá tình hình, kết quả thực hiện {A}."),
        ("mentions", f"1. Danh mục đã được Chính phủ ban hành tại {A}."),
        ("mentions", f"1. Góp ý dự thảo Thông tư sửa đổi, bổ sung {A}."),
        ("mentions", f"1. Hồ sơ đủ theo mẫu ({A})."),
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
    ],
)
def test_words_inside_a_subject_speak_of_the_others(expected, sentence):
    """A cue inside another's subject, or in the passive, makes an edge between those two and none of this document."""
    assert edges(sentence) == expected


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
