"""Which body does a phrase name, and where does its name end?

`của Ban Thường vụ Tỉnh ủy về …`, `Bộ trưởng Bộ Công Thương ban hành …`: names are read syllable by syllable, known
names first; a syllable in small letters is taken as the second half of a word, or where the lexicon lets it stand inside.
"""

import re
from functools import cache

from nlp.letters import UPPER, one_line
from nlp.lexicon import load

_SYLLABLE = re.compile(r"[^\s,;:.()\"“”?!*\[\]]+")
_JOINT = re.compile(rf"(?:\s*,|\s+và|\s*&|\s+-)\s+(?=[{UPPER}])")
_TERM = re.compile(r"\s*(?:(?:khóa|khoá)\s+[IVXLC]{1,6}\b|\((?:khóa|khoá)\s+[IVXLC]{1,6}\))")
_TERM_IN_BRACKETS = re.compile(r"\(((?:khóa|khoá)\s+[IVXLC]+)\)?$")
_ABOUT = re.compile(r"\s+về\s+(?:việc\s+)?")
_DOES = re.compile(
    r"[Bb]an hành|[Qq]uy (?:định|chế)|[Hh]ướng dẫn|[Pp]hê duyệt|[Ss]ửa đổi|[Cc]ông bố|[Vv]ề việc|[Kk]ết luận|[Tt]hông báo"
    r"|[Tt]hành lập|[Nn]gày \d"
)
_PIECE = re.compile(r"[^\s,;:.()\"“”-]+|[,;:.()\"“”-]")
_MARKS = frozenset(';:.()"“”')
_LONGEST = 24  # syllables


@cache
def _known() -> tuple[dict[str, frozenset[tuple[str, ...]]], frozenset[str], frozenset[str], frozenset[str]]:
    """Give known names by their first syllable, syllables allowed inside, syllables that end a name, and units of place."""
    data = load("bodies")
    names: dict[str, set[tuple[str, ...]]] = {}
    for name in (*data["heads"], *data["spelled"], *load("citing")["more_bodies"]):
        parts = tuple(_PIECE.findall(name.lower()))
        names.setdefault(parts[0], set()).add(parts)
    citing = load("citing")
    units = frozenset(unit.lower().split()[-1] for unit in data["units"])
    return (
        {first: frozenset(rest) for first, rest in names.items()},
        frozenset(citing["inside_bodies"]),
        frozenset(citing["after_bodies"]),
        units,
    )


@cache
def _first_words() -> frozenset[str]:
    return frozenset(head.split()[0].lower() for head in (*load("bodies")["heads"], *load("citing")["more_bodies"]))


@cache
def _heads_alone() -> frozenset[str]:
    """Words that begin names but are none by themselves (`Bộ trưởng`, `Ban`)."""
    return frozenset(load("citing")["heads_alone"])


def read_body(text: str, at: int, *, joint: bool = False) -> tuple[str, int] | None:
    """Read the name of a body that begins at `at`: (name in full, end), or None where no name stands there.

    joint lets a second body follow (`Bộ Tài chính, Bộ Công an`), as in the number of a joint document.
    """
    end = _name_end(text, at)
    if end is None:
        return None
    while joint and (more := _JOINT.match(text, end)):
        following = _name_end(text, more.end())
        if following is None or text[more.end() :].split(" ", 1)[0].lower() not in _first_words():
            break
        end = following
    if not joint:
        end = _widened(text, at, end)
    return _TERM_IN_BRACKETS.sub(r"\1", in_full(text[at:end])), end


def _widened(text: str, at: int, end: int) -> int:
    """A name with commas or words of its own runs up to `về`, where nothing in between ends a name."""
    about = _ABOUT.search(text, end, min(len(text), at + 140))
    if not about or about.start() == end:
        return end
    between = text[end : about.start()]
    over = _known()[2]
    words = between.lower().replace(",", " ").split()
    if re.search(r"[;:.()\"“”]|\d{2}", between) or any(word in over - {"và", "tổng", "công", "số"} for word in words) or len(words) > 9:
        return end
    return about.start() if not re.search(r"(?:,|\bvà)\s+(?:các\s|[A-ZĐ]\S*\s+(?:quyết|định|nghị|thị|văn|tư|luận))", between) else end


