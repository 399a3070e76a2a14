"""Which letters does a font show whose own table of letters is wrong?

The page's picture was read by OCR. Where a word of the layer and a word of the picture stand in one place and have as many
letters, each code of each font gets a vote for a letter; what most votes say is read into the layer. Its letters are then
surer than OCR's, for one misread word is outvoted, and its places are exact.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.checking import read_part
from ingest.composing import Row, Token
from ingest.mending import mended_line
from ingest.pdf import Pdf
from ingest.printed import Run, in_lines, runs_of, words_of
from ingest.stamps import Stamps
from ingest.syllables import soundness
from ingest.transcript import Box

_DPI = 300
_OVERLAP = 0.6  # of the longer of two words: how far they must stand in one place
_FEWEST, _MATCHED = 30, 0.5  # words that must be matched, and their share of all
_SURE = 0.7  # confidence of a word of OCR's that votes
_ANY = ""  # any font
_MOST_LOST = 12  # words a page that are looked for once more where OCR saw none
_MAJORITY = 0.85  # of the votes for one code: OCR errs less, and a code that means two letters is left to it
_KNOWN = 0.8  # share of the layer's codes that the votes must answer; the rest is OCR's
_SOUND, _WORSE = 0.93, 0.01  # soundness that must come out, and how far it may stay behind OCR's
_TOUCHED = 0.2  # of the longer of two words: less, and a word of OCR's stands where the layer has none
_PICTURE = 0.9  # confidence that a word of OCR's keeps at most where it stands in for one of the layer


@dataclass(frozen=True, slots=True)
class _Votes:
    """For each font and code, the letters that were seen in its place and how often."""

    seen: dict[tuple[str, str], Counter[str]]

    def letter(self, font: str, code: str) -> tuple[str, float] | None:
        """Give what a code of a font shows and how surely; a font that shows it nowhere else goes with the others. None for no answer."""
        votes = self.seen.get((font, code)) or self.seen.get((_ANY, code))
        if not votes:
            return None
        (letter, most), total = votes.most_common(1)[0], votes.total()
        return (letter, most / (total + 1)) if most >= _MAJORITY * total else None

    def share(self, runs: Sequence[Run], fonts: Sequence[str]) -> float:
        """Give the share (0 to 1) of the layer's codes to which the votes give an answer."""
        known = [self.letter(font, code) is not None for run, font in zip(runs, fonts, strict=True) for code in run.text]
        return sum(known) / max(1, len(known))


def deciphered(pdf: Pdf, number: int, stamps: Stamps, rows: Sequence[Row]) -> list[list[Token]] | None:
    """Give the lines of a page's text layer as the picture shows them; rows are what OCR read of it.

    None where too little of both agrees: then OCR's own words are better.
    """
    glyphs = pdf.inked(number)
    if glyphs is None:
        return None
    runs = runs_of(glyphs)
    fonts = pdf.fonts(number, [run.first for run in runs])
    seen = [token for row in rows for token in row.tokens if token.origin == "OCR" and token.box]
    pairs = _paired(pdf, number, runs, seen)
    votes = _count(runs, fonts, pairs)
    alike = sum(_is_as_long(run, token) for run, token in zip(runs, pairs, strict=True))
    if alike < max(_FEWEST, _MATCHED * len(runs)) or votes.share(runs, fonts) < _KNOWN:
        return None
    words = [word for run, font, token in zip(runs, fonts, pairs, strict=True) for word in _read(run, font, token, votes)]
    words += [_of_picture(token) for token in seen if not _is_covered(token, words)]
    sound, other = (soundness([token.text for token in tokens]) for tokens in (words, seen))
    return [mended_line(line) for line in in_lines(words, stamps.fills)] if sound >= max(_SOUND, other - _WORSE) else None


def _paired(pdf: Pdf, number: int, runs: Sequence[Run], seen: Sequence[Token]) -> list[Token | None]:
    """Give for each run the word that OCR saw in its place; a few that it missed are looked for alone."""
    pairs = [_in_place(run.box, seen) for run in runs]
    lost = [i for i, token in enumerate(pairs) if token is None]
    for i in lost if len(lost) <= _MOST_LOST else ():
        pairs[i] = _look(pdf, number, runs[i].box)
    return pairs


def _is_as_long(run: Run, token: Token | None) -> bool:
    return token is not None and len(token.text) == len(run.text)


def _in_place(box: Box, tokens: Sequence[Token]) -> Token | None:
    """Give the word that stands where a run of the layer stands."""
    best = max(tokens, key=lambda token: _shared(box, token.box), default=None)
    return best if best is not None and _shared(box, best.box) >= _OVERLAP else None


def _look(pdf: Pdf, number: int, box: Box) -> Token | None:
    """Read the one word that stands in a box."""
    found = read_part(pdf, number, box, _DPI)
    return found[0] if len(found) == 1 else None


def _shared(a: Box, b: Box | None) -> float:
    """Give how much of the longer of two words both share, 0 where they stand on different lines."""
    if b is None or not a.y0 < (b.y0 + b.y1) / 2 < a.y1:
        return 0.0
    return (min(a.x1, b.x1) - max(a.x0, b.x0)) / max(0.1, a.x1 - a.x0, b.x1 - b.x0)


def _is_covered(token: Token, words: Sequence[Token]) -> bool:
    return token.box is not None and any(_shared(token.box, word.box) > _TOUCHED for word in words)


def _count(runs: Sequence[Run], fonts: Sequence[str], pairs: Sequence[Token | None]) -> _Votes:
    votes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for run, font, token in zip(runs, fonts, pairs, strict=True):
        if token is not None and len(token.text) == len(run.text) and token.confidence >= _SURE:
            for code, letter in zip(run.text, token.text, strict=True):
                votes[font, code][letter] += 1
                votes[_ANY, code][letter] += 1
    return _Votes(votes)


def _read(run: Run, font: str, token: Token | None, votes: _Votes) -> list[Token]:
    """Give the words of a run in the letters that were voted for, OCR's letter where the votes do not tell; none where neither does."""
    letters = [votes.letter(font, code) for code in run.text]
    if token is not None and len(token.text) == len(run.text):
        letters = [letter or (seen, min(token.confidence, _PICTURE)) for letter, seen in zip(letters, token.text, strict=True)]
    known = [letter for letter in letters if letter is not None]
    if len(known) < len(letters):
        return []
    text, confidence = "".join(letter for letter, _ in known), min(sure for _, sure in known)
    if token is not None and token.text == text:
        confidence = max(confidence, token.confidence)
    return [replace(word, confidence=confidence) for word in words_of(replace(run, text=text))]


def _of_picture(token: Token) -> Token:
    return replace(token, confidence=min(token.confidence, _PICTURE))
