"""Which documents does a text name without a number: laws, resolutions of congresses and plenums, the Party's charter?

`Luật Đất đai năm 2013`, `Luật sửa đổi, bổ sung một số điều của Luật A và Luật B`, `Nghị quyết Trung ương 4 khóa XI, XII`
(two documents), `Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng`. How far the name of a law runs is known
from the statute book (lexicon); an unknown one ends at the first comma, verb or number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from nlp.dated import read_date
from nlp.letters import bare, one_line
from nlp.lexicon import load

_NOT_A_NAME = re.compile(r"(?:Điều|Căn cứ|Kính gửi|Chương|Mục|Phần|Theo|Quy định|Các|[IVX]+)(?!\w)")
_QUALIFIED_LATER = re.compile(r"\s{1,9}(?:số|năm|ngày)\s{1,9}\d")
_VERBS = re.compile(r"(?<!\w)(?:được|có|đã|để|theo|tại|thì|là|khi|phải|bị|hết|sẽ|không|nếu|do|Luật|luật|Nghị|Thông|Bộ)(?!\w)")
# Each begins with its first letter, and looks behind it: a search passes quickly over all other letters.
_LAW = re.compile(
    r"(?P<kind>[BLP](?<!\w.)(?<!pháp .)(?<!Pháp .)(?<!PHÁP .)"
    r"(?:(?<=B)ộ\s{1,9}[Ll]uật|(?<=L)uật|(?<=P)háp\s{1,9}lệnh|(?<=B)Ộ LUẬT|(?<=L)UẬT|(?<=P)HÁP LỆNH))"
    r"\s{1,40}(?=[^\W\d_])"
)
_CONSTITUTION = re.compile(
    r"H(?<!\w.)iến\s+pháp(?=\s+(?:năm\s+)?(?:19|20)\d\d|\s+nước\s)(?:\s+nước\s+Cộng\s+h[òo][àa]\s+xã\s+hội\s+chủ\s+nghĩa\s+Việt\s+Nam)?"
)
_AMENDING = re.compile(r"sua\s+doi(?:\s*,\s*bo\s+sung)?\s+")
_TARGETS = re.compile(r"(?:\s*,|\s+và|\s*;)?\s+(?:các\s+)?(?P<kind>Bộ\s+luật|Luật|Pháp\s+lệnh)\s+(?=\S)")
_QUALIFIER = re.compile(r"\s{1,40}(?:năm\s{1,40})?(?P<year>(?:19|20)\d\d)(?![\d/-]|\.\d)|\s*,?\s{0,40}ngày\s{1,40}(?=\d)")
_NUMBERED = re.compile(r"\s*\(?\s*(?:số|Số)\s*:?\s*\d")
_OVER = re.compile(
    r"\s*(?:[;:.,()\"“”\[\]]|\s\d|\s(?:số|năm|ngày|được|có|đã|để|theo|tại|thì|là|của|trong|đối|khi|quy|này|mới|và|hiện|do"
    r"|phải|về|cho|với|hoặc|nêu|trên|hết|sẽ|như|thay|bị|thuộc|gồm)(?!\w))"
)
_SYLLABLE = re.compile(r"[^\s,;:.()\"“”-]+")
_ABBREVIATED = re.compile(r"B(?<!\w.)L[A-ZĐ]{2,4}(?!\w)")
_BEHIND_PART = re.compile(r"(?:điều|khoản|điểm)\s+\w{1,4}\s+$")
_AMENDED = re.compile(r"sửa đổi[^.;]{0,60}(?:của|vào)\s+(?:các\s+)?$")  # inside the name of an amending law
_OWN = re.compile(r"Quốc hội\s+ban hành\s+$")
_SCHOOL = re.compile(
    r"(?<!\w)(?:[Đđ]ại học|[Hh]ọc viện|[Kk]hoa|[Nn]gành|[Cc]ử nhân|[Vv]iện|[Cc]ông ty|[Vv]ăn phòng|[Tt]rường|[Hh]ọc|[Đđ]oàn)\s+$"
)
_DRAFT = re.compile(r"(?:dự\s+(?:thảo|án)|xây\s+dựng|trình)\s*(?:các\s+)?$")
_LONGEST = 14  # syllables of a name that no list knows

_ROMAN = r"[IVXLC]{1,6}[IVXLCHl]{0,2}(?!\w)"
_PLENUM = re.compile(
    r"(?P<kind>[NnKkC](?<!\w.)(?:(?<=[Nn])ghị\s+quyết|(?<=[Kk])ết\s+luận|(?<=C)hỉ thị))\s+"
    r"(?P<body>(?:của\s+)?(?:Hội\s+nghị\s+)?(?:lần\s+thứ\s*\S{1,8}\s+)?(?:Ban\s+Chấp\s+hành\s+)?(?:Trung\s+ương|TW|T\.Ư)(?:\s+Đảng)?"
    r"(?:\s+lần\s+thứ)?(?:\s*(?:\d{1,2}|"
    + _ROMAN
    + r"))?)\s*,?\s*\(?(?:khóa|khoá)\s+(?P<terms>"
    + _ROMAN
    + r"(?:\s*(?:,|và)\s*"
    + _ROMAN
    + r")*)\)?"
)
_CONGRESS = re.compile(
    r"(?P<kind>[Nn](?<!\w.)ghị\s+[Qq]uyết)\s+(?P<body>[Đđ]ại\s+hội\s(?:(?!Nghị|nghị|Kết|lần\sthứ)[^\s,;:.()]{1,12}\s+){0,14}?)"
    r"(?P<ordinal>lần\s+thứ\s*(?:" + _ROMAN + r"|[0-9]{1,2}\b|nhất)|" + _ROMAN + r")"
    r"(?P<tail>(?:\s+của\s+Đảng(?:\s+Cộng\s+sản\s+Việt\s+Nam)?|\s+Đảng\s+bộ\s+(?:tỉnh|huyện|xã|thành\s+phố|phường))?(?:\s*,?\s*\(?nhiệm\s+kỳ\s+\d{4}\s*-\s*\d{4}\)?)?)"
)
_WORKING_RULES = re.compile(
    r"Q(?<!\w.)uy\s+chế\s+làm\s+việc\s+của\s+[^;.()]{4,140}?"
    r"(?P<term>,?\s*\(?(?:khóa|khoá)\s+"
    + _ROMAN
    + r"\)?(?:\s*,?\s*\(?nhiệm\s+kỳ\s+\d{4}\s*-\s*\d{4}\)?)?|,?\s*\(?nhiệm\s+kỳ\s+\d{4}\s*-\s*\d{4}\)?)"
    r"(?!\s*,?\s*(?:\(?ban hành|số\s+\d))"
)
_GROUNDS_OF = re.compile(r"(?:căn cứ|theo|thực hiện|và|[;,])\s*$")
_CHARTER = re.compile(r"Đ(?<!\w.)iều\s+lệ\s+(?:Đảng(?:\s+Cộng\s+sản\s+Việt\s+Nam)?)(?!\w)(?!\s+bộ)")


@dataclass(frozen=True, slots=True)
class Named:
    """A document named by title: where, its kind, its name as printed and without year or date, year and day where the text gives them."""

    start: int
    end: int
    kind: str
    title: str
    base: str
    year: int | None = None
    issued_on: date | None = None
    is_known: bool = False
    is_draft: bool = False


def find_named(text: str) -> list[Named]:
    """Find the documents that a text (one paragraph on one line) names by title, in reading order."""
    found = [*_laws(text), *_plenums(text), *_congresses(text)]
    found += [Named(m.start(), m.end(), "Điều lệ", one_line(m[0]), "Điều lệ Đảng", is_known=True) for m in _CHARTER.finditer(text)]
    for match in _WORKING_RULES.finditer(text):
        if not _GROUNDS_OF.search(text[max(0, match.start() - 12) : match.start()].lower()):
            continue  # the subject of a numbered document (`ban hành Quy chế làm việc của …`)
        title = one_line(match[0])
        found.append(Named(match.start(), match.end(), "Quy chế", title, title, is_known=True))
    return sorted(found, key=lambda each: each.start)


def _laws(text: str) -> Iterator[Named]:
    after = 0
    for match in _CONSTITUTION.finditer(text):
        named = Named(match.start(), match.end(), "Hiến pháp", "", one_line(match[0]), is_known=True)
        yield replace(_qualified(text, named), base="Hiến pháp")
    yield from _abbreviated(text)
    for match in _LAW.finditer(text):
        if match.start() < after or _is_no_law(text, match):
            continue
        law = _law(text, match)
        if law:
            after = law.end
            yield _qualified(text, law)


def _abbreviated(text: str) -> Iterator[Named]:
    for match in _ABBREVIATED.finditer(text):
        name = load("laws")["short"].get(match[0])
        if name is None or _AMENDED.search(text[max(0, match.start() - 90) : match.start()]):
            continue
        law = _qualified(text, Named(match.start(), match.end(), "Bộ luật", "", f"Bộ luật {name}", is_known=True))
        if law.year or _BEHIND_PART.search(text[max(0, match.start() - 20) : match.start()].lower()):
            yield law


def _is_no_law(text: str, match: re.Match[str]) -> bool:
    """Say whether a school is named (`Trường Đại học Luật Vạn Mẫu`), or a law by itself (`Quốc hội ban hành Luật sửa đổi …`)."""
    before = text[max(0, match.start() - 24) : match.start()]
    return bool(_SCHOOL.search(before)) or bool(_OWN.search(before) and _AMENDING.match(bare(text[match.end() : match.end() + 40])))


def _law(text: str, match: re.Match[str]) -> Named | None:
    kind = one_line(match["kind"]).capitalize()
    draft = bool(_DRAFT.search(text[max(0, match.start() - 30) : match.start()]))
    amending = _AMENDING.match(bare(text[match.end() : match.end() + 80]))
    if amending:
        end = _amending_end(text, match.end() + amending.end())
        if end is None:
            return None
        return Named(match.start(), end, kind, "", one_line(text[match.start() : end]), is_known=True, is_draft=draft)
    found = _known_name(text, match.end(), kind)
    small = text[match.end()].islower()
    if found and not (small and " " not in found[0]):
        name, end = found
        return Named(match.start(), end, kind, "", f"{kind} {name}", is_known=True, is_draft=draft)
    end = None if small else _guessed_end(text, match.end())
    if end is None:
        return None
    return Named(match.start(), end, kind, "", f"{kind} {one_line(text[match.end() : end])}", is_draft=draft)


def _amending_end(text: str, at: int) -> int | None:
    """The name of an amending law runs over the names of the laws it amends; None where it names none."""
    end: int | None = None
    first = re.compile(r"(?:[^;.()]{0,90}?(?:của|vào)\s+)?(?:các\s+)?(?P<kind>Bộ\s+luật|Luật|Pháp\s+lệnh)\s+").match(text, at)
    if not first:
        stop = re.compile(r"\s+(?:số\s+\d|năm\s+\d|ngày\s)|[;.()]").search(text, at, min(len(text), at + 240))
        end = stop.start() if stop else min(len(text), at + 120)
        return end if re.search(r"\d+ luật|[Đđ]iều \d", text[at:end]) else None
    match: re.Match[str] | None = first
    while match:
        known = _known_name(text, match.end(), one_line(match["kind"]))
        name_end = known[1] if known else _guessed_end(text, match.end())
        if name_end is None:
            break
        end = name_end
        match = _TARGETS.match(text, end)
    return end


@cache
def _known_names() -> tuple[dict[str, dict[str, str]], int]:
    """Give, for each kind, bare name → name; and how many syllables the longest has."""
    data = load("laws")
    table = {
        kind: {_plain_name(name): name for name in data[key]}
        for kind, key in (("Bộ luật", "codes"), ("Luật", "laws"), ("Pháp lệnh", "ordinances"))
    }
    return table, max(len(name.split()) for names in table.values() for name in names)


@cache
def _first_syllables() -> frozenset[str]:
    return frozenset(name.split()[0] for names in _known_names()[0].values() for name in names)


def _known_name(text: str, at: int, kind: str) -> tuple[str, int] | None:
    """Give the longest known name at `at`, read without diacritics because OCR loses them: (name, end)."""
    tables, longest = _known_names()
    names = tables.get(kind.capitalize(), {})
    first = _SYLLABLE.match(text, at)
    if first is None or bare(first[0]) not in _first_syllables():
        return None
    words = [m.span() for m, _ in zip(_SYLLABLE.finditer(text, at, at + 200), range(longest), strict=False)]
    written = [_plain_name(text[start:end]) for start, end in words]
    for count in range(len(words), 0, -1):
        known = names.get(" ".join(written[:count]))
        if known:
            return known, words[count - 1][1]
    return None


def _plain_name(text: str) -> str:
    """Give a name bare and without its commas, which offices leave out."""
    return bare(one_line(re.sub(r"[,-]", " ", text)))


def law_named_in(kind: str, title: str) -> str:
    """Give `Luật Xử lý vi phạm hành chính` for a law that is cited by number and `về Xử lý vi phạm hành chính, sửa đổi …`."""
    name = re.sub(r"^(?:về việc|về)\s+", "", title)
    known = _known_name(name, 0, kind)
    return f"{kind} {known[0] if known else name}"


def _guessed_end(text: str, at: int) -> int | None:
    """An unknown name runs up to its year or number, or ends where its words do; None where it would be no name at all."""
    if _NOT_A_NAME.match(text, at):
        return None
    later = _QUALIFIED_LATER.search(text, at, min(len(text), at + 120))
    if later and not _VERBS.search(text, at, later.start()) and not re.search(r"[;:.()\"“”]", text[at : later.start()]):
        return later.start()
    stop = _OVER.search(text, at, min(len(text), at + 160))
    end = stop.start() if stop else min(len(text), at + 160)
    words = text[at:end].split()
    if not 2 <= len(words) <= _LONGEST or not words[0][0].isupper() or text[at:end].isupper():
        return None
    return at + len(text[at:end].rstrip())


def _qualified(text: str, law: Named) -> Named:
    """Add the year or date that tells one version of a law from another."""
    match = _QUALIFIER.match(text, law.end)
    if match and match["year"]:
        return replace(law, end=match.end(), title=f"{law.base}{_spaced(match[0])}", year=int(match["year"]))
    if match and (dated := read_date(text, match.end())):
        day, end = dated
        title = f"{law.base} {one_line(text[law.end : end]).lstrip(' ,')}"
        return replace(law, end=end, title=title, issued_on=day, year=day.year if day else None)
    return replace(law, title=law.base)


def _spaced(text: str) -> str:
    return " " + one_line(text)


def _plenums(text: str) -> Iterator[Named]:
    """`khóa XI, XII` names two documents."""
    for match in _PLENUM.finditer(text):
        if _NUMBERED.match(text, match.end()):
            continue
        kind = one_line(match["kind"]).capitalize()
        body = re.sub(r"^của ", "", one_line(match["body"]))
        which = _which(body)
        if which is None:
            continue
        for term in re.finditer(_ROMAN, match["terms"]):
            title = f"{kind} {body} khóa {_roman(term[0])}"
            base = f"{kind} Trung ương {which} khóa {_roman(term[0])}"
            at = match.start("terms") + term.start()
            start = match.start() if term.start() == 0 else at
            yield Named(start, match.start("terms") + term.end(), kind, title, base, is_known=True)


def _which(body: str) -> str | None:
    """Say which plenum a phrase names: `Trung ương 4`, `TW4`, `Hội nghị lần thứ tư` are the 4th; None where it names none."""
    found = re.search(r"\d{1,2}|thứ\s*(\S+)|(?:^|\s)[IVXL]+$", body)
    if found is None:
        return None
    word = found[1] or found[0].strip()
    return str(load("laws")["ordinals"].get(bare(word)) or _arabic(word) or word)


def _arabic(numeral: str) -> int:
    """Give the value of a numeral up to XXXIX; 0 for what is none."""
    if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", numeral):
        return 0
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))


def _congresses(text: str) -> Iterator[Named]:
    for match in _CONGRESS.finditer(text):
        ordinal = re.sub(r"(?<=thứ)(?=\S)", " ", re.sub(_ROMAN, lambda m: _roman(m[0]), one_line(match["ordinal"])))
        title = one_line(f"Nghị quyết {match['body']} {ordinal}{match['tail']}")
        yield Named(match.start(), match.end(), "Nghị quyết", title, title, is_known=True)


def _roman(text: str) -> str:
    """Mend a numeral in which OCR took two strokes for one letter (XIH → XIII)."""
    return text.replace("H", "II").replace("l", "I")
