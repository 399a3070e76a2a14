"""Which of the duties that were found are one and the same, said twice?"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from nlp.directive import Duty
from nlp.letters import bare

_ALIKE = 0.5  # share of words at which two tasks are much the same
_BACK = 200  # duties with the same limit that one is compared with


def without_doubles(duties: Iterable[Duty]) -> list[Duty]:
    """Keep one of those that share limit and task and whose bodies do not differ; the one that names its body outright."""
    kept: list[Duty] = []
    by_limit: dict[object, list[int]] = {}
    words: list[frozenset[str]] = []
    for duty in duties:
        said = words_of(duty.task)
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
    if not _shared(said, other, 0.65 if a.deadline and a.deadline.date else 0.7):
        return False
    if "assignee" in (*a.inferred, *b.inferred) or not a.assignee or not b.assignee:
        return True
    return _shared(words_of(a.assignee), words_of(b.assignee), 0.7)


def _limit(duty: Duty) -> object:
    limit = duty.deadline
    if limit is None:
        return None
    return (limit.date, limit.at) if limit.date else (limit.kind, limit.recurrence or " ".join(bare(limit.text).split()))


def most_alike(task: str, others: Sequence[str]) -> int | None:
    """Give the index of the text that shares half of its words or more with a task, the best one; None where none does."""
    words = words_of(task)
    shares = [(2 * len(words & other) / (len(words) + len(other) or 1), i) for i, other in enumerate(map(words_of, others))]
    best = max(shares, default=(0.0, 0), key=lambda pair: pair[0])
    return best[1] if best[0] >= _ALIKE else None


@lru_cache(maxsize=4_096)
def words_of(text: str) -> frozenset[str]:
    """Give the words of a text, bare."""
    return frozenset(re.findall(r"\w+", bare(text)))


def _shared(one: frozenset[str], other: frozenset[str], share: float) -> bool:
    """Say whether most words of the shorter one stand in the other."""
    return len(one & other) >= share * max(1, min(len(one), len(other)))


def _weight(duty: Duty) -> tuple[bool, bool]:
    return (duty.rule.startswith("bảng"), "assignee" not in duty.inferred and duty.assignee is not None)
