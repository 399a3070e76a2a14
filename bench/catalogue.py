"""Are number, type and subject of legal texts what their catalogue says, and where they are not, is it the text that differs?

A value of the catalogue that its text does not print in any spelling cannot be read there. Such texts are counted apart and
named one by one with what they print, so that anybody can look.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bench.rewriting import judge
from nlp.directive import Directive, Found

RIGHT = {"number": 0.99, "type": 0.99, "subject": 0.95}  # share of what the texts print
State = Literal["right", "wrong", "blank", "other"]
_HEAD = 4_000  # characters in which a document prints its own number, type and subject
_ALIKE = 0.9  # likeness of two subjects that are one
_SHOWN = 110  # characters of a value


@dataclass(frozen=True, slots=True)
class Judged:
    """One value of the catalogue and what was read: right, wrong, or the text prints none (blank) or another one."""

    listed: str
    read: str
    state: State


def report(rows: Sequence[dict[str, Any]], read_as: Sequence[Directive], say: Callable[[str], None]) -> int:
    """Say the shares and name each value that differs; the number of shares that are below what is wanted."""
    below = 0
    for key, how in _WAYS.items():
        judged = [how(row, found) for row, found in zip(rows, read_as, strict=True)]
        counts = {state: sum(each.state == state for each in judged) for state in ("right", "wrong", "blank", "other")}
        printed = counts["right"] + counts["wrong"]
        share = counts["right"] / max(1, printed)
        below += share < RIGHT[key]
        apart = f"of {len(judged)} texts {counts['blank']} print none, {counts['other']} another than the catalogue"
        say(f"{key:12}{share:12.3f} {'right':14}{counts['right']} of {printed} that print the catalogue's; {apart}")
        for each in judged:
            if each.state != "right":
                say(f"    {each.state:6} {each.listed[:_SHOWN]!r}, read {each.read[:_SHOWN]!r}")
    return below


def _number(row: dict[str, Any], found: Directive) -> Judged:
    listed, read, text = str(row["number"]), _value(found.number), str(row["text"])
    key = judge().number_key
    if key(read) == key(listed):
        return Judged(listed, read, "right")
    if _own(_spelled(listed), text):
        return Judged(listed, read, "wrong")
    if re.search(r"\d", read.partition("/")[0]):
        return Judged(listed, read, "other" if _own(_spelled(read), text) else "wrong")
    return Judged(listed, read, "wrong" if _own(r"\d", text) else "blank")


def _own(number: str, text: str) -> bool:
    """Say whether a line or a cell of the head begins with `Số:` and a number; one that is only cited does not stand so."""
    head = unicodedata.normalize("NFC", text[:_HEAD])
    return re.search(rf"(?:^|\t)\W*(?:luật )?số\s*:\s*{number}", head, re.MULTILINE | re.IGNORECASE) is not None


def _spelled(number: str) -> str:
    """Give the pattern of a number in any spelling: zeros before it, spaces, either case, D for Đ, and nothing cut off behind it."""
    parts = re.findall(r"\w+|[/-]", number.lstrip("0"))
    letters = (re.sub("[DĐ]", "[DĐ]", part) if part.isalnum() else "[-/–]" for part in parts)
    return "0*" + r"\s*".join(letters) + r"(?![\w/-])"


def _type(row: dict[str, Any], found: Directive) -> Judged:
    listed, read = str(row["type"]), _value(found.type)
    printed = re.search(rf"^\W*{re.escape(read.upper())}\W*$", str(row["text"])[:_HEAD], re.MULTILINE) is not None
    return Judged(listed, read, "right" if read == listed else "other" if printed and read else "wrong")


def _subject(row: dict[str, Any], found: Directive) -> Judged:
    listed, read = _listed_subject(row), _value(found.subject)
    like, head = judge(), judge().fold(str(row["text"])[:_HEAD])
    if like.ratio(like.subject_of(listed), like.subject_of(read)) >= _ALIKE:
        return Judged(listed, read, "right")
    whole = like.fold(read) in head and like.subject_of(listed) not in head
    return Judged(listed, read, ("other" if read else "blank") if whole else "wrong")


def _listed_subject(row: dict[str, Any]) -> str:
    """A law's subject is its name, which the catalogue has in the title only."""
    subject = str(row["subject"])
    if subject and not re.match(r"số \d", subject):
        return subject
    return re.sub(r"^(?:Bộ luật|Luật|Pháp lệnh)\s|\s*số \d+/\d{4}/\S+", "", str(row["title"]))


def _value(found: Found[str] | None) -> str:
    return found.value if found else ""


_WAYS: dict[str, Callable[[dict[str, Any], Directive], Judged]] = {"number": _number, "type": _type, "subject": _subject}


def references(rows: Sequence[dict[str, Any]], read_as: Sequence[Directive]) -> Iterator[str]:
    """Yield how many documents a text names, and how many of those with a number are in the corpus themselves."""
    key = judge().number_key
    known = {key(str(row["number"])) for row in rows}
    cited = [[r for r in found.references if r.source is None] for found in read_as]
    numbers = [key(r.number) for each in cited for r in each if r.number]
    inside = sum(number in known for number in numbers)
    on = f"{inside} of {len(numbers)} with a number ({inside / max(1, len(numbers)):.1%}) are in the corpus"
    yield f"{'references':12}{sum(map(len, cited)) / max(1, len(rows)):12.1f} {'a document':14}{on}"
