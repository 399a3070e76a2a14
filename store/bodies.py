"""Which body does a name mean? Its kind, its level and its place, as far as the name and those around it tell."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import lru_cache

from store.knowledge import agency_words
from store.spelling import key, spoken

_TOKEN = re.compile(r"[^\W_]+|[,;(]")
_TERM = re.compile(r" khoa [ivxl]+$")
_NO_BODY = "uy ban nhan dan"


@dataclass(frozen=True, slots=True)
class Body:
    """A body taken apart. `Ban Tổ chức Tỉnh ủy Lâm Đồng`: base `ban to chuc uy`, level province, place `lam dong`.

    level is empty for a body that stands on none (a school, a company) and `central` for one that there is once; province is
    known for a district or commune whose name goes on with it.
    """

    base: str
    level: str = ""
    place: str | None = None
    province: str | None = None

    @property
    def is_placed(self) -> bool:
        """Say whether the name tells the body from others of its kind."""
        return self.place is not None or self.level == "central" or (not self.level and _local_level(self.base) is None)

    @property
    def folded(self) -> str:
        """Give the key of the name."""
        return f"{self.base}|{self.level}|{self.place or ''}"


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a name: the places of the body that writes, by level, that body's base, and a mark that is its own."""

    mark: str
    places: dict[str, str] = field(default_factory=dict)
    base: str = ""
    level: str = ""


@lru_cache(maxsize=20_000)
def take_apart(name: str) -> Body:
    """Take a body's name apart; parts that act for a body (Ban Thường vụ) and its head (Bộ trưởng) become the body."""
    tokens = _begun(_spelt_out(_TOKEN.findall(unicodedata.normalize("NFC", name))))
    folded = key(" ".join(tokens))
    if body := agency_words().one_body.get(_TERM.sub("", folded)):
        return Body(body, "central")
    at, length, level, rest = _level(tokens)
    if not length:
        return _without_level(folded)
    place, after = _place(tokens, at + length)
    if level == "city":
        level = "district" if place and place not in agency_words().provinces else "province"
    base = " ".join(filter(None, (key(" ".join(tokens[:at])), rest))) or _NO_BODY
    return Body(base, level, place, place if level == "province" else _province(tokens[after:]))


def _spelt_out(tokens: list[str]) -> list[str]:
    """Spell short forms out, those in capitals only: `TP` is one, `tp` may be a misread word."""
    short = agency_words().short_forms
    return [word for token in tokens for word in (short.get(key(token), token).split() if token.isupper() else [token])]


def _begun(tokens: list[str]) -> list[str]:
    """Leave out what acts for a body, and put the body for its head, until nothing changes."""
    words = agency_words()
    for _ in range(len(tokens)):
        whole = key(" ".join(tokens))
        acting = next((a for a in words.acting_bodies if whole.startswith(f"{a} ")), None)
        head = next((b for b in words.beginnings if f"{whole} ".startswith(f"{b} ")), None)
        if whole in words.one_body or not (acting or head):
            break
        tokens = [*(words.beginnings[head].split() if head else ()), *_after(tokens, (head or acting or "").split())]
    return tokens


def _after(tokens: list[str], words: list[str]) -> list[str]:
    """Give the tokens after the first words; commas between them (`Bộ trưởng, Chủ nhiệm`) go too."""
    at = 0
    for word in words:
        while key(tokens[at]) != word:
            at += 1
        at += 1
    return tokens[at:]


def _level(tokens: list[str]) -> tuple[int, int, str, str]:
    """Find the first word of a level that a place follows or that ends the name: where, how many words, level, what else it says."""
    said = [spoken(token) for token in tokens]
    for at in range(len(said)):
        for phrase, (level, rest) in agency_words().levels.items():
            if said[at : at + len(phrase)] == [spoken(word) for word in phrase]:
                following = tokens[at + len(phrase)] if at + len(phrase) < len(tokens) else ""
                if not following or following in ",;(" or following[0].isupper() or following[0].isdigit():
                    return at, len(phrase), level, rest
    return 0, 0, "", ""


def _place(tokens: list[str], start: int) -> tuple[str | None, int]:
    """Read a place's name: capitalised words and numbers, up to a comma or the next level."""
    end = start
    while end < len(tokens) and tokens[end] not in ",;(" and (tokens[end][0].isupper() or tokens[end][0].isdigit()):
        if end > start and _level(tokens[end:])[:1] == (0,) and _level(tokens[end:])[1]:
            break
        end += 1
    return key(" ".join(tokens[start:end])) or None, end


def _province(tokens: list[str]) -> str | None:
    """Read the province that follows a district's or commune's name."""
    at, length, level, _ = _level(tokens)
    place = _place(tokens, at + length)[0] if length else None
    return place if level in ("province", "city") and place in agency_words().provinces else None


def _without_level(folded: str) -> Body:
    """Take apart a name without a word of level: `Sở Công Thương Lào Cai`, `Bộ Tài chính`, `Trường Đại học A`."""
    words = folded.split()
    level = _local_level(folded)
    if words[-2:] == ["trung", "uong"]:
        return Body(folded, "central")
    if level is None:
        return Body(folded)
    for size in (4, 3, 2, 1):
        if len(words) > size and " ".join(words[-size:]) in agency_words().provinces:
            return Body(" ".join(words[:-size]), "province", " ".join(words[-size:]), " ".join(words[-size:]))
    return Body(folded, level)


def _local_level(folded: str) -> str | None:
    """Give the level of a body that there are many of ("" where it may be any); None for others."""
    return next((level for begin, level in agency_words().local_bodies.items() if f"{folded} ".startswith(f"{begin} ")), None)


def placed(body: Body, around: Around) -> Body:
    """Give a bare body its place from those around it: `Tỉnh ủy` in a letter of a Lâm Đồng district is that of Lâm Đồng."""
    if not body.is_placed and not body.level and body.base == around.base:
        body = replace(body, level=around.level)
    if not body.is_placed and body.level in around.places:
        body = replace(body, place=around.places[body.level])
    if body.level == "province":
        return replace(body, province=body.place)
    if body.level and body.level != "central" and body.province is None:
        return replace(body, province=around.places.get("province"))
    return body


def around(mark: str, *names: str | None, place: str | None = None) -> Around:
    """Make the surroundings out of the names of the writing body and of those above it, the writing one first, and its địa danh."""
    bodies = [take_apart(name) for name in names if name]
    places: dict[str, str] = {}
    for body in bodies:
        if body.place:
            places.setdefault(body.level, body.place)
        if body.province:
            places.setdefault("province", body.province)
    own = bodies[0] if bodies else Body("")
    if place and own.level in ("province", "district", "commune"):
        local = take_apart(place).place or key(place)
        if own.level != "province" or local in agency_words().provinces:
            places.setdefault(own.level, local)
    return Around(mark, places, own.base, own.level)
