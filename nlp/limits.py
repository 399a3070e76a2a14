"""Which times are limits that somebody must keep?

A date binds through the words around it: `trước`, `chậm nhất`, `xong trong`, a label (`Thời gian hoàn thành:`), a cycle
at the head of a sentence. Times of cited documents, meetings, entry into force, as-of dates and past limits do not bind.
One invented deadline costs more trust than one that is missed, so what is in doubt does not bind.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from ingest.transcript import Span
from nlp.assignees import phrases
from nlp.directive import Deadline, LimitKind, Place
from nlp.letters import bare
from nlp.lexicon import load
from nlp.timewords import Time

_BEFORE = 160  # characters to the left of a time that tell whether it binds
_ANOTHER = re.compile(
    r"\W*(?P<kind>quyết định|nghị định|thông tư|chỉ thị|nghị quyết|kế hoạch|công điện|công văn|luật)"
    r"(?: số \d\S*)?(?! này) (?:cũng |còn |đã |có hiệu lực[^.;]{0,60}? và )?(?:giao|yêu cầu|quy định|đề nghị|nêu rõ)(?!\w)"
)
_FAR = dt.timedelta(days=366 * 15)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where limits are looked for: the document's date (the earliest that can bind), whether it is a law, or only reports."""

    issued_on: dt.date | None
    is_law: bool = False
    is_report: bool = False


def binds(time: Time, texts: tuple[str, str], start: int, end: int, setting: Setting) -> bool:
    """Say whether a time in the sentence from start to end is a limit; texts are the whole text bare and in lower case."""
    low, marked = texts
    before = low[max(start, time.start - _BEFORE) : time.start]
    if _in_quotes(low, start, time) or _is_past(time, marked[max(start, time.start - _BEFORE) : time.start], setting):
        return False
    sentence = low[max(start, time.start - 400) : min(end, time.end + 400)]
    if setting.is_law and (time.assumptions or not (_found("must", sentence) and _found("delivers", sentence))):
        return False
    after = low[time.end : min(end, time.end + 200)]
    ways = {
        "day": lambda: not re.match(r",? thi\b", after.lstrip()) and _day_binds(time, before, sentence),
        "period": lambda: not setting.is_report and _period_binds(time, before, after),
        "range": lambda: _found("label", before) or (_found("spans", before) and not _found("event", sentence)),
        "set": lambda: _set_binds(time, before, after, setting),
        "span": lambda: not setting.is_law and not _found("citizens", sentence) and _found("action", sentence),
    }
    return ways[time.shape]()


def binds_in_table(time: Time, setting: Setting) -> bool:
    """Say whether a time in the column of times binds: any but a past one."""
    return time.date is None or setting.issued_on is None or time.date >= setting.issued_on


def _is_past(time: Time, before: str, setting: Setting) -> bool:
    """Say whether a time lies behind the document, or tells since when something holds."""
    if time.shape in ("set", "span"):
        return False
    if time.date is None or (setting.issued_on and not setting.issued_on <= time.date <= setting.issued_on + _FAR):
        return True
    if time.cue.startswith("den") and _found("holds", before):
        return True
    return _found("retold", before) and not time.cue.startswith(("cham", "tu nay"))


def _day_binds(time: Time, before: str, sentence: str) -> bool:
    if time.bound == "before" and _found("condition", before):
        return False
    if time.bound in ("before", "at latest"):
        return _found("action", sentence)
    if time.bound == "within":
        return _found("finish", before)
    return _found("label", before) and not _found("done", before)


def _period_binds(time: Time, before: str, after: str) -> bool:
    if time.cue.startswith("tu nay"):
        return _found("action", before + after)
    if time.cue.startswith(("den", "toi")) and _found("target", after):
        return True
    if time.bound in ("before", "at latest"):
        return _found("finish", before)
    if time.bound != "within":
        return _found("label", before) or ("vao" in time.cue and _found("milestone", before))
    if not re.search(r"\w", before):
        return _found("action", after[:90])
    closes = re.match(r"\s*(?:$|[.;)])", after) is not None and "nam" not in time.cue
    return (_found("finish", before) or (closes and _found("orders", before))) and not _is_name(before)


