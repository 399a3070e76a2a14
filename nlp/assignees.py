"""Who must do it? The subject of a sentence, the body that an order names, the body that a heading makes responsible.

Offsets are those of the whole plain text. A name is told from its verb by letters: the words of a name are capitalised
(`Ban Tổ chức`) or follow a class (`các tổ chức`), the verb is not (`tổ chức`). A text layer may have lost the space after
a marked vowel (`chủtrì`), so patterns do not insist on it there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nlp.lexicon import load
from nlp.words import first_verb

_LONGEST = 420  # characters of the longest list of bodies
_FEW_WORDS = 3  # words after an order: fewer are a name alone


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says of who acts: assignee and giver as (start, end), the offset at which the task begins, that of the order."""

    task: int
    assignee: tuple[int, int] | None = None
    giver: tuple[int, int] | None = None
    ordered: bool = False
    order: int | None = None


def phrases(words: list[str]) -> str:
    """Give one pattern for many phrases, longest first, parted by first letter so that it is tried quickly."""
    first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=len, reverse=True):
        first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "(?:" + "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in first.items()) + ")"


@cache
def verb() -> re.Pattern[str]:
    """Give the pattern of the verbs with which a task begins, where a word begins."""
    return re.compile(rf"(?<!\w){phrases(load('verbs')['tasks'])}(?!\w)")


@cache
def _order() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){phrases(load('verbs')['orders'])}(?!\w)\s?:?\s?")


@cache
def _body() -> re.Pattern[str]:
    """Names of single bodies, by their capitals."""
    return re.compile(rf"(?<!\w){phrases(load('bodies')['heads'] + load('groups')['capital'])}(?!\w)")


@cache
def _class() -> re.Pattern[str]:
    """Classes of bodies and people, in lower case."""
    groups = load("groups")
    return re.compile(rf"{phrases(groups['classes'] + groups['singles'])}(?!\w)|\d{{1,3}}\s?% (?:các )?(?:tổ chức|đảng|chi|cơ|đơn|cán)")


@cache
def _not_body() -> re.Pattern[str]:
    return re.compile(rf"{phrases(load('groups')['not_bodies'])}|tổ chức (?!đảng|cơ sở|chính trị|tín|xã|đoàn)")


@cache
def _named(key: str) -> re.Pattern[str]:
    """Give the pattern of a list of lexicon/names.toml, as whole words."""
    return re.compile(rf"(?<!\w){phrases(load('names')[key])}(?!\w)")


@cache
def _ends_with(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){phrases(load('names')[key])}\s*$")


@cache
def _name_after() -> re.Pattern[str]:
    pairs = [f"{said} {following}" for said, listed in load("names")["after"].items() for following in listed if following[0] != ","]
    pairs += [f"{said}{following}" for said, listed in load("names")["after"].items() for following in listed if following[0] == ","]
    return re.compile(rf"{phrases(pairs)}(?!\w)")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:[-+*•●] ?)?(?:{phrases(load('names')['leads'])}(?!\w),? ?){{0,3}}")


@cache
def _ground() -> re.Pattern[str]:
    names = load("names")
    return re.compile(
        rf"(?:{phrases(names['grounds'])}|(?:tiếp tục )?(?:thực hiện|triển khai) (?:các |sự )?{phrases(names['carried_out'])})(?!\w)"
    )


@cache
def _modal() -> re.Pattern[str]:
    return re.compile(rf"(?:,? {phrases(load('names')['modals'])}(?!\w),?){{1,3}}\s*$")


_CAPITAL_VERB = re.compile(r":\s+(?=[^\W\d_])")
# Bodies, though `đoàn` and `công tác` alone go on (`đoàn kiểm tra`).
_UNION = re.compile(r"(?:(?:thành|tỉnh|huyện|thị|quận|xã|chi|công|tập) đoàn|(?:tổ|đoàn) công tác)\s*$")
_CLASSES = ("các ", "từng ", "cấp ủy", "tập thể")
_JOINTS = re.compile(r"[,;:)] |\s(?=giao |yêu cầu |đề nghị )")


