"""A mark stamped on a page is read: in red or in black, askew, beside another; print that spells it is none."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.marks import read_marks
from tests.ingest.making import drawn, serif

LINES = ["Căn cứ Luật Tổ chức chính quyền địa phương;", "BÍ MẬT NHÀ NƯỚC", "Ủy ban nhân dân tỉnh yêu cầu các cơ quan báo cáo."]
RED, BLACK = (200, 30, 40), (20, 20, 20)


def stamped(*stamps):
    """Press stamps (mark, ink, angle, place) on a page of print at 300 dots an inch."""
    page, face = drawn(LINES, size=(2480, 3508), points=52, gap=88, top=1000), ImageFont.truetype(serif(), 58)
    for mark, ink, angle, place in stamps:
        stamp = Image.new("RGB", (120 + 56 * len(mark), 100), "white")
        pen = ImageDraw.Draw(stamp)
        pen.rectangle((0, 0, stamp.width - 1, stamp.height - 1), outline=ink, width=7)
        pen.text((stamp.width / 2, stamp.height / 2), mark, ink, face, anchor="mm")
        page.paste(stamp.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white"), place)
    return np.asarray(page)


@pytest.mark.parametrize(
    ("marks", "stamps"),
    [
        ({"MẬT"}, [("MẬT", RED, 0, (200, 500))]),
        ({"MẬT"}, [("MẬT", BLACK, 4, (200, 500))]),
        ({"TUYỆT MẬT"}, [("TUYỆT MẬT", RED, -5, (300, 600))]),
        ({"TỐI MẬT"}, [("TỐI MẬT", BLACK, -3, (300, 600))]),
        ({"KHẨN", "TỐI MẬT"}, [("KHẨN", RED, 0, (500, 500)), ("TỐI MẬT", RED, 3, (300, 610))]),
        ({"KHẨN", "TỐI MẬT"}, [("KHẨN", BLACK, 0, (500, 400)), ("TỐI MẬT", BLACK, 3, (300, 610))]),
        (set(), [("SAO Y", RED, 0, (200, 500))]),
        (set(), [("BÍ MẬT NHÀ NƯỚC", BLACK, 0, (200, 500))]),
        (set(), []),
    ],
)
def test_marks_are_read(marks, stamps):
    """Every stamp that spells a mark, whatever its ink, and no other."""
    assert {mark.text for mark in read_marks(stamped(*stamps))} == marks
