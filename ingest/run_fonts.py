"""In which font does Word set a run of text, and was that font made before Unicode?"""

from typing import Any

from ingest.legacy import Scheme, is_modern, scheme_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 12  # styles based on styles
Element = Any
"""An element of the XML tree; lxml has no types."""


class RunFonts:
    """The fonts that runs name themselves, and those of the styles and defaults that they take one from.

    given, if set, is the scheme of every run; found gathers the schemes from which something was converted.
    """

    def __init__(self, styles: Element | None, given: Scheme | None = None) -> None:
        self._given = given
        self.found: set[Scheme] = set()
        self._asked: tuple[Element, Scheme, bool] | None = None
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        self._usual: str | None = None
        if styles is not None:
            self._styles = {style.get(f"{_W}styleId", ""): style for style in styles.iter(f"{_W}style")}
            self._default = _font(styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
            usual = (style for style in self._styles.values() if style.get(f"{_W}default") == "1" and style.get(f"{_W}type") == "paragraph")
            self._usual = next((style.get(f"{_W}styleId") for style in usual), None)

    def scheme_of(self, run: Element) -> Scheme | None:
        """Give the scheme of a run (w:r) by the font that it is set in; none where its paragraph was typed in Unicode all the same."""
        scheme = self._given or scheme_of(self._font_of(run) or "")
        return None if scheme is None or self._is_modern(run, scheme) else scheme

    def _is_modern(self, run: Element, scheme: Scheme) -> bool:
        paragraph = next(run.iterancestors(f"{_W}p"), run)
        if self._asked is None or self._asked[:2] != (paragraph, scheme):
            runs = [other for other in paragraph.iter(f"{_W}r") if scheme == (self._given or scheme_of(self._font_of(other) or ""))]
            text = "".join(part.text or "" for other in runs for part in other.iter(f"{_W}t"))
            self._asked = (paragraph, scheme, is_modern(text))
        return self._asked[2]

    def _font_of(self, run: Element) -> str | None:
        own = run.find(f"{_W}rPr")
        paragraph = next(run.iterancestors(f"{_W}p"), None)
        style = None if paragraph is None else paragraph.find(f"{_W}pPr/{_W}pStyle")
        return (
            _font(own)
            or self._of_style(None if own is None else _value(own.find(f"{_W}rStyle")))
            or self._of_style(_value(style) or self._usual)
            or self._default
        )

    def _of_style(self, name: str | None) -> str | None:
        """Follow a style and those it is based on to the first that names a font."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name or "")
            if style is None:
                return None
            font = _font(style.find(f"{_W}rPr"))
            if font:
                return font
            name = _value(style.find(f"{_W}basedOn"))
        return None


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get(f"{_W}val")


def _font(properties: Element | None) -> str | None:
    """Give the font that run properties name for Western letters, in which such text is stored."""
    fonts = None if properties is None else properties.find(f"{_W}rFonts")
    return None if fonts is None else fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi")
