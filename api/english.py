"""How does a page say its words in English?

Pages are written in Vietnamese. Their English is a catalogue beside them: what a template says between tags or in an attribute,
what the program says as a value (`{}` stands for what a sentence names), what a script says. What a document says is never touched:
only a whole phrase of the catalogue is put into English.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_CATALOGUE = Path(__file__).parent / "lexicon" / "english.toml"
_BETWEEN = re.compile(r'[^<>"]+')  # what stands between tags, or in quotes: words of the page, and code that no phrase equals
_SAID = re.compile(r'[^"`{}$\n]+')
_KEPT = 4096  # sentences that are remembered once they are found
_LONGEST = 400  # letters of a sentence of the program; what is longer is a document's


@dataclass(frozen=True, slots=True)
class English:
    """The catalogue: English of the phrases of templates, of values and of scripts, by the Vietnamese."""

    pages: dict[str, str]
    values: dict[str, str]
    scripts: dict[str, str]

    def page(self, source: str) -> str:
        """Put the phrases of a stretch of a template into English; what is not in the catalogue stays."""
        return _put(source, _BETWEEN, self.pages)

    def script(self, source: str) -> str:
        """Put what a script says into English: its texts in quotes, and what stands between the `${…}` of others."""
        return _put(source, _SAID, self.scripts)


def _put(source: str, parts: re.Pattern[str], phrases: dict[str, str]) -> str:
    """Translate the parts of a source that are phrases as a whole, the white around them as it was."""

    def said(found: re.Match[str]) -> str:
        phrase = " ".join(found[0].split())
        if phrase not in phrases:
            return found[0]
        text = found[0]
        return text[: len(text) - len(text.lstrip())] + phrases[phrase] + text[len(text.rstrip()) :]

    return parts.sub(said, source)


@lru_cache(1)
def english() -> English:
    """Load the catalogue."""
    read = tomllib.loads(_CATALOGUE.read_text("utf-8"))
    return English(read["pages"], read["values"], read["scripts"])


class InEnglish(Extension):
    """Templates of this environment are compiled with their words in English."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Change the words between the code of a template."""
        for token in stream:
            yield Token(token.lineno, token.type, english().page(token.value)) if token.type == "data" else token


def value(shown: Any) -> Any:  # noqa: ANN401  whatever a template shows
    """Put a label or a sentence of the program into English; anything else is given back as it is."""
    return _sentence(shown) if isinstance(shown, str) and not hasattr(shown, "__html__") else shown


@lru_cache(_KEPT)
def _sentence(text: str) -> str:
    known = english().values
    if text in known:
        return known[text]
    for pattern, say in _patterns() if len(text) <= _LONGEST else ():
        if (found := pattern.fullmatch(text)) is not None and not _runs_on(found):
            return say(*(_sentence(part) for part in found.groups()))
    return text


def _runs_on(found: re.Match[str]) -> bool:
    """Tell whether one word before a hole goes on in small letters: `Chuyển đổi số` is a document's, `Chuyển Văn phòng` the program's."""
    first, _, rest = found.string.partition(" ")
    return found.start(1) == len(first) + 1 and rest[:1].islower()


@lru_cache(1)
def _patterns() -> tuple[tuple[re.Pattern[str], Callable[..., str]], ...]:
    """Give the sentences with holes, those with the most words of their own first."""
    holed = sorted((one for one in english().values.items() if "{}" in one[0]), key=lambda one: -len(one[0]))
    return tuple((re.compile("([^<>]*?)".join(map(re.escape, key.split("{}"))), re.DOTALL), said.format) for key, said in holed)
