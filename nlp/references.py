"""Which other documents does this one name, each once, and in what relation?

Citations found paragraph by paragraph are gathered: a full number with its misprints, a short name with its long one
(`Quy định 132`), a law with and without its year. What the text says at any place of a document holds for the document.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.transcript import Span
from nlp.abbreviations import introduced, written_out
from nlp.attached import find_attached
from nlp.citation import find_citations
from nlp.directive import Place, Reference, Relation
from nlp.enclosed import REACH, enclosed_title
from nlp.footnotes import issuers_at_anchors
from nlp.gathering import LAWS, Cited, Gathering, Mention
from nlp.letters import bare, one_line
from nlp.listed import Lists
from nlp.named import Named
from nlp.number import Number, parse_number
from nlp.own import Own
from nlp.passages import Passage, passages
from nlp.relations import RANK, Related, relate
from nlp.spots import Citation
from nlp.zones import Zones

DOUBT = "“{}” có thể là {}; không gắn với văn bản nào, đề nghị đối chiếu."
_SERIAL = 4  # figures of a member that shares all else with the next (`11, 12, 13/2021/TT-BXD`)
_FIRST = {"body": 0, "opening": 0, "title": 1, "attachment": 2, "footnote": 2, "head": 3}


@dataclass(frozen=True, slots=True)
class Cites:
    """The documents that a text names, and sentences in Vietnamese about names that may mean several of them."""

    references: tuple[Reference, ...]
    doubts: tuple[str, ...]


def find_references(zones: Zones, own: Own) -> tuple[Reference, ...]:
    """Find all other documents that this one names, in the order in which they first appear.

    A reference with `source` set is an edge between two other documents and no reference of this one.
    """
    return read_references(zones, own).references


def read_references(zones: Zones, own: Own) -> Cites:
    """Find all other documents that this one names, as find_references does, and say which short names stay open."""
    read = list(passages(zones))
    cited, ambiguous = _gather(zones, own, read)
    short = introduced(zones.plain)
    references = {each: _reference(each, short) for each in cited}
    done = [(target, doer, relation, scope) for target in cited for (doer, relation), scope in target.done_by.items()]
    edges = [
        _edge(references[target], references[doer], relation, scope) for target, doer, relation, scope in (*done, *_amending_laws(cited))
    ]
    came_with = [_came_with(references[target], title) for target in cited for title in target.enclosed]
    found = (*references.values(), *find_attached(zones, own, read), *_unique([*edges, *came_with]))
    return Cites(found, tuple(dict.fromkeys(_doubt(mention, [references[one] for one in meant]) for mention, meant in ambiguous)))


def _doubt(mention: Mention, meant: Sequence[Reference]) -> str:
    """Say that a short name may mean several documents: it is tied to none of them."""
    name = " ".join(part for part in (mention.citation.kind, mention.citation.serial) if part)
    others = " hoặc ".join(
        " ".join(part for part in (r.number or r.title, f"ngày {r.issued_on:%d/%m/%Y}" if r.issued_on else "") if part) for r in meant
    )
    return DOUBT.format(name, others)


def _gather(zones: Zones, own: Own, read: Sequence[Passage]) -> tuple[list[Cited], list[tuple[Mention, list[Cited]]]]:
    """Read all passages, put the mentions of one document together; also the short names that may mean several."""
    issuers, own_name = issuers_at_anchors(zones), _own_name(zones, own)
    gathering, lists = Gathering(), Lists()
    for passage in read:
        citations = shared(find_citations(passage, own.family))
        if passage.zone == "footnote":
            citations = _with_anchor_issuer(passage, citations, issuers)
        citations = [citation for citation in citations if not _is_own(citation, passage, own, own_name)]
        related, edges = relate(passage, citations, own.type)
        cited: dict[int, Cited] = {}
        for i, each in enumerate(lists.relate(passage, related)):
            if found := gathering.add(_mention(passage, each)):
                cited[i] = found
                if title := enclosed_title(passage.text[max(0, each.citation.start - REACH) : each.citation.start]):
                    found.enclosed.append(title)
        for edge in edges:
            source, target = cited.get(edge.source), cited.get(edge.target)
            if source and target and source is not target:
                target.done_by.setdefault((source, edge.relation), _changed_part(citations[edge.source], citations[edge.target]))
    return gathering.close(), gathering.ambiguous


def _changed_part(doer: Citation, target: Citation) -> str | None:
    """Only a part was changed where only a part does it: `Điều 10 Nghị định A được sửa đổi tại khoản 4 Điều 1 Nghị định B`.

    So also where the doer's subject says it (`sửa đổi Điều 12 Thông tư A`), which names the part behind the doer.
    """
    return target.scope if doer.scope or doer.start < target.start else None


def _mention(passage: Passage, related: Related) -> Mention:
    citation = related.citation
    span = Span(passage.start + citation.start, passage.start + max(citation.end, citation.start + 1))
    return Mention(citation, related.relation, span, passage.zone)


def shared(citations: Sequence[Citation]) -> list[Citation]:
    """Give each member of a list what is said once for all: the day and the issuer after the last, an issuer before the first."""
    result = list(citations)
    for i in range(len(result) - 2, -1, -1):
        this, following = result[i], result[i + 1]
        if this.number is None or following.number is None or following.start - this.end > 12:
            continue
        if this.issued_on is None and (not following.is_announced or this.end - this.start <= _SERIAL):
            result[i] = this = replace(this, issued_on=_fitting(following.issued_on, this.number))
        if this.agency is None and following.agency and _one_body(this, following):
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


def _one_body(a: Citation, b: Citation) -> bool:
    """Say whether two numbers end in the same body's code."""
    return a.number is not None and b.number is not None and a.number.codes[-1] == b.number.codes[-1]