def _name_end(text: str, at: int) -> int | None:
    known, inside, over, units = _known()
    end, before, in_place = at, "", False
    for count in range(_LONGEST):
        start = _next(text, end, first=count == 0)
        syllable = _SYLLABLE.match(text, start)
        if not syllable or _DOES.match(text, start):
            break
        word = syllable[0].lower()
        if (long := _longest_known(text, start, known.get(word))) and (count == 0 or text[start].isupper() or word in units):
            end, before, in_place = long, "", False
            continue
        capital = syllable[0][0].isupper() or syllable[0][0].isdigit()
        second_half = before[:1].isupper() and not in_place and word not in over
        if not (capital or word in inside or second_half) or (word in over and not capital):
            break
        if count == 0 and not capital and word not in inside:
            break
        in_place = (in_place and capital) or word in units
        before, end = ("" if before[:1].islower() and not capital else syllable[0]), syllable.end()
    if end == at or not any(c.isupper() for c in text[at:end]) or text[at:end].lower() in _heads_alone():
        return None
    term = _TERM.match(text, end)
    return term.end() if term else end


def _next(text: str, end: int, *, first: bool) -> int:
    """Step over the space, or over a dash or comma inside a title (`Bộ trưởng, Chủ nhiệm Văn phòng`)."""
    if first:
        return end
    match = re.compile(r"\s+-\s+(?=Bộ\s)|,\s+(?=Chủ nhiệm\s)|\s+").match(text, end)
    return match.end() if match else len(text)


def _longest_known(text: str, at: int, names: frozenset[tuple[str, ...]] | None) -> int | None:
    if not names:
        return None
    pieces: list[str] = []
    ends: list[int] = []
    for match in _PIECE.finditer(text, at, min(len(text), at + 90)):
        if match[0] in _MARKS or len(pieces) >= 14:
            break
        pieces.append(match[0].lower())
        ends.append(match.end())
    for length in range(len(pieces), 0, -1):
        if tuple(pieces[:length]) in names:
            return ends[length - 1]
    return None


def body_before(text: str, end: int) -> tuple[str, int] | None:
    """Read the name of a body that ends at `end` (`…, Bộ trưởng Bộ Xây dựng` | ban hành): (name in full, start)."""
    start = max(0, end - 160)
    candidates = [match.start() for match in re.compile(rf"(?<!\w)[{UPPER}]").finditer(text, start, end)]
    clause = max((match.end() for match in re.compile(r"[,;:.(]\s*").finditer(text, start, end)), default=start)
    whole = text[clause:end]
    if whole[:1].isupper() and whole.split(" ", 1)[0].lower() in _first_words() and len(whole.split()) <= 16 and not _crosses(whole):
        return in_full(whole), clause
    for at in candidates:
        if text[at:end].split(" ", 1)[0].lower() not in _first_words():
            continue
        found = _name_end(text, at)
        if found == end:
            return in_full(text[at:end]), at
    return None


def _crosses(clause: str) -> bool:
    """Say whether a clause holds more than a name: a word that ends names, other than `về` and `và` inside one."""
    return any(word in _known()[2] - {"về", "và", "công", "tổng", "thông", "ban", "xây", "đồng"} for word in clause.lower().split()[1:])


def in_full(name: str) -> str:
    """Give the name on one line with its short forms written out (`UBND tỉnh` → `Ủy ban nhân dân tỉnh`)."""
    table = load("citing")["in_full"]
    return one_line(re.sub(r"(?<!\w)[A-ZĐƯ]{2,6}(?!\w)", lambda m: table.get(m[0], m[0]), name)).strip(" ,.-")
