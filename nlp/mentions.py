"""Which stretches of the text carry what was found? The text as a spaCy Doc with its span groups.

The groups are `fields`, `references`, `duties` and `bodies` (names of bodies, found by a SpanRuler over the lexicon).
They are what a marked view is drawn from and what a trained component learns from. The tokenizer is our own: every
known one splits `07-NQ/HU`, and `spacy.blank("vi")` asks for pyvi.
"""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, SpanGroup
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from nlp.directive import Directive, Found, Place, Signer
from nlp.lexicon import load

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


def annotate(text: str, directive: Directive) -> Doc:
    """Give the text as a Doc whose span groups hold what was found; a place that cuts a token is widened to it."""
    doc = pipeline()(text)
    groups: dict[str, list[Any]] = {"fields": [], "references": [], "duties": []}
    for group, label, place in _places(directive):
        if place.span is not None:
            span = doc.char_span(place.span.start, place.span.end, label=label, alignment_mode="expand")
            if span is not None:
                groups[group].append(span)
    for name, spans in groups.items():
        doc.spans[name] = SpanGroup(doc, name=name, spans=spans)
    return doc


def _places(directive: Directive) -> Iterator[tuple[str, str, Place]]:
    for item in fields(directive):
        value = getattr(directive, item.name)
        if isinstance(value, Found):
            yield "fields", item.name, value.place
        elif isinstance(value, tuple):
            yield from (("fields", item.name, found.place) for found in value if isinstance(found, Found))
        elif isinstance(value, Signer):
            named = (("signer.name", value.name), ("signer.position", value.position), ("signer.authority", value.authority))
            yield from (("fields", name, found.place) for name, found in named if found)
    for reference in directive.references:
        yield from (("references", reference.relation, place) for place in reference.mentions)
    yield from (("duties", duty.deadline.kind if duty.deadline else "none", duty.place) for duty in directive.duties)
