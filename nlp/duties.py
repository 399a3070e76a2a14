"""Who must do what by when, because of this document?

Limits are found first (nlp.limits); the sentence around each tells who and what. Orders without a limit come after.
A sentence that does not say who stands under a heading, among siblings, or addresses those of Kính gửi: then the field
is inferred, and said to be.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.transcript import Span
from nlp.assignees import Said, read_sentence, verb
from nlp.clauses import Clause, clauses
from nlp.compact import Compact, compact
from nlp.directive import Duty, Place
from nlp.duty_reading import ENOUGH, Reading, Stretch, around, begin, is_group, is_speaker, speaks
from nlp.letters import mended
from nlp.limits import binds_in_table, deadline, ordered_by_another
from nlp.outline import Passage, passages, sentences
from nlp.own import Own
from nlp.sameness import without_doubles
from nlp.scanned import rows, scanned
from nlp.tasks import is_generic, work_of
from nlp.tasktables import TaskRow, task_rows
from nlp.timewords import Time
from nlp.undated import undated, without_wish
from nlp.zones import Paragraph, Zones

_FOR_ALL = re.compile(
    r"\W*(?:tất\s*cả\s+|toàn\s*bộ\s+)?(?:các\s+)?(?:nội\s*dung|nhiệm\s*vụ|công\s*việc|văn\s*bản)\s+(?:trên|nêu|trình|này|được|phải)"
)
_LABEL = re.compile(r"\W*(?:thời\s*(?:gian|hạn)|hạn|hoàn\s*thành|xong)(?![a-zđ])")
_TOLD_OF = re.compile(r"(?<!\w)(?:số \d|yêu cầu|đề nghị|giao|về việc)(?!\w)")
_YOU = re.compile(r"quý\s")  # `Quý cơ quan` is whom the letter addresses


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What looks like a limit or an order and is none: its span, and why (a key of [why_not] in times.toml, in verbs.toml)."""

    limits: tuple[tuple[Span, str], ...]
    orders: tuple[tuple[Span, str], ...]


def find_duties(zones: Zones, own: Own) -> tuple[Duty, ...]:
    """Find the duties of a document in reading order: with a limit (date, recurring, relative, elsewhere) or without one.

    An order without a limit has deadline None. Nothing is taken from outlines, forms, footnotes and the wish at the end.
    """
    whole = compact(zones.plain)
    placed = [_placed(duty, whole) for duty in _read(whole, zones, own)[0]]
    return tuple(sorted(placed, key=lambda duty: duty.place.span.start if duty.place.span else 0))


def passed_over(zones: Zones, own: Own) -> PassedOver:
    """Find the times that are no limits and the sentences that are no orders, in reading order."""
    whole = compact(zones.plain)
    duties, reading = _read(whole, zones, own)
    taken = {duty.deadline.place.span for duty in duties if duty.deadline}
    times = [time for time in reading.times if Span(time.start, time.end) not in taken]
    reasons = [(time.start, time.end, reading.judged.get(time.start, "outside") or "double") for time in times]
    orders = [(start, end, reason) for (start, end), reason in sorted(reading.no_orders)]
    limits, sentences = (tuple((whole.outside(start, end), why) for start, end, why in each) for each in (reasons, orders))
    return PassedOver(limits, sentences)


def _read(whole: Compact, zones: Zones, own: Own) -> tuple[list[Duty], Reading]:
    """Give the duties, their places counted in the compact text, and what was noted while it was read."""
    inside = (Paragraph(Span(*whole.inside(p.span)), p.zone, p.marker, p.is_row) for p in zones.paragraphs)
    text = mended(whole.text)
    zones = replace(zones, plain=text, paragraphs=tuple(inside))
    reading = begin(zones, own, text)
    found: list[Duty] = []
    for row in task_rows(zones, rows(zones)):
        found += _row_duties(reading, row)
    open_ended: list[tuple[Passage, Duty]] = []
    read = list(passages(text, reading.low, scanned(zones)))
    for passage in read:
        for duty in _passage_duties(reading, passage):
            if duty.deadline is None:
                open_ended.append((passage, duty))
            else:
                found.append(duty)
    found += without_wish(reading, open_ended, closing=read[-3:], others=bool(found))
    return without_doubles(found), reading


def _placed(duty: Duty, whole: Compact) -> Duty:
    """Give a duty with its places as offsets of the Transcript's text."""
    limit = duty.deadline
    if limit and limit.place.span:
        limit = replace(limit, place=Place(whole.outside(limit.place.span.start, limit.place.span.end)))
    span = duty.place.span
    return replace(duty, place=Place(whole.outside(span.start, span.end)) if span else duty.place, deadline=limit)


def _row_duties(reading: Reading, row: TaskRow) -> Iterator[Duty]:
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
        is_group=is_group(reading.printed(who) if who else None),
        giver=reading.giver,
        co_ordinators=(reading.printed(co),) if co and reading.printed(co) else work.co_ordinators,
        product=(reading.printed(product) or None) if product else work.product,
        to_whom=work.to_whom,
        through=work.through,
        deadline=deadline(limits[0], reading.text) if limits else None,
    )


