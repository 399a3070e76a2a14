"""What came with a cited document is known by its title."""

import pytest

from api.relations import edges
from nlp.enclosed import enclosed_title


@pytest.mark.parametrize(
    ("title", "before"),
    [
        ("Quy chế thi tuyển viên chức", "tại khoản 1 Điều 1 của Quy chế thi tuyển viên chức ban hành kèm theo "),
        ("Quy chế quy định việc đi lại", "sửa đổi Quy chế quy định việc đi lại được ban hành kèm theo "),
        ("Điều lệ trường mầm non", "thực hiện Điều lệ trường mầm non kèm theo "),
        ("danh mục thuốc, hóa chất", "bổ sung danh mục thuốc, hóa chất ban hành kèm theo "),
        ("Bộ tiêu chí xã nông thôn mới", "đạt chuẩn theo Bộ tiêu chí xã nông thôn mới được ban hành kèm theo "),
        (None, "Quy chế thi tuyển viên chức theo "),
        (None, "ban hành kèm theo "),
        (None, "báo cáo theo mẫu số 1 ban hành kèm theo "),
        (None, "Quy chế thi. Nội dung khác ban hành kèm theo "),
        (None, "Quy định số 12/QĐ-UBND về việc thi ban hành kèm theo "),
        (None, "Quy chế ban hành kèm theo "),
    ],
)
def test_a_title_ends_where_it_is_said_to_come_with_another(title, before):
    """The nearest large word of a kind begins it; a form, a sentence before, a number are no title."""
    assert enclosed_title(before) == title


def test_the_title_stands_in_a_relation_to_the_document_that_brought_it():
    """The passage's own relation to that document stays."""
    text = "Bãi bỏ khoản 1 Điều 1 của Quy chế thi tuyển viên chức ban hành kèm theo Thông tư số 17/2023/TT-BMT ngày 10 tháng 10 năm 2023."
    found = {(edge["source"], edge["target"], edge["relation"]) for edge in edges(text.encode(), "5/2025/TT-BMT", "Thông tư")}
    assert found == {("self", "17/2023/TT-BMT", "repeals"), ("Quy chế thi tuyển viên chức", "17/2023/TT-BMT", "attached")}
