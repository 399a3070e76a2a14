"""Which other documents does this one name, each once, and in what relation?

Citations found paragraph by paragraph are gathered: a full number with its misprints, a short name with its long one
(`Quy định 132`), a law with and without its year. What the text says at any place of a document holds for the document.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ingest.transcript import Span
from nlp.attached import find_attached
from nlp.citation import Citation, find_citations
from nlp.directive import Place, Reference, Relation
from nlp.footnotes import issuers_at_anchors
from nlp.letters import bare
from nlp.likeness import likeness
from nlp.named import law_named_in
from nlp.number import Number, parse_number
from nlp.own import Own
from nlp.passages import Passage, passages
from nlp.relations import RANK, relate
from nlp.zones import Zones

_FIRST = {"body": 0, "opening": 0, "title": 1, "attachment": 2, "footnote": 2, "head": 3}


@dataclass(frozen=True, slots=True)
class _Mention:
    """One citation in its place in the document."""

    citation: Citation
    relation: Relation
    span: Span
    zone: str


@dataclass(slots=True)
class _Gathered:
    """All mentions of one document, in reading order."""

    mentions: list[_Mention] = field(default_factory=list)
    done_by: list[tuple["_Gathered", Relation, str | None]] = field(default_factory=list)

    def values(self, name: str) -> list[object]:
        return [value for m in self.mentions if (value := getattr(m.citation, name)) is not None]

    @property
    def number(self) -> Number | None:
        numbers = [m.citation.number for m in self.mentions if m.citation.number]
        if not numbers:
            return None
        counted = Counter(number.canonical for number in numbers)
        return max(numbers, key=lambda n: (len(n.codes) > 1, counted[n.canonical], n.canonical == n.as_read, -numbers.index(n)))

    @property
    def serial(self) -> str | None:
        number = self.number
        short = next(iter(self.values("serial")), None)
        return number.serial.lstrip("0") if number else str(short).lstrip("0") if short else None

    @property
    def kind(self) -> str | None:
        said = [m.citation.kind for m in self.mentions if m.citation.own_word and m.citation.kind]
        return said[0] if said else next((m.citation.kind for m in self.mentions), None)

    @property
    def issued_on(self) -> date | None:
        days = Counter(self.values("issued_on"))
        return max(days, key=lambda day: days[day]) if days else None  # type: ignore[return-value]

    @property
    def agency(self) -> str | None:
        """Give the issuer as the fullest citation names it: the first beside a date, else the first."""
        named = [m.citation for m in self.mentions if m.citation.agency]
        return max(named, key=lambda c: c.issued_on is not None).agency if named else None

    @property
    def name(self) -> str | None:
        """Give the name without year or date, bare, by which a law is known."""
        for m in self.mentions:
            if m.citation.named:
                return bare(m.citation.named.base)
        if self.kind in ("Luật", "Bộ luật", "Pháp lệnh"):
            title = next((str(t) for t in self.values("title")), "")
            return bare(law_named_in(str(self.kind), title)) if title else None
        return None

    @property
    def year(self) -> int | None:
        named = [m.citation.named for m in self.mentions if m.citation.named]
        number = self.number
        said = next((n.year for n in named if n.year), None)
        return said or (number.year if number else None)


def find_references(zones: Zones, own: Own) -> tuple[Reference, ...]:
    """Find all other documents that this one names, in the order in which they first appear.

    A reference with `source` set is an edge between two other documents and no reference of this one.
    """
    gathered = _gather(zones, own)
    references = [_reference(each) for each in gathered]
    edges = [_edge(target, source, relation, scope) for target in gathered for source, relation, scope in target.done_by]
    attached = find_attached(zones, own, references)
    return (*references, *attached, *_unique(edges))


def _gather(zones: Zones, own: Own) -> list[_Gathered]:
    """Read all passages, put the mentions of one document together."""
    issuers = issuers_at_anchors(zones)
    groups: list[_Gathered] = []
    waiting: list[tuple[_Mention, int]] = []
    for passage in passages(zones):
        citations = shared(find_citations(passage, own.family))
        if not citations:
            continue
        if passage.zone == "footnote":
            citations = _with_anchor_issuer(passage, citations, issuers)
        related, edges = relate(passage, citations)
        at: dict[int, _Gathered] = {}
        for i, each in enumerate(related):
            if _is_own(each.citation, passage, own):
                continue
            span = Span(passage.start + each.citation.start, passage.start + max(each.citation.end, each.citation.start + 1))
            mention = _Mention(each.citation, each.relation, span, passage.zone)
            group = _find(groups, mention)
            if group is None and each.citation.serial:
                waiting.append((mention, len(groups)))
                continue
            if group is None:
                group = _Gathered()
                groups.append(group)
            group.mentions.append(mention)
            at[i] = group
        for edge in edges:
            if edge.source in at and edge.target in at and at[edge.source] is not at[edge.target]:
                at[edge.target].done_by.append((at[edge.source], edge.relation, related[edge.target].citation.scope))
    _place_short(groups, waiting)
    _merge_laws(groups)
    _merge_misprints(groups)
    return sorted(groups, key=lambda group: min(m.span.start for m in group.mentions))


def shared(citations: Sequence[Citation]) -> list[Citation]:
    """Give each member of a list what is said once for all: the day and the issuer after the last, an issuer before the first."""
    result = list(citations)
    for i in range(len(result) - 2, -1, -1):
        this, following = result[i], result[i + 1]
        if not (this.number and following.number) or following.start - this.end > 12:
            continue
        if this.issued_on is None and not following.is_announced:
            result[i] = this = replace(this, issued_on=_fitting(following.issued_on, this.number))
        if this.agency is None and following.agency and this.number.codes[-1:] == following.number.codes[-1:]:
            result[i] = replace(this, agency=following.agency)
    issuers: dict[str, str] = {}
    for i, this in enumerate(result):
        if this.number is None:
            continue
        near = i > 0 and this.start - result[i - 1].end <= 12
        if this.agency is None and (near or not this.own_word):
            result[i] = replace(this, agency=issuers.get(this.number.organ))
        elif this.agency:
            issuers[this.number.organ] = this.agency
    return result


def _fitting(day: date | None, number: Number) -> date | None:
    return day if day and (number.year is None or number.year == day.year) else None


def _with_anchor_issuer(passage: Passage, citations: list[Citation], issuers: dict[str, str]) -> list[Citation]:
    """`các Quy định¹ của Ban Thường vụ Tỉnh ủy`: what stands at the mark in the body names the issuer of the footnote's list."""
    mark = re.match(r"\W*([¹²³⁴⁵⁶⁷⁸⁹⁰]+|\d{1,2})", passage.text)
    issuer = issuers.get(mark[1]) if mark else None
    if not issuer:
        return citations
    return [replace(c, agency=issuer) if c.agency is None and c.number else c for c in citations]


