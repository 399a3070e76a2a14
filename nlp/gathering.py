"""Which citations name the same document?

A full number and its misprints, a short name and its long one (`Quy định 132`), a law with and without its year or number.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ingest.transcript import Span
from nlp.citation import Citation
from nlp.directive import Relation
from nlp.letters import bare
from nlp.likeness import likeness
from nlp.named import law_named_in
from nlp.number import Number
from nlp.zones import ZoneKind

LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")


@dataclass(frozen=True, slots=True)
class Mention:
    """One citation in its place in the whole text, with the relation in which this document stands to it there."""

    citation: Citation
    relation: Relation
    span: Span
    zone: ZoneKind


@dataclass(slots=True)
class Cited:
    """One document that is cited: all its mentions, and what third documents do to it (doer, relation, scope)."""

    mentions: list[Mention] = field(default_factory=list)
    done_by: list[tuple["Cited", Relation, str | None]] = field(default_factory=list)

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

    @property
    def year(self) -> int | None:
        """Give the year that tells one version of a law from another."""
        said = next((m.citation.named.year for m in self.mentions if m.citation.named and m.citation.named.year), None)
        number = self.number
        return said or (number.year if number else None)


class Gathering:
    """The documents cited so far, found again by number, by serial or by name."""

    def __init__(self) -> None:
        self.cited: list[Cited] = []
        self._by_number: dict[str, list[Cited]] = {}
        self._by_serial: dict[str, list[Cited]] = {}
        self._by_name: dict[str, list[Cited]] = {}
        self._short: list[Mention] = []

    def add(self, mention: Mention) -> Cited | None:
        """Put a mention to its document, a new one if need be; None for a short name whose long form has not come yet."""
        found = self._find(mention.citation)
        if found is None and mention.citation.serial:
            self._short.append(mention)
            return None
        if found is None:
            found = Cited()
            self.cited.append(found)
            self._index(found, mention.citation)
        found.mentions.append(mention)
        return found

    def close(self) -> list[Cited]:
        """Place what waited, merge laws and misprints, and give all in the order of their first mention."""
        for mention in self._short:
            found = self._find(mention.citation)
            if found:
                found.mentions.append(mention)
            elif mention.citation.with_so and mention.zone not in ("head", "footnote"):
                self.cited.append(Cited([mention]))
                self._index(self.cited[-1], mention.citation)
        merged: dict[int, Cited] = {}
        self._merge_laws(merged)
        self._merge_misprints(merged)
        kept = [cited for cited in self.cited if id(cited) not in merged]
        for cited in kept:
            cited.done_by = [(_root(doer, merged), relation, scope) for doer, relation, scope in cited.done_by]
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
            known = reversed(self._by_serial.get(citation.serial.lstrip("0"), ())[-40:])
            return next((cited for cited in known if _same_kind(cited.kind, citation.kind)), None)
        if citation.named:
            year = citation.named.year
            known = reversed(self._by_name.get(bare(citation.named.base), ())[-8:])
            return next((cited for cited in known if year is None or cited.year in (None, year)), None)
        return None

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
                    _merge(cited, max(others, key=lambda each: (each.number is not None, each.year is not None)), merged)

    def _merge_misprints(self, merged: dict[int, Cited]) -> None:
        """One serial in two spellings of the symbol, of the same kind and day, is one document misprinted."""
        for alike in self._by_serial.values():
            numbered = [cited for cited in alike if id(cited) not in merged and cited.number][:40]
            for i, cited in enumerate(numbered):
                for other in numbered[i + 1 :]:
                    if id(other) not in merged and id(cited) not in merged and _is_misprint(cited, other):
                        _merge(other, cited, merged)


def _root(cited: Cited, merged: dict[int, Cited]) -> Cited:
    while id(cited) in merged:
        cited = merged[id(cited)]
    return cited


def _merge(cited: Cited, into: Cited, merged: dict[int, Cited]) -> None:
    into.mentions += cited.mentions
    into.done_by += cited.done_by
    merged[id(cited)] = into


def _same_kind(a: str | None, b: str | None) -> bool:
    return a == b or {a, b} <= {"Quyết định", "Quy định"}


def _same_issue(cited: Cited, citation: Citation) -> bool:
    """Two documents may bear one number: another year and another day tell them apart; one slip of the pen does not."""
    day, other = citation.issued_on, cited.issued_on
    return day is None or other is None or day.year == other.year or (day.month, day.day) == (other.month, other.day)


def _same_law(a: Cited, b: Cited) -> bool:
    return None in (a.year, b.year) or a.year == b.year or (a.issued_on is not None and a.issued_on == b.issued_on)


def _is_misprint(a: Cited, b: Cited) -> bool:
    """Tell whether two numbers with one serial are one: a symbol cut short, a footnote's mark run into it, a slip in a code."""
    number, theirs = a.number, b.number
    if number is None or theirs is None or (number.year or theirs.year) != (theirs.year or number.year):
        return False
    if None not in (a.issued_on, b.issued_on) and a.issued_on != b.issued_on:
        return False
    shorter, longer = sorted((number.codes, theirs.codes), key=len)
    if shorter == longer[: len(shorter)] and number.type_code and len(shorter) < len(longer):
        return True
    if number.year and re.sub(r"\d{1,2}$", "", number.symbol) == re.sub(r"\d{1,2}$", "", theirs.symbol):
        return True
    if not _same_kind(a.kind, b.kind):
        return False
    if number.codes[-1] == theirs.codes[-1] and (number.type_code is None) != (theirs.type_code is None):
        return True
    alike = likeness(number.symbol, theirs.symbol)
    same_agency = bool(a.agency and b.agency) and likeness(a.agency or "", b.agency or "") >= 0.85
    return alike >= (0.6 if a.issued_on and a.issued_on == b.issued_on else 0.88 if same_agency else 1.0)
