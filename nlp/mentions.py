"""Which stretches of the text carry what was found? The text as a spaCy Doc with its span groups.

The groups are `fields`, `references`, `duties`, `rejected` (what looked like one of them and was none) and `bodies` (names
of bodies, found by a SpanRuler over the lexicon). The marked view of a document is drawn from them (`vanthu explain`). The
tokenizer is our own: every known one splits `07-NQ/HU`, and `spacy.blank("vi")` asks for pyvi.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, Literal

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, SpanGroup
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from nlp.directive import Directive, Found, Place, Reference, Rejected
from nlp.lexicon import load

Group = Literal["fields", "references", "duties", "rejected"]
GROUPS: tuple[Group, ...] = ("fields", "references", "duties", "rejected")
_PREFIXES = (r"[\"“”‘’'(\[{«•●▪*]", r"-(?=\S)", r"\.{2,}")
_SUFFIXES = (r"[\"“”‘’')\]}»,;:!?…*]", r"(?<=[^\W_])\.", r"\./", r"\.{2,}")
_INFIXES = (r"(?<=[^\W\d_])[,;:()](?=[^\W\d_])",)


@cache
def pipeline() -> Language:
    """Give the pipeline: our tokenizer, then the ruler that marks names of bodies in span group `bodies`."""
    language = spacy.blank("xx")
    language.tokenizer = Tokenizer(
        language.vocab,
        prefix_search=compile_prefix_regex(_PREFIXES).search,
        suffix_search=compile_suffix_regex(_SUFFIXES).search,
        infix_finditer=compile_infix_regex(_INFIXES).finditer,
    )
    ruler = language.add_pipe("span_ruler", config={"spans_key": "bodies", "phrase_matcher_attr": "LOWER"})
    heads = [head for head in load("bodies")["heads"] if len(head.split()) > 1]
    ruler.add_patterns([{"label": "body", "pattern": head} for head in heads])  # type: ignore[attr-defined]  # the factory's type
    return language


def annotate(text: str, found: Sequence["Mention"]) -> Doc:
    """Give the text as a Doc whose span groups hold what was found; a place that cuts a token is widened to it.

    A span's id is the number of its mention, counted from 1.
    """
    doc = pipeline()(text)
    groups: dict[str, list[Any]] = {name: [] for name in GROUPS}
    for number, mention in enumerate(found, 1):
        place = mention.place.span
        if place is not None:
            span = doc.char_span(place.start, place.end, label=mention.label, span_id=str(number), alignment_mode="expand")
            if span is not None:
                groups[mention.group].append(span)
    for name, spans in groups.items():
        doc.spans[name] = SpanGroup(doc, name=name, spans=spans)
    return doc


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of one thing that was found: its span group, its label in it, what was understood, how surely, by which rule.

    parts: how sure of its parts, where it has some (name, 0 to 1); others: what else it may be, and was not taken for.
    """

    group: Group
    label: str
    value: str
    confidence: float
    rule: str
    place: Place
    parts: tuple[tuple[str, float], ...] = ()
    others: tuple[str, ...] = ()


def mentions(directive: Directive) -> Iterator[Mention]:
    """Give every place of everything that was found: fields first, then references, then duties."""
    for item in fields(directive):
        value = getattr(directive, item.name)
        many = value if isinstance(value, tuple) else (value,)
        yield from (_field(item.name, found) for found in many if isinstance(found, Found))
    for name in ("name", "position", "authority"):
        found = getattr(directive.signer, name)
        if found:
            yield _field(f"signer.{name}", found)
    for reference in directive.references:
        value = _named(reference)
        yield from (
            Mention(
                "references", reference.relation, value, reference.confidence, reference.rule, place, reference.parts, reference.misprints
            )
            for place in reference.mentions
        )
    for duty in directive.duties:
        limit = duty.deadline.text if duty.deadline else ""
        value = ": ".join(part for part in (duty.assignee, duty.task) if part) + (f" ({limit})" if limit else "")
        yield Mention("duties", duty.deadline.kind if duty.deadline else "none", value, duty.confidence, duty.rule, duty.place, duty.parts)


def _named(reference: Reference) -> str:
    """Give kind and number; the title where there is no number, which may begin with the kind (`Nghị quyết Trung ương 4 khóa XII`)."""
    name, kind = reference.number or reference.title or "", reference.type or ""
    return name if name.startswith(kind) else f"{kind} {name}".strip()


def passed_by(rejected: Sequence[Rejected]) -> Iterator[Mention]:
    """Give every place of what was passed over; its rule is the reason."""
    yield from (Mention("rejected", each.kind, each.text, 0.0, each.reason, each.place) for each in rejected)


def _field(name: str, found: Found[Any]) -> Mention:
    value, *others = (each.strftime("%d/%m/%Y") if isinstance(each, date) else str(each) for each in (found.value, *found.candidates))
    return Mention("fields", name, value, found.confidence, found.rule, found.place, others=tuple(others))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters that the same mentions cover: their numbers, those that end here, and the groups that they are of."""

    text: str
    numbers: tuple[int, ...]
    ends: tuple[int, ...]
    groups: tuple[str, ...]


def stretches(doc: Doc) -> Iterator[Stretch]:
    """Cut the text where spans of what was found begin and end; the stretches together are the text."""
    spans = [(span.start_char, span.end_char, int(span.id_), name) for name in GROUPS for span in doc.spans[name]]
    cuts = sorted({0, len(doc.text), *(start for start, *_ in spans), *(end for _, end, *_ in spans)})
    for start, end in pairwise(cuts):
        here = [(number, name, stop) for begin, stop, number, name in spans if begin <= start and end <= stop]
        yield Stretch(
            doc.text[start:end],
            tuple(number for number, _, _ in here),
            tuple(number for number, _, stop in here if stop == end),
            tuple(dict.fromkeys(name for _, name, _ in here)),
        )