def _passage_duties(reading: Reading, passage: Passage) -> list[Duty]:
    """The duties of one paragraph; a sentence that its own limit follows in another is no duty without one."""
    first: tuple[Said, Stretch] | None = None
    found: list[Duty] = []
    for start, end in sentences(reading.text, passage.start, passage.end):
        said = _own_task(reading, read_sentence(reading.text, reading.low, start, end, responsible=passage.bodies is not None))
        limits = _own_limits(reading, passage, (start, end), said)
        if said.assignee and not is_speaker(reading, said):
            reading.recent = (passage.path, said.assignee)
            reading.told.append((said.assignee, (said.task, min(end, said.task + ENOUGH))))
        for clause in clauses(reading.text, reading.low, said.task, end, limits):
            duty, borrows = _dated(reading, passage, clause, said, first)
            if borrows and len(found) == 1 and found[0].deadline is None:
                found.clear()
            found.append(duty)
        if not limits:
            found += undated(reading, passage, (start, end), said, is_first=first is None)
        if said.assignee or verb().match(reading.low, said.task):
            first = first or (said, (said.task, end))
    _remember(reading, passage, first, dated=any(duty.deadline for duty in found))
    return found


def _own_limits(reading: Reading, passage: Passage, sentence: Stretch, said: Said) -> list[Time]:
    """The limits of a sentence that this document sets; those that it retells are noted as such."""
    start, end = sentence
    all_retold = ordered_by_another(reading.low, start, end, reading.own.type) or (
        not said.assignee and passage.paragraph.zone == "opening"
    )
    limits = reading.limits(start, end)
    retold = [t for t in limits if all_retold or _is_retold(reading, t, said, start)]
    reading.judged |= {t.start: "retold_order" for t in retold}
    return [t for t in limits if t not in retold]


def _is_retold(reading: Reading, limit: Time, said: Said, start: int) -> bool:
    """A limit among the grounds of a sentence is another document's, unless it stands right before who must act or at the head."""
    body = said.giver or said.assignee
    if body is None or limit.end > body[0] or limit.start - start <= 25:
        return False
    if _TOLD_OF.search(reading.low, start, limit.start):
        return True
    return ")" in reading.text[limit.end : body[0]] or body[0] - limit.end > 12


def _remember(reading: Reading, passage: Passage, first: tuple[Said, Stretch] | None, *, dated: bool) -> None:
    """Keep what later paragraphs may lean on: whose item it was, and what it said to do."""
    bodies = passage.bodies or (first[0].assignee if first and passage.marked else None)
    if bodies:
        owed = reading.owed.get(passage.item)
        reading.owed[passage.item] = (owed[0] if owed else bodies, dated or bool(owed and owed[1]))
    if first and not passage.heading and not is_generic(reading.text[first[1][0] : first[1][1]]):
        reading.before = first[1]


def _own_task(reading: Reading, said: Said) -> Said:
    """`Cấp ủy phân công cán bộ theo dõi`: what another than the speaker orders is that body's own task."""
    if said.giver is None or said.order is None or speaks(reading, reading.printed(said.giver)):
        return said
    return Said(said.order, said.giver)


def _dated(reading: Reading, passage: Passage, clause: Clause, said: Said, first: tuple[Said, Stretch] | None) -> tuple[Duty, bool]:
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
        is_group=is_group(who),
        giver=reading.printed(said.giver) if said.giver else reading.giver,
        co_ordinators=work.co_ordinators,
        product=work.product,
        to_whom=work.to_whom,
        through=work.through,
        deadline=limit,
        inferred=tuple(inferred),
    )
    return duty, borrows


def _borrowed(reading: Reading, clause: Clause, said: Said, first: tuple[Said, Stretch] | None) -> Stretch | None:
    """What a clause that says only by when leans on: the words before it in its sentence, the paragraph, the item above."""
    begins = clause.pieces[0][0]
    if begins >= clause.limit.end and not _LABEL.match(reading.low, begins):
        return None
    earlier = (said.task, min(begins, clause.limit.start, said.task + ENOUGH))
    if earlier[1] - earlier[0] > 12 and not is_generic(reading.text[earlier[0] : earlier[1]]):
        return earlier
    if first and first[1][0] < begins:
        return first[1][0], min(first[1][1], first[1][0] + ENOUGH)
    if reading.before and _LABEL.match(reading.low, begins):
        return reading.before[0], min(reading.before[1], reading.before[0] + ENOUGH)
    return None


def _near(reading: Reading, pieces: Sequence[Stretch]) -> list[Time]:
    """The limits that stand in the pieces of a clause: no words of the task."""
    found = []
    for start, end in pieces:
        found += reading.limits(start, end)
    return found


def _who(reading: Reading, passage: Passage, clause: Clause, said: Said) -> tuple[str | None, bool]:
    """Give the assignee as printed, and whether it was taken from around the sentence."""
    if clause.handed_to:
        return reading.printed(clause.handed_to), False
    if _FOR_ALL.match(reading.low, clause.span[0]) and not said.assignee and reading.owed:
        free = [reading.printed(bodies) for bodies, dated in reading.owed.values() if not dated]
        return ", ".join(dict.fromkeys(free or [reading.printed(bodies) for bodies, _ in reading.owed.values()])), True
    if said.assignee and not (_YOU.match(reading.low, said.assignee[0]) and reading.own.addressees):
        return reading.printed(said.assignee), False
    return around(reading, passage, clause.pieces[0]), True


def _confidence(limit: Time, *, guessed: bool, who: str | None) -> float:
    sure = {"day": 0.95, "period": 0.85, "range": 0.65, "set": 0.85, "span": 0.75}[limit.shape]
    if limit.shape == "set" and not (limit.cue or limit.recurrence):
        sure = 0.75
    return round(sure - (0.05 if guessed else 0.0) - (0.05 if who is None else 0.0) - (0.1 if limit.assumptions else 0.0), 2)
