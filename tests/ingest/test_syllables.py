"""Syllables are told by how they are built, glued words parted by what official texts use."""

import pytest

from ingest.syllables import is_syllable, marked_share, mended, soundness, unglued


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quyết",
        "gìn",
        "giếng",
        "uỷ",
        "ủy",
        "quả",
        "khuya",
        "thuở",
        "xoong",
        "yết",
        "ưu",
        "ĐƯỜNG",
        "Hòa",
        "hoà",
        "oái",
        "quốc",
        "ngoằn",
        "huỳnh",
    ],
)
def test_what_is_built_as_a_syllable_is_one(word):
    """Onset, rhyme and tone fit together, in any case and with the tone mark in either place."""
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        "thuat",
        "viẹt1",
        "cák",
        "nghanh",
        "kồ",
        "quyét",
        "bb",
        "UBND",
        "đ",
        "lien",
        "chức2",
        "tác̉",
        "ngiêm",
        "internet",
        "ðảng",
        "",
        "nghiêngg",
    ],
)
def test_what_breaks_the_rules_of_spelling_is_none(word):
    """A stop with the wrong tone, an onset before the wrong vowel, a rhyme that there is not."""
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("parted", "glued"),
    [
        ("uỷ về tăng", "uỷvềtăng"),
        ("Đề nghị Đảng", "ĐềnghịĐảng"),
        ("chủ trì phối hợp", "chủtrì phốihợp"),
        ("kinh tế 02 con số", "kinh tế02 con số"),
        ("Đảng uỷ UBND xã", "Đảng uỷUBND xã"),
        ("hình ảnh", "hìnhảnh"),
        ("Từ 08h45’", "Từ08h45’"),
    ],
)
def test_a_lost_space_is_put_back(parted, glued):
    """Glued syllables part where official texts would part them."""
    assert unglued(glued) == parted


@pytest.mark.parametrize(
    "text", ["01/QĐ-UBND", "QĐ138", "NQ/HĐND", "VNeID", "ttcbth@quangngai.gov.vn", "TTĐT", "BTCTU", "Krông Pa", "Đắklắk", "CNVCLĐ", "xAi"]
)
def test_codes_names_and_addresses_stay_whole(text):
    """What is no glued Vietnamese is left alone."""
    assert unglued(text) == text


@pytest.mark.parametrize(
    ("right", "read"), [("Giao", "G1ao"), ("toàn", "t0àn"), ("15", "15"), ("A1", "A1"), ("H5N1", "H5N1"), ("Km0", "Km0")]
)
def test_a_digit_is_a_letter_only_where_that_makes_a_common_word(right, read):
    """Codes and numbers are never touched."""
    assert mended(read) == right


def test_real_prose_is_sound_and_a_broken_character_map_is_not():
    """The two measures tell text that can be believed from text that cannot."""
    prose = [
        "Căn",
        "cứ",
        "Luật",
        "Tổ",
        "chức",
        "chính",
        "quyền",
        "địa",
        "phương",
        "và",
        "đề",
        "nghị",
        "của",
        "Giám",
        "đốc",
        "Sở",
        "Nội",
        "vụ",
    ]
    broken = ["OұS", "7ӌ1+", "L¿O", "CAI", "&Ӝ1*", "ĈLӅX", "QJK͓", "FͯD", "7U˱ͧQJ", "phÚng"]
    bare = [
        "Thuc",
        "hien",
        "Nghi",
        "quyet",
        "cua",
        "Ban",
        "Chap",
        "hanh",
        "Trung",
        "uong",
        "Dang",
        "ve",
        "tiep",
        "tuc",
        "xay",
        "dung",
        "giai",
        "cap",
        "cong",
        "nhan",
    ]
    assert soundness(prose) > 0.95 and marked_share(prose) > 0.2
    assert soundness(broken) < 0.6
    assert soundness(bare) < 0.95 and marked_share(bare) == 0
    assert soundness([]) == marked_share([]) == 0
