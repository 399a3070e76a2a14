"""Which part of the text is head, title, body, recipients, signature, attachment, footnote?

Zones also gives `plain`: the whole text again, character for character at the same offsets, but fit for patterns:
line ends inside a paragraph are spaces, page numbers and running heads are blanked, look-alike characters are mended
(Ð → Đ, – → -). What a pattern finds in plain at i stands in the Transcript's text at i.
"""

from dataclasses import dataclass
from typing import Literal

from ingest.transcript import Span, Transcript

ZoneKind = Literal["head", "title", "opening", "body", "recipients", "signature", "attachment", "footnote", "furniture", "stamp"]


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """One line: its span in the whole text, its zone, and the paragraph (counted from 0) it belongs to."""

    span: Span
    zone: ZoneKind
    paragraph: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make one paragraph, list item or table row; marker is its numbering (`1.`, `a)`, `-`) or empty."""

    span: Span
    zone: ZoneKind
    marker: str
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Zones:
    """The text laid out: plain (same offsets as the Transcript's text), paragraphs in reading order."""

    plain: str
    lines: tuple[ZoneLine, ...]
    paragraphs: tuple[Paragraph, ...]

    def within(self, *kinds: ZoneKind) -> tuple[Paragraph, ...]:
        """Give the paragraphs of these zones, in reading order."""
        return tuple(p for p in self.paragraphs if p.zone in kinds)

    def text(self, span: Span) -> str:
        """Give the plain text of a span."""
        return self.plain[span.start : span.end]


def lay_out(transcript: Transcript) -> Zones:
    """Find the zones of one document."""
    raise NotImplementedError
