"""What must be known of bodies and terms to tell documents apart? Read from lexicon/, checked once."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from store.spelling import key

_LEXICON = Path(__file__).parent / "lexicon"


@dataclass(frozen=True, slots=True)
class AgencyWords:
    """The lists of agencies.toml, folded but for the words of levels, which are told from others by their marks (xã, xa)."""

    central_organs: frozenset[str]
    party_organs: frozenset[str]
    type_codes: frozenset[str]
    acting_bodies: tuple[str, ...]
    offices: tuple[str, ...]
    beginnings: dict[str, str]
    short_forms: dict[str, str]
    levels: dict[tuple[str, ...], tuple[str, str]]
    one_body: dict[str, str]
    organs: dict[str, str]
    local_bodies: dict[str, str]
    provinces: frozenset[str]
    national_types: frozenset[str]
    national_words: tuple[str, ...]


@cache
def agency_words() -> AgencyWords:
    """Read agencies.toml. Longer phrases come first, so that the first that fits is the one that is meant."""
    words = tomllib.loads((_LEXICON / "agencies.toml").read_text("utf-8"))
    levels = {phrase: (level, "") for level, phrases in words["levels"].items() for phrase in phrases}
    levels |= {phrase: (level, key(rest)) for phrase, (level, rest) in words["committees"].items()}
    return AgencyWords(
        central_organs=frozenset(map(key, words["central_organs"])),
        party_organs=frozenset(map(key, words["party_organs"])),
        type_codes=frozenset(map(key, words["type_codes"])),
        acting_bodies=tuple(sorted(map(key, words["acting_bodies"]), key=len, reverse=True)),
        offices=tuple(map(key, words["offices"])),
        beginnings=_folded(words["beginnings"]),
        short_forms={key(short): full for short, full in words["short_forms"].items()},
        levels={tuple(phrase.split()): levels[phrase] for phrase in sorted(levels, key=len, reverse=True)},
        one_body={key(name): key(body) for body, names in words["one_body"].items() for name in (body, *names)},
        organs={key(organ): name for organ, name in words["organs"].items()},
        local_bodies=_folded(words["local_bodies"]),
        provinces=frozenset(map(key, words["places"]["provinces"])),
        national_types=frozenset(map(key, words["national"]["types"])),
        national_words=tuple(map(key, words["national"]["words"])),
    )


def _folded(table: dict[str, str]) -> dict[str, str]:
    return {key(phrase): table[phrase] for phrase in sorted(table, key=len, reverse=True)}


@cache
def term_starts() -> tuple[date, ...]:
    """Give the days on which a term of the Party's central committee began, oldest first."""
    starts: list[date] = tomllib.loads((_LEXICON / "terms.toml").read_text("utf-8"))["central_terms"]
    return tuple(sorted(starts))


@cache
def unbinding_types() -> frozenset[str]:
    """Give the keys of the kinds of documents that bind nobody: letters, invitations, submissions, reports."""
    return frozenset(map(key, tomllib.loads((_LEXICON / "types.toml").read_text("utf-8"))["unbinding"]))
