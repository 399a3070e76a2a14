"""How far is a duty, after all that people have reported of it?

A duty lives by steps, which are only ever added; undoing one is a step as well. Where it stands is worked out from them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from store.answers import DutyState, StepKind

CLOSED: tuple[DutyState, ...] = ("Đã hoàn thành", "Không thuộc trách nhiệm")
_AT_WORK: tuple[DutyState, ...] = ("Chưa thực hiện", "Đang thực hiện", "Trả lại")
_OPEN: tuple[DutyState, ...] = (*_AT_WORK, "Chờ xác nhận", "Tạm dừng")
_ALL: tuple[DutyState, ...] = (*_OPEN, *CLOSED)
_FROM: dict[StepKind, tuple[DutyState, ...]] = {
    "accept": _ALL,
    "start": ("Chưa thực hiện", "Trả lại"),
    "assign": _OPEN,
    "report": _AT_WORK,
    "complete": (*_AT_WORK, "Chờ xác nhận"),
    "send back": ("Chờ xác nhận",),
    "extend": _OPEN,
    "instruct": _OPEN,
    "pause": (*_AT_WORK, "Chờ xác nhận"),
    "resume": ("Tạm dừng",),
    "decline": _OPEN,
    "comment": _ALL,
    "share": _OPEN,
    "tick": _OPEN,
    "untick": _OPEN,
    "urge": _OPEN,
}
_TO: dict[StepKind, DutyState] = {
    "start": "Đang thực hiện",
    "report": "Chờ xác nhận",
    "complete": "Đã hoàn thành",
    "send back": "Trả lại",
    "pause": "Tạm dừng",
    "resume": "Đang thực hiện",
    "decline": "Không thuộc trách nhiệm",
}
TAKES_IT_ON: tuple[StepKind, ...] = ("accept", "start", "assign", "report", "complete", "extend", "instruct", "share")
"""Who does one of these says by it that the duty is one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody did about a duty.

    day: of extend and instruct the new limit, of report and complete when it was done; units: of assign the one unit, of share, tick,
    untick and urge the members; undoes: the step that is taken back.
    """

    id: int
    kind: StepKind
    by: str
    on: date
    note: str = ""
    day: date | None = None
    units: tuple[int, ...] = ()
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a duty stands: its state, who confirmed it, its unit, later limits, when it was done, its members and who has ticked."""

    state: DutyState = "Chưa thực hiện"
    accepted_by: str | None = None
    unit: int | None = None
    extended_to: date | None = None
    leader_limit: date | None = None
    done_on: date | None = None
    members: tuple[int, ...] = ()
    ticked: frozenset[int] = field(default_factory=frozenset)


def standing_steps(steps: Iterable[Step]) -> list[Step]:
    """Give the steps that were not taken back, in order."""
    known = list(steps)
    gone = {step.undoes for step in known if step.kind == "undo"}
    return [step for step in known if step.kind != "undo" and step.id not in gone]


def may(kind: StepKind, progress: Progress) -> bool:
    """Say whether a step may follow."""
    return progress.state in _FROM[kind]


def progress_of(steps: Sequence[Step]) -> Progress:
    """Work out where a duty stands."""
    now = Progress()
    for step in standing_steps(steps):
        now = _after(now, step)
    return now


def _after(now: Progress, step: Step) -> Progress:
    accepted_by = step.by if step.kind in TAKES_IT_ON and now.accepted_by is None else now.accepted_by
    return replace(now, **{"state": _TO.get(step.kind, now.state), "accepted_by": accepted_by} | _changes(now, step))


def _changes(now: Progress, step: Step) -> dict[str, Any]:
    """Give what a step changes but the state."""
    chosen = frozenset(step.units)
    done_on = step.day or step.on
    changes: dict[StepKind, dict[str, Any]] = {
        "accept": {"accepted_by": step.by},
        "assign": {"unit": step.units[0] if step.units else None},
        "extend": {"extended_to": step.day},
        "instruct": {"leader_limit": step.day},
        "report": {"done_on": done_on},
        "complete": {"done_on": now.done_on or done_on},
        "send back": {"done_on": None},
        "share": {"members": tuple(dict.fromkeys(step.units)), "ticked": now.ticked & chosen},
        "tick": {"ticked": now.ticked | (chosen & set(now.members))},
        "untick": {"ticked": now.ticked - chosen},
    }
    return changes.get(step.kind, {})


def last_standing(steps: Sequence[Step]) -> Step | None:
    """Give the step that an undo takes back: the last that stands."""
    return next(reversed(standing_steps(steps)), None)
