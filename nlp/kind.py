"""Which kind of document is it, and which kinds are there?"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from nlp.letters import bare
from nlp.lexicon import load


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of kinds.toml: the name as printed in a title, its codes in a symbol, who uses it, until when."""

    name: str
    codes: tuple[str, ...]
    families: tuple[str, ...]
    titled: bool = True
    valid_to: date | None = None


@cache
def kinds() -> tuple[Kind, ...]:
    """Give all kinds, longest name first, so that `Chương trình phối hợp` is met before `Chương trình`."""
    rows = [
        Kind(r["name"], tuple(r["codes"]), tuple(r["families"]), r.get("titled", True), r.get("valid_to")) for r in load("kinds")["kind"]
    ]
    return tuple(sorted(rows, key=lambda kind: -len(kind.name)))


@cache
def names_of_kinds() -> tuple[str, ...]:
    """Give the names of the kinds that are printed as a title, longest first."""
    return tuple(kind.name for kind in kinds() if kind.titled)


@cache
def kind_of_title(title: str) -> str | None:
    """Give the kind that a title line names (`CHƯƠNG TRÌNH PHỐI HỢP`), read without diacritics; None if it names none."""
    text = bare(title).strip(" .:*-_")
    for name in names_of_kinds():
        folded = bare(name)
        if text == folded or text.startswith(folded + " "):
            return name
    return None


@cache
def kind_of_code(code: str, family: str) -> str | None:
    """Give the first kind of the family that uses this code in its symbol (`NQ`); the printed title goes before it."""
    upper = code.upper()
    for row in load("kinds")["kind"]:
        if family in row["families"] and upper in (c.upper() for c in row["codes"]):
            return str(row["name"])
    return None
