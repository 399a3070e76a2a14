"""Which body issued it, and which body stands above?

The masthead prints the parent first and the issuer below it (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.2), in capitals
and over several lines; the name is given in ordinary capitals and with its place.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.transcript import Span
from nlp.directive import Found, Place
from nlp.kind import kind_of_title
from nlp.letters import UPPER, bare, is_upper, one_line
from nlp.lexicon import alternatives, load
from nlp.likeness import nearest
from nlp.lines import Printed

_NOT_A_BODY = re.compile(rf"\s*(?:{alternatives('form', 'not_a_body')}|\*|s[o0]\s*[:.]|s[o0]\s+\d|\d|(?:khan|mat)\s*$)")
_STOP = re.compile(r"\s*(?:s[o0]\s*(?:[:.;]|\d|[-/]|$)|v/v|luat so|nghi quyet so|\*\s*$)")
_PLACE = re.compile(r"\b(?:tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+\S.*$")
_ACTING = frozenset({"ban thuong truc", "ban thuong vu", "ban chap hanh", "doan chu tich"})
_UNENDED = (",", "-", " va", "&", "uy ban thuong vu", "uy ban trung uong", "doan chu tich")
_INSIDE = frozenset(
    ["các", "cơ", "quan", "và", "doanh", "nghiệp", "tỉnh", "thành", "phố", "huyện", "quận", "thị", "xã", "trấn", "phường", "đặc", "khu"]
)
_MOTTO = re.compile(r"\s(?:cong hoa xa hoi chu|doc lap\s*[-.]|dang cong san viet nam)")
_NOISE = re.compile(r"^[\W_]+")
_PLACED_COMMITTEE = re.compile(r"(?:(?:BTV|Ban Thường vụ|Thường trực) )?(?:Tỉnh|Thành|Huyện|Quận|Thị) ủy \S")
_NAMED_ITSELF = re.compile(r"(?:Trường|Đại học|Học viện|Công ty|Tổng công ty)")
_LEVEL = re.compile(r"\b(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu)$")
_LOCAL_COMMITTEE = re.compile(r"(Ban (?:Chấp hành|Thường vụ)) ((?:tỉnh|thành phố|huyện|xã|phường|đặc khu) \S.*)$")
_UNION = re.compile(r"((?:Hội|Đoàn|Công đoàn) .+?)(?: Việt Nam)?$")
_COMMITTEE = re.compile(r"(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng)\s+[uủ][ỷy]\b")


@dataclass(frozen=True, slots=True)
class Masthead:
    """The bodies printed at the top left, above first, each with its span."""

    bodies: tuple[tuple[str, Span], ...]


@cache
def _heads() -> tuple[str, ...]:
    return tuple(sorted({bare(head) for head in load("bodies")["heads"]}, key=len, reverse=True))


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, list[str]], re.Pattern[str], dict[str, str]]:
    """Names of several words by their bare letters, because OCR loses marks in capitals; single words by all their marks."""
    data = load("bodies")
    names = (*data["spelled"], *data["heads"], *load("places")["current"], *load("places")["former"], "thành phố", "thị xã", "thị trấn")
    several: dict[str, list[str]] = {}
    for name in names:
        if " " in name:
            several.setdefault(bare(name), []).append(name)
    single = {name.lower(): name for name in names if " " not in name}
    return _any_of(several), several, _any_of(single), single


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)")


def ordinary(caps: str) -> str:
    """Give a name printed in capitals in ordinary ones: `SỞ CÔNG THƯƠNG TỈNH LÀO CAI` → `Sở Công Thương tỉnh Lào Cai`."""
    text = one_line(caps).strip(" .,;:*-").lower()
    several, by_letters, single, by_marks = _spellings()
    text = single.sub(lambda match: by_marks[match[0]], text)
    letters = list(text)
    for match in several.finditer(bare(text)):
        letters[match.start() : match.end()] = _nearest_spelling(by_letters[match[0]], text[match.start() : match.end()])
    text = "".join(letters)
    units = "|".join(re.escape(unit) for unit in load("bodies")["units"])
    text = re.sub(rf"\b(?:{units})\s+(?!ủy\b|đoàn\b)([^,;()]*)", _capitalise_place, text)
    text = re.sub(r"\b(?:Tỉnh|Thành|Huyện|Quận|Thị) ủy\s+([^,;()]*)", _capitalise_place, text)
    return text[:1].upper() + text[1:]


def _nearest_spelling(names: Sequence[str], read: str) -> str:
    """Give the name whose marks are those that were read (`thủ trưởng` is no `Thứ trưởng`), else the last."""
    return next((name for name in names if name.lower() == read.lower()), names[-1])


def respelled(name: str) -> str:
    """Give a name read from a picture with the marks that its known parts have: `Chính phú` → `Chính phủ`."""
    name = one_line(re.sub(r"\s[-_~.]+\s", " ", name))
    several, by_letters, _, _ = _spellings()
    letters = list(name)
    for match in several.finditer(bare(name)):
        known = _nearest_spelling(by_letters[match[0]], name[match.start() : match.end()])
        if known.lower() != name[match.start() : match.end()].lower():
            letters[match.start() : match.end()] = known
    return "".join(letters)


def _capitalise_place(match: re.Match[str]) -> str:
    unit = match[0][: match.start(1) - match.start()]
    return unit + " ".join(word[:1].upper() + word[1:] for word in match[1].split(" "))


def read_masthead(head: Sequence[Printed], *, pictured: bool = True) -> Masthead:
    """Read the bodies above the number from the lines of the head; in a picture letters are misread, then near names are put right."""
    bodies: list[tuple[list[str], Span]] = []
    first = next((i for i, line in enumerate(head) if line.kind == "left column"), None)
    for i, line in enumerate(head):
        if first is not None and i > first and line.kind != "left column":
            continue
        text = _before_motto(_NOISE.sub("", line.plain))
        if not bodies and line.is_caps and kind_of_title(text):
            break
        if _STOP.match(bare(text)) and (bodies or not line.is_caps):
            break
        if line.is_blank or line.kind == "right column" or line.is_stamp or not _names_body(text):
            continue
        if bodies and not _starts_body(bare(text), bodies[-1][0]):
            bodies[-1][0].append(text)
            bodies[-1] = (bodies[-1][0], Span(bodies[-1][1].start, line.span.end))
        else:
            bodies.append(([text], line.span))
    plain = [(ordinary(" ".join(parts)), span) for parts, span in bodies]
    named = [(_mended_name(name) if pictured else name, span) for name, span in plain]
    return Masthead(tuple((name, span) for name, span in named if len(bare(name)) >= 3))


def _before_motto(text: str) -> str:
    """Cut off the motto that stands at the right of the same line where columns are lost: `ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI …`."""
    motto = _MOTTO.search(bare(text))
    return text[: motto.start()].rstrip() if motto and motto.start() else text


def _names_body(text: str) -> bool:
    return len(text) >= 4 and is_upper(text) and not _NOT_A_BODY.match(bare(text))


def _starts_body(text: str, above: list[str]) -> bool:
    """A new body begins with a body's word, unless the line above visibly goes on (`ỦY BAN`, `SỞ VĂN HÓA, THỂ THAO VÀ`)."""
    last = bare(above[-1]).strip()
    if last.endswith(_UNENDED) or text.strip().startswith(("va ", "& ", "- ")):
        return False
    text = text.strip(" *-")
    return any(text == head or text.startswith(head + " ") for head in _heads())


