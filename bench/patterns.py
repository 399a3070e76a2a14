"""Does the time of every pattern grow with the length of a text, and not with its square? `python -m bench.patterns`

All patterns of the program are gathered; from the parse tree of each, texts are made that repeat what it repeats and then fail, which is
where backtracking costs. A text four times as long may take at most RATIO times as long by the processor's clock. Runs of blanks are left
out: pages hold none (ingest/composing.py parts words by one space), and that whole files of blanks are read in time is tested by itself.
"""

import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from re import _constants as code
from re import _parser as parser
from types import FrameType, ModuleType
from typing import Any

from bench.measures import ROOT

ROOMS = ("ingest", "nlp", "store", "api")
SHORT, LONG = 2_000, 8_000  # characters
RATIO = 9.0
"""Times the processor's time for four times the text: 4 where it grows with the length, 16 where with its square."""
SLOW = 0.02  # seconds under which nothing is measured: no text of a page is longer
PATIENCE = 1.0  # seconds after which a search is given up
_LETTERS = " a1.-,/A\n\t:;()đĐ|*_<\"'Iv"
_TAILS = ("", "\x00")
_MOST_WAYS = 2  # letters of a set that are tried
_WHOLE = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
Tree = Sequence[tuple[Any, Any]]


class _TooSlow(Exception):  # noqa: N818  a plain word says it
    """A search was given up."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern, the first place where it stands, and whether it is looked for anywhere in a text, or only at a place."""

    pattern: re.Pattern[str]
    place: str
    anywhere: bool


@dataclass(frozen=True, slots=True)
class Slow:
    """A pattern that takes too long: on which text (the start of it), and how many times longer on one four times as long."""

    found: Found
    text: str
    ratio: float


def patterns() -> list[Found]:
    """Gather the patterns of all rooms: those that modules hold, in containers too, and those that stand in calls."""
    known: dict[tuple[str, int], Found] = {}
    used = _used()
    for module in _modules():
        for name, value in vars(module).items():
            for pattern in _held(value, 0):
                ways = used.get(name, _WHOLE)
                one = Found(pattern, f"{module.__name__}.{name}", bool(ways & _WHOLE))
                before = known.get((pattern.pattern, pattern.flags))
                if before is None or (one.anywhere and not before.anywhere):
                    known[pattern.pattern, pattern.flags] = one
    for place, text, way in _written():
        pattern = re.compile(text)
        known.setdefault((text, pattern.flags), Found(pattern, place, way in _WHOLE))
    return list(known.values())


def _modules() -> Iterator[ModuleType]:
    for room in ROOMS:
        for found in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if "migrations" not in found.name and not found.name.endswith("_build"):
                yield importlib.import_module(found.name)