def _fitting(day: date | None, number: Number) -> date | None:
    return day if day and (number.year is None or number.year == day.year) else None


def _with_anchor_issuer(passage: Passage, citations: list[Citation], issuers: dict[str, str]) -> list[Citation]:
    """`các Quy định¹ của Ban Thường vụ Tỉnh ủy`: what stands at the mark in the body names the issuer of the footnote's list."""
    mark = re.match(r"\W*([¹²³⁴⁵⁶⁷⁸⁹⁰]+|\d{1,2})", passage.text)
    issuer = issuers.get(mark[1]) if mark else None
    if not issuer:
        return citations
    return [replace(c, agency=issuer) if c.agency is None and c.number else c for c in citations]


def _own_name(zones: Zones, own: Own) -> str | None:
    """Give a law's own name, bare: its title (`LUẬT ĐẤT ĐAI`); None for all other documents."""
    if own.type not in LAWS:
        return None
    return bare(one_line(" ".join(line.plain for line in zones.printed_in("title"))))


def _is_own(citation: Citation, passage: Passage, own: Own, own_name: str | None) -> bool:
    """Say whether a citation is the document itself: its own number or name, or the heading of what is attached to it."""
    number = citation.number
    if number is None:
        return citation.named is not None and citation.named.year is None and bare(citation.named.base) == own_name
    if passage.zone == "head" and not citation.own_word:
        return True
    mine = parse_number(own.number) if own.number else None
    heads = passage.zone == "attachment" and re.match(r"\W*(?:ban hành )?(?:kèm|đính kèm)(?: theo)?\W", passage.lower[: citation.start])
    if mine and mine.key == number.key:
        return bool(heads) or not (citation.issued_on and own.issued_on and citation.issued_on.year != own.issued_on.year)
    symbol = own.number.lstrip("0123456789") if own.number else None
    return bool(heads) and symbol is not None and bare(number.symbol) == bare(symbol)


