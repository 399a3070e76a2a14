"""A text layer is believed when it reads as Vietnamese, and the reason is said when it is not."""

import pytest

from ingest.pdf import Print
from ingest.trust import doubt

PROSE = "Căn cứ Luật Tổ chức chính quyền địa phương và đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV " * 4
BARE = "Can cu Luat To chuc chinh quyen dia phuong va de nghi cua Giam doc So Noi vu tai To trinh so tam hai ba " * 4
BROKEN = "OұS 7ӌ1+ L¿O CAI &Ӝ1* ĈLӅX QJK͓ FͯD 7U˱ͧQJ phÚng QJKL͏S 48<ӂ7 Ĉӎ1+ " * 4


@pytest.mark.parametrize(
    ("reason", "text", "page"),
    [
        (None, PROSE, Print([])),
        (None, PROSE, Print([], image_share=1.0)),
        (None, "Phụ lục I", Print([])),
        ("không có lớp chữ", "", Print([], image_share=1.0)),
        ("không có lớp chữ", "12 . 34", Print([])),
        ("lớp chữ chỉ có vài chữ", "Trang 2", Print([], image_share=0.98)),
        ("phông chữ thiếu bảng mã", PROSE, Print([], unmapped_share=0.4)),
        ("chữ nằm ngang trang", PROSE, Print([], sideways_share=1.0)),
        ("lớp chữ sai nhiều", BROKEN, Print([])),
        ("lớp chữ sai nhiều", PROSE + BARE, Print([], image_share=1.0)),
        ("lớp chữ không có dấu", "nay mai ban ta xem qua cho hay theo hai tay em lo cho tre con ba me " * 8, Print([])),
    ],
)
def test_a_text_layer_is_believed_only_when_it_reads_as_vietnamese(reason, text, page):
    """A scan's text layer, the work of earlier software, is held to more than a born-digital one."""
    assert doubt(text.split(), page) == reason
