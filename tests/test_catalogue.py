"""What the catalogue lists, what a text prints, what was read."""

import pytest

from bench import catalogue
from bench.measures import REAL
from nlp.directive import NOWHERE, Directive, Found

pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the judge of the real documents is not here")

NUMBERS = [
    ("right", "12/2025/TT-BXD", "Số: 12/2025/TT-BXD\tHà Nội, ngày 05 tháng 6 năm 2025", "12/2025/TT-BXD"),
    ("wrong", "12/2025/TT-BXD", "Số: 12/2025/TT-BXD\tHà Nội, ngày 05 tháng 6 năm 2025", "21/2025/TT-BXD"),
    ("wrong", "12/2025/TT-BGDĐT", "Số:  12 / 2025 / TT - BGDDT", None),
    ("wrong", "12/2025/TT-BXD", "\tSố: 13/2025/TT-BXD", None),
    ("other", "12/2025/TT-BXD", "Số: 13/2025/TT-BXD\nTheo Thông tư số 12/2025/TT-BXD", "13/2025/TT-BXD"),
    ("other", "43/2019/QH14.", "Luật số: 123/2025/QH15\nsửa đổi Luật số 43/2019/QH14.", "123/2025/QH15"),
    ("wrong", "12/2025/TT-BXD", "Căn cứ Nghị định số 13/2025/NĐ-CP", "13/2025/NĐ-CP"),
    ("blank", "12/2025/TT-BXD", "Số: /2025/TT-BXD", "/2025/TT-BXD"),
    ("blank", "12/2025/TT-BXD", "THÔNG TƯ\nCăn cứ Nghị định số 13/2025/NĐ-CP", None),
]


@pytest.mark.parametrize(("state", "listed", "text", "read"), NUMBERS)
def test_a_number_is_only_excused_where_the_text_prints_none_or_another(state, listed, text, read):
    """What the head prints in any spelling must be read; a number that is only cited excuses nothing."""
    found = Directive("state", number=Found(read, NOWHERE, 0.9, "q") if read else None)
    said: list[str] = []
    catalogue.report([{"number": listed, "type": "", "subject": "x", "title": "x", "text": text}], [found], said.append)
    assert (f"{state:6} '{listed}'" in said[1]) if state != "right" else said[1].startswith("type")