def _reference(cited: Cited, short: dict[str, str]) -> Reference:
    ordered = sorted(cited.mentions, key=lambda m: (_quality(m), m.span.start))
    strongest = min(cited.mentions, key=lambda m: RANK[m.relation])
    number, named = cited.number, _name(ordered)
    spelled = [m.citation.number.canonical for m in cited.mentions if m.citation.number]
    return Reference(
        type=cited.kind,
        number=number.canonical if number else cited.mentions[0].citation.serial,
        issued_on=cited.issued_on,
        agency=written_out(cited.agency, short) if cited.agency else None,
        title=(named.base if number else named.title) if named else cited.title,
        relation=strongest.relation,
        mentions=tuple(dict.fromkeys(Place(m.span) for m in ordered)),
        confidence=_confidence(cited),
        rule=_rule(cited),
        scope=strongest.citation.scope,
        misprints=tuple(dict.fromkeys(s for s in spelled if number and s != number.canonical)),
    )


def _name(ordered: Sequence[Mention]) -> Named | None:
    """Give the fullest name: one with its year or day before a bare one."""
    names = [m.citation.named for m in ordered if m.citation.named]
    return max(names, key=lambda name: name.year is not None, default=None)


def _quality(mention: Mention) -> tuple[int, int]:
    """The best place to open is in the body and says most."""
    c = mention.citation
    return _FIRST.get(mention.zone, 2), -sum(value is not None for value in (c.number, c.issued_on, c.agency, c.named))


def _confidence(cited: Cited) -> float:
    """Say how sure: a number beside the word of its kind, with day and issuer, is read right in 97 of 100 (dev set)."""
    number = cited.number
    if number is None:
        known = any(m.citation.named and m.citation.named.is_known for m in cited.mentions)
        return 0.93 if known else 0.7 if cited.name else 0.6
    said = 0.9 if any(m.citation.own_word for m in cited.mentions) else 0.75
    more = 0.04 * (cited.issued_on is not None) + 0.03 * (cited.agency is not None)
    words = {m.citation.kind for m in cited.mentions if m.citation.own_word}
    less = 0.25 * (number.canonical != number.as_read) + 0.2 * (len(words) > 1)  # repaired; `Quy định` here, `Quyết định` there
    return round(min(0.97, said + more) - less, 2)


def _rule(cited: Cited) -> str:
    if cited.number is None:
        return "tên văn bản" if cited.name else "số không kèm ký hiệu"
    return "số, ký hiệu sau tên loại" if any(m.citation.own_word for m in cited.mentions) else "số, ký hiệu"


def _edge(target: Reference, doer: Reference, relation: Relation, scope: str | None) -> Reference:
    rule = "quan hệ giữa hai văn bản khác"
    return replace(target, relation=relation, scope=scope, source=doer.number or doer.title, rule=rule, confidence=0.8)


def _came_with(target: Reference, title: str) -> Reference:
    rule = "văn bản ban hành kèm theo văn bản khác"
    return replace(target, relation="attaches", scope=None, source=title, rule=rule, confidence=0.8)


def _amending_laws(cited: Sequence[Cited]) -> list[tuple[Cited, Cited, Relation, None]]:
    """Give (law, the law whose name says that it amends it) where both are cited."""
    laws = {name: each for each in cited if each.kind in LAWS and (name := each.name)}
    found: list[tuple[Cited, Cited, Relation, None]] = []
    for name, doer in laws.items():
        amended = name.partition(" cua ")[2] if name.startswith("luat sua doi") else ""
        others = re.split(r",\s*(?=luat|bo luat)|\s+va\s+(?=luat|bo luat)", amended)
        found += [(laws[other], doer, "amends", None) for other in others if other in laws]
    return found


def _unique(edges: list[Reference]) -> list[Reference]:
    seen: dict[tuple[str | None, str | None, Relation], Reference] = {}
    for edge in edges:
        seen.setdefault((edge.number or edge.title, edge.source, edge.relation), edge)
    return [edge for edge in seen.values() if edge.source != (edge.number or edge.title)]
