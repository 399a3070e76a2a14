"""Who must do what by when, because of this document?

Limits are found first (nlp.limits); the sentence around each tells who and what. Orders without a limit come after.
A sentence that does not say who stands under a heading, among siblings, or addresses those of Kính gửi: then the field
is inferred, and said to be.
"""

import datetime as dt
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.transcript import Span
from nlp.assignees import Said, phrases, read_sentence, verb
from nlp.clauses import Clause, clauses
from nlp.compact import Compact, compact
from nlp.directive import Duty, Place
from nlp.givers import find_giver
from nlp.letters import bare, mended
from nlp.lexicon import load
from nlp.limits import Setting, binds, binds_in_table, deadline, elsewhere, ordered_by_another
from nlp.outline import Passage, passages, sentences
from nlp.own import Own
from nlp.printed import printed
from nlp.sameness import most_alike, without_doubles
from nlp.scanned import rows, scanned
from nlp.tasks import is_generic, work_of
from nlp.tasktables import TaskRow, task_rows
from nlp.times import find_times
from nlp.timewords import Time
from nlp.zones import Zones

_LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch"})
_REPORTS = frozenset({"Báo cáo", "Tờ trình", "Biên bản", "Công báo"})
_BACK = 60  # bodies back, one of which a task that names none may fall to
_ENOUGH = 600  # characters of a sentence that another leans on
_FOR_ALL = re.compile(
    r"\W*(?:tất\s*cả\s+|toàn\s*bộ\s+)?(?:các\s+)?(?:nội\s*dung|nhiệm\s*vụ|công\s*việc|văn\s*bản)\s+(?:trên|nêu|trình|này|được|phải)"
)
_GROUP = re.compile(
    r"(?:các|những|tất\s*cả|toàn\s*thể|mỗi|từng|\d+\s?%|cấp\s*ủy|tập\s*thể|thủ\s*trưởng\s+các|chủ\s*tịch\s+.{0,40}các)(?![a-zđ])"
)
_LABEL = re.compile(r"\W*(?:thời\s*(?:gian|hạn)|hạn|hoàn\s*thành|xong)(?![a-zđ])")
_TOLD_OF = re.compile(r"(?<!\w)(?:số \d|yêu cầu|đề nghị|giao|về việc)(?!\w)")
_DENIED = re.compile(r"(?<!\w)(?:không|chưa|nếu)(?!\w)")  # who fails to act is warned, not ordered
_WISH = re.compile(r"nghiêm\s*túc|khẩn\s*trương|triển\s*khai|thực\s*hiện|dự\s|phối\s*hợp|quan\s*tâm|đúng\s*thành\s*phần|thi\s*hành")
_OPENS_LIST = re.compile(r"(?:sau|sau\s*đây|cụ\s*thể|như\s*sau)\s*:\s*$")
_YOU = re.compile(r"quý\s")  # `Quý cơ quan` is whom the letter addresses
_IMPLEMENTS = re.compile(r"(?:chịu\s*trách\s*nhiệm\s*)?(?:tổ\s*chức\s+)?thi\s*hành\s+(?:quyết|nghị|chỉ|thông|kế)")

Stretch = tuple[int, int]


@dataclass(slots=True)
class _Reading:
    """What is known of the whole text while it is read from top to bottom."""

    zones: Zones
    own: Own
    text: str
    low: str
    plainer: str
    times: list[Time]
    setting: Setting
    giver: str | None
    recent: tuple[tuple[int, ...], Stretch] | None = None
    """The last body that a sentence named, with the path of its passage."""
    owed: dict[int, tuple[Stretch, bool]] = field(default_factory=dict)
    """For each numbered item: the body over it, and whether it has a limit of its own."""
    told: deque[tuple[Stretch, Stretch]] = field(default_factory=lambda: deque(maxlen=_BACK))
    """The last bodies that sentences named, each with its task."""
    before: Stretch | None = None
    """The words of the last passage that said what to do."""

    def limits(self, start: int, end: int) -> list[Time]:
        """Give the times in a sentence that bind somebody."""
        first = bisect_left(self.times, start, key=lambda t: t.start)
        last = bisect_left(self.times, end, key=lambda t: t.start)
        return [time for time in self.times[first:last] if binds(time, (self.plainer, self.low), start, end, self.setting)]

    def printed(self, stretch: Stretch) -> str:
        """Give a stretch as a value."""
        return printed(self.text[stretch[0] : stretch[1]])


