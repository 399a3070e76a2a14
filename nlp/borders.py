"""Where does the head end, where do recipients, signature and attachments begin?

Anchors are looked for in bare text (no diacritics), because OCR loses tone marks in capitals first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.kind import names_of_kinds
from nlp.letters import bare
from nlp.lexicon import alternatives
from nlp.lines import Printed

KINH_GUI = re.compile(r"\s*(?:gui\s*:\s*$|kinh\s*(?:gui|trinh)\b|k[i1l]nh g[uư]i)|.{0,150}\bdien\s*:\s*$")
NOI_NHAN = re.compile(  # OCR may lose or mistake the slanted N
    r"\W*[^\W_]?n[o0]\s?(?:[o0]\s?)?[i1l]\s*nh[ae4][nm]\b\s*[:;.,]?|\W*[^\W_]?[o0][i1l]\s*nhan\s*:"
)
LUU = re.compile(r"[\W_]*l[uư][uư]\b\s*[:;.]?")
AUTHORITY = re.compile(
    r"\s*(?:t\s*[./]?\s*m|k\s*[./]?\s*t|t\s*[./]?\s*l|t\s*[./]?\s*u\s*[./]?\s*q|q)\s*[./,]\s*[a-z]|\s*[tk]/[mtlu]\b"
    rf"|\s*(?:t[ul1i]|k[tiu]|tm)\s+(?={alternatives('form', 'positions')})"  # a seal hides the point
)
_ONE_WORD = re.compile(r"[HK]['’][A-ZĐ][a-zà-ỹ]{1,9}")
_ONE_LETTER = frozenset("YAHKUÊƠÁÓ")  # names of the highlands begin with one or hold one (`Y …`, `… A …`)
POSITION = re.compile(rf"\s*(?:q\.?\s*)?(?:pho\s+)?{alternatives('form', 'positions')}\b")
BODY = re.compile(r"\s*(?:uy ban|hoi dong|ban (?!chi)|dang uy|tinh uy|huyen uy|bo chinh tri)")
COPIED = re.compile(r"\W*(?:sao y|sao luc|trich sao|ban sao|sao nguyen van)\b")
ATTACHMENT = re.compile(rf"\s*{alternatives('form', 'attachments')}\b|\s*mau \d")
_OPENING = re.compile(rf"\s*[-+*]?\s*(?:{alternatives('form', 'sentence')}\s|ngay \d|i\s*[.-]|1\s*[.-]|dieu 1)")
DISPOSES = re.compile(r"\s*(?:quyet dinh|quyet nghi|ket luan|chi thi|nghi quyet)\s*:\s*$")
GROUNDS = re.compile(rf"\s*[-+*]?\s*(?:{alternatives('form', 'grounds')}\s|ngay \d)")
_DECIDES = re.compile(r"\s(?:quyet dinh|quyet nghi|quy dinh|chi thi|ket luan)\s*:?\s*$")  # `TRƯỞNG BAN QUYẾT ĐỊNH:`
_ISSUER = re.compile(rf"\s*{alternatives('form', 'issuers')}\b")
_PREAMBLE = re.compile(r"\s*can cu\s+(?:bo luat|luat|hien phap|phap lenh|nghi|quyet|thong tu|dieu)\b")
_GROUND = re.compile(r"\W*(?:can cu|xet|theo|thuc hien|tren co so)\s")
_CONNECTS = re.compile(rf"(?:,|-|\b{alternatives('form', 'connects')})\s*$")
_MASTHEAD = re.compile(rf"\s*{alternatives('form', 'masthead')}\s")


@dataclass(frozen=True, slots=True)
class Borders:
    """Indices of lines; the end of each zone is exclusive."""

    head_end: int
    title_end: int
    addressees_end: int
    tail: int
    tail_end: int


def find_borders(lines: Sequence[Printed]) -> Borders:
    """Find the borders of one document's zones; every index counts lines."""
    title, kinh_gui = find_title(lines), _first(lines, KINH_GUI, stop=80)
    if title is not None and kinh_gui is not None and kinh_gui < title and not lines[title].is_caps:
        title = None
    if title is not None and kinh_gui is not None and title > kinh_gui:
        title = None
    if title is not None:
        head_end, title_end = title, _title_end(lines, title)
    else:
        head_end = kinh_gui if kinh_gui is not None else _head_end(lines)
        title_end = head_end
    addressees_end = title_end
    if title is None and kinh_gui is None:
        head_end, title_end, addressees_end = _unnamed_addressees(lines, head_end)
    if kinh_gui is not None and kinh_gui >= title_end:
        addressees_end = _addressees_end(lines, kinh_gui)
    tail = _tail(lines, addressees_end)
    return Borders(head_end, title_end, addressees_end, tail, _tail_end(lines, tail))


def _first(lines: Sequence[Printed], pattern: re.Pattern[str], stop: int, start: int = 0) -> int | None:
    for i in range(start, min(stop, len(lines))):
        if pattern.match(lines[i].bare):
            return i
    return None


