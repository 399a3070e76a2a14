"""Which sentences order something without a limit, or with one that another document sets, and which only look like it?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.transcript import Span
from nlp.assignees import Said, phrases, verb
from nlp.directive import Duty, Place
from nlp.duty_reading import Reading, Stretch, around, is_group, is_speaker
from nlp.lexicon import load
from nlp.limits import elsewhere
from nlp.outline import Passage
from nlp.tasks import Work, is_generic, work_of

_DENIED = re.compile(r"(?<!\w)(?:không|chưa|nếu)(?!\w)")  # who fails to act is warned, not ordered
_WISH = re.compile(r"nghiêm\s*túc|khẩn\s*trương|triển\s*khai|thực\s*hiện|dự\s|phối\s*hợp|quan\s*tâm|đúng\s*thành\s*phần|thi\s*hành")
_OPENS_LIST = re.compile(r"(?:sau|sau\s*đây|cụ\s*thể|như\s*sau)\s*:\s*$")
_OF_EVENT = re.compile(r"\W*(?:thời gian|địa điểm|thành phần|chủ trì|tới dự|dự họp)\b[^:.]{0,30}:")
_INVITES = re.compile(r"(?:kính|trân trọng)\s+mời(?!\w)")
_IMPLEMENTS = re.compile(r"(?:chịu\s*trách\s*nhiệm\s*)?(?:tổ\s*chức\s+)?thi\s*hành\s+(?:quyết|nghị|chỉ|thông|kế)")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence in which somebody acts: who is told, whether outright, whether it only says to whom something is handed in."""

    place: Stretch
    said: Said
    told: bool
    hands_in: bool
    is_first: bool


def undated(reading: Reading, passage: Passage, sentence: Stretch, said: Said, *, is_first: bool) -> Iterator[Duty]:
    """An order without a limit, or with a limit that stands in another document; what only looks like one is noted."""
    start, end = sentence
    begins = (said.assignee or (0, start))[1]
    if passage.paragraph.zone not in ("body", "opening") or verb().match(reading.low, said.task) is None or said.task - begins > 40:
        return
    if reading.setting.is_law or reading.setting.is_report:
        reading.no_orders += [(sentence, "law" if reading.setting.is_law else "report")] if said.assignee else []
        return
    told = said.assignee is not None and not is_speaker(reading, said)
    if passage.heading and not told:
        return
    read = _Sentence(sentence, said, told, _hands_in(reading, passage, said, end), is_first)
    reason = _why_not(reading, passage, read)
    work = None if reason else work_of(reading.text, [(said.task, end)], [])
    if work and (len(work.task.split()) < 3 or (is_generic(work.task) and not read.hands_in)):
        reason = "short"
    if reason:
        reading.no_orders.append((sentence, reason))
    elif work:
        yield _duty(reading, passage, read, work)


def _why_not(reading: Reading, passage: Passage, sentence: _Sentence) -> str | None:
    """Say why a sentence in which somebody acts is no order (a key of [why_not] in verbs.toml); None where it is one."""
    (start, end), said = sentence.place, sentence.said
    under = passage.bodies is not None or (passage.opener is not None and passage.marked) or sentence.hands_in
    told = sentence.told
    reasons = {
        "event": _OF_EVENT.match(reading.low, start) is not None or _INVITES.search(reading.low, start, said.task + 6) is not None,
        "denied": _DENIED.search(reading.text, (said.assignee or (0, start))[1], said.task) is not None,
        "own": said.assignee is not None and not told,
        "nobody": said.assignee is None and not under,
        "execution": _IMPLEMENTS.match(reading.low, said.task) is not None,
        "follows": not told and not sentence.is_first and _concrete().match(reading.low, said.task) is None,
        "opens": not passage.marked and _OPENS_LIST.search(reading.low, start, end) is not None,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _duty(reading: Reading, passage: Passage, sentence: _Sentence, work: Work) -> Duty:
    (start, end), said, told = sentence.place, sentence.said, sentence.told
    limit = elsewhere(reading.low, reading.text, start, end)
    who = reading.printed(said.assignee) if told and said.assignee else around(reading, passage, (said.task, end))
    return Duty(
        task=work.task,
        place=Place(Span(start, end)),
        confidence=0.8 if told else 0.7,
        rule="hạn theo văn bản khác" if limit else "giao việc, không nêu hạn",
        assignee=who,
        is_group=is_group(who),
        giver=reading.printed(said.giver) if said.giver else reading.giver,
        co_ordinators=work.co_ordinators,
        product=work.product,
        to_whom=work.to_whom,
        through=work.through,
        deadline=limit,
        inferred=() if told else ("assignee",),
    )


def _hands_in(reading: Reading, passage: Passage, said: Said, end: int) -> bool:
    """An item that says to whom something is handed in is its sibling's, whose body the item before names."""
    follows = reading.recent is not None and reading.recent[0] == passage.path and passage.marked and not passage.heading
    return follows and said.assignee is None and work_of(reading.text, [(said.task, end)], []).to_whom is not None


@cache
def _concrete() -> re.Pattern[str]:
    return re.compile(phrases(load("verbs")["concrete"]))


def without_wish(reading: Reading, orders: list[tuple[Passage, Duty]], *, closing: list[Passage], others: bool) -> list[Duty]:
    """The sentence that closes a document wishes it well (`Yêu cầu … nghiêm túc triển khai thực hiện`): no duty beside others."""
    last = closing[-1].end if closing else 0

    def wishes(passage: Passage, duty: Duty) -> bool:
        closes = duty.place.span is not None and duty.place.span.end >= last - 3 and "assignee" not in duty.inferred
        return _WISH.search(duty.task.lower()[:90]) is not None and (closes or (passage in closing and not passage.marked))

    kept = [duty for passage, duty in orders if not wishes(passage, duty)]
    kept = kept if kept or others else [duty for _, duty in orders][:1]
    wished = [duty.place.span for _, duty in orders if duty not in kept]
    reading.no_orders += [((span.start, span.end), "wish") for span in wished if span]
    return kept
