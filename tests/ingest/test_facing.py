"""Text files print the head and the end of a letter in two columns: which lines are they, and in which order are they read?"""

import pytest

from ingest.facing import column_by_column

HEAD = """
UBND XÃ MẪU SƠN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TRẠM Y TẾ                      Độc lập - Tự do - Hạnh phúc
   Số: 12/TYT              Mẫu Sơn, ngày 02 tháng 3 năm 2026

Kính gửi: UBND xã
"""
TAIL = """
Đề nghị các thôn thực hiện./.

Nơi nhận:                        TM. ỦY BAN NHÂN DÂN
- Như trên;                           CHỦ TỊCH
- Trạm Y tế;
- Lưu: VT.

                                   Lê Văn Mẫu
"""
TAIL_BELOW = """
                               KT. GIÁM ĐỐC
Nơi nhận:                      PHÓ GIÁM ĐỐC
- Như trên;
- Lưu: VT.                     Lê Văn Mẫu
"""
BARRED = """
| UBND XÃ MẪU SƠN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
| ------- | Độc lập - Tự do - Hạnh phúc |
| Số: 12/KH-UBND | Mẫu Sơn, ngày 02 tháng 3 năm 2026 |
"""
TABBED = "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\tCHỦ TỊCH\n- Lưu: VT.\tLê Văn Mẫu"
SIGNERS = """
TM. BAN THƯỜNG VỤ HỘI NÔNG DÂN        TM. BAN THƯỜNG VỤ HỘI PHỤ NỮ
         CHỦ TỊCH                            CHỦ TỊCH

       Lê Văn Mẫu                          Trần Thị Thử
Nơi nhận:
- Lưu: VT.
"""


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        (
            ["UBND XÃ MẪU SƠN", "TRẠM Y TẾ", "Số: 12/TYT"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Mẫu Sơn, ngày 02 tháng 3 năm 2026"],
            HEAD,
        ),
        (["Nơi nhận:", "- Như trên;", "- Trạm Y tế;", "- Lưu: VT."], ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Văn Mẫu"], TAIL),
        (["Nơi nhận:", "- Như trên;", "- Lưu: VT."], ["PHÓ GIÁM ĐỐC", "Lê Văn Mẫu"], TAIL_BELOW),
        (
            ["UBND XÃ MẪU SƠN", "Số: 12/KH-UBND"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Mẫu Sơn, ngày 02 tháng 3 năm 2026"],
            BARRED,
        ),
        (["Nơi nhận:", "- Như trên;", "- Lưu: VT."], ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Văn Mẫu"], TABBED),
        (
            ["TM. BAN THƯỜNG VỤ HỘI NÔNG DÂN", "CHỦ TỊCH", "Lê Văn Mẫu"],
            ["TM. BAN THƯỜNG VỤ HỘI PHỤ NỮ", "CHỦ TỊCH", "Trần Thị Thử"],
            SIGNERS,
        ),
        ([], [], "STT   Nội dung   Thời hạn\n1     Rà soát    30/6/2026\n2     Báo cáo    05/7/2026"),
        ([], [], "Bước 1:     Tiếp nhận hồ sơ\nBước 2:     Thẩm định hồ sơ\nBước 3:     Trả kết quả"),
        ([], [], "Tên đơn vị\tSố lượng\nThôn Một\t12\nThôn Hai\t15"),
        ([], [], "| Thôn Một | 12 |\n| Thôn Hai | 15 |"),
        ([], [], "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Mẫu"),
    ],
)
def test_head_and_tail_are_read_column_by_column(left, right, text):
    """Left goes before right; tables of data, lists and one column stay as they are, and no line is lost."""
    read = list(column_by_column(text.split("\n")))
    assert [line for line, side in read if side == "left column"] == left
    assert [line for line, side in read if side == "right column"] == right
    words = sorted(text.replace("|", " ").replace("-------", " ").split())
    assert sorted(" ".join(line for line, _ in read).replace("|", " ").replace("-------", " ").split()) == words


@pytest.mark.parametrize("line", ["a   b", "a   b   c", "a" + " " * 30 + "b", "\t", "| a | b |"])
def test_long_texts_of_pairs_are_read_in_time(line):
    """Each line is looked at a bounded number of times."""
    assert len(list(column_by_column([line] * 20_000))) == 20_000