def _is_name(before: str) -> bool:
    """The period belongs to a noun before it: `kế hoạch năm 2025`, `báo cáo quý I`."""
    return bool(
        re.search(
            r"(?:bao cao|ke hoach|chuong trinh|nhiem vu|ket qua|cong tac|du toan|ngan sach|chi tieu|bo|cua|tinh hinh|dau|cuoi)\s*$", before
        )
    )


def _set_binds(time: Time, before: str, after: str, setting: Setting) -> bool:
    if setting.is_report:
        return time.cue != "" and _found("action", before + after)
    if time.recurrence and time.cue not in ("ngay", "luc", "dinh ky"):
        return not _found("retold", before)
    if time.recurrence or time.cue:
        return _found("action", before + after)
    return _cycle_binds(before, after)


def _cycle_binds(before: str, after: str) -> bool:
    """A bare cycle (`hằng năm`) binds at the head of a clause, or behind a verb that it closes."""
    if re.search(r"(?:^\W*\w?|[.;:)]|\bthi)\W*$", before):
        return _found("action", after[:160])
    if re.search(r"(?:\bva|,)\W*$", before):
        return _found("action", after[:14])
    closes = re.match(r"\s*(?:$|[.;,)]|theo quy dinh)", after) is not None
    return closes and (_found("cycle_after", before) or (_found("cycle_of", before) and not _found("cycle_noun", before)))


def _in_quotes(low: str, start: int, time: Time) -> bool:
    """Quoted words are another document's."""
    left = low[max(start, time.start - 600) : time.start]
    return left.count("“") > left.count("”")


def ordered_by_another(low: str, start: int, end: int, own_kind: str | None) -> bool:
    """`Nghị định giao Ủy ban nhân dân các tỉnh …`: what a document of another kind, named without `này`, orders is retold."""
    found = _ANOTHER.match(low, start, end)
    return found is not None and found["kind"].capitalize() != own_kind


def _found(name: str, text: str) -> bool:
    return _pattern(name).search(text) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Give a pattern of lexicon/times.toml; `{action}` in it stands for the verbs with which somebody acts."""
    return re.compile(load("times")["binds"][name].replace("{action}", _acts()))


@cache
def _acts() -> str:
    """The verbs of tasks without diacritics; of one syllable only those listed for times, the others sound like other words."""
    verbs = {bare(word) for word in load("verbs")["tasks"] if " " in word}
    return phrases([*verbs, *load("times")["binds"]["verbs"]])


def deadline(time: Time, text: str) -> Deadline:
    """Put a time that binds into the record; text is the whole plain text."""
    kind: LimitKind = {"set": "recurring", "span": "relative"}.get(time.shape, "date")  # type: ignore[assignment]
    return Deadline(
        kind=kind,
        text=" ".join(text[time.start : time.end].split()),
        place=Place(Span(time.start, time.end)),
        bound="at latest" if time.bound == "none" else time.bound,
        date=time.date,
        at=time.at,
        recurrence=time.recurrence,
        anchor=time.anchor,
        assumptions=time.assumptions,
    )


def elsewhere(low: str, text: str, start: int, end: int) -> Deadline | None:
    """Find a limit that another document holds (`đúng thời gian quy định`) in a lower-cased sentence."""
    found = _elsewhere().search(low, start, end)
    if not found:
        return None
    words = " ".join(text[found.start() : found.end()].split())
    return Deadline(kind="elsewhere", text=words, place=Place(Span(found.start(), found.end())))


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile(rf"{phrases(load('verbs')['elsewhere'])}(?: (?:tại|theo|của|nêu tại) [^.;,()]{{3,60}})?")