def find_title(lines: Sequence[Printed]) -> int | None:
    """Find the line that prints the kind as a title (`CHỈ THỊ`), in capitals and alone but for a few words."""
    kinds = [bare(kind) for kind in names_of_kinds()]
    for i, line in enumerate(lines[:70]):
        if NOI_NHAN.match(line.bare):
            return None
        text = line.bare.strip(" .:*-_")
        if not line.is_caps or (line.kind == "left column" and i < 3):
            continue
        if any(text == kind or (text.startswith(kind + " ") and len(text) <= len(kind) + 40) for kind in kinds) and not _is_masthead(line):
            return i
    return None


def _is_masthead(line: Printed) -> bool:
    return bool(_MASTHEAD.match(line.bare)) and line.bare.strip() != "bao cao"


def _title_end(lines: Sequence[Printed], title: int) -> int:
    """Give the line after the subject under the title."""
    taken = 0
    for i in range(title + 1, min(len(lines), title + 16)):
        line = lines[i]
        if line.is_blank:
            if taken and not _continues_small(lines, i):
                return i
            continue
        if line.is_furniture and not line.plain.strip().isdigit():
            return i
        if line.bare.lstrip().startswith("("):
            taken += 1
            continue
        if KINH_GUI.match(line.bare) or (taken and _leaves_title(lines[i - 1], line)):
            return i
        if not taken and _OPENING.match(line.bare) and line.wide and not line.centred and not line.is_caps:
            return i
        taken += 1
    return min(len(lines), title + 16)


def _continues_small(lines: Sequence[Printed], blank: int) -> bool:
    following = next((line for line in lines[blank + 1 : blank + 4] if not line.is_blank), None)
    return following is not None and following.plain.strip()[:1].islower()


def _leaves_title(before: Printed, line: Printed) -> bool:
    """Say whether a line under the title is no line of its subject any more."""
    if line.plain.strip()[:1].islower() and not re.match(r"\s*[a-zđ]\)", line.plain):
        return _fills_under_short(before, line)
    opens = bool(_OPENING.match(line.bare))
    sentence = line.box is not None and line.wide and not line.centred and opens
    if line.marker or DISPOSES.match(line.bare) or sentence or _PREAMBLE.match(line.bare):
        return True
    if _CONNECTS.search(before.plain.lower()):
        return False
    if line.is_caps:
        return not before.is_caps or bool(_ISSUER.match(line.bare))
    return _looks_like_text(before, line, opens=opens)


def _fills_under_short(before: Printed, line: Printed) -> bool:
    """Say whether a line that lost its first word to a stamp runs to the margin under a short one, as no subject does."""
    if before.box is None or line.box is None or not line.wide or line.centred:
        return False
    return line.box.x1 - line.box.x0 > 1.8 * (before.box.x1 - before.box.x0) and line.box.x1 > before.box.x1


def _looks_like_text(before: Printed, line: Printed, *, opens: bool) -> bool:
    """A line of the text is set from margin to margin; without geometry its first words or its length tell it."""
    if line.box is not None:
        return not line.centred or (opens and line.wide)
    longer = len(line.plain) > 1.3 * max(40, len(before.plain))
    return opens or longer or before.plain.rstrip().endswith((".", ";"))


def _head_end(lines: Sequence[Printed]) -> int:
    """Without title and Kính gửi: the head ends where the first sentence begins."""
    for i, line in enumerate(lines[:60]):
        if line.is_caps or line.is_blank or line.kind in ("left column", "right column"):
            continue
        if _OPENING.match(line.bare) and len(line.plain.split()) >= 8:
            return i
    return 0


def _addressees_end(lines: Sequence[Printed], kinh_gui: int) -> int:
    """Give the line after the last addressee."""
    before = lines[kinh_gui]
    for i in range(kinh_gui + 1, min(len(lines), kinh_gui + 60)):
        line = lines[i]
        if line.is_blank or line.is_furniture:
            continue
        if line.marker and line.marker in "-+*•●▪~":
            before = line
            continue
        text = line.plain.strip()
        if text.startswith("(") and text.rstrip(".;,").endswith(")"):  # an address, `(sau đây gọi chung là …)`
            continue
        ended = before.plain.rstrip().endswith((".", ";"))
        colon = before.plain.rstrip().endswith(":")
        listed = colon and not _OPENING.match(line.bare)
        continues = text[:1].islower() or (not ended and len(text) < 45 and not line.wide and text.endswith((".", ";", ",")))
        if listed or (continues and not _OPENING.match(line.bare)) or text[:1].islower():
            before = line
            continue
        return i
    return min(len(lines), kinh_gui + 60)


def _unnamed_addressees(lines: Sequence[Printed], head_end: int) -> tuple[int, int, int]:
    """A letter whose `Kính gửi` a stamp covers: the dash items between the head and its first sentence are the addressees."""
    below = next((i for i in range(min(len(lines), 60) - 1, 0, -1) if lines[i].kind == "right column" and i < 40), 0)
    items = [i for i in range(below + 1, min(len(lines), below + 8)) if below and re.search(r"(?:^|\s)-\s+[A-ZĐ]", lines[i].plain[:30])]
    if not items:
        return head_end, head_end, head_end
    return items[0], items[0], items[-1] + 1


