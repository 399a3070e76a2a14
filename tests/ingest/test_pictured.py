"""Text that a PDF carries as a picture is read where the picture stands, and nothing else is."""

import pytest
from PIL import Image, ImageDraw

from ingest.read import read
from tests.ingest.making import Put, drawn, pasted, pdf_of, signed_with_pictures

SENTENCE = "Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị báo cáo kết quả thực hiện"
HEAD = [
    Put(85, 60, "ỦY BAN NHÂN DÂN"), Put(290, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), Put(95, 76, "TỈNH VĨNH SƠN"),
    Put(320, 76, "Độc lập - Tự do - Hạnh phúc"), Put(80, 105, "Số:"), Put(140, 105, "/UBND-KT"),
    Put(310, 105, "Vĩnh Sơn, ngày 03 tháng 02 năm 2026"), Put(85, 230, SENTENCE), Put(85, 250, SENTENCE),
]  # fmt: skip
SIGNER = ["Người ký: VĂN PHÒNG TỈNH", "Thời gian ký: 03.02.2026 09:44:21 +07:00"]


def words(lines, box, points=48):
    """Draw lines of text on white, as large as a box of points at 300 dots an inch."""
    x0, y0, x1, y1 = box
    size = (round((x1 - x0) * 300 / 72), round((y1 - y0) * 300 / 72))
    return drawn(lines, size=size, points=points, gap=round(points * 1.5), top=6, left=6)


def hand(box):
    """Draw the picture of a signature: a large loop of ink."""
    picture = words([], box)
    width, height = picture.size
    ImageDraw.Draw(picture).arc((20, 10, width - 20, height - 10), 0, 340, fill=(20, 30, 160), width=9)
    return picture


def test_a_number_that_a_signature_shows_as_a_picture_fills_the_blank(tmp_path):
    """The word is the signature's, stands in its line and in what the signature shows."""
    box = (102, 94, 136, 109)
    transcript = read(signed_with_pictures(pdf_of(tmp_path / "a.pdf", HEAD), [(box, words(["7432"], box))]))
    page = transcript.pages[0]
    assert "Số: 7432 /UBND-KT" in page.text.split("\n") and transcript.signatures[0].text == "7432"
    assert [page.text[w.span.start : w.span.end] for w in page.words if w.origin == "signature"] == ["7432"]


def test_a_stamp_that_is_a_picture_tells_the_signer(tmp_path):
    """It is no line of the body, though print lies under it."""
    box = (300, 222, 500, 258)
    transcript = read(signed_with_pictures(pdf_of(tmp_path / "a.pdf", HEAD), [(box, words(SIGNER, box, 38))]))
    assert transcript.signatures[0].signer == "VĂN PHÒNG TỈNH"
    assert [b.kind for b in transcript.pages[0].blocks][-1] == "stamp" and transcript.pages[0].text.count(SENTENCE) == 2


@pytest.mark.parametrize("box", [(300, 300, 450, 370), (300, 300, 400, 400), (300, 300, 330, 320)])
def test_the_picture_of_a_hand_is_no_text(tmp_path, box):
    """Nothing is added to the page."""
    plain = read(pdf_of(tmp_path / "a.pdf", HEAD)).pages[0].text
    assert read(signed_with_pictures(pdf_of(tmp_path / "b.pdf", HEAD), [(box, hand(box))])).pages[0].text == plain


def test_a_pasted_scan_is_read_where_it_stands(tmp_path):
    """Its lines come between the lines above and below, as OCR's words, and the page says so."""
    box = (85, 300, 500, 380)
    lines = ["Nguồn vốn ngân sách tỉnh bảo đảm kinh phí thực hiện", "Sở Tài chính cân đối, trình trước ngày 15 tháng 10"]
    path = pasted(pdf_of(tmp_path / "a.pdf", [*HEAD, Put(85, 420, "Nơi gửi báo cáo: Văn phòng.")]), words(lines, box), box)
    page = read(path).pages[0]
    assert page.text.split("\n")[-3:] == [*lines, "Nơi gửi báo cáo: Văn phòng."] and page.reading == "text layer"
    read_again = [w for w in page.words if w.origin == "OCR"]
    assert len(read_again) == 22 and all(85 <= w.box.x0 < w.box.x1 <= 500 and 300 <= w.box.y0 < w.box.y1 <= 380 for w in read_again)
    assert page.notes == ("Trang 1: có 1 hình chứa chữ, đã nhận dạng và đặt vào chỗ của hình.",)


@pytest.mark.parametrize("box", [(85, 300, 500, 500), (85, 220, 500, 260)], ids=["no text", "behind text"])
def test_other_pictures_add_nothing(tmp_path, box):
    """A drawing is no text, and the ground behind words is not read again."""
    ground = Image.new("RGB", (400, 200), (250, 250, 235))
    ImageDraw.Draw(ground).ellipse((50, 20, 300, 180), outline=(90, 90, 90), width=5)
    plain = read(pdf_of(tmp_path / "a.pdf", HEAD)).pages[0].text
    assert sorted(read(pasted(pdf_of(tmp_path / "b.pdf", HEAD), ground, box)).pages[0].text.split()) == sorted(plain.split())


def test_a_scan_with_only_a_line_of_its_own_is_read(tmp_path):
    """What a system printed at its edge is no text layer."""
    scan = drawn(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", SENTENCE, SENTENCE], size=(1240, 1754))
    edge = Put(40, 20, "Văn bản được sao từ hệ thống quản lý văn bản của tỉnh", 8)
    page = read(pasted(pdf_of(tmp_path / "a.pdf", [edge]), scan, (0, 0, 595, 842))).pages[0]
    assert page.reading == "OCR" and SENTENCE in page.text
    assert page.notes[0].startswith("Trang 1: lớp chữ chỉ phủ một phần nhỏ của trang")
