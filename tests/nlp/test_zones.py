"""Which part of a text is what, and do offsets hold?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.transcript import Block, Page, Span, Transcript
from nlp.letters import bare, mended
from nlp.zones import lay_out


def transcript(*texts):
    return Transcript("t", "t.txt", "text/plain", tuple(Page(n, 0, 0, text) for n, text in enumerate(texts, 1)))


@pytest.mark.parametrize(
    ("expected", "written"),
    [
        ("Ủy ban", "Uỷ ban"),
        ("hòa", "hoà"),
        ("hoàn", "hoàn"),
        ("quý", "quý"),
        ("Đảng", "Ðảng"),
        ("2020-2025", "2020–2025"),
        ("khóa", "khoá"),
    ],
)
def test_one_spelling_keeps_the_length(expected, written):
    """Look-alikes and the tone mark's place are made regular without moving a character."""
    assert mended(written) == expected
    assert len(mended(written)) == len(written) and bare(mended(written)) == bare(expected)


PAGES = (
    (
        "ĐẢNG ỦY XÃ TÂN MẪU\nSố 12-CV/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nTân Mẫu, ngày 02 tháng 3 năm 2026\nKính gửi: Các chi bộ.\n"
        "Thực hiện Kế hoạch số 05-KH/TU của Tỉnh ủy, Thường trực yêu cầu các chi bộ báo cáo kết quả học\n"
    ),
    (
        "2\ntập về Ban Xây dựng Đảng trước ngày 20/3/2026.\n1. Nội dung báo cáo:\n- Kết quả;\n- Kiến nghị.\n"
        "Nơi nhận:\n- Như trên,\n- Lưu VPĐU.\n"
        "T/M BAN THƯỜNG VỤ\nBÍ THƯ\nLê Văn Mẫu\nĐẢNG ỦY XÃ TÂN MẪU\n02-03-2026 10:11:12 +07:00\nĐỀ CƯƠNG BÁO CÁO\nI. KẾT QUẢ"
    ),
)


def test_zones_follow_the_form():
    """Head, addressees, opening, body, recipients, signature, stamp and attachment are told apart."""
    zones = lay_out(transcript(*PAGES))
    seen = {kind: zones.text(zones.within(kind)[0].span) for kind in ("addressees", "opening", "recipients", "signature", "attachment")}
    assert seen["addressees"] == "Kính gửi: Các chi bộ."
    assert seen["opening"].startswith("Thực hiện Kế hoạch")
    assert (seen["recipients"], seen["signature"], seen["attachment"]) == ("Nơi nhận:", "T/M BAN THƯỜNG VỤ", "ĐỀ CƯƠNG BÁO CÁO")
    assert [p.marker for p in zones.within("body")] == ["1.", "-", "-"]


def test_a_paragraph_goes_on_over_the_page_and_its_number_is_blanked():
    """The page number between two halves of a sentence is no word of it."""
    zones = lay_out(transcript(*PAGES))
    opening = " ".join(zones.text(zones.within("opening")[0].span).split())
    assert opening.endswith("kết quả học tập về Ban Xây dựng Đảng trước ngày 20/3/2026.")


def test_blocks_seen_on_the_page_decide_what_is_furniture_and_footnote():
    """What geometry knows goes before what the words look like."""
    text = "Điều 1. Ban hành quy chế.\nSở Nội vụ\n1 Quyết định số 5/QĐ-UBND."
    blocks = (Block(Span(26, 35), None, "furniture"), Block(Span(36, len(text)), None, "footnote"))
    zones = lay_out(Transcript("t", "t", "application/pdf", (Page(1, 595, 842, text, blocks=blocks),)))
    assert "Sở Nội vụ" not in zones.plain
    assert [zones.text(p.span) for p in zones.within("footnote")] == ["1 Quyết định số 5/QĐ-UBND."]


@pytest.mark.parametrize(
    ("filed", "signature", "written"),
    [
        ("- Lưu VPĐU.", "T/M BAN THƯỜNG VỤ|BÍ THƯ|Lê Văn Mẫu", "- Lưu VPĐU.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nLê Văn Mẫu"),
        ("- Lưu VPĐU.", "Lê Văn Mẫu", "- Lưu VPĐU.\nLê Văn Mẫu"),
        ("- Lưu: VT, TH, phòng Quản lý văn hóa.", "", "- Lưu: VT, TH,\nphòng Quản lý văn hóa."),
    ],
)
def test_who_signs_under_the_list_is_no_part_of_its_last_line(filed, signature, written):
    """Where a page has one column, the signature under `Lưu` is a signature, and a line that `Lưu` wraps into is not."""
    text = f"Kính gửi: Các chi bộ.\nĐề nghị báo cáo.\nNơi nhận:\n- Như trên,\n{written}"
    page = Page(1, 595, 842, text, blocks=(Block(Span(text.index("Nơi nhận"), len(text)), None, "left column"),))
    zones = lay_out(Transcript("t", "t", "application/pdf", (page,)))
    assert "|".join(zones.text(p.span) for p in zones.within("signature")) == signature
    assert zones.text(zones.within("recipients")[-1].span) == filed


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="aĐàUỷ1./-,: \n\t*Số:NơinhậnKT", max_size=200), min_size=1, max_size=3))
def test_plain_stands_at_the_offsets_of_the_text(texts):
    """Whatever the text, plain has its length, and each paragraph's words are the text's words but for spelling."""
    source = transcript(*texts)
    zones = lay_out(source)
    assert len(zones.plain) == len(source.text)
    for paragraph in zones.paragraphs:
        if paragraph.zone not in ("furniture", "stamp"):
            start = paragraph.span.start
            assert bare(zones.plain[start : start + 1]).strip() == bare(mended(source.text[start : start + 1])).strip()


def test_a_line_longer_than_a_printed_one_is_a_paragraph_as_it_was_typed():
    """In a text that was never wrapped, what follows a full stop begins a paragraph, however long the line before was."""
    first = "Để có cơ sở xây dựng kế hoạch" + " bồi dưỡng cán bộ của cơ quan" * 8 + "."
    second = "Danh sách gửi về Sở trước ngày 25/10/2026" + " theo mẫu gửi kèm" * 10 + "."
    zones = lay_out(
        transcript(f"SỞ NỘI VỤ\nSố: 06/SNV-TC\nKính gửi: UBND xã.\n{first}\n{second}\nNơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nLê Văn Mẫu")
    )
    assert [paragraph.zone for paragraph in zones.within("opening", "body")] == ["opening", "body"]
