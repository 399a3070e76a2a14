"""Which of the duties that were found are one and the same, said twice?"""

import re
from collections.abc import Iterable

from nlp.directive import Duty
from nlp.letters import bare

_BACK = 200  # duties with the same limit that one is compared with


def without_doubles(duties: Iterable[Duty]) -> list[Duty]:
    """Keep one of those that share limit and task and whose bodies do not differ; the one that names its body outright."""
    kept: list[Duty] = []
    by_limit: dict[object, list[int]] = {}
    words: list[frozenset[str]] = []
    for duty in duties:
        said = _words(duty.task)
        alike = by_limit.setdefault(_limit(duty), [])
        twin = next((i for i in alike[-_BACK:] if _same(duty, kept[i], said, words[i])), None)
        if twin is None:
            alike.append(len(kept))
            kept.append(duty)
            words.append(said)
        elif _weight(duty) > _weight(kept[twin]):
            kept[twin], words[twin] = duty, said
    return kept


def _same(a: Duty, b: Duty, said: frozenset[str], other: frozenset[str]) -> bool:
    if not _shared(said, other, 0.6 if a.deadline and a.deadline.date else 0.7):
        return False
    if "assignee" in (*a.inferred, *b.inferred) or not a.assignee or not b.assignee:
        return True
    return _shared(_words(a.assignee), _words(b.assignee), 0.7)


def _limit(duty: Duty) -> object:
    limit = duty.deadline
    if limit is None:
        return None
    return (limit.date, limit.at) if limit.date else (limit.kind, limit.recurrence or " ".join(bare(limit.text).split()))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", bare(text)))


def _shared(one: frozenset[str], other: frozenset[str], share: float) -> bool:
    """Say whether most words of the shorter one stand in the other."""
    return len(one & other) >= share * max(1, min(len(one), len(other)))


def _weight(duty: Duty) -> tuple[bool, bool]:
    return (duty.rule.startswith("bảng"), "assignee" not in duty.inferred and duty.assignee is not None)
