"""Names of bodies and numbers are taken apart the same way whoever wrote them."""

from datetime import date

import pytest

from store.bodies import around, placed, take_apart
from store.identity import title_key
from store.knowledge import agency_words, term_starts
from store.numbers import number_key, period
from tests.store.making import day


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (
            "uy|district|bao lam",
            [
                "Huyện ủy Bảo Lâm",
                "HUYỆN ỦY BẢO LÂM",
                "Ban Thường vụ Huyện uỷ Bảo Lâm",
                "Đảng bộ huyện Bảo Lâm",
                "BCH Đảng bộ huyện Bảo Lâm",
            ],
        ),
        ("uy|province|lam dong", ["Tỉnh ủy Lâm Đồng", "Đảng bộ tỉnh Lâm Đồng", "Thường trực Tỉnh ủy Lâm Đồng"]),
        ("uy|province|ha noi", ["Thành ủy Hà Nội", "Đảng bộ thành phố Hà Nội"]),
        ("uy|district|pleiku", ["Thành ủy Pleiku"]),
        ("uy|province|", ["Tỉnh ủy", "Ban Thường vụ Tỉnh ủy"]),
        (
            "so cong thuong|province|lao cai",
            ["Sở Công Thương tỉnh Lào Cai", "Sở Công Thương Lào Cai", "Giám đốc Sở Công Thương tỉnh Lào Cai"],
        ),
        (
            "uy ban nhan dan|province|quang ngai",
            ["UBND tỉnh Quảng Ngãi", "Chủ tịch Ủy ban nhân dân tỉnh Quảng Ngãi", "Uỷ ban nhân dân tỉnh Quảng Ngãi"],
        ),
        ("uy ban nhan dan|commune|bao lam 1", ["UBND xã Bảo Lâm 1", "Ủy ban nhân dân xã Bảo Lâm 1, tỉnh Lâm Đồng"]),
        ("dang uy khoi cac co quan va doanh nghiep|province|gia lai", ["Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh Gia Lai"]),
        (
            "trung uong dang|central|",
            ["Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành Trung ương Đảng", "Bộ Chính trị khóa XIII", "Ban Chấp hành Trung ương khóa XII"],
        ),
        ("bo tai chinh||", ["Bộ Tài chính", "Bộ trưởng Bộ Tài chính"]),
        ("van phong chinh phu|central|", ["Văn phòng Chính phủ", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"]),
        ("ngan hang chinh sach xa hoi||", ["Ngân hàng Chính sách xã hội"]),
        ("chu tich nuoc||", ["Chủ tịch nước"]),
        ("ban thuong vu||", ["Ban Thường vụ"]),
        ("||", ["", " - "]),
    ],
)
def test_one_body_in_all_its_names(body, names):
    """Acting bodies and heads are their body; level and place are read; words that only look like a level are not."""
    assert {take_apart(name).folded for name in names} == {body}


@pytest.mark.parametrize(
    ("place", "name", "writers"),
    [
        ("lam dong", "Tỉnh ủy", ("Huyện ủy Bảo Lâm", "Đảng bộ tỉnh Lâm Đồng")),
        ("bao lam", "Ban Tổ chức Huyện ủy", ("Huyện ủy Bảo Lâm", "Đảng bộ tỉnh Lâm Đồng")),
        ("gia lai", "Ban Dân vận Tỉnh ủy", ("Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh Gia Lai",)),
        ("lao cai", "Sở Nội vụ", ("Ủy ban nhân dân tỉnh Lào Cai",)),
        ("lao cai", "Ủy ban nhân dân", ("Ủy ban nhân dân tỉnh Lào Cai",)),
        (None, "Huyện ủy", ("Tỉnh ủy Lâm Đồng",)),
        (None, "Tỉnh ủy", ("Trường Đại học A",)),
        ("dak lak", "Tỉnh ủy Đắk Lắk", ("Tỉnh ủy Lâm Đồng",)),
    ],
)
def test_a_bare_name_takes_its_place_from_those_around(place, name, writers):
    """A name without a place has that of the writing body or of one above it, on its own level; else none."""
    assert placed(take_apart(name), around("?", *writers)).place == place


