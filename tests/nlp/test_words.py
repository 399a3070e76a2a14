"""Where a sentence stops saying who and begins saying what to do, told by the tagger."""

import pytest

from nlp.words import first_verb


@pytest.mark.parametrize(
    ("task", "sentence"),
    [
        ("dự họp", "các đồng chí dự họp đầy đủ, đúng thành phần"),
        ("xét tặng", "Bộ trưởng Bộ Giáo dục và Đào tạo xét tặng Bằng khen cho tập thể"),
        ("nghiêm túc nhận", "các đơn vị nghiêm túc nhận lỗi trước dân"),
        ("đóng dấu", "Văn phòng đóng dấu bằng"),
        (None, "Sở Nội vụ"),
        (None, "Giám đốc Sở Xây dựng và Chủ tịch Ủy ban nhân dân các xã, phường"),
        (None, ""),
    ],
)
def test_the_first_verb_after_the_name_begins_the_task(task, sentence):
    """Adverbs right before a verb belong to it; a name alone has no verb."""
    at = first_verb(sentence)
    assert (None if at is None else sentence[at : at + len(task or "")]) == task


def test_a_long_sentence_is_cut_before_it_is_tagged():
    """The tagger's cost is quadratic in its input: what lies beyond 400 characters is not looked at."""
    assert first_verb("Sở Nội vụ và " * 40 + "các đơn vị rà phá bom mìn") is None
