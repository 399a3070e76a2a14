"""Which citations name the same document?

A full number and its misprints, a short name and its long one (`Quy định 132`), a law with and without its year or number.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from ingest.transcript import Span
from nlp.directive import Relation
from nlp.letters import bare
from nlp.likeness import likeness
from nlp.named import law_named_in
from nlp.number import Number
from nlp.spots import Citation
from nlp.zones import ZoneKind

LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")


@dataclass(frozen=True, slots=True)
class Mention:
    """One citation in its place in the whole text, with the relation in which this document stands to it there."""

    citation: Citation
    relation: Relation
    span: Span
    zone: ZoneKind


@dataclass(slots=True, eq=False)
class Cited:
    """One document that is cited: all its mentions, and what third documents do to it: (doer, relation) → scope.

    enclosed are the titles of what came with it.
    day, version and word are the first day, year and kind that were said: what tells it from others while reading.
    """

    mentions: list[Mention] = field(default_factory=list)
    done_by: dict[tuple["Cited", Relation], str | None] = field(default_factory=dict)
    enclosed: list[str] = field(default_factory=list)
    day: date | None = None
    version: int | None = None
    word: str | None = None

    def take(self, mention: Mention) -> None:
        """Add a mention."""
        c = mention.citation
        self.mentions.append(mention)
        self.day = self.day or c.issued_on
        self.word = self.word or (c.kind if c.own_word else None)
        self.version = self.version or (c.named.year if c.named else None) or (c.number.year if c.number else None)

    @property
    def number(self) -> Number | None:
        """Give the number in its right form: a whole symbol first, then the form most often printed, then one that needs no repair."""
        numbers = [m.citation.number for m in self.mentions if m.citation.number]
        if len(numbers) < 2:
            return numbers[0] if numbers else None
        counted = Counter(number.canonical for number in numbers)
        return max(numbers, key=lambda n: (len(n.codes) > 1, counted[n.canonical], n.canonical == n.as_read))

    @property
    def kind(self) -> str | None:
        """Give the kind as a word beside a citation says it, else as the code does."""
        said = next((m.citation.kind for m in self.mentions if m.citation.own_word and m.citation.kind), None)
        return said or self.mentions[0].citation.kind

    @property
    def issued_on(self) -> date | None:
        """Give the day that is printed most often."""
        days = Counter(m.citation.issued_on for m in self.mentions if m.citation.issued_on)
        return max(days, key=lambda day: days[day]) if days else None

    @property
    def agency(self) -> str | None:
        """Give the issuer as the fullest citation names it: the first beside a date, else the first."""
        named = [m.citation for m in self.mentions if m.citation.agency]
        return max(named, key=lambda c: c.issued_on is not None).agency if named else None

    @property
    def title(self) -> str | None:
        """Give the subject that is printed behind a citation."""
        return next((m.citation.title for m in self.mentions if m.citation.title), None)

    @property
    def name(self) -> str | None:
        """Give the name, bare and without year or date, by which a law is known."""
        named = next((m.citation.named for m in self.mentions if m.citation.named), None)
        if named:
            return bare(named.base)
        kind, title = self.kind, self.title
        return bare(law_named_in(kind, title)) if kind in LAWS and kind and title else None


class Gathering:
    """The documents cited so far, found again by number, by serial or by name."""

    def __init__(self) -> None:
        self.cited: list[Cited] = []
        self._by_number: dict[str, list[Cited]] = {}
        self._by_serial: dict[str, list[Cited]] = {}
        self._by_name: dict[str, list[Cited]] = {}
        self._short: list[Mention] = []
        self._defined: dict[tuple[str | None, str], Cited] = {}
        self.ambiguous: list[tuple[Mention, list[Cited]]] = []
        """Short names that may mean several documents, known when all is closed."""

    def add(self, mention: Mention) -> Cited | None:
        """Put a mention to its document, a new one if need be; None for a short name whose long form has not come yet."""
        found = self._find(mention.citation)
        if mention.citation.serial and (found is None or self._is_ambiguous(mention.citation)):
            self._short.append(mention)
            return None
        if found and mention.citation.defines:
            self._defined[_short_key(mention.citation)] = found
        if found is None:
            found = Cited()
            self.cited.append(found)
            self._index(found, mention.citation)
        found.take(mention)
        return found

    def close(self) -> list[Cited]:
        """Place what waited, merge laws and misprints, and give all in the order of their first mention."""
        merged: dict[int, Cited] = {}
        self._merge_laws(merged)
        self._merge_misprints(merged)
        for mention in self._short:
            meant = {id(each): each for each in (_root(each, merged) for each in self._meant(mention.citation))}
            if len(meant) > 1:  # a wrong link is worse than none
                self.ambiguous.append((mention, list(meant.values())))
                continue
            found = next(iter(meant.values()), None)
            if found is None and mention.citation.with_so and mention.zone not in ("head", "footnote"):
                found = Cited()
                self.cited.append(found)
                self._index(found, mention.citation)
            if found:
                found.take(mention)
        kept = [cited for cited in self.cited if id(cited) not in merged]
        for cited in kept:
            cited.done_by = {(_root(doer, merged), relation): scope for (doer, relation), scope in cited.done_by.items()}
        return sorted(kept, key=lambda cited: min(m.span.start for m in cited.mentions))

    def _index(self, cited: Cited, citation: Citation) -> None:
        if citation.number:
            self._by_number.setdefault(citation.number.key, []).append(cited)
            self._by_serial.setdefault(citation.number.serial.lstrip("0"), []).append(cited)
        elif citation.serial:
            self._by_serial.setdefault(citation.serial.lstrip("0"), []).append(cited)
        if citation.named:
            self._by_name.setdefault(bare(citation.named.base), []).append(cited)

    def _find(self, citation: Citation) -> Cited | None:
        if citation.number:
            known: Iterable[Cited] = reversed(self._by_number.get(citation.number.key, ())[-8:])
            return next((cited for cited in known if _same_issue(cited, citation)), None)
        if citation.serial:
            return next(self._meant(citation), None)
        if citation.named:
            year = citation.named.year
            known = reversed(self._by_name.get(bare(citation.named.base), ())[-8:])
            return next((cited for cited in known if year is None or cited.version in (None, year)), None)
        return None

    def _meant(self, citation: Citation) -> Iterator[Cited]:
        """Yield what a short name may mean, nearest first; only one where it was introduced as such."""
        defined = self._defined.get(_short_key(citation))
        if defined:
            yield defined
            return
        for cited in reversed(self._by_serial.get(citation.serial.lstrip("0") if citation.serial else "", ())[-40:]):
            if _same_kind(cited.word or cited.kind, citation.kind):
                yield cited

    def _is_ambiguous(self, citation: Citation) -> bool:
        """Say whether several may be meant so far; the one that introduces a short name means the nearest before it."""
        return not citation.defines and sum(1 for _ in self._meant(citation)) > 1

    def _merge_laws(self, merged: dict[int, Cited]) -> None:
        """`Luật Đất đai` beside `Luật Đất đai năm 2013` or `Luật số 45/2013/QH13 về Đất đai` is the same law."""
        named: dict[str, list[Cited]] = {}
        for cited in self.cited:
            if cited.name:
                named.setdefault(cited.name, []).append(cited)
        for alike in named.values():
            for cited in [each for each in alike if each.number is None]:
                others = [each for each in alike if each is not cited and id(each) not in merged and _same_law(each, cited)]
                if others:
                    _merge(cited, max(others, key=lambda each: (each.number is not None, each.version is not None)), merged)

    def _merge_misprints(self, merged: dict[int, Cited]) -> None:
        """One serial in two spellings of the symbol, of the same kind and day, is one document misprinted."""
        for alike in self._by_serial.values():
            numbered = [cited for cited in alike if id(cited) not in merged and cited.number][:40]
            for i, cited in enumerate(numbered):
                for other in numbered[i + 1 :]:
                    if id(other) not in merged and id(cited) not in merged and _is_misprint(cited, other):
                        _merge(other, cited, merged)


def _short_key(citation: Citation) -> tuple[str | None, str]:
    return citation.kind, (citation.serial or "").lstrip("0")


def _root(cited: Cited, merged: dict[int, Cited]) -> Cited:
    while id(cited) in merged:
        cited = merged[id(cited)]
    return cited


def _merge(cited: Cited, into: Cited, merged: dict[int, Cited]) -> None:
    into.mentions += cited.mentions
    into.enclosed += cited.enclosed
    into.done_by.update(cited.done_by)
    merged[id(cited)] = into


def _same_kind(a: str | None, b: str | None) -> bool:
    return a == b or {a, b} <= {"Quyết định", "Quy định"}


def _same_issue(cited: Cited, citation: Citation) -> bool:
    """Two documents may bear one number: another year and another day tell them apart; one slip of the pen does not."""
    day, other = citation.issued_on, cited.day
    return day is None or other is None or day.year == other.year or (day.month, day.day) == (other.month, other.day)


def _same_law(a: Cited, b: Cited) -> bool:
    return None in (a.version, b.version) or a.version == b.version or (a.issued_on is not None and a.issued_on == b.issued_on)


def _is_misprint(a: Cited, b: Cited) -> bool:
    """Tell whether two numbers with one serial are one: a symbol cut short, a footnote's mark run into it, a slip in a code."""
    number, theirs = a.number, b.number
    if number is None or theirs is None or (number.year or theirs.year) != (theirs.year or number.year):
        return False
    if None not in (a.issued_on, b.issued_on) and a.issued_on != b.issued_on:
        return False
    if _is_cut(number, theirs) or _is_cut(theirs, number) or _bears_a_mark(number, theirs):
        return True
    if not _same_kind(a.kind, b.kind):
        return False
    if number.codes[-1] == theirs.codes[-1] and (number.type_code is None) != (theirs.type_code is None):
        return True
    same_day = a.issued_on is not None and a.issued_on == b.issued_on
    same_agency = bool(a.agency and b.agency) and likeness(a.agency or "", b.agency or "") >= 0.85
    return likeness(number.symbol, theirs.symbol) >= (0.6 if same_day else 0.88 if same_agency else 1.0)


def _is_cut(short: Number, whole: Number) -> bool:
    """`105/2025/NĐ` at the end of a table's line is `105/2025/NĐ-CP`."""
    return short.type_code is not None and len(short.codes) < len(whole.codes) and short.codes == whole.codes[: len(short.codes)]


def _bears_a_mark(a: Number, b: Number) -> bool:
    """`105/2025/NĐ-CP2` with a footnote's mark is `105/2025/NĐ-CP`."""
    return bool(a.year) and re.sub(r"\d{1,2}$", "", a.symbol) == re.sub(r"\d{1,2}$", "", b.symbol)
