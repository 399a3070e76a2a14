"""Who signed, in which position, on whose behalf?

The block at the bottom right: lines of authority (TM., KT., TL., TUQ.; T/M, K/T, T/L in Party papers), the signer's
own position, the name (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7; domain of Party forms: 36-HD/VPTW).
"""

import re
from collections.abc import Sequence

from ingest.transcript import Span, Transcript
from nlp.borders import AUTHORITY, POSITION, is_person, is_title_like
from nlp.directive import Found, Place, Signer
from nlp.issuer import ordinary
from nlp.letters import bare, one_line
from nlp.likeness import likeness
from nlp.lines import Printed

_PREFIX = re.compile(r"\s*(?P<mark>t\s*[./]?\s*u\s*[./]?\s*q|t\s*[./,]?\s*[mlu1]|k\s*[./,]?\s*t|q)\s*[./,]*\s*", re.ASCII)
_SPELLED = {"tm": "TM.", "kt": "KT.", "tl": "TL.", "t1": "TL.", "tuq": "TUQ.", "tu": "T/U", "q": "Q."}
_PARTY = {"tm": "T/M", "kt": "K/T", "tl": "T/L", "t1": "T/L", "tu": "T/U", "tuq": "T/UQ", "q": "Q."}
_OFFICE_HELD = re.compile(r"\s*(?:chu tich|pho chu tich|giam doc|pho giam doc|thu truong|uy vien)\b.*\b(?:ubnd|uy ban|so |tinh|bo )")


def read_signer(lines: Sequence[Printed], transcript: Transcript) -> Signer:
    """Read the signature block; fields that are not there are None."""
    titles, name = _titles(lines), _name(lines)
    authorities = [(text, span) for text, span, is_authority in titles if is_authority]
    positions = [(text, span) for text, span, is_authority in titles if not is_authority]
    authority = None
    if authorities:
        text = ", ".join(text for text, _ in authorities)
        authority = Found(text, Place(Span(authorities[0][1].start, authorities[-1][1].end)), 0.9, "dòng thẩm quyền ký")
    position = None
    if positions:
        text, span = positions[0]
        position = Found(text, Place(span), 0.88, "dòng chức vụ của người ký")
    return Signer(_known(name, transcript), position, authority)


def _titles(lines: Sequence[Printed]) -> list[tuple[str, Span, bool]]:
    """Give (text in ordinary capitals, span, is it an authority) of the block's titles; a title may run over two lines."""
    titles: list[tuple[list[str], Span, bool]] = []
    last = -9
    for i, line in enumerate(lines):
        if line.is_blank or not line.is_caps or len(line.plain.split()) > 12:
            continue
        low = line.bare.strip(" *")
        is_authority = bool(AUTHORITY.match(low))
        fresh = is_authority or bool(POSITION.match(low))
        if titles and not fresh and i - last == 1 and not is_person_caps(line.plain):
            parts, span, kind = titles[-1]
            titles[-1] = ([*parts, line.plain], Span(span.start, line.span.end), kind)
        elif fresh:
            titles.append(([line.plain], line.span, is_authority))
        last = i
    return [(_spelled(" ".join(parts), authority=kind), span, kind) for parts, span, kind in titles]


def is_person_caps(text: str) -> bool:
    """A name printed in capitals cannot be told from a body's by its look; a body has one of its words."""
    return len(text.split()) in (2, 3, 4) and not re.search(r"\b(?:tinh|xa|huyen|thanh pho|dang|ban|uy|so|bo|phong|vu|cuc)\b", bare(text))


def _spelled(text: str, *, authority: bool) -> str:
    """`KT.CHỦ TỊCH` → `KT. Chủ tịch`; `T/M BAN THƯỜNG VỤ` → `T/M Ban Thường vụ`."""
    text = one_line(text).strip(" *,;")
    if not authority:
        return ordinary(text)
    match = _PREFIX.match(bare(text))
    if not match:
        return ordinary(text)
    key = re.sub(r"[^a-z1]", "", match["mark"])
    table = _PARTY if "/" in text[: match.end()] else _SPELLED
    return f"{table.get(key, text[: match.end()].strip())} {ordinary(text[match.end() :])}"


def _name(lines: Sequence[Printed]) -> Found[str] | None:
    """The last line that looks like a name, below a title."""
    titled = next((i for i, line in enumerate(lines) if line.is_caps and is_title_like(line.plain)), None)
    if titled is None:
        return None
    best = None
    for line in lines[titled + 1 :]:
        text = one_line(re.sub(r"^(?:(?:GS|PGS|TS|ThS|BS|CN|KS)\.?\s*)+", "", line.plain.strip(" *.,;:-_|'\"“”")))
        if (is_person(text) and not line.is_caps) or (line.is_caps and is_person(text) and is_person_caps(text)):
            at = line.plain.find(text.split()[0])
            span = Span(line.span.start + max(0, at), line.span.end)
            best = Found(text, Place(span), 0.9, "họ tên dưới chức vụ")
            if not line.is_caps:
                break
    return best


def _known(name: Found[str] | None, transcript: Transcript) -> Found[str] | None:
    """A digital signature tells the name better than print under a seal, if it is plainly the same name."""
    for signature in transcript.signatures:
        signer = one_line(signature.signer or "")
        if not signer or not is_person(signer):
            continue
        if name is None:
            return Found(signer, Place(page=signature.page, box=signature.box), 0.8, "chữ ký số")
        if likeness(name.value, signer) >= 0.75:
            return Found(signer, name.place, 0.97, "họ tên dưới chức vụ, khớp chữ ký số")
    return name