@pytest.mark.parametrize(
    ("place", "agency", "local"),
    [
        ("quang ngai", "Ủy ban nhân dân tỉnh", "Quảng Ngãi"),
        (None, "Ủy ban nhân dân tỉnh", "Đà Lạt"),
        ("ia pa", "Ủy ban nhân dân xã", "Ia Pa"),
    ],
)
def test_the_place_of_writing_places_a_bare_agency(place, agency, local):
    """The địa danh of a commune is its name; that of a province may be a town."""
    assert around("?", agency, place=local).places.get(take_apart(agency).level) == place


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("9.hd.btctu", ["09-HD/BTCTU", "9 - HD / BTCTU", "009-hd/btctu"]),
        ("2.hd.bdvtu", ["02/HD-BDVTU", "02-HD/BDVTU"]),
        ("30.2020.nd.cp", ["30/2020/NĐ-CP", "30/2020/ND-CP", "030 / 2020 / NĐ - CP"]),
        ("12.2021.ttlt.btc.bnv", ["12/2021/TTLT-BTC-BNV"]),
        ("45.2019.qh14", ["45/2019/QH14"]),
        ("7a.nq.hu", ["07a-NQ/HU"]),
        (".qcvn.01.2019.bct", ["QCVN 01:2019/BCT", "QCVN01:2019/BCT"]),
        ("71", ["71", "Số 71".removeprefix("Số ")]),
    ],
)
def test_one_number_in_all_its_spellings(text, numbers):
    """Zeros, spaces, case, marks and separators do not part numbers."""
    assert {number_key(number).text for number in numbers} == {text}


@pytest.mark.parametrize(("whole", "number"), [(True, "833-CV/HU"), (False, "-CV/HU"), (False, "/CT-UBND"), (False, "Luật Đất đai")])
def test_a_blank_serial_is_no_number_yet(whole, number):
    """A symbol without a serial tells no document."""
    assert number_key(number).is_whole is whole


def test_a_text_without_letters_is_no_number():
    """Signs alone are nothing."""
    assert number_key(" -/ ") is None and number_key("") is None


@pytest.mark.parametrize(
    ("same", "number", "one", "other"),
    [
        (False, "132-QĐ/TW", "08/3/2018", "27/10/2023"),
        (True, "132-QĐ/TW", "08/3/2018", "09/3/2018"),
        (False, "5-QĐ/TW", "10/01/2021", "10/02/2021"),
        (True, "204-CV/ĐU", "26/11/2026", "26/01/2027"),
        (False, "204-CV/ĐU", "26/11/2023", "26/01/2026"),
        (False, "204-CV/ĐU", "26/11/2025", "26/01/2026"),
        (False, "456/QĐ-UBND", "26/11/2023", "26/01/2024"),
        (True, "456/QĐ-UBND", "26/01/2024", "26/11/2024"),
        (False, "456/QĐ-UBND", "26/01/2025", "26/11/2025"),
        (False, "05/2025/QĐ-UBND", "10/01/2025", "01/7/2025"),
        (True, "38-CT/TTg", "29/9/2020", "20/01/2020"),
        (True, "749/QĐ-TTg", "26/01/2025", "26/11/2025"),
        (True, "30/2020/NĐ-CP", "05/3/2020", "06/3/2020"),
    ],
)
def test_numbers_are_used_once_in_a_year_or_a_term(same, number, one, other):
    """State numbers begin again each year, local ones also on 1 July 2025; Party numbers with the term."""
    assert (period(number_key(number), day(one)) == period(number_key(number), day(other))) is same


@pytest.mark.parametrize(
    ("has", "number"), [(True, "30/2020/NĐ-CP"), (False, "05/2025/QĐ-UBND"), (False, "132-QĐ/TW"), (False, "456/QĐ-UBND")]
)
def test_without_a_date_only_a_year_in_the_number_tells(has, number):
    """The period is unknown without a date, but for a number that holds its year."""
    assert (period(number_key(number), None) is not None) is has


@pytest.mark.parametrize(
    ("key", "title", "kind", "on"),
    [
        ("t:luat dat dai 2013", "Luật Đất đai năm 2013", "Luật", None),
        ("t:luat dat dai 2013", "Luật Đất đai ngày 29 tháng 11 năm 2013", "Luật", None),
        ("t:luat dat dai 2013", "Đất đai", "Luật", date(2013, 11, 29)),
        ("t:luat dat dai", "Luật Đất đai", "Luật", None),
        ("t:quy che lam viec", "Quy chế làm việc", "Quy chế", date(2013, 11, 29)),
    ],
)
def test_titles_are_compared_by_name_and_year(key, title, kind, on):
    """A law is told by its name and year, however its day is written."""
    assert title_key(title, kind, on) == key


def test_the_lists_of_words_hold_together():
    """Organs that stand for a body are Party organs; terms are in order; short forms end somewhere."""
    words = agency_words()
    assert all(take_apart(name).base for name in words.organs.values())
    assert not words.central_organs & {"ubnd", "hdnd", "tu", "hu", "du", "sct"}
    assert list(term_starts()) == sorted(set(term_starts()))
    assert not set(words.short_forms) & {part for full in words.short_forms.values() for part in full.lower().split()}
