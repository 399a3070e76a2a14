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
from nlp.printed import MARKED

_LONGEST = 420  # characters of the longest list of bodies


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says of who acts: assignee and giver as (start, end), the offset at which the task begins."""

    task: int
    assignee: tuple[int, int] | None = None
    giver: tuple[int, int] | None = None
    ordered: bool = False


def loose(phrase: str) -> str:
    """Give the pattern of a phrase whose spaces may be lost after a marked vowel."""
    return re.sub(rf"(?<=[{MARKED}]) ", r"\\s*", phrase).replace(" ", r"\s+")


def phrases(words: list[str]) -> str:
    """Give one pattern for many phrases, longest first, parted by first letter so that it is tried quickly."""
    first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=len, reverse=True):
        first.setdefault(word[0], []).append(loose(word[1:]))
    return "(?:" + "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in first.items()) + ")"


@cache
def verb() -> re.Pattern[str]:
    """Give the pattern of the verbs with which a task begins, where a word begins."""
    return re.compile(rf"(?<![^\W{MARKED}])(?<!\d){phrases(load('verbs')['tasks'])}(?![a-zđ])")


@cache
def _order() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W{MARKED}]){phrases(load('verbs')['orders'])}(?![a-zđ])\s*:?\s*")


@cache
def _body() -> re.Pattern[str]:
    """Names of single bodies, by their capitals."""
    heads = "|".join(loose(head) for head in sorted(load("bodies")["heads"] + load("groups")["capital"], key=len, reverse=True))
    return re.compile(rf"(?:{heads})(?![a-zđ])")


@cache
def _class() -> re.Pattern[str]:
    """Classes of bodies and people, in lower case."""
    groups = load("groups")
    return re.compile(
        rf"{phrases(groups['classes'] + groups['singles'])}(?![a-zđ])|\d{{1,3}}\s?%\s*(?:các\s+)?(?:tổ\s*chức|đảng|chi|cơ|đơn|cán)"
    )


@cache
def _not_body() -> re.Pattern[str]:
    return re.compile("|".join(loose(w) for w in load("groups")["not_bodies"]))


# A word of the verb list is part of a name after these, or before those.
_NAME_BEFORE = re.compile(
    r"(?:\b(?:các|những|đoàn|tổ|dự án|công tác|chủ|việc|được|do|về|thuộc|ban|bộ phận|hội đồng|và|cơ quan|phòng|trung tâm|đội|án|bộ|cán bộ|người|cục|sở|nhóm)|đầu tư)\s*$"
)
_NAME_AFTER = re.compile(
    r"(?:tổ\s*chức\s*(?:đảng|chính|cơ\s*sở|đoàn|xã|tín|,|có|liên|chủ|đóng|hội|phi)|lãnh\s*đạo\s+(?:các|cơ|đơn|ubnd|sở|phòng|xã|ủy|ban|văn|đảng|doanh|trường|hđnd|huyện|tỉnh|địa|khoa|chuyên)"
    r"|cấp\s+(?:ủy|xã|huyện|tỉnh|phường|có|cơ|trên|dưới|trưởng)|giao\s+(?:thông|dịch)|trình\s+độ|quản\s*lý\s+(?:dự|nhà|đất|khu|thị)|đầu\s*tư\s+(?:xây|công|và)"
    r"|kiểm\s*tra\s+(?:đảng|huyện|tỉnh|các)|thanh\s*tra\s+(?:tỉnh|huyện|sở|bộ|nhà|,)|tham\s*mưu\s*,?\s*giúp|xây\s*dựng\s+đảng|thi\s*hành\s+án|đăng\s*ký\s+(?:đất|kinh)|tiếp\s+(?:công|nhận\s+và)|bảo\s+trợ)"
)
_STOPS = re.compile(r"(?<![^\W])(?:được|phải|cần|sẽ|đã|đang|đều|hãy|là|nếu|khi|chưa|không|vẫn|nào)(?![^\W])")
_CLEAR = re.compile(r"chủ\s*(?:trì|động)|khẩn\s*trương|phối\s*hợp|(?:có|chịu)\s*trách\s*nhiệm|tiếp\s*tục|tăng\s*cường")
_CAPITAL_VERB = re.compile(r":\s+(?=[^\W\d_])")
_LEAD = re.compile(
    r"\s*(?:[-+*•●–]\s*)?(?:(?:đồng\s*thời|trên\s*cơ\s*sở\s*đó|ngoài\s*ra|bên\s*cạnh\s*đó|trong\s*đó|từ\s*đó|do\s*đó|theo\s*đó|riêng|nay|vì\s*vậy|tuy\s*nhiên)\s*,?\s*)*"
)
_GROUND = re.compile(
    r"(?:căn\s*cứ|trên\s*cơ\s*sở|theo|để|trong|định\s*kỳ|hàng|hằng|sau|trước|khi|trường\s*hợp|nếu|đối\s*với|ngay|chậm\s*nhất|từ|qua|nhằm|tùy|xét|(?:tiếp\s*tục\s+)?(?:thực\s*hiện|triển\s*khai)\s+(?:nội\s*dung\s+|các\s+|ý\s*kiến\s+|sự\s+)*(?:công\s*văn|công\s*điện|chỉ\s*(?:thị|đạo)|kế\s*hoạch|kết\s*luận|nghị\s*(?:quyết|định)|quyết\s*định|quy\s*(?:định|chế)|hướng\s*dẫn|thông\s*(?:báo|tư|tri)|luật|chương\s*trình|văn\s*bản|đề\s*án)|tiếp\s*theo|phúc\s*đáp|mỗi|vào|nhận\s*được)(?![a-zđ])"
)
_JOINTS = re.compile(r"[,;:)]\s+|\s(?=giao\s|yêu\s*cầu\s|đề\s*nghị)")
_MODAL = re.compile(
    r"(?:\s*,?\s*(?:và\s+)?(?:đều\s*phải|phải|cần(?:\s+phải)?|có\s*trách\s*nhiệm|chịu\s*trách\s*nhiệm|sẽ|tập\s*trung\s+(?=thực|triển)|theo\s+chức\s+năng,?\s*nhiệm\s*vụ(?:\s+được\s+giao)?,?))+\s*$"
)


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
        if _NAME_AFTER.match(low, found.start()):
            continue
        if _NAME_BEFORE.search(low[max(start, found.start() - 12) : found.start()]) and not _is_clear(low, found):
            continue
        return found.start()
    return None


def _is_clear(low: str, found: re.Match[str]) -> bool:
    """Some verbs are part of no name, but for `cơ quan chủ trì`."""
    before = low[max(0, found.start() - 12) : found.start()].rstrip()
    return _CLEAR.match(low, found.start()) is not None and not before.endswith(("cơ quan", "đơn vị"))


def name_at(text: str, low: str, at: int, end: int) -> tuple[tuple[int, int], int] | None:
    """Give ((start, end) of the names that begin at an offset, offset of the verb behind them), or None.

    text is the plain text, low the same in lower case; the verb's offset is end where no verb follows.
    """
    if not is_body(text, at):
        return None
    limit = min(end, at + _LONGEST)
    found = _verb_behind(text, low, at, limit)
    stop = _STOPS.search(low, at, found)
    name_end = stop.start() if stop else found
    name = _MODAL.sub("", text[at:name_end]).rstrip(" ,;:.-(\n\t")
    if not name or ". " in name:
        return None
    return (at, at + len(name)), (found if found < limit or limit == end else end)


def _verb_behind(text: str, low: str, at: int, end: int) -> int:
    """The first lower-case verb; a capital one only behind a colon (`Đảng ủy xã: Tham mưu …`)."""
    colon = next((c for c in _CAPITAL_VERB.finditer(text, at, end) if verb().match(low, c.end())), None)
    start = at + 2
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
    lead = _LEAD.match(low, start, end)
    at = lead.end() if lead else start
    said = _at_joint(text, low, at, end, responsible=responsible)
    if said:
        return said
    if not _GROUND.match(low, at):
        return Said(at)
    for joint in list(_JOINTS.finditer(low, at, min(end, at + 1500)))[:14]:
        said = _at_joint(text, low, joint.end(), end, responsible=responsible)
        if said and (said.ordered or text[joint.end()].isupper() or low.startswith(("các ", "từng ", "cấp ủy", "tập thể"), joint.end())):
            return said
    return Said(at)


def _at_joint(text: str, low: str, at: int, end: int, *, responsible: bool) -> Said | None:
    """Read `Giao X làm`, `X làm`, or `Y giao X làm` at an offset."""
    order = _order().match(low, at, end)
    if order and (not responsible or low.startswith("giao", at)):
        named = name_at(text, low, order.end(), end)
        if named and (named[1] < end or order):
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
            return Said(below[1], below[0], giver=named[0], ordered=True)
    return Said(named[1], named[0])


_HEAD_LEAD = re.compile(
    r"\s*(?:(?:đối\s*với|trách\s*nhiệm\s*(?:của)?|nhiệm\s*vụ\s*(?:của)?|về\s*phía|giao\s*(?:cho)?|đề\s*nghị|yêu\s*cầu|phân\s*công)\s+)?"
)
_HEAD_TAIL = re.compile(
    r"(?:\s*[,:]?\s*(?:có\s*trách\s*nhiệm|chịu\s*trách\s*nhiệm|chủ\s*trì\s*,?\s*phối\s*hợp(?:\s+thực\s*hiện)?|chủ\s*trì(?:\s+thực\s*hiện)?|thực\s*hiện(?:\s+(?:các|một\s*số)[^.;]{0,60})?|"
    r"tập\s*trung[^.;]{0,80}(?:sau|như\s+sau)|\(chủ\s*trì\)|như\s+sau))*\s*[:.]?\s*$"
)


def heading_names(text: str, low: str, start: int, end: int) -> tuple[int, int] | None:
    """Give the (start, end) of the bodies that a heading makes responsible (`3. Giao Ban Tổ chức Huyện ủy:`), or None."""
    if end - start > _LONGEST + 120:
        return None
    lead = _HEAD_LEAD.match(low, start, end)
    at = lead.end() if lead else start
    if not is_body(text, at) and lead:
        at = start + len(text[start:end]) - len(text[start:end].lstrip())
    tail = _HEAD_TAIL.search(low, at, end)
    stop = tail.start() if tail else end
    named = name_at(text, low, at, stop)
    if not named or named[1] < stop:
        return None
    return named[0]
