"""What readers of the three seeds take from them, row by row (duties D1 to D6, yearly ones R1 to R4, references, what stays open)."""

from functools import cache
from pathlib import Path

import pytest

from ingest.read import read
from nlp.extract import extract

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")
FILES = {"833": "001", "809": "003", "07": "004"}


@cache
def seed(name):
    """Read one seed: its Directive."""
    return extract(read(next(SEEDS.glob(f"{FILES[name]}*.txt"))))


def duty(name, words, kind):
    """Find the one duty of a seed whose task holds these words and whose limit is of this kind."""
    (found,) = [d for d in seed(name).duties if words in d.task and (d.deadline.kind if d.deadline else "none") == kind]
    return found


# row, seed, words of the task, kind, limit as printed, last day or rule, who, to whom, through whom
ROWS = [
    ("D1", "809", "báo cáo đánh giá tình hình, kết quả thực hiện việc kiểm điểm và đánh giá, xếp loại", "date", "trước ngày 30/01/2023",
     "2023-01-30", "Các Tổ chức cơ sở Đảng trực thuộc huyện ủy", "Ban Tổ chức huyện ủy", None),
    ("D2", "809", "tổng hợp tham mưu", "date", "trước ngày 01/02/2023", "2023-02-01", "Ban Tổ chức Huyện ủy", "Thường trực Huyện ủy",
     "Văn phòng Huyện ủy"),
    ("D3", "833", "đăng ký xây dựng mô hình mới", "date", "trước ngày 28/02/2023", "2023-02-28", "100% tổ chức cơ sở đảng",
     "Ban Thường vụ Huyện ủy", "Ban Tổ chức Huyện ủy"),
    ("D4", "833", "báo cáo kết quả thực hiện mô hình mới", "date", "trước ngày 30/11/2023", "2023-11-30", "100% tổ chức cơ sở đảng",
     "Ban Thường vụ Huyện ủy", "Ban Tổ chức Huyện ủy"),
    ("D5", "833", "đăng ký về Ban Tổ chức Tỉnh ủy", "elsewhere", "đúng thời gian quy định", None, "Ban Tổ chức Huyện ủy",
     "Ban Tổ chức Tỉnh ủy", None),
    ("D6", "833", "thành lập Tổ thẩm định", "none", None, None, "Ban Tổ chức Huyện ủy", None, None),
    ("D6", "833", "Tiến hành thẩm định", "none", None, None, "các cấp ủy, tổ chức đảng, Thủ trưởng các cơ quan, đơn vị", None, None),
    ("R1", "07", "hoàn thành đăng ký mô hình", "recurring", "trong tháng 01 hàng năm", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=-1",
     "Tập thể, cá nhân", "cấp ủy hoặc thủ trưởng cơ quan", None),
    ("R2", "07", "Đánh giá và xét công nhận", "recurring", "hằng năm, hoàn thành trong tháng 11", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=-1",
     "Cấp ủy hoặc lãnh đạo cơ quan, đơn vị, doanh nghiệp", None, None),
    ("R3", "07", "tổ chức đánh giá việc thực hiện bằng văn bản", "recurring", "Định kỳ hằng năm (vào dịp tổng kết năm)", None,
     "các tổ chức cơ sở đảng, cơ quan, đơn vị, doanh nghiệp", None, None),
    ("R4", "07", "Tổng hợp kết quả", "none", None, None, "Cấp ủy hoặc lãnh đạo cơ quan, đơn vị, doanh nghiệp",
     "Ban Thường vụ Đảng ủy Khối", "Ban Tuyên giáo Đảng ủy Khối"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]} {row[2][:20]}" for row in ROWS])
def test_each_row_is_found(row):
    """Limit, who, to whom and through whom are those of the row; a yearly milestone without a day gets none."""
    _, name, words, kind, *expected = row
    found = duty(name, words, kind)
    limit = found.deadline
    said = limit and (limit.recurrence if kind == "recurring" else limit.date and limit.date.isoformat())
    assert [limit and limit.text, said, found.assignee, found.to_whom, found.through] == expected


def test_nothing_else_has_a_limit():
    """Four dated and three yearly duties, one whose limit lies in another document, and no row from the outline or its forms."""
    kinds = [d.deadline.kind for name in FILES for d in seed(name).duties if d.deadline]
    assert [kinds.count(kind) for kind in ("date", "recurring", "elsewhere", "relative")] == [4, 3, 1, 0]
    body_ends = seed("809").signer.name.place.span.end
    assert all(d.place.span.end < body_ends for d in seed("809").duties)


