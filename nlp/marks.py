"""Is it marked urgent or secret? (Nghị định 30/2020/NĐ-CP, Phụ lục I; Luật Bảo vệ bí mật nhà nước)"""

from collections.abc import Iterable, Sequence

from nlp.directive import Found, Place
from nlp.letters import bare
from nlp.lines import Printed

URGENCY = ("Hỏa tốc hẹn giờ", "Thượng khẩn", "Hỏa tốc", "Khẩn")
SECRECY = ("Tuyệt mật", "Tối mật", "Mật")


def is_mark(text: str) -> bool:
    """Say whether a line is nothing but a mark of urgency or secrecy, printed as one: `HỎA TỐC`, `Mật`."""
    return _mark(text, URGENCY) is not None or _mark(text, SECRECY) is not None


def _mark(text: str, marks: Sequence[str]) -> str | None:
    stripped = text.strip(" .:*-_|[](){}'\"")
    if not (stripped.isupper() or stripped in marks):
        return None
    return next((mark for mark in marks if bare(stripped) == bare(mark)), None)


def read_marks(lines: Iterable[Printed]) -> tuple[Found[str] | None, Found[str] | None]:
    """Give (urgency, secrecy) from lines that print a mark alone."""
    urgency = secrecy = None
    for line in lines:
        for text in line.plain.split("  "):
            urgent, secret = _mark(text, URGENCY), _mark(text, SECRECY)
            if urgent and urgency is None:
                urgency = Found(urgent, Place(line.span), 0.9, "dấu chỉ mức độ khẩn")
            if secret and secrecy is None:
                secrecy = Found(secret, Place(line.span), 0.9, "dấu chỉ độ mật")
    return urgency, secrecy