def find_duties(zones: Zones, own: Own) -> tuple[Duty, ...]:
    """Find the duties of a document in reading order: with a limit (date, recurring, relative, elsewhere) or without one.

    An order without a limit has deadline None. Nothing is taken from outlines, forms, footnotes and the wish at the end.
    """
    whole = compact(zones.plain)
    inside = (replace(p, span=Span(*whole.inside(p.span))) for p in zones.paragraphs)
    text = mended(whole.text)
    zones = replace(zones, plain=text, paragraphs=tuple(inside))
    reading = _begin(zones, own, text)
    found: list[Duty] = []
    for row in task_rows(zones, rows(zones)):
        found += _row_duties(reading, row)
    undated: list[tuple[Passage, Duty]] = []
    read = list(passages(text, reading.low, scanned(zones)))
    for passage in read:
        for duty in _passage_duties(reading, passage):
            if duty.deadline is None:
                undated.append((passage, duty))
            else:
                found.append(duty)
    found += _without_wish(undated, closing=read[-3:], others=bool(found))
    placed = [_placed(duty, whole) for duty in without_doubles(found)]
    return tuple(sorted(placed, key=lambda duty: duty.place.span.start if duty.place.span else 0))


def _placed(duty: Duty, whole: Compact) -> Duty:
    """Give a duty with its places as offsets of the Transcript's text."""
    limit = duty.deadline
    if limit and limit.place.span:
        limit = replace(limit, place=Place(whole.outside(limit.place.span.start, limit.place.span.end)))
    span = duty.place.span
    return replace(duty, place=Place(whole.outside(span.start, span.end)) if span else duty.place, deadline=limit)


def _begin(zones: Zones, own: Own, text: str) -> _Reading:
    low = text.lower()
    low = low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    issued_on = own.issued_on or _year_of_head(zones)
    is_law = own.type in _LAWS or re.search(r"/20\d\d/", own.number or "") is not None
    setting = Setting(issued_on, is_law=is_law, is_report=own.type in _REPORTS)
    plainer = bare(text)
    times = list(find_times(text, issued_on, plainer))
    return _Reading(zones, own, text, low, plainer, times, setting, find_giver(zones, text, low) or own.agency)


def _year_of_head(zones: Zones) -> dt.date | None:
    """Where the day is left blank, the month and year of the head are the earliest day that can bind."""
    for paragraph in zones.within("head"):
        found = re.search(r"(?:tháng\s*(\d{1,2})?\s*)?năm\s*(20\d\d)", zones.text(paragraph.span))
        if found:
            month = int(found[1] or 1)
            return dt.date(int(found[2]), month if 1 <= month <= 12 else 1, 1)
    return None


def _row_duties(reading: _Reading, row: TaskRow) -> Iterator[Duty]:
    """A row of a table of tasks: its cells say it all."""
    start, end = row.cells.get("time", (row.start, row.start))
    first = bisect_left(reading.times, start, key=lambda t: t.start)
    limits = [t for t in reading.times[first : first + 8] if t.start < end and binds_in_table(t, reading.setting)]
    who = row.cells.get("assignee")
    work = work_of(reading.text, [row.cells["task"]], [])
    product, co = row.cells.get("product"), row.cells.get("co")
    if not work.task or not (limits or who):
        return
    yield Duty(
        task=work.task,
        place=Place(Span(row.start, row.end)),
        confidence=0.9 if limits else 0.75,
        rule="bảng phân công nhiệm vụ",
        assignee=reading.printed(who) if who else None,
        is_group=bool(who and _GROUP.match(reading.low, who[0])),
        giver=reading.giver,
        co_ordinators=(reading.printed(co),) if co and reading.printed(co) else work.co_ordinators,
        product=(reading.printed(product) or None) if product else work.product,
        to_whom=work.to_whom,
        through=work.through,
        deadline=deadline(limits[0], reading.text) if limits else None,
    )