def test_what_is_inferred_is_said():
    """The assignees of D4 and R2 are not in their sentences; those of D2 and D3 are."""
    assert "assignee" in duty("833", "báo cáo kết quả thực hiện mô hình mới", "date").inferred
    assert "assignee" in duty("07", "Đánh giá và xét công nhận", "recurring").inferred
    assert "assignee" not in duty("809", "tổng hợp tham mưu", "date").inferred
    assert "assignee" not in duty("833", "đăng ký xây dựng mô hình mới", "date").inferred


def test_the_giver_is_not_the_signer():
    """809 speaks for Thường trực Huyện ủy and is signed T/L Ban Thường vụ; 833 speaks for Ban Thường vụ; one agency, an acting body."""
    assert {d.giver for d in seed("809").duties} == {"Thường trực Huyện ủy"}
    assert seed("809").signer.authority.value == "T/L Ban Thường vụ"
    assert {d.giver for d in seed("833").duties} == {"Ban Thường vụ Huyện ủy"}
    assert {seed(name).agency.value for name in ("809", "833")} == {"Huyện ủy Bảo Lâm"}
    assert {seed(name).acting_body.value for name in ("809", "833")} == {"Ban Thường vụ"}


def test_a_hundred_percent_is_one_group_and_a_body_is_none():
    """`100% tổ chức cơ sở đảng` is one group duty; Ban Tổ chức is a single body, its helpers are told apart."""
    assert duty("833", "đăng ký xây dựng mô hình mới", "date").is_group
    alone = duty("833", "đăng ký về Ban Tổ chức Tỉnh ủy", "elsewhere")
    assert not alone.is_group and alone.co_ordinators == ("các Ban Xây dựng đảng", "Văn phòng Huyện ủy")


def references(name):
    """Give number or title, relation, and how often it is named."""
    return {r.number or r.title: (r.relation, len(r.mentions)) for r in seed(name).references if r.source is None}


def test_833_cites_three():
    """07-NQ/HU and 09-HD/BTCTU are its basis (four mentions, one misprinted), 788-CV/HU is carried out."""
    assert references("833") == {"07-NQ/HU": ("based_on", 1), "09-HD/BTCTU": ("based_on", 4), "788-CV/HU": ("implements", 1)}
    (misprinted,) = [r for r in seed("833").references if r.misprints]
    assert misprinted.misprints == ("09-HD/BTCHU",)
    (carried_out,) = [r for r in seed("833").references if r.number == "788-CV/HU"]
    assert carried_out.agency == "Ban Thường vụ Huyện ủy"


def test_809_cites_thirteen_and_takes_the_issuers_of_its_footnotes_from_where_they_are_said():
    """`21 HD/` is mended, short names add no node, footnote 1 takes its issuer from the anchor, footnote 2 from its last member."""
    found = references("809")
    assert found["1201-CV/BTCTU"][0] == "implements" and len(found) == 13
    assert {"132-QĐ/TW", "21-HD/BTCTW"} <= found.keys()
    by_number = {r.number: r.agency for r in seed("809").references}
    assert {by_number[f"{n}-QĐ/TU"] for n in ("03", "19", "06", "14")} == {"Ban Thường vụ Tỉnh ủy"}
    assert {by_number[f"{n}-HD/BTCTU"] for n in ("05", "07", "03")} == {"Ban Tổ chức Tỉnh ủy"}
    plenums = {title for title in found if "Trung ương 4" in title}
    assert plenums == {"Nghị quyết Trung ương 4 khóa XI", "Nghị quyết Trung ương 4 khóa XII", "Kết luận Trung ương 4 khóa XIII"}


def test_heads_and_forms_behind_the_letter_open_no_document():
    """809 stays a Công văn though its subject begins `Báo cáo`; NGƯỜI LẬP BIỂU signs nothing; the outline and four forms are attached."""
    letter = seed("809")
    assert (letter.type.value, letter.signer.position.value) == ("Công văn", "Chánh Văn phòng")
    assert letter.subject.value.startswith("Báo cáo đánh giá")
    kinds = [attachment.kind for attachment in letter.attachments]
    assert kinds.count("outline") == 1 and "document" not in kinds
    assert {a.title for a in letter.attachments if a.title.startswith("Biểu số")} == {f"Biểu số {n}" for n in (1, 2, 3, 4)}


def test_what_stays_open_is_said():
    """07-HD/ĐUK has no date, signer or recipients, and each absence has its reason."""
    missing = seed("07").missing
    assert {"issued_on", "signer", "recipients", "addressees"} <= missing.keys() and all(missing.values())
    assert seed("07").issued_on is None and seed("07").signer.name is None