def _is_own(citation: Citation, passage: Passage, own: Own) -> bool:
    """Say whether a citation is the document itself: its own number, or the heading of what is attached to it."""
    number = citation.number
    mine = parse_number(own.number) if own.number else None
    if number is None:
        return False
    if passage.zone == "head" and not citation.own_word:
        return True
    if mine and mine.key == number.key:
        return not (citation.issued_on and own.issued_on and citation.issued_on.year != own.issued_on.year)
    symbol = own.number.lstrip("0123456789") if own.number else None
    heads_attachment = passage.zone == "attachment" and bool(
        re.match(r"\W*(?:ban hành )?(?:kèm|đính kèm)(?: theo)?\W", passage.lower[: citation.start])
    )
    return heads_attachment and symbol is not None and bare(number.symbol) == bare(symbol)


def _find(groups: list[_Gathered], mention: _Mention) -> _Gathered | None:
    """Find the group of a mention by number, by kind and serial, or by name."""
    c = mention.citation
    if c.number:
        fitting = [g for g in groups if g.number and g.number.key == c.number.key and _same_issue(g, c)]
        return fitting[-1] if fitting else None
    if c.serial:
        fitting = [g for g in groups if g.serial == c.serial.lstrip("0") and _same_kind(g.kind, c.kind)]
        return fitting[-1] if fitting else None
    if c.named:
        name = bare(c.named.base)
        fitting = [g for g in groups if g.name == name and (c.named.year is None or g.year is None or g.year == c.named.year)]
        return fitting[-1] if fitting else None
    return None


def _same_kind(a: str | None, b: str | None) -> bool:
    return a == b or {a, b} <= {"Quyết định", "Quy định"}


def _same_issue(group: _Gathered, citation: Citation) -> bool:
    """Two documents may bear one number: another year and another day tell them apart; one slip of the pen does not."""
    day, other = citation.issued_on, group.issued_on
    if day is None or other is None or day == other:
        return True
    return not (day.year != other.year and (day.month, day.day) != (other.month, other.day))


def _place_short(groups: list[_Gathered], waiting: list[tuple[_Mention, int]]) -> None:
    """A short name before its long form belongs to it; one that has no long form is a document of its own if `số` says so."""
    for mention, _ in waiting:
        group = _find(groups, mention)
        if group:
            group.mentions.append(mention)
        elif mention.citation.with_so and mention.zone not in ("head", "footnote"):
            groups.append(_Gathered([mention]))


def _merge_laws(groups: list[_Gathered]) -> None:
    """`Luật Đất đai` beside `Luật Đất đai năm 2013` or `Luật Đất đai số 45/2013/QH13` is the same law."""
    for group in [g for g in groups if g.name and g.number is None]:
        others = [g for g in groups if g is not group and g.name == group.name]
        fitting = [g for g in others if group.year is None or g.year is None or g.year == group.year or _same_law(g, group)]
        if fitting:
            _merge(groups, group, into=max(fitting, key=lambda g: (g.number is not None, g.year is not None)))


