"""What looks like a limit, an order or another document, was not taken for one, and why?

Asked for only where it is shown (`vanthu explain`): the rules read the text once more and tell what they passed over.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.transcript import Span, Transcript
from nlp.directive import Directive, Place, Rejected, RejectedKind
from nlp.duties import passed_over
from nlp.letters import one_line
from nlp.lexicon import load
from nlp.named import find_named
from nlp.number import find_numbers, parse_number
from nlp.own import own_of
from nlp.spots import NO_DOCUMENT
from nlp.zones import Zones, lay_out

_LONGEST = 160  # characters of a sentence that are shown


def find_rejected(transcript: Transcript, directive: Directive) -> tuple[Rejected, ...]:
    """Find what was passed over in a document from which directive was read, in reading order."""
    zones = lay_out(transcript)
    cited = [place.span for reference in directive.references for place in reference.mentions if place.span]
    over = passed_over(zones, own_of(directive))
    found = [
        *_documents(zones, directive, cited),
        *_limits(zones, directive, cited, over.limits),
        *_orders(zones, directive, over.orders),
    ]
    return tuple(sorted(found, key=lambda each: each.place.span.start if each.place.span else 0))


def _limits(zones: Zones, directive: Directive, cited: Sequence[Span], times: Sequence[tuple[Span, str]]) -> Iterator[Rejected]:
    own_day = directive.issued_on.place.span if directive.issued_on else None
    for span, reason in times:
        if not (own_day and _meet(span, own_day)):
            key = "cited" if _is_inside(span, cited) else reason
            yield _rejected("limit", zones, span, load("times")["why_not"][key])


def _orders(zones: Zones, directive: Directive, orders: Sequence[tuple[Span, str]]) -> Iterator[Rejected]:
    """A sentence from which a duty was taken after all, with a limit that stands behind it, was not passed over."""
    taken = [duty.place.span for duty in directive.duties if duty.place.span]
    for span, reason in orders:
        if not _is_inside(span, taken):
            yield _rejected("order", zones, span, load("verbs")["why_not"][reason])


def _documents(zones: Zones, directive: Directive, cited: Sequence[Span]) -> Iterator[Rejected]:
    """What a word or a code marks as no document, drafts, numbers that no reference holds."""
    own = directive.number
    mine = parse_number(own.value) if own else None
    seen = [*cited, *([own.place.span] if own and own.place.span else [])]
    others = [(Span(*match.span()), match.lastgroup or "") for match in _no_documents().finditer(zones.plain)]
    drafts = [(Span(name.start, name.end), "draft") for name in find_named(zones.plain) if name.is_draft]
    numbers = [
        (each.span, "own" if mine and each.number.key == mine.key else "alone" if each.number.is_certain else "unsure")
        for each in find_numbers(zones.plain)
    ]
    for span, key in (*others, *drafts, *numbers):
        if not _is_inside(span, seen):
            seen.append(span)
            yield _rejected("document", zones, span, load("citing")["why_not"][key])


@cache
def _no_documents() -> re.Pattern[str]:
    """Give the pattern of what carries a number and is no document: each group is a reason."""
    citing = load("citing")
    words = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word, kind in citing["words"].items() if kind == NO_DOCUMENT)
    return re.compile(
        rf"(?<!\w)(?:(?P<standard>(?:{'|'.join(citing['standards'])})[ -]{{0,2}}\d[\d.:/-]{{0,20}}(?<=\d))"
        rf"|(?P<phone>(?:{'|'.join(citing['phones'])})[ :.]{{1,4}}(?:số )?\+?\d[\d .()-]{{6,18}}(?<=\d))"
        rf"|(?P<no_kind>(?:{words}) {{1,3}}(?:số ?:? ?)?\d[\w./-]{{0,30}}(?<=\w)))"
    )


def _rejected(kind: RejectedKind, zones: Zones, span: Span, reason: str) -> Rejected:
    words = one_line(zones.text(span))
    return Rejected(kind, words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …", Place(span), reason)


def _is_inside(span: Span, others: Sequence[Span]) -> bool:
    return any(_meet(span, other) for other in others)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