def _passage_duties(reading: _Reading, passage: Passage) -> list[Duty]:
    """The duties of one paragraph; a sentence that its own limit follows in another is no duty without one."""
    first: tuple[Said, Stretch] | None = None
    found: list[Duty] = []
    for start, end in sentences(reading.text, passage.start, passage.end):
        said = _own_task(reading, read_sentence(reading.text, reading.low, start, end, responsible=passage.bodies is not None))
        limits = [t for t in reading.limits(start, end) if not _is_retold(reading, t, said, start)]
        retold = ordered_by_another(reading.low, start, end, reading.own.type) or (
            not said.assignee and passage.paragraph.zone == "opening"
        )
        limits = [] if retold else limits
        if said.assignee and not _is_speaker(reading, said):
            reading.recent = (passage.path, said.assignee)
            reading.told.append((said.assignee, (said.task, min(end, said.task + _ENOUGH))))
        for clause in clauses(reading.text, reading.low, said.task, end, limits):
            duty, borrows = _dated(reading, passage, clause, said, first)
            if borrows and len(found) == 1 and found[0].deadline is None:
                found.clear()
            found.append(duty)
        if not limits:
            found += _undated(reading, passage, (start, end), said, is_first=first is None)
        if said.assignee or verb().match(reading.low, said.task):
            first = first or (said, (said.task, end))
    _remember(reading, passage, first, dated=any(duty.deadline for duty in found))
    return found


def _is_retold(reading: _Reading, limit: Time, said: Said, start: int) -> bool:
    """A limit among the grounds of a sentence is another document's, unless it stands right before who must act or at the head."""
    body = said.giver or said.assignee
    if body is None or limit.end > body[0] or limit.start - start <= 25:
        return False
    if _TOLD_OF.search(reading.low, start, limit.start):
        return True
    return ")" in reading.text[limit.end : body[0]] or body[0] - limit.end > 12


def _remember(reading: _Reading, passage: Passage, first: tuple[Said, Stretch] | None, *, dated: bool) -> None:
    """Keep what later paragraphs may lean on: whose item it was, and what it said to do."""
    bodies = passage.bodies or (first[0].assignee if first and passage.marked else None)
    if bodies:
        owed = reading.owed.get(passage.item)
        reading.owed[passage.item] = (owed[0] if owed else bodies, dated or bool(owed and owed[1]))
    if first and not passage.heading and not is_generic(reading.text[first[1][0] : first[1][1]]):
        reading.before = first[1]


def _own_task(reading: _Reading, said: Said) -> Said:
    """`Cấp ủy phân công cán bộ theo dõi`: what another than the speaker orders is that body's own task."""
    if said.giver is None or said.order is None or _speaks(reading, reading.printed(said.giver)):
        return said
    return Said(said.order, said.giver)


def _speaks(reading: _Reading, name: str) -> bool:
    """Say whether a name is that of the body that speaks, or of its chair."""
    words = set(bare(name).replace("ubnd", "uy ban nhan dan").split())
    for body in (reading.giver, reading.own.agency):
        other = set(bare(body or "").replace("ubnd", "uy ban nhan dan").split())
        if other and len(words & other) >= 0.8 * min(len(words), len(other)):
            return True
    return reading.giver is None


def _is_speaker(reading: _Reading, said: Said) -> bool:
    """Say whether the body that a sentence names is the one that speaks, not one that is spoken to."""
    if not said.assignee or said.ordered:
        return False
    words = set(bare(reading.printed(said.assignee)).replace("ubnd", "uy ban nhan dan").split())
    for body in (reading.giver, reading.own.agency):
        other = set(bare(body or "").replace("ubnd", "uy ban nhan dan").split())
        if other and (words == other or (words < other and len(words) >= len(other) - 3)):
            return True
    return False