def _tail(lines: Sequence[Printed], start: int) -> int:
    """Find the first line of recipients and signature, whichever is printed first."""
    noi_nhan = _first(lines, NOI_NHAN, len(lines), start)
    limit = noi_nhan if noi_nhan is not None else len(lines)
    lowest = max(start, limit - 12)
    if noi_nhan is None:
        lowest = start
    for i in range(lowest, limit):
        if lines[i].is_caps and AUTHORITY.match(lines[i].bare) and len(lines[i].plain.split()) <= 12:
            return i
        is_position = lines[i].is_caps and POSITION.match(lines[i].bare) and len(lines[i].plain.split()) <= 8
        if noi_nhan is not None and is_position and not _decides(lines, i):
            return i
    if noi_nhan is None:
        return _signature_without_recipients(lines, start)
    return noi_nhan


def _decides(lines: Sequence[Printed], at: int) -> bool:
    """Say whether a position stands over the grounds or articles of a short decision (`GIÁM ĐỐC SỞ NỘI VỤ`), not in its signature."""
    if _DECIDES.search(lines[at].bare):
        return True
    following = next((line for line in lines[at + 1 : at + 6] if not line.is_blank and not re.fullmatch(r"[\W_]*", line.plain)), None)
    return following is not None and bool(_GROUND.match(following.bare) or DISPOSES.match(following.bare))


def _signature_without_recipients(lines: Sequence[Printed], start: int) -> int:
    for i in range(len(lines) - 1, max(start, len(lines) - 30), -1):
        if lines[i].is_caps and POSITION.match(lines[i].bare) and len(lines[i].plain.split()) <= 8:
            return i
    return len(lines)


def is_person(text: str) -> bool:
    """Say whether a line can be a person's name: two to six words of letters, each with a capital, or one like `K'Brôi`."""
    words = text.split()
    lettered = [word.replace("'", "").replace("’", "") for word in words]
    counted = 2 <= len(words) <= 6 or _ONE_WORD.fullmatch(text) is not None
    shaped = counted and all(word[:1].isupper() and word.isalpha() for word in lettered)
    shaped = shaped and all(len(word) >= 2 or word in _ONE_LETTER for word in lettered) and len(lettered[-1]) >= 2
    mixed = shaped and len({word.isupper() for word in lettered if len(word) > 1}) > 1
    return shaped and not mixed and not is_title_like(text)


def is_title_like(text: str) -> bool:
    """Say whether a line is a position, an authority or a body rather than a name."""
    low = bare(text)
    if re.match(r"\s*(?:Trương|TRƯƠNG)\s", text):  # a family name, which bare looks like `trưởng`
        return False
    return bool(AUTHORITY.match(low) or POSITION.match(low) or re.match(r"\s*(?:ban |uy ban|so |dang uy|huyen uy|van phong|hoi dong)", low))


def _tail_end(lines: Sequence[Printed], tail: int) -> int:
    """Give the line after recipients and signature: behind it stand attachments."""
    signed = filed = False
    last = tail
    for i in range(tail, len(lines)):
        line = lines[i]
        if line.is_blank or line.is_stamp or line.is_furniture:
            continue
        if signed and (is_copy_mark(line) or (filed and not _belongs(line))):
            break
        if i > tail + 1 and ATTACHMENT.match(line.bare) and (line.is_caps or line.centred or signed):
            break
        if signed and not filed and _starts_attachment(lines, i):
            break
        signed = signed or (is_person(line.plain) and _below_title(lines, tail, i))
        filed = filed or bool(LUU.match(line.bare))
        last = i + 1
        if i > tail + 90:
            break
    return last


def is_copy_mark(line: Printed) -> bool:
    """Say whether a line says that what stands above was copied: below it stand number, recipients and signer of the copy."""
    return COPIED.match(line.bare) is not None and len(line.plain.split()) <= 12


def _below_title(lines: Sequence[Printed], tail: int, at: int) -> bool:
    """A name is a signature only below an authority or position in capitals."""
    above = [line for line in lines[tail:at] if line.is_caps]
    return any(AUTHORITY.match(line.bare) or POSITION.match(line.bare) for line in above)


def _belongs(line: Printed) -> bool:
    """Say whether a line behind name and filing line still belongs to them: a copy mark, a second signer, more of the list."""
    return line.kind in ("left column", "right column") or bool(
        re.match(r"\s*\(?(?:da ky|ky ten)", line.bare) or (AUTHORITY.match(line.bare) and line.is_caps) or line.plain.strip()[:1].islower()
    )


def _starts_attachment(lines: Sequence[Printed], at: int) -> bool:
    line = lines[at]
    return bool(re.match(r"\s*(?:cong hoa xa hoi|dang cong san viet nam|phu luc)", line.bare)) and lines[at].page > lines[0].page