def _mended_name(name: str) -> str:
    """Mend what OCR did to a place or to the first words, where the lexicon knows a near spelling."""
    match = re.search(r"\b(tỉnh|thành phố)\s+(.+)$", name)
    if match:
        places = (*load("places")["current"], *load("places")["former"])
        known = nearest(match[2], places, 0.84)
        if known:
            name = name[: match.start(2)] + known
    words = name.split()
    for size in range(min(6, len(words)), 1, -1):
        head = nearest(" ".join(words[:size]), load("bodies")["heads"], 0.86)
        if head and len(head.split()) == size:
            return " ".join([head, *words[size:]])
    return name


def issuer_of(masthead: Masthead, confidence: float) -> tuple[Found[str] | None, Found[str] | None]:
    """Give (agency with its place, parent agency in full)."""
    if not masthead.bodies:
        return None, None
    bodies = masthead.bodies[:-1] if _acts_for_the_body_above(masthead.bodies) else masthead.bodies
    name, span = bodies[-1]
    parent = bodies[-2] if len(bodies) > 1 else None
    full = with_place(name, parent[0]) if parent else name
    agency = Found(full, Place(span), confidence, "đầu văn bản, dòng dưới")
    above = Found(_in_full(parent[0]), Place(parent[1]), confidence, "đầu văn bản, dòng trên") if parent else None
    return agency, above