def _dated(reading: _Reading, passage: Passage, clause: Clause, said: Said, first: tuple[Said, Stretch] | None) -> tuple[Duty, bool]:
    """A duty with a limit, and whether it took its task from the paragraph's first sentence."""
    pieces = list(clause.pieces)
    words = " ".join(reading.text[a:b] for a, b in pieces)
    inferred: list[str] = []
    borrows = False
    if is_generic(words) and not _FOR_ALL.match(reading.low, pieces[0][0]):
        whole = _borrowed(reading, clause, said, first)
        if whole:
            pieces.insert(0, whole)
            borrows = first is not None and whole[0] == first[1][0]
            inferred += ["task"] if whole[0] < passage.start else []
        said = first[0] if first and not said.assignee else said
    who, guessed = _who(reading, passage, clause, said)
    inferred += ["assignee"] if guessed and who else []
    limit = deadline(clause.limit, reading.text)
    work = work_of(reading.text, pieces, [(t.start, t.end) for t in _near(reading, pieces)])
    if work.to_whom is None and reading.before and _LABEL.match(reading.low, pieces[0][0]):  # `Thời gian hoàn thành đăng ký …`
        registered = work_of(reading.text, [reading.before], [])
        work = replace(work, to_whom=registered.to_whom, through=registered.through)
    duty = Duty(
        task=work.task or reading.printed(clause.span),
        place=Place(Span(*clause.span)),
        confidence=_confidence(clause.limit, guessed=guessed, who=who),
        rule=f"hạn trong câu: {limit.text}",
        assignee=who,
        is_group=bool(who and _GROUP.match(who.lower())),
        giver=reading.printed(said.giver) if said.giver else reading.giver,
        co_ordinators=work.co_ordinators,
        product=work.product,
        to_whom=work.to_whom,
        through=work.through,
        deadline=limit,
        inferred=tuple(inferred),
    )
    return duty, borrows


def _borrowed(reading: _Reading, clause: Clause, said: Said, first: tuple[Said, Stretch] | None) -> Stretch | None:
    """What a clause that says only by when leans on: the words before it in its sentence, the paragraph, the item above."""
    begins = clause.pieces[0][0]
    if begins >= clause.limit.end and not _LABEL.match(reading.low, begins):
        return None
    earlier = (said.task, min(begins, clause.limit.start, said.task + _ENOUGH))
    if earlier[1] - earlier[0] > 12 and not is_generic(reading.text[earlier[0] : earlier[1]]):
        return earlier
    if first and first[1][0] < begins:
        return first[1][0], min(first[1][1], first[1][0] + _ENOUGH)
    if reading.before and _LABEL.match(reading.low, begins):
        return reading.before[0], min(reading.before[1], reading.before[0] + _ENOUGH)
    return None


def _near(reading: _Reading, pieces: Sequence[Stretch]) -> list[Time]:
    """The limits that stand in the pieces of a clause: no words of the task."""
    found = []
    for start, end in pieces:
        found += reading.limits(start, end)
    return found


def _who(reading: _Reading, passage: Passage, clause: Clause, said: Said) -> tuple[str | None, bool]:
    """Give the assignee as printed, and whether it was taken from around the sentence."""
    if clause.handed_to:
        return reading.printed(clause.handed_to), False
    if _FOR_ALL.match(reading.low, clause.span[0]) and not said.assignee and reading.owed:
        free = [reading.printed(bodies) for bodies, dated in reading.owed.values() if not dated]
        return ", ".join(dict.fromkeys(free or [reading.printed(bodies) for bodies, _ in reading.owed.values()])), True
    if said.assignee and not (_YOU.match(reading.low, said.assignee[0]) and reading.own.addressees):
        return reading.printed(said.assignee), False
    return _around(reading, passage, clause.pieces[0]), True


