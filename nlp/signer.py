"""Who signed, in which position, on whose behalf?

The block at the bottom right: lines of authority (TM., KT., TL., TUQ.; T/M, K/T, T/L in Party papers), the signer's
own position, the name (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7; domain of Party forms: 36-HD/VPTW).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.transcript import Span, Transcript
from nlp.borders import AUTHORITY, BODY, POSITION, is_person, is_title_like
from nlp.directive import Found, Place, Signer
from nlp.issuer import ordinary
from nlp.letters import bare, is_upper, one_line
from nlp.lexicon import load
from nlp.likeness import likeness
from nlp.lines import Printed
from nlp.signers import first_signer

_PREFIX = re.compile(
    r"\s*(?P<mark>t\s*[./]?\s*u\s*[./]?\s*q|t\s*[./,]?\s*[mlu1]|ti(?=\s)|k\s*[./,]?\s*t|k[iu](?=\s))\s*[./,]*\s*", re.ASCII
)
_NOISE = re.compile(r"^(?:[^\w(]|[a-zà-ỹ]?[-=›>~¬‹«]+)*\s*")
_CUT = re.compile(r"\W?[.,]\s+(?=[A-ZĐ])")
_VOWEL = re.compile(r"[aeiouy]")
_END = 4  # letters of a title that a seal must leave
_DEGREES = re.compile(
    r"^(?:(?:(?:GS|PGS|TSKH|TS|ThS|BSCK|BS|CKI|CKII|DS|CN|KS|LS|NGƯT|NGND)\b[.,]?\s*|BSCKI{1,2}\.?\s*)"
    r"|(?:Bác sĩ|Luật sư|Tiến sĩ|Thạc sĩ)\s+|(?:Thiếu|Trung|Thượng|Đại)\s+(?:úy|uý|tá|tướng)\s+)+"
)
_SPELLED = {
    "tm": "TM.",
    "kt": "KT.",
    "ki": "KT.",
    "ku": "KT.",
    "tl": "TL.",
    "t1": "TL.",
    "ti": "TL.",
    "tuq": "TUQ.",
    "tu": "TL.",
}
_PARTY = {"tm": "T/M", "kt": "K/T", "tl": "T/L", "t1": "T/L", "tu": "T/U", "tuq": "T/UQ"}
_OFFICE_HELD = re.compile(r"\s*(?:chu tich|pho chu tich|giam doc|pho giam doc|thu truong|uy vien)\b.*\b(?:ubnd|uy ban|so |tinh|bo )")


@dataclass(frozen=True, slots=True)
class _Title:
    """One title of the block: its words, where, its mark of authority as printed (empty for the signer's own).

    covered says that a seal left only the end of its words, cut that of its mark (`KT.`) only the stop is left.
    """

    text: str
    span: Span
    mark: str
    covered: bool = False
    cut: bool = False


def read_signer(block: Sequence[Printed], transcript: Transcript, number: str | None = None, agency: str | None = None) -> Signer:
    """Read the signature block, of several that of the body first in number and agency; fields that are not there are None."""
    lines = first_signer(block, number, agency)
    titles = _with_lost_marks(_titles(lines))
    authorities = [title for title in titles if title.mark]
    own = next((title for title in titles if not title.mark and not title.cut), None)
    authority = None
    if authorities:
        text = ", ".join(f"{title.mark} {ordinary(title.text)}" for title in authorities)
        authority = Found(text, Place(Span(authorities[0].span.start, authorities[-1].span.end)), 0.9, "dòng thẩm quyền ký")
    position = Found(ordinary(own.text), Place(own.span), *_belief(own)) if own else None
    return Signer(_known(_name(lines), transcript), position, authority)


def _belief(own: _Title) -> tuple[float, str]:
    return (0.6, "chức vụ bị dấu che, theo dòng trên") if own.covered else (0.88, "dòng chức vụ của người ký")


def _titles(lines: Sequence[Printed]) -> list[_Title]:
    """Give the titles of the block in reading order; one may run over two lines. What a seal or a pen left before them is dropped."""
    titles: list[_Title] = []
    last = -9
    for i, line in enumerate(lines):
        text = _caps(_DEGREES.sub("", line.plain))
        if not is_upper(text) or sum(c.isalpha() for c in text) < 4 or len(text.split()) > 12:
            continue
        match = AUTHORITY.match(bare(text))
        mark = _mark(text) if match else ""
        text = text[_PREFIX.match(bare(text)).end() :] if mark else text  # type: ignore[union-attr]  # a mark was matched
        fresh = bool(mark or POSITION.match(bare(text)) or (BODY.match(bare(text)) and not titles))
        deputy = _deputy_below(titles, text, line) if i - last == 1 else None
        if deputy:
            titles.append(deputy)
        elif titles and not fresh and i - last == 1 and not is_person_caps(text):
            before = titles[-1]
            titles[-1] = _Title(f"{before.text} {text}", Span(before.span.start, line.span.end), before.mark)
        elif fresh:
            titles.append(_Title(text, line.span, mark, cut=not mark and _CUT.match(line.plain) is not None))
        last = i
    return titles


def _deputy_below(titles: Sequence[_Title], text: str, line: Printed) -> _Title | None:
    """Give the deputy's title of whose words a seal left the end, which is the end of the head's above: `KT. X`, `PHÓ X` below it."""
    if not titles or bare(titles[-1].text).startswith("pho"):
        return None
    head = titles[-1].text
    end = bare(text)
    is_end = len(end) >= _END and bare(head).endswith(end) and len(end) < len(head) and POSITION.match(bare(head))
    return _Title(f"PHÓ {head}", line.span, "", covered=True) if is_end else None


def _caps(text: str) -> str:
    """Give the longest run of words in capitals: a seal or a pen leaves small letters and signs around a title."""
    runs: list[list[str]] = [[]]
    for word in _NOISE.sub("", text).split():
        letters = [c for c in word if c.isalpha()]
        syllable = _VOWEL.search(bare(word)) or _PREFIX.fullmatch(bare(word)) or word in ("UBND", "HĐND", "MTTQ", "Q.")
        if letters and syllable and sum(c.isupper() for c in letters) >= 0.7 * len(letters):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    longest: list[str] = max(runs, key=len)
    return " ".join(longest).rstrip(" *,;/|-.'\"")


def _mark(text: str) -> str:
    """Give the mark of authority in its spelling: `KT.CHỦ TỊCH` → `KT.`, `T/M BAN THƯỜNG VỤ` → `T/M`."""
    match = _PREFIX.match(bare(text))
    if not match:
        return ""
    key = re.sub(r"[^a-z1]", "", match["mark"])
    return (_PARTY if "/" in text[: match.end()] else _SPELLED).get(key, "")


def _with_lost_marks(titles: list[_Title]) -> list[_Title]:
    """Give back a mark that the seal covers: a deputy below his head signs KT., a body is spoken for by TM., another office by TL."""
    if len(titles) < 2 or any(title.mark for title in titles) or _OFFICE_HELD.match(bare(titles[-1].text)):
        return titles
    *above, own = titles
    marked = []
    for title in above:
        deputy = bare(own.text).startswith("pho") and bare(title.text).split()[0] in bare(own.text).split()
        mark = "TM." if BODY.match(bare(title.text)) else "KT." if deputy else "TL."
        marked.append(_Title(title.text, title.span, mark))
    return [*marked, own]


def is_person_caps(text: str) -> bool:
    """A name printed in capitals cannot be told from a body's by its look; a body has one of its words, and rubbish no surname."""
    if bare(text.split(maxsplit=1)[0]) not in load("people")["surnames"]:
        return False
    return len(text.split()) in (2, 3, 4) and not re.search(r"\b(?:tinh|xa|huyen|thanh pho|dang|ban|uy|so|bo|phong|vu|cuc)\b", bare(text))


def _name(lines: Sequence[Printed]) -> Found[str] | None:
    """The first line below a title that looks like a name; in the right column a name needs no title above it."""
    titled = next((i for i, line in enumerate(lines) if line.is_caps and is_title_like(_NOISE.sub("", line.plain))), None)
    best: Found[str] | None = None
    for i, line in enumerate(lines):
        if (titled is None or i <= titled) and line.kind != "right column":
            continue
        text = one_line(_DEGREES.sub("", _NOISE.sub("", line.plain).rstrip(" *.,;:-_|'\"“”/")))
        if not is_person(text) or (line.is_caps and not is_person_caps(text)):
            continue
        known = bare(text.split()[0]) in load("people")["surnames"]
        at = max(0, line.plain.find(text.split()[0]))
        found = Found(text, Place(Span(line.span.start + at, line.span.end)), 0.9 if known else 0.5, "họ tên dưới chức vụ")
        if best is None or found.confidence > best.confidence or (line.is_caps < is_upper(best.value) and known):
            best = found
        if known and not line.is_caps:
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
