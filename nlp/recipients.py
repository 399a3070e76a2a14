"""To whom does it go (Kính gửi, Nơi nhận), and where is it filed (Lưu)?

Different bodies on one line are parted, people or units of one body and classes stay together; purposes such as
`(b/c)` and lines that only point (`Như trên`) are left out.
"""

import re
from functools import cache

from ingest.transcript import Span
from nlp.borders import LUU, NOI_NHAN
from nlp.directive import Found, Place
from nlp.letters import bare, one_line
from nlp.lexicon import alternatives, load
from nlp.lines import MARKER
from nlp.zones import Paragraph, Zones

_BULLET = re.compile(r"[^\w(]*(?:\w\s+)?[-+*•●▪~]+\s*(?=\S)")  # OCR may leave a stray letter or bar before the dash
_CLASS = re.compile(r"\s*[Cc]ác\s+(?:([^\W\d_]+(?:\s[^\W\d_]+){0,2})\s*:\s*|(?:([Ss]ở|[Bb]ộ|[Bb]an)\s+(?=[A-ZĐ]\w+(?: \w+)*(?:,|;))))")
_UNITS = re.compile(rf"\s*cac\s+{alternatives('form', 'units')}\s*:")  # `Các Vụ: TH, PL` are units of one body
_SHARED = re.compile(r"\s*(Thường trực|TT\.?|Ban Thường trực|Lãnh đạo|Văn phòng)\s*:\s*")  # what several bodies have each
_CODED = re.compile(r"(?:TT|BTV|BCH|VP|BTC|BTG|BDV|BNC|UBKT)\.?\s?(?:TU|ThU|HU|QU|ĐU|TW|HĐND|UBND|MTTQ|UBMTTQ)(?!\w)")
_STAMPED = re.compile(r"[^-]{0,25}[.)\d»›|\]}~¬#].{0,12}?\s-\s+(?=[A-ZĐ])")  # what a stamp left before an item
_BRACKETS = str.maketrans("{}", "()")  # as a coarse scan is read
_NOTE = re.compile(r"\s*\([^()]*\)")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*[.;,]?\s*")
_PURPOSE = re.compile(rf"\s*\((?:de\s+)?{alternatives('form', 'purposes')}\b")
_POINTS = re.compile(rf"\W*{alternatives('form', 'points')}")
_KINH_GUI = re.compile(r".{0,150}\bdien\s*:\s*|\s*(?:k[i1l]nh\s*)?(?:gui|trinh)\b\s*[:.;,]*\s*")
_IS_BODY = re.compile(
    r"[Cc]ác\s+[Bb]an\s+(?:của\s+)?(?:Đảng|đảng|HĐND)(?!\w)"
    rf"|(?:TT\.?\s+|Thường trực\s+|Đoàn\s+)?(?:{alternatives('form', 'shared_line')}|{alternatives('bodies', 'heads')})(?!\w)"
)
_LEVEL = r"(?:tỉnh|huyện|quận|xã|phường|thị xã|thị trấn|thành phố|thành|thị|TP|đặc khu)"
_PLACED = re.compile(  # `Giám đốc các Sở: A, B`, `UBND các tỉnh, thành phố: C, D`
    rf"\s*(?P<who>[^:;]{{0,60}}?[^\W\d_])\s+c[áa]c\s+(?P<levels>(?:Sở|Bộ|{_LEVEL})(?:(?:, ?|\s+và\s+){_LEVEL})*)\s*:\s*(?=[A-ZĐ])"
)
_KEPT = re.compile(  # commas inside a known name, brackets, a list of levels (`các tỉnh, thành phố`)
    alternatives("bodies", "with_comma") + rf"|\([^()]*\)|[Cc]ác {_LEVEL}(?:, ?{_LEVEL})+(?!\w)"
)
_UNIT = re.compile(r"(?:Vụ|Cục|Phòng|Thanh tra|Trung tâm|Viện)\s")
_LOCAL = re.compile(r"(?:Phòng|Đoàn|Hội|Trung tâm|Ban|Trạm|Công an|Đội|Chi cục)(?!\w)")
_OVER = re.compile(r"(?:Bộ|Sở|Tổng cục|Văn phòng|Ủy ban|UBND)\s")
_SHORT = re.compile(rf"(?:TT\.?\s+|Thường trực\s+)?{alternatives('form', 'placeless')}")
_TYPED = re.compile(r"\s+(?:[a-zA-Z]:\\|\\\\)")  # where the typist's file lies
_SIGNS = " .,;:-„“”'\"|/¿¡~^`_=*<>«»\\"  # around what is filed where; OCR adds the strange ones
_PLACE = re.compile(r"\s(?:tỉnh|thành phố|huyện|xã|phường|các)\b.*$")


def read_addressees(zones: Zones) -> tuple[Found[str], ...]:
    """Give the bodies under Kính gửi, one each."""
    found: list[Found[str]] = []
    for paragraph in zones.within("addressees"):
        text, start = _item(zones, paragraph)
        match = _KINH_GUI.match(bare(text))
        if match:
            text, start = text[match.end() :], start + match.end()
            marker = MARKER.match(text)
            if marker and marker["marker"] in "-+*•~":
                text, start = text[marker.end() :], start + marker.end()
        if not _IN_BRACKETS.fullmatch(text):
            found += _parted(text, start, "mục Kính gửi")
    return tuple(found)


def _item(zones: Zones, paragraph: Paragraph) -> tuple[str, int]:
    """Give the text of an item behind its bullet, and where it starts."""
    text, start = zones.text(paragraph.span).translate(_BRACKETS), paragraph.span.start
    match = _BULLET.match(text) or _STAMPED.match(text)
    if match:
        return text[match.end() :], start + match.end()
    lead = len(text) - len(text.lstrip(" .,~_«»—:;'\"|"))
    return text[lead:], start + lead


