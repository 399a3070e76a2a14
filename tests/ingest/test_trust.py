"""A text layer is believed when it reads as Vietnamese, and the reason is said when it is not."""

import pytest

from ingest.glyphs import no_glyphs
from ingest.pdf import Print
from ingest.trust import doubt

STAMP = "Ký bởi: Ủy ban nhân dân tỉnh Cơ quan: Ủy ban nhân dân tỉnh Thời gian ký: 03.02.2026 09:44:21 +07:00"
PROSE = "Căn cứ Luật Tổ chức chính quyền địa phương và đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV " * 4
BARE = "Can cu Luat To chuc chinh quyen dia phuong va de nghi cua Giam doc So Noi vu tai To trinh so tam hai ba " * 4
EXCHANGED = PROSE.translate(str.maketrans("ạảẹẻộổịỉệểụủ", "ảạẻẹổộỉịểệủụ"))
ENGLISH_INSIDE = PROSE + "Joint Declaration on the Promotion of Trade in Services "
BROKEN = "OұS 7ӌ1+ L¿O CAI &Ӝ1* ĈLӅX QJK͓ FͯD 7U˱ͧQJ phÚng QJKL͏S 48<ӂ7 Ĉӎ1+ " * 4


def page_of(**shares):
    return Print(no_glyphs(), **shares)


@pytest.mark.parametrize(
    ("reason", "text", "page"),
    [
        (None, PROSE, page_of()),
        (None, PROSE, page_of(image_share=1.0)),
        (None, "Phụ lục I", page_of()),
        ("không có lớp chữ", "", page_of(image_share=1.0)),
        ("không có lớp chữ", "12 . 34", page_of()),
        ("lớp chữ chỉ có vài chữ", "Trang 2", page_of(image_share=0.98)),
        ("phông chữ thiếu bảng mã", PROSE, page_of(unmapped_share=0.4)),
        ("chữ nằm ngang trang", PROSE, page_of(sideways_share=1.0)),
        ("lớp chữ sai nhiều", BROKEN, page_of()),
        ("lớp chữ sai nhiều", PROSE + BARE, page_of(image_share=1.0)),
        ("lớp chữ chỉ có dấu của chữ ký số", STAMP, page_of(image_share=1.0)),
        (None, STAMP, page_of()),
        ("lớp chữ không khớp với hình của trang", EXCHANGED, page_of()),
        ("lớp chữ không khớp với hình của trang", ENGLISH_INSIDE, page_of()),
        (None, ENGLISH_INSIDE[:200], page_of()),
        ("lớp chữ không có dấu", "nay mai ban ta xem qua cho hay theo hai tay em lo cho tre con ba me " * 8, page_of()),
    ],
)
def test_a_text_layer_is_believed_only_when_it_reads_as_vietnamese(reason, text, page):
    """A scan's text layer, the work of earlier software, is held to more than a born-digital one."""
    found = doubt(text.split(), page)
    assert (found.reason if found else None) == reason


@pytest.mark.parametrize(("is_sure", "share"), [(True, 1.0), (False, 0.0)])
def test_a_page_that_was_never_scanned_is_looked_at_before_it_is_read_again(is_sure, share):
    """It may be in English; what earlier software made of a scan is read again at once."""
    assert doubt(BROKEN.split(), page_of(image_share=share)).is_sure == is_sure