def _same_law(a: _Gathered, b: _Gathered) -> bool:
    return a.issued_on is not None and a.issued_on == b.issued_on


def _merge(groups: list[_Gathered], group: _Gathered, *, into: _Gathered) -> None:
    into.mentions += group.mentions
    into.done_by += group.done_by
    groups.remove(group)
    for each in groups:
        each.done_by = [(into if source is group else source, relation, scope) for source, relation, scope in each.done_by]


def _merge_misprints(groups: list[_Gathered]) -> None:
    """One serial, kind and day in two spellings of the symbol is one document misprinted."""
    for group in list(groups):
        number = group.number
        if number is None or group not in groups:
            continue
        for other in [g for g in groups if g is not group and g.number]:
            theirs = other.number
            if theirs and _is_misprint(group, number, other, theirs):
                _merge(groups, other, into=group)


def _is_misprint(group: _Gathered, number: Number, other: _Gathered, theirs: Number) -> bool:
    if number.serial.lstrip("0") != theirs.serial.lstrip("0") or (number.year or theirs.year) != (theirs.year or number.year):
        return False
    shorter, longer = sorted((number.codes, theirs.codes), key=len)
    if shorter == longer[: len(shorter)] and number.type_code and len(shorter) < len(longer):
        return True
    if re.sub(r"\d{1,2}$", "", number.symbol) == re.sub(r"\d{1,2}$", "", theirs.symbol) and number.year:
        return True
    if (
        _same_kind(group.kind, other.kind)
        and number.codes[-1] == theirs.codes[-1]
        and (number.type_code is None) != (theirs.type_code is None)
    ):
        return group.issued_on is None or other.issued_on is None or group.issued_on == other.issued_on
    same_day = group.issued_on is not None and group.issued_on == other.issued_on
    return same_day and _same_kind(group.kind, other.kind) and likeness(number.symbol, theirs.symbol) >= 0.6


def _reference(group: _Gathered) -> Reference:
    ordered = sorted(group.mentions, key=lambda m: (_quality(m), m.span.start))
    strongest = min(group.mentions, key=lambda m: RANK[m.relation])
    number = group.number
    named = next(
        (
            m.citation.named
            for m in ordered
            if m.citation.named and (m.citation.named.year or not any(x.citation.named and x.citation.named.year for x in ordered))
        ),
        None,
    )
    spelled = [m.citation.number.canonical for m in group.mentions if m.citation.number]
    return Reference(
        type=group.kind,
        number=number.canonical if number else group.mentions[0].citation.serial,
        issued_on=group.issued_on,
        agency=group.agency,
        title=(named.base if number else named.title) if named else next((str(t) for t in group.values("title")), None),
        relation=strongest.relation,
        mentions=tuple(dict.fromkeys(Place(m.span) for m in ordered)),
        confidence=_confidence(group),
        rule=_rule(group),
        scope=strongest.citation.scope,
        misprints=tuple(dict.fromkeys(s for s in spelled if number and s != number.canonical)),
    )


def _quality(mention: _Mention) -> tuple[int, int]:
    """The best place to open is in the body and says most."""
    c = mention.citation
    return _FIRST.get(mention.zone, 2), -sum(value is not None for value in (c.number, c.issued_on, c.agency, c.named))


def _confidence(group: _Gathered) -> float:
    number = group.number
    if number is None:
        known = any(m.citation.named and m.citation.named.is_known for m in group.mentions)
        return 0.93 if known else 0.7 if group.name else 0.6
    said = 0.9 if any(m.citation.own_word for m in group.mentions) else 0.75
    more = 0.04 * (group.issued_on is not None) + 0.03 * (group.agency is not None)
    return round(min(0.97, said + more) - (0.25 if number.canonical != number.as_read else 0), 2)


def _rule(group: _Gathered) -> str:
    number = group.number
    if number is None:
        return "tên văn bản" if group.name else "số không kèm ký hiệu"
    return "số, ký hiệu sau tên loại" if any(m.citation.own_word for m in group.mentions) else "số, ký hiệu"


def _edge(target: _Gathered, source: _Gathered, relation: Relation, scope: str | None) -> Reference:
    base = _reference(target)
    doer = _reference(source)
    return replace(
        base, relation=relation, scope=scope, source=doer.number or doer.title, rule="quan hệ giữa hai văn bản khác", confidence=0.8
    )


def _unique(edges: list[Reference]) -> list[Reference]:
    seen: dict[tuple[object, ...], Reference] = {}
    for edge in edges:
        seen.setdefault((edge.number or edge.title, edge.source, edge.relation), edge)
    return list(seen.values())
