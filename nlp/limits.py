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
_NEAR = 40  # … and those that tell what a retold time is the time of
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
    return why_not(time, texts, start, end, setting) is None


def why_not(time: Time, texts: tuple[str, str], start: int, end: int, setting: Setting) -> str | None:
    """Say why a time in the sentence from start to end is no limit (a key of [why_not] in times.toml); None where it is one."""
    low, marked = texts
    before = low[max(start, time.start - _BEFORE) : time.start]
    if _in_quotes(low, start, time):
        return "quoted"
    if past := _past(time, marked[max(start, time.start - _BEFORE) : time.start], setting):
        return past
    sentence = low[max(start, time.start - 400) : min(end, time.end + 400)]
    if setting.is_law and (time.assumptions or not _binds_in_law(time, sentence, low[start : time.start])):
        return "law"
    after = low[time.end : min(end, time.end + 200)]
    ways = {
        "day": lambda: _no_day(time, before, sentence, after),
        "period": lambda: "report" if setting.is_report and not _found("asks", sentence) else _no_period(time, before, after),
        "range": lambda: _no_range(before, sentence),
        "set": lambda: _no_set(time, before, after, setting),
        "span": lambda: _no_span(sentence, setting),
    }
    return ways[time.shape]()


def _binds_in_law(time: Time, sentence: str, before: str) -> bool:
    """A law orders with a word for it, or tells a body (`Ủy ban nhân dân cấp tỉnh hoàn thành …`) to be done by a day."""
    if not _found("delivers", sentence):
        return False
    return _found("must", sentence) or (time.date is not None and _found("body_orders", before))


def binds_in_table(time: Time, setting: Setting) -> bool:
    """Say whether a time in the column of times binds: any but a past one."""
    return time.date is None or setting.issued_on is None or time.date >= setting.issued_on


def _past(time: Time, before: str, setting: Setting) -> str | None:
    """Say of a time that lies behind the document, or that tells since when something holds, which of the two."""
    if time.shape in ("set", "span"):
        return None
    if time.date is None or (setting.issued_on and time.date < setting.issued_on):
        return "past"
    if setting.issued_on and time.date > setting.issued_on + _FAR:
        return "far"
    if time.cue.startswith("den"):
        for pattern, reason in (("holds", "holds"), ("figures", "as_of")):
            if _found(pattern, before):
                return reason
    if not _found("retold", before) or time.cue.startswith(("cham", "tu nay")):
        return None
    words = before[-_NEAR:]
    return next((key for key in ("in_force", "as_of", "event", "span") if re.search(load("times")["retold_as"][key], words)), "retold")


def _no_day(time: Time, before: str, sentence: str, after: str) -> str | None:
    if re.match(r",? thi\b", after.lstrip()) or (time.bound == "before" and (_found("condition", before) or _found("already", before))):
        return "condition"
    if time.bound in ("before", "at latest"):
        return None if _found("action", sentence) else "no_action"
    if time.bound == "within":
        return None if _found("finish", before) else "no_cue"
    if not _found("label", before):
        return "event" if time.at else "no_cue"
    return "done" if _found("done", before) else None


def _no_period(time: Time, before: str, after: str) -> str | None:
    if _period_binds(time, before, after):
        return None
    return "name" if _is_name(before) else "period"


def _no_range(before: str, sentence: str) -> str | None:
    if _found("label", before):
        return None
    if _found("event", sentence):
        return "event"
    return None if _found("spans", before) else "span"


def _no_set(time: Time, before: str, after: str, setting: Setting) -> str | None:
    return None if _set_binds(time, before, after, setting) else "cycle"


def _no_span(sentence: str, setting: Setting) -> str | None:
    if setting.is_law or _found("citizens", sentence):
        return "citizens"
    return None if _found("action", sentence) else "no_action"


def _period_binds(time: Time, before: str, after: str) -> bool:
    if time.cue.startswith("tu nay"):
        return _found("action", before + after)
    if time.cue.startswith(("den", "toi")) and _found("target", after):
        return True
    if time.bound in ("before", "at latest"):
        return _found("finish", before) or ("nhat" in time.cue and _found("action", before))
    if time.bound != "within":
        return _found("label", before) or ("vao" in time.cue and _found("milestone", before))
    if not re.search(r"\w", before):
        return _found("action", after[:90])
    closes = re.match(r"\s*(?:$|[.;)])", after) is not None and "nam" not in time.cue
    return (_found("finish", before) or (closes and _found("orders", before))) and (not _is_name(before) or _delivers(before))


def _delivers(before: str) -> bool:
    """A period is no noun's behind the last of several verbs (`đôn đốc, báo cáo`), nor where a plan is to be issued in it."""
    if _found("issues", before):
        return True
    return bool(re.search(r"(?:,|\bva)\s*bao cao\s*$", before)) and _found("action", before)


def _is_name(before: str) -> bool:
    """The period belongs to a noun before it: `kế hoạch năm 2025`, `báo cáo quý I`."""
    return bool(
        re.search(
            r"(?:bao cao|ke hoach|chuong trinh|nhiem vu|ket qua|cong tac|du toan|ngan sach|chi tieu|"
            r"(?<!noi )(?<!can )(?<!toan )(?<!dong )(?<!so )bo|cua|tinh hinh|dau|cuoi)\s*$",
            before,
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
    if re.match(r"\s*(?:ve|cho|voi|len)\s", after) and re.search(r"\b(?:gui|bao cao)\b[^,;.:]{0,40}$", before):
        return not _found("cycle_noun", before)
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