def _held(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 4:
        yield from _inside(value, depth)


def _inside(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, dict):
        parts: Iterable[object] = [*value, *value.values()]
    elif isinstance(value, (tuple, list, set, frozenset)):
        parts = value
    elif callable(value) and hasattr(value, "cache_info"):
        parts = [] if signature(value).parameters else [value()]
    elif type(value).__module__.partition(".")[0] in ROOMS:
        parts = [getattr(value, name, None) for name in getattr(type(value), "__slots__", ())] + list(
            getattr(value, "__dict__", {}).values()
        )
    else:
        return
    for part in parts:
        yield from _held(part, depth + 1)


def _sources() -> Iterator[tuple[Path, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def _used() -> dict[str, frozenset[str]]:
    """Say for each name how it is used where it is a pattern: `NAME.search(...)`; a name that is handed on may be used in any way."""
    ways: dict[str, set[str]] = {}
    for _, tree in _sources():
        called = {id(node.func.value) for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                ways.setdefault(node.value.id, set()).add(node.attr)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
                ways.setdefault(node.id, set()).add("search")
    return {name: frozenset(found) for name, found in ways.items()}


def _written() -> Iterator[tuple[str, str, str]]:
    """Yield place, text and function of each `re.sub("...", ...)` and the like."""
    for path, tree in _sources():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)):
                continue
            if node.func.value.id == "re" and node.func.attr != "compile" and node.args and isinstance(node.args[0], ast.Constant):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", str(node.args[0].value), node.func.attr


def texts(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Yield begin, what is repeated, and end of texts that are hard for a pattern."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    seen = set()
    for begin, core in _pumped(tree, ""):
        for pump, start in ((core, begin), (begin + core, "")):
            for tail in _TAILS:
                hard = start, pump, tail
                if pump.strip() and hard not in seen:
                    seen.add(hard)
                    yield hard


def _pumped(tree: Tree, begin: str) -> Iterator[tuple[str, str]]:
    """Yield what comes before each part that may be repeated, and one round of it; the whole is repeated too."""
    start = begin
    for kind, value in tree:
        if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            _, most, sub = value
            if most > 1:
                yield from ((begin, core) for core in _samples(sub))
            yield from _pumped(sub, begin)
        elif kind is code.SUBPATTERN:
            yield from _pumped(value[-1], begin)
        elif kind is code.ATOMIC_GROUP:
            yield from _pumped(value, begin)
        elif kind is code.BRANCH:
            for branch in value[1]:
                yield from _pumped(branch, begin)
        elif kind in (code.ASSERT, code.ASSERT_NOT):
            yield from _pumped(value[1], begin)
        begin += _samples([(kind, value)])[0]
    yield start, begin[len(start) :]


def _samples(tree: Tree) -> list[str]:
    """Give a few short texts that a part of a pattern matches, looking around aside."""
    found = [""]
    for kind, value in tree:
        ways = _ways(kind, value)
        found = [f"{text}{way}" for text in found for way in ways][:_MOST_WAYS]
    return found


def _ways(kind: Any, value: Any) -> list[str]:  # noqa: ANN401, PLR0911  a node of the parse tree, which has no types; one line for each kind
    if kind is code.LITERAL:
        return [chr(value)]
    if kind is code.NOT_LITERAL:
        return [letter for letter in _LETTERS if ord(letter) != value][:_MOST_WAYS]
    if kind is code.ANY:
        return ["a", " "]
    if kind is code.IN:
        return [letter for letter in (*_LETTERS, *_named(value)) if _is_in(value, letter)][:_MOST_WAYS] or [""]
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        return [text * max(value[0], 0) for text in _samples(value[2])]
    if kind is code.SUBPATTERN:
        return _samples(value[-1])
    if kind is code.ATOMIC_GROUP:
        return _samples(value)
    if kind is code.BRANCH:
        return [_samples(branch)[0] for branch in value[1]][:_MOST_WAYS]
    return [""]


def _named(items: Tree) -> Iterator[str]:
    for kind, value in items:
        if kind is code.LITERAL:
            yield chr(value)
        elif kind is code.RANGE:
            yield chr(value[0])


def _is_in(items: Tree, letter: str) -> bool:
    """Say whether a letter is in a set."""
    negated = bool(items) and items[0][0] is code.NEGATE
    return any(_holds(kind, value, letter) for kind, value in items) is not negated


def _holds(kind: Any, value: Any, letter: str) -> bool:  # noqa: ANN401  as above
    if kind is code.LITERAL:
        return bool(ord(letter) == value)
    if kind is code.RANGE:
        return bool(value[0] <= ord(letter) <= value[1])
    if kind is code.CATEGORY:
        test, wanted = _CATEGORIES[value]
        return bool(test(letter)) is wanted
    return False


_CATEGORIES: dict[Any, tuple[Callable[[str], bool], bool]] = {
    code.CATEGORY_DIGIT: (str.isdecimal, True),
    code.CATEGORY_NOT_DIGIT: (str.isdecimal, False),
    code.CATEGORY_SPACE: (str.isspace, True),
    code.CATEGORY_NOT_SPACE: (str.isspace, False),
    code.CATEGORY_WORD: (lambda letter: letter.isalnum() or letter == "_", True),
    code.CATEGORY_NOT_WORD: (lambda letter: letter.isalnum() or letter == "_", False),
}


def slowest(found: Found, *, short: int = SHORT, long: int = LONG, ratio: float = RATIO, slow: float = SLOW) -> Slow | None:
    """Give a hard text for a pattern that takes more than ratio times as long for long characters as for short ones; None if there is none.

    slow: seconds under which a search is never too long.
    """
    for begin, pump, tail in texts(found.pattern):
        taken = _taken(found, _text(begin, pump, tail, long))
        if taken < slow:
            continue
        times = taken / max(1e-5, min(_taken(found, _text(begin, pump, tail, short)) for _ in range(2)))
        if times > ratio and _taken(found, _text(begin, pump, tail, long)) > slow:
            return Slow(found, _text(begin, pump, tail, 40), times)
    return None


def _text(begin: str, pump: str, tail: str, length: int) -> str:
    return begin + pump * max(1, (length - len(begin)) // len(pump)) + tail


def _taken(found: Found, text: str) -> float:
    """Give the seconds of the processor that a pattern takes for a text: all that it finds, or one try at its start."""
    start = time.process_time()
    with suppress(_TooSlow), _patience():
        if found.anywhere:
            for _ in found.pattern.finditer(text):
                pass
        else:
            found.pattern.match(text)
            found.pattern.fullmatch(text)
    return time.process_time() - start


class _patience:  # noqa: N801  a context manager
    """Ends a search that takes too long."""

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGVTALRM, _give_up)
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, self._before)


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise _TooSlow


def main() -> int:
    """Try each pattern and print those that take too long; 1 when there are any."""
    found = patterns()
    slow = [one for one in map(slowest, found) if one]
    for one in slow:
        sys.stdout.write(f"{one.found.place}: {one.ratio:.0f} times on {one.text!r}\n    {one.found.pattern.pattern[:300]!r}\n")
    sys.stdout.write(f"{len(found)} patterns, {len(slow)} not linear\n")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
