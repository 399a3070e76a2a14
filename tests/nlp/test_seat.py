"""How is a place of issue spelled that a picture misread?"""

import pytest

from nlp.directive import Found, Place
from nlp.seat import spelled_as_elsewhere


@pytest.mark.parametrize(
    ("expected", "read", "agencies", "text"),
    [
        ("Tân Khê", "Tân Khả", ["Đảng ủy xã Tân Khê"], ""),
        ("Bảo Lâm", "Bảo Lãm", ["Huyện ủy Bảo Lâm", "Tỉnh ủy Sơn Hải"], ""),
        ("Suối Ngàn", "Suổi Ngàn", [], "các ấp của xã Suối Ngàn; xã Suối Ngàn có"),
        ("Lào Cai", "Lao Cai", ["Sở Xây dựng"], ""),
        # not these
        ("Tân Khả", "Tân Khả", ["Đảng ủy xã Tân Khê"], "thôn thuộc xã Tân Khả"),
        ("Tân Khả", "Tân Khả", [], "giáp xã Tân Khê"),
        ("Thới Bình", "Thới Bình", [], ""),
        ("Hà Nam", "Hà Nam", ["Ủy ban nhân dân thành phố Hà Nội"], "thành phố Hà Nội"),
        ("Tân An", "Tân An", ["Ủy ban nhân dân xã Tân Ân Tây"], ""),
        ("Mỹ", "Mỹ", ["Ủy ban nhân dân xã Mỷ"], ""),
    ],
)
def test_a_misread_place_is_spelled_as_the_document_spells_it(expected, read, agencies, text):
    """One letter gives way to the issuer's name or to two mentions in the text; one that stands elsewhere too does not."""
    assert spelled_as_elsewhere(Found(read, Place(), 0.9, "dòng địa danh"), agencies, text).value == expected