def _parted(text: str, start: int, rule: str) -> list[Found[str]]:
    """Part a line into bodies and tidy each."""
    found = []
    if _UNITS.match(bare(text)):
        units, semicolon, rest = text.partition(";")
        return [*_whole(units, start, rule), *(_parted(rest, start + len(units) + 1, rule) if semicolon and rest.strip() else ())]
    class_word = _CLASS.match(text) or _shared_word(text) or _PLACED.match(text)
    pieces = _parted_class(text[class_word.end() :]) if class_word else re.split(r"[;\n]", text)
    for piece in pieces:
        for name in _split_bodies(_NOTE.sub(_without_purpose, piece)):
            tidy = one_line(name).strip(" .,;:-*_/|")
            if class_word and tidy:
                tidy = f"{_class_name(class_word, tidy)} {tidy}"
            if len(tidy) >= 2 and re.search(r"[^\W\d_]{2}", tidy):
                at = max(0, text.find(tidy[:12]))
                found.append(Found(tidy, Place(Span(start + at, start + at + len(tidy))), 0.88, rule))
    return found


def _whole(text: str, start: int, rule: str) -> list[Found[str]]:
    """Keep units of one body together."""
    tidy = one_line(_NOTE.sub(_without_purpose, text)).strip(" .,;:-*_/|")
    return [Found(tidy, Place(Span(start, start + len(text))), 0.88, rule)]


def _class_name(word: re.Match[str], member: str) -> str:
    """Give what stands once for all members of a class; of several levels of places the one that a member has, if it is known."""
    if word.re is _PLACED:
        who, levels = word["who"], re.split(r", ?|\s+và\s+", word["levels"])
        if len(levels) > 1:
            city = member in load("places")["cities"]
            levels = ["thành phố" if city else "tỉnh"] if set(levels) == {"tỉnh", "thành phố"} else [""]
        return f"{who} {levels[0]}".strip()
    name = next(group for group in word.groups() if group)
    return name.capitalize() if word.re is _CLASS else name


def _shared_word(text: str) -> re.Match[str] | None:
    """`Thường trực: Tỉnh ủy, HĐND tỉnh` names two bodies; `Văn phòng: CVP, PCVP` the people of one."""
    word = _SHARED.match(text)
    return word if word and all(_is_body(part.strip()) for part in _parted_class(text[word.end() :])) else None


def _is_body(name: str) -> bool:
    return bool(_IS_BODY.match(name) or _CODED.match(name) or (name[:1].isupper() and _damaged_body().match(bare(name))))


@cache
def _damaged_body() -> re.Pattern[str]:
    """Names of several syllables without their marks, which OCR loses; one syllable alone would be many words."""
    heads = "|".join(sorted((re.escape(bare(head)) for head in load("bodies")["heads"] if " " in head), key=len, reverse=True))
    return re.compile(rf"(?:{heads})(?!\w)")


def _parted_class(text: str) -> list[str]:
    """Part `Nội vụ, Văn hóa, Thể thao và Du lịch`: at semicolons, else at commas but for those inside a known name or brackets."""
    text = text.strip(" .;,")
    if ";" in text:
        return text.split(";")
    kept = _KEPT.sub(lambda m: m[0].replace(",", "\0"), text)
    return [piece.replace("\0", ",") for piece in kept.split(",")]


def _without_purpose(note: re.Match[str]) -> str:
    return "" if _PURPOSE.match(bare(note[0])) else note[0]


def _split_bodies(text: str) -> list[str]:
    """`HĐND, UBND xã` → `HĐND xã`, `UBND xã`; what is not a list of bodies stays whole, as do the units of one body."""
    parts = _parted_class(text) if ";" not in text else [text]
    unit_of_body = len(parts) == 2 and _UNIT.match(parts[0].strip()) and _OVER.match(parts[1].strip())
    if len(parts) < 2 or unit_of_body or not all(_is_body(part.strip()) for part in parts):
        return [text]
    place = _PLACE.search(parts[-1])
    names = [part.strip() for part in parts]
    if place is None:
        return names
    if re.match(r"\s*các\s", place[0]) and any(_LOCAL.match(name) for name in names[:-1]):
        return [text]  # `Phòng A, Phòng B các huyện`: each of them is in each district
    return [f"{name} {place[0].strip()}" if _SHORT.fullmatch(name) else name for name in names]


def read_recipients(zones: Zones) -> tuple[tuple[Found[str], ...], Found[str] | None]:
    """Give (recipients, the filing line behind `Lưu:`)."""
    found: list[Found[str]] = []
    filed: Found[str] | None = None
    for paragraph in zones.within("recipients"):
        text, start = _item(zones, paragraph)
        match = NOI_NHAN.match(bare(text))
        if match:
            text, start = text[match.end() :], start + match.end()
            marker = MARKER.match(text)
            if marker:
                text, start = text[marker.end() :], start + marker.end()
        if not text.strip() or _POINTS.match(bare(text)):
            continue
        luu = LUU.match(bare(text))
        if luu:
            filed = filed or _filed(text, start, luu.end())
            continue
        inline = re.search(r"[;.]\s*-?\s*Lưu\s*:?\s*", text)
        if inline:
            filed = filed or _filed(text, start, inline.end())
            text = text[: inline.start()]
        found += _parted(text, start, "mục Nơi nhận")
    return tuple(found), filed


def _filed(text: str, start: int, at: int) -> Found[str] | None:
    value = _TYPED.split(one_line(text[at:]))[0].strip(_SIGNS)
    value = re.sub(r"^tại\s+", "", value)
    return Found(value, Place(Span(start + at, start + len(text))), 0.88, "dòng Lưu") if value else None
