"""What is it about (trích yếu)?

A letter says it under the number; every other kind under its title (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.5).
"""

import re
from collections.abc import Sequence

from ingest.transcript import Span
from nlp.directive import Found, Place
from nlp.letters import one_line
from nlp.lexicon import load
from nlp.likeness import nearest
from nlp.lines import Printed
from nlp.marks import is_mark
from nlp.zones import Zones

_RIGHT = re.compile(
    r"\s*(?:cong hoa xa|cong h[o0]a|doc lap|dang cong san|dang csvn|"
    r".{0,40}\bngay\b.{0,14}\bthang\b.{0,12}\bnam\b|kinh (?:gui|trinh)|kinh\s*$"
    r"|doan tncs ho chi minh\W*$|[a-z][a-z0-9 .'’-]{1,40},\s*ngay\s*\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}\W*$)"
)
_ALIKE = 0.85  # a motto with one letter in seven misread
_STAMPED_OVER = re.compile(r"^.{0,120}[|#\[\]{}\\§¬~].{0,60}?(?=Về việc )")
_OPENS = re.compile(r"^\W*[VWv]\s*[/.]\s*[vw]\s*[:.]?\s*(?=\S)|^\s*\(?\s*V/v\s*")


def subject_of_letter(head: Sequence[Printed], number_end: int | None) -> Found[str] | None:
    """Read the subject of a letter: what stands in the left column under its number, which ends at number_end."""
    taken: list[Printed] = []
    for line in head:
        if (number_end is None or line.span.start < number_end) and not (taken or _OPENS.match(line.plain)):
            continue
        if line.is_blank or line.is_furniture or line.is_stamp or is_mark(line.plain) or line.kind == "stamp":
            continue
        if _RIGHT.match(line.bare) or line.kind == "right column" or _is_motto(line):
            if taken:
                break
            continue
        taken.append(line)
    text = one_line(" ".join(line.plain for line in taken))
    text = _OPENS.sub("", text).strip(" *-_.;:")
    if not re.search(r"[^\W\d_]{2,}.*[^\W\d_]{2,}", text):
        return None
    return Found(text, Place(Span(taken[0].span.start, taken[-1].span.end)), 0.9, "trích yếu dưới số, ký hiệu")


def _is_motto(line: Printed) -> bool:
    """Say whether a line is a motto, be a letter of it misread (`ĐẢNG GỘNG SẢN VIỆT NAM`)."""
    return nearest(line.bare.strip(), load("form")["mottos"], _ALIKE) is not None


def subject_of_titled(zones: Zones, kind_words: int) -> Found[str] | None:
    """Read the subject under the title; a line in brackets is not part of it. kind_words: words of the title line that name the kind."""
    lines = [line for line in zones.printed_in("title") if not line.is_blank and not line.is_furniture and not line.is_stamp]
    if not lines:
        return None
    rest = " ".join(lines[0].plain.split()[kind_words:])
    rest = "" if is_mark(rest) else rest
    taken = [line for line in lines[1:] if not is_mark(line.plain)]
    taken = _without_brackets(taken)
    text = one_line(" ".join([rest, *(line.plain for line in taken)])).strip(" *-_;:.")
    text = _STAMPED_OVER.sub("", text)
    if len(text) < 4:
        return None
    span = Span((taken or lines)[0].span.start, (taken or lines)[-1].span.end)
    return Found(text, Place(span), 0.88, "trích yếu dưới tên loại")


def _without_brackets(lines: list[Printed]) -> list[Printed]:
    """Drop `(Ban hành kèm theo …)`, also over several lines."""
    kept, depth = [], 0
    for line in lines:
        opens = line.plain.lstrip(" *").startswith("(") or depth > 0
        if opens:
            depth = max(0, depth + line.plain.count("(") - line.plain.count(")"))
            continue
        kept.append(line)
    return kept
