"""Which label does Word print before a paragraph that it numbers itself (`1.`, `a)`, `II.`, `-`)?

Works on the XML of `numbering.xml` and `styles.xml` (ECMA-376, part 1, 17.9).
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_PLACE = re.compile(r"%(\d)")
Element = Any


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered: first number, format, and text with %1 for the number of level 1."""

    start: int
    form: str
    text: str


class Labels:
    """Counts the numbered paragraphs of one document, which must be asked about in their order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        """Take the root elements of the two parts; either may be absent."""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._take_lists(numbering)
        if styles is not None:
            self._take_styles(styles)

    def next_for(self, paragraph: Element) -> str:
        """Give the label of this paragraph and count it; an empty text when Word prints none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, depth = place
        abstract = self._lists.get(list_id)
        level = self._levels.get(abstract or "", {}).get(depth)
        if abstract is None or level is None:
            return ""
        counts = self._counts[abstract]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return "-"
        return _PLACE.sub(lambda m: self._number(abstract, int(m[1]) - 1), level.text).strip()

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """Give the list and the depth (from 0) of a paragraph, its own or its style's; list 0 means none."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{_W}pStyle")
        inherited = self._styles.get(style.get(f"{_W}val")) if style is not None else None
        own = _read_place(properties, inherited)
        place = own or inherited
        return place if place and place[0] != "0" else None

    def _number(self, abstract: str, depth: int) -> str:
        level = self._levels[abstract].get(depth)
        if level is None:
            return ""
        return _written(self._counts[abstract].get(depth, level.start), level.form)

    def _take_lists(self, numbering: Element) -> None:
        for abstract in numbering.iter(f"{_W}abstractNum"):
            self._levels[abstract.get(f"{_W}abstractNumId")] = {
                _whole(level.get(f"{_W}ilvl")): _Level(
                    _whole(_value(level, "start"), 1), _value(level, "numFmt") or "decimal", _value(level, "lvlText") or ""
                )
                for level in abstract.iter(f"{_W}lvl")
            }
        for number in numbering.findall(f"{_W}num"):
            self._lists[number.get(f"{_W}numId")] = _value(number, "abstractNumId") or ""

    def _take_styles(self, styles: Element) -> None:
        for style in styles.findall(f"{_W}style"):
            properties = style.find(f"{_W}pPr")
            place = _read_place(properties, None) if properties is not None else None
            if place:
                self._styles[style.get(f"{_W}styleId")] = place


def _read_place(properties: Element, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    numbered = properties.find(f"{_W}numPr")
    if numbered is None:
        return None
    list_id = _value(numbered, "numId") or (inherited[0] if inherited else None)
    return (list_id, _whole(_value(numbered, "ilvl"))) if list_id else None


def _value(element: Element, child: str) -> str | None:
    found = element.find(f"{_W}{child}")
    value: str | None = None if found is None else found.get(f"{_W}val")
    return value


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise


def _written(number: int, form: str) -> str:
    """Write a number in one of Word's formats; formats that no Vietnamese document uses come out as digits."""
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.lower() if form == "lowerRoman" else roman
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    if form == "decimalZero":
        return f"{number:02}"
    return "" if form == "none" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value and len(text) < 15:
            text, number = text + letters, number - value
    return text
