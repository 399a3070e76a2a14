"""What comes with the document: outlines, forms, appendices, titled documents?"""

import re

from nlp.directive import Attachment, Place
from nlp.letters import one_line
from nlp.zones import Zones

_KINDS = (
    ("outline", re.compile(r"\s*de cuong\b")),
    ("form", re.compile(r"\s*(?:mau so|mau \d|bieu so|bieu mau|bieu )")),
    ("appendix", re.compile(r"\s*(?:phu luc|danh muc|danh sach)\b")),
    ("document", re.compile(r"\s*(?:quy che|quy dinh|quy trinh|chuong trinh|ke hoach|huong dan|noi quy|dieu le|de an|phuong an)\s*$")),
)


def find_attachments(zones: Zones) -> tuple[Attachment, ...]:
    """Give each attachment by the line in capitals, or the numbered form, with which it begins."""
    found: list[Attachment] = []
    lines = [line for line in zones.printed_in("attachment") if not line.is_blank]
    for i, line in enumerate(lines):
        for kind, pattern in _KINDS:
            if pattern.match(line.bare) and (line.is_caps or (kind in ("form", "appendix") and len(line.plain.split()) <= 4)):
                title = line.plain
                if kind in ("document", "appendix") and i + 1 < len(lines) and len(title.split()) <= 4:
                    title = f"{title} {lines[i + 1].plain}"
                found.append(Attachment(one_line(title).strip(" *"), kind, Place(line.span)))  # type: ignore[arg-type]
                break
    return tuple(found)
