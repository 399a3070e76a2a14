"""When are two numbers of documents the same?

`09-HD/BTCTU`, `9 - HD/BTCTU` and `9-hd/btctu` are one key: serial without zeros, year if the number has one, the letters
of the symbol. Which separator stands where is not part of it: offices write both `02-HD/BDVTU` and `02/HD-BDVTU`.
"""

import re
from dataclasses import dataclass
from datetime import date

from store.knowledge import agency_words, term_starts
from store.spelling import fold

_PARTS = re.compile(r"[0-9]+[a-z]?(?![a-z0-9])|[a-z&0-9]+")
_PARTY_SHAPE = re.compile(r"\s*\d+[A-Za-zĐđ]?\s*-\s*[^/\d]+/")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A number taken apart: the folded key, the serial (None when blank), the year in it, the letters of its body, Party or not."""

    text: str
    serial: str | None
    year: int | None
    organ: str
    is_party: bool

    @property
    def is_whole(self) -> bool:
        """Say whether there is anything to tell it by: a blank serial (`-CV/HU`) is no number yet."""
        return any(letter.isdigit() for letter in self.text)

    @property
    def is_local(self) -> bool:
        """Say whether many bodies share the organ's letters (UBND, HU), so that the number names no body by itself."""
        return self.organ not in agency_words().central_organs and not self.organ.startswith(("qh", "ubtvqh"))


def number_key(number: str) -> NumberKey | None:
    """Take a number apart, in any spelling; None for a text without a serial and letters or digits."""
    parts = _PARTS.findall(fold(number).replace("qcvn", "qcvn "))
    if not parts:
        return None
    serial = parts[0].lstrip("0") or "0" if parts[0][0].isdigit() else None
    symbol = parts[1:] if serial else parts
    year = int(symbol[0]) if serial and symbol and _YEAR.fullmatch(symbol[0]) else None
    letters = symbol[1:] if year else symbol
    organ = _organ(letters)
    of_party = organ in agency_words().party_organs or organ.endswith(("tu", "tw", "hu"))
    is_party = of_party or (bool(_PARTY_SHAPE.match(number)) and organ not in agency_words().central_organs)
    return NumberKey(".".join((serial or "", *symbol)), serial, year, organ, is_party and year is None)


def _organ(letters: list[str]) -> str:
    """Give the body's letters: after the type (`nd cp` → `cp`), the only ones of a law (`qh15`), or the first (`ubnd vx`)."""
    types = agency_words().type_codes
    return next((part for part in letters if part not in types), letters[-1] if letters else "")


def period(number: NumberKey, issued_on: date | None) -> str | None:
    """Give the span in which a serial is used once: the year, or the term for Party numbers; None when no date tells.

    Party numbers run by type and term (399-QĐ/TW; users.md 3.1). Local congresses fall somewhere in their year, so in such a year
    the day itself parts documents. Local State bodies began again at 01 on 1 July 2025.
    """
    began_again = number.is_local and not number.is_party and (issued_on.year if issued_on else number.year) == 2025
    if number.year and not began_again:
        return str(number.year)
    if issued_on is None:
        return None
    if number.is_party:
        return _term(issued_on, local=number.is_local)
    if began_again:
        return "2025-1" if issued_on < date(2025, 7, 1) else "2025-2"
    return str(issued_on.year)


def _term(issued_on: date, *, local: bool) -> str:
    if local:
        return issued_on.isoformat() if issued_on.year % 5 == 0 else f"từ {issued_on.year - issued_on.year % 5}"
    begun = [start for start in term_starts() if start <= issued_on]
    return f"từ {begun[-1].isoformat()}" if begun else "trước các khóa đã biết"
