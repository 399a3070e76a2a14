"""How does a document that another one names become a row?"""

from collections.abc import Iterator
from typing import Any

from ingest.transcript import Transcript
from nlp.directive import NOWHERE, Reference
from store.evidence import read_at
from store.identity import title_key
from store.numbers import number_key


def reference_rows(transcript: Transcript, references: tuple[Reference, ...]) -> Iterator[dict[str, Any]]:
    """Yield a row for each reference that says what it looks for; one said twice is one."""
    seen: set[str] = set()
    for position, reference in enumerate(references):
        target_key = _target_key(reference)
        stable = _stable_key(target_key, reference)
        if target_key is None or stable in seen:
            continue
        seen.add(stable)
        place = reference.mentions[0] if reference.mentions else NOWHERE
        yield {
            "key": stable,
            "position": position,
            "target_key": target_key,
            **{
                name: getattr(reference, name) for name in ("number", "type", "issued_on", "agency", "title", "relation", "scope", "source")
            },
            "misprints": list(reference.misprints),
            "mentions": max(1, len(reference.mentions)),
            **read_at(transcript, place, reference.rule, reference.confidence),
        }


def _target_key(reference: Reference) -> str | None:
    """Give the key under which the named document is looked for: its number, else its title."""
    number = number_key(reference.number) if reference.number else None
    if number and number.is_whole:
        return number.text
    return title_key(reference.title, reference.type, reference.issued_on) if reference.title else None


def _stable_key(target_key: str | None, reference: Reference) -> str:
    """Give what tells a reference from the others of its document, the same from one reading to the next."""
    parts = (target_key, reference.type, reference.issued_on, reference.relation, reference.scope, reference.source)
    return "|".join("" if part is None else str(part) for part in parts)