def is_body(text: str, at: int) -> bool:
    """Say whether the name of a body or class begins at an offset."""
    near = text[at : at + 32].lower()
    return (_body().match(text, at) is not None or _class().match(near) is not None) and _not_body().match(near) is None


def body_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the offsets at which names of bodies begin."""
    return (found.start() for found in _body().finditer(text, start, end) if is_body(text, found.start()))


def next_verb(low: str, start: int, end: int) -> int | None:
    """Give the offset of the first verb of a task in a lower-cased stretch; verbs inside names are passed over."""
    for found in verb().finditer(low, start, end):
        if _name_after().match(low, found.start()):
            continue
        before = low[max(0, found.start() - 16) : found.start()]
        if _ends_with("organs").search(before) and _named("which").match(low, found.start()):
            continue
        works = _ends_with("sectors").search(before) and _named("works").match(low, found.start())
        if _ends_with("before").search(before) and not (works or _UNION.search(before) or _named("clear").match(low, found.start())):
            continue
        return found.start()
    return None


def name_at(text: str, low: str, at: int, end: int) -> tuple[tuple[int, int], int] | None:
    """Give ((start, end) of the names that begin at an offset, offset of the verb behind them), or None.

    text is the plain text, low the same in lower case; the verb's offset is end where no verb follows.
    """
    if not is_body(text, at):
        return None
    limit = min(end, at + _LONGEST)
    found = _verb_behind(text, low, at, limit)
    stop = _named("stops").search(low, at, found)
    given = _named("given").match(low, stop.start(), limit) if stop else None
    if given:
        found = _verb_behind(text, low, given.end(), limit)
        stop = _named("stops").search(low, given.end(), found)
    name_end = stop.start() if stop else found
    narrowed = _narrowed(low, at, found, limit)
    if narrowed is not None:
        name_end = found = narrowed
    colon = text.find(": ", at, name_end)
    if colon >= 0 and _ground().match(low, colon + 2):
        name_end, found = colon, colon + 2
    name = _modal().sub("", text[at:name_end]).rstrip(" ,;:.-(\n\t")
    if not name or ". " in name or name == "Lãnh đạo":  # alone it is what somebody does (`Lãnh đạo xây dựng kế hoạch`)
        return None
    return (at, at + len(name)), (found if found < limit or limit == end else end)


def _narrowed(low: str, at: int, task: int, end: int) -> int | None:
    """Give where the task begins behind a name that is narrowed to some of its bodies, None where it is not."""
    which = _named("narrowing").search(low, at, task)
    if which is None or any(sign in low[at : which.start()] for sign in ";:."):
        return None
    clear = _named("clear").search(low, which.end(), end)
    if clear:
        return clear.start()
    found = next_verb(low, which.end() + 1, end)
    return None if found is None or found <= which.end() + 1 else found


def _by_words(text: str, at: int, end: int) -> tuple[tuple[int, int], int] | None:
    """Part who from what where an order uses a verb that the lists do not know, by the tagger of words."""
    found = first_verb(" ".join(text[at:end].split())) if len(text[at:end].split()) > _FEW_WORDS else None
    if found is None or text[at : at + found].count("\n"):
        return None
    name = _modal().sub("", text[at : at + found]).rstrip(" ,;:.-(")
    return (at, at + len(name)), at + found


def _verb_behind(text: str, low: str, at: int, end: int) -> int:
    """The first lower-case verb; a capital one only behind a colon (`Đảng ủy xã: Tham mưu …`)."""
    colon = next((c for c in _CAPITAL_VERB.finditer(text, at, end) if verb().match(low, c.end())), None)
    start = at + 1
    while True:
        found = next_verb(low, start, end)
        if found is None:
            return colon.end() if colon else end
        if colon and colon.end() <= found:
            return colon.end()
        if text[found].islower():
            return found
        start = found + 1


def read_sentence(text: str, low: str, start: int, end: int, *, responsible: bool) -> Said:
    """Tell who acts in the sentence from start to end; responsible says that a heading above already names a body.

    Under such a heading `Yêu cầu các đơn vị …` is that body's own task, only `Giao …` hands it on.
    """
    lead = _lead().match(low, start, end)
    at = lead.end() if lead else start
    said = _at_joint(text, low, at, end, responsible=responsible)
    if said:
        return said
    if not _ground().match(low, at):
        colon = text.find(": ", at, min(end, at + 90))
        return (_at_joint(text, low, colon + 2, end, responsible=responsible) if colon >= 0 else None) or Said(at)
    joints = list(_JOINTS.finditer(low, at, min(end, at + 1500)))[:20]
    for joint in sorted(joints, key=lambda joint: joint[0] == " "):  # behind a comma the speaker orders, elsewhere a document
        said = _at_joint(text, low, joint.end(), end, responsible=responsible)
        if said and _is_close(said) and (said.ordered or text[joint.end()].isupper() or low.startswith(_CLASSES, joint.end())):
            return said
    return Said(at)


def _is_close(said: Said) -> bool:
    """Inside a sentence a subject has its verb right behind it."""
    body = said.giver or said.assignee
    verb_at = said.task if said.order is None else said.order
    return body is not None and verb_at - body[1] <= 30


def _at_joint(text: str, low: str, at: int, end: int, *, responsible: bool) -> Said | None:
    """Read `Giao X làm`, `X làm`, or `Y giao X làm` at an offset."""
    order = _order().match(low, at, end)
    if order and text.startswith("iao ban", order.start() + 1):  # `họp giao ban`, not `giao Ban …`
        order = None
    if order and (not responsible or low.startswith("giao", at)):
        named = name_at(text, low, order.end(), end)
        if named and named[1] >= end:
            named = _by_words(text, order.end(), end) or named
        if named:
            return Said(named[1], named[0], ordered=True)
    if order:
        return None
    named = name_at(text, low, at, end)
    if not named or named[1] >= end:
        return None
    order = _order().match(low, named[1], end)
    if order and not responsible:
        below = name_at(text, low, order.end(), end)
        if below:
            return Said(below[1], below[0], giver=named[0], ordered=True, order=named[1])
        return Said(order.end(), None, giver=named[0])
    return Said(named[1], named[0])


_HEAD_LEAD = re.compile(r"\s?(?:(?:đối với|trách nhiệm(?: của)?|nhiệm vụ(?: của)?|về phía|giao(?: cho)?|đề nghị|yêu cầu|phân công) )?")
_HEAD_TAIL = re.compile(
    r"(?:[,:]? ?(?:(?:có|chịu) trách nhiệm|có (?:các )?nhiệm vụ(?:, quyền hạn)?(?: sau)?"
    r"|chủ trì,? phối hợp(?: thực hiện)?|chủ trì(?: thực hiện)?"
    r"|thực hiện(?: (?:các|một số)[^.;]{0,60})?"
    r"|tập trung[^.;]{0,80}sau|\(chủ trì\)|như sau)){0,3} ?[:.]? ?$"
)


def heading_names(text: str, low: str, start: int, end: int) -> tuple[int, int] | None:
    """Give the (start, end) of the bodies that a heading makes responsible (`3. Giao Ban Tổ chức Huyện ủy:`), or None."""
    if end - start > _LONGEST + 120:
        return None
    lead = _HEAD_LEAD.match(low, start, end)
    at = lead.end() if lead else start
    if not is_body(text, at) and lead:
        at = start + len(text[start:end]) - len(text[start:end].lstrip())
    if not is_body(text, at):
        return None
    tail = _HEAD_TAIL.search(low, at, end)
    stop = tail.start() if tail else end
    named = name_at(text, low, at, stop)
    if not named or named[1] < stop or text[named[0][1] : stop].strip(" ,;:.-"):
        return None
    if text[start:end].rstrip().endswith(".") and named[0][1] - named[0][0] > 60:
        return None  # a sentence whose verb is not known
    return named[0]