def _around(reading: _Reading, passage: Passage, said: Stretch) -> str | None:
    """Heading, sibling, list opener, addressees, who was told much the same, the last body named: the nearest one that there is."""
    recent = reading.recent
    for stretch in (passage.bodies, recent[1] if recent and recent[0] == passage.path and passage.marked else None, passage.opener):
        if stretch:
            return reading.printed(stretch)
    if reading.own.addressees:
        return ", ".join(reading.own.addressees)
    alike = most_alike(reading.low[said[0] : said[1]], [reading.low[a:b] for _, (a, b) in reading.told])
    stretch = reading.told[alike][0] if alike is not None else recent[1] if recent else None
    return reading.printed(stretch) if stretch else None


def _confidence(limit: Time, *, guessed: bool, who: str | None) -> float:
    sure = {"day": 0.95, "period": 0.85, "range": 0.65, "set": 0.85, "span": 0.75}[limit.shape]
    if limit.shape == "set" and not (limit.cue or limit.recurrence):
        sure = 0.75
    return round(sure - (0.05 if guessed else 0.0) - (0.05 if who is None else 0.0) - (0.1 if limit.assumptions else 0.0), 2)


def _undated(reading: _Reading, passage: Passage, sentence: Stretch, said: Said, *, is_first: bool) -> Iterator[Duty]:
    """An order without a limit, or with a limit that stands in another document."""
    start, end = sentence
    if reading.setting.is_law or reading.setting.is_report or passage.paragraph.zone not in ("body", "opening"):
        return
    acts = verb().match(reading.low, said.task) is not None and said.task - (said.assignee or (0, start))[1] <= 40
    told = said.assignee is not None and not _is_speaker(reading, said)
    if _DENIED.search(reading.text, (said.assignee or (0, start))[1], said.task):
        return
    hands_in = _hands_in(reading, passage, said, end)
    stands_under = passage.bodies is not None or (passage.opener is not None and passage.marked) or hands_in
    if not acts or not (told or (stands_under and not said.assignee)) or _IMPLEMENTS.match(reading.low, said.task):
        return
    if not told and (passage.heading or not (is_first or _concrete(reading.low, said.task))):
        return
    if not passage.marked and _OPENS_LIST.search(reading.low, start, end):
        return
    limit = elsewhere(reading.low, reading.text, start, end)
    work = work_of(reading.text, [(said.task, end)], [])
    who = reading.printed(said.assignee) if told and said.assignee else _around(reading, passage, (said.task, end))
    if len(work.task.split()) < 3 or (is_generic(work.task) and not hands_in):
        return
    yield Duty(
        task=work.task,
        place=Place(Span(start, end)),
        confidence=0.8 if told else 0.7,
        rule="hạn theo văn bản khác" if limit else "giao việc, không nêu hạn",
        assignee=who,
        is_group=bool(who and _GROUP.match(who.lower())),
        giver=reading.printed(said.giver) if said.giver else reading.giver,
        co_ordinators=work.co_ordinators,
        product=work.product,
        to_whom=work.to_whom,
        through=work.through,
        deadline=limit,
        inferred=() if told else ("assignee",),
    )


def _hands_in(reading: _Reading, passage: Passage, said: Said, end: int) -> bool:
    """An item that says to whom something is handed in is its sibling's, whose body the item before names."""
    follows = reading.recent is not None and reading.recent[0] == passage.path and passage.marked and not passage.heading
    return follows and said.assignee is None and work_of(reading.text, [(said.task, end)], []).to_whom is not None


def _concrete(low: str, at: int) -> bool:
    return re.compile(phrases(load("verbs")["concrete"])).match(low, at) is not None


def _without_wish(undated: list[tuple[Passage, Duty]], *, closing: list[Passage], others: bool) -> list[Duty]:
    """The sentence that closes a document wishes it well (`Yêu cầu … nghiêm túc triển khai thực hiện`): no duty beside others."""
    last = closing[-1].end if closing else 0

    def wishes(passage: Passage, duty: Duty) -> bool:
        closes = duty.place.span is not None and duty.place.span.end >= last - 3 and "assignee" not in duty.inferred
        return _WISH.search(duty.task.lower()[:90]) is not None and (closes or (passage in closing and not passage.marked))

    kept = [duty for passage, duty in undated if not wishes(passage, duty)]
    return kept if kept or others else [duty for _, duty in undated][:1]
