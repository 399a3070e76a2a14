"""Which of the duties that were found are one and the same, said twice?"""

import re
from collections.abc import Iterable

from nlp.directive import Duty
from nlp.letters import bare


def without_doubles(duties: Iterable[Duty]) -> list[Duty]:
    """Keep one of those that share limit and task and whose bodies do not differ; the one that names its body outright."""
    kept: list[Duty] = []
    for duty in duties:
        twin = next((i for i, other in enumerate(kept) if _same(duty, other)), None)
        if twin is None:
            kept.append(duty)
        elif _weight(duty) > _weight(kept[twin]):
            kept[twin] = duty
    return kept


def _same(a: Duty, b: Duty) -> bool:
    if _limit(a) != _limit(b):
        return False
    if a.assignee and b.assignee and not _alike(a.assignee, b.assignee, 0.7) and "assignee" not in (*a.inferred, *b.inferred):
        return False
    return _alike(a.task, b.task, 0.6 if a.deadline else 0.8)


def _limit(duty: Duty) -> object:
    limit = duty.deadline
    if limit is None:
        return None
    return (limit.date, limit.at) if limit.date else (limit.kind, limit.recurrence or " ".join(bare(limit.text).split()))


def _alike(a: str, b: str, share: float) -> bool:
    """Say whether most words of the shorter one stand in the other."""
    one, other = (set(re.findall(r"\w+", bare(text))) for text in (a, b))
    return len(one & other) >= share * max(1, min(len(one), len(other)))


def _weight(duty: Duty) -> tuple[bool, bool]:
    return (duty.rule.startswith("bảng"), "assignee" not in duty.inferred and duty.assignee is not None)