def _acts_for_the_body_above(bodies: Sequence[tuple[str, Span]]) -> bool:
    """`ỦY BAN MTTQ VIỆT NAM TỈNH …` over `BAN THƯỜNG TRỰC`: the last line is the part of the body that acts, no body of its own."""
    return len(bodies) > 1 and bare(bodies[-1][0]) in _ACTING and not bare(bodies[-2][0]).startswith("dang bo")


def _in_full(name: str) -> str:
    return re.sub(r"^HĐND\b", "Hội đồng nhân dân", re.sub(r"^UBND\b", "Ủy ban nhân dân", name))


def with_place(name: str, parent: str) -> str:
    """Add to a body's name the place or the body that it belongs to, where the name alone would fit many."""
    committee, union = _LOCAL_COMMITTEE.match(name), _UNION.match(parent)
    if committee and union:  # `HỘI NÔNG DÂN VIỆT NAM` over `BAN CHẤP HÀNH TỈNH …`
        return f"{committee[1]} {union[1]} {committee[2]}"
    if _PLACE.search(name) or _PLACED_COMMITTEE.match(name) or bare(name).endswith((" trung uong", " viet nam", " chinh phu")):
        return name
    short = [bare(word) for word in load("bodies")["of_parent"]]
    alone = bare(name) in load("bodies")["alone"] and not bare(parent).startswith("dang bo")
    if alone or (bare(name) in short and (_COMMITTEE.search(parent) or bare(name) == "van phong")):
        return f"{name} {_in_full(parent)}"
    return _in_place(name, _PLACE.search(parent))


def _in_place(name: str, place: re.Match[str] | None) -> str:
    """Add the place of the body above; a level that the name ends in is said once (`THANH TRA TỈNH` under `UBND TỈNH …`)."""
    if place is None:
        return name
    level = _LEVEL.search(name)
    if level and place[0].startswith(f"{level[0]} "):
        return f"{name[: level.start()]}{place[0]}"
    return name if _NAMED_ITSELF.match(name) else f"{name} {place[0]}"


def issuer_from_text(symbol: str, plain: str) -> Found[str] | None:
    """Without a masthead: the longest way in which the text names the body whose code the symbol carries."""
    best: tuple[str, Span] | None = None
    for code, names in load("bodies")["codes"].items():
        if not re.search(rf"[/-]{re.escape(code)}$", symbol):
            continue
        for name in names:
            for match in re.finditer(re.escape(name) + r"(?:\s+[^\W\d_]+){0,12}", plain):
                text = _cut_name(one_line(match[0]), len(name.split()))
                if best is None or len(text) > len(best[0]):
                    best = (text, Span(match.start(), match.end()))
    return Found(best[0], Place(best[1]), 0.6, "tên cơ quan trong lời văn, theo ký hiệu") if best else None


def _cut_name(text: str, words: int) -> str:
    """Cut what follows a place's name, or the verb that follows a body's name of some words."""
    match = re.match(rf"(.*?\b(?:tỉnh|huyện|xã|phường|thành phố|quận)\s+(?:[{UPPER}]\S*\s*)+)", text)
    if match:
        return match[1].strip()
    kept: list[str] = []
    for word in text.split():
        if len(kept) >= words and word.islower() and word not in _INSIDE:
            break
        kept.append(word)
    return " ".join(kept)
