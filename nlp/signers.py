"""Which of several signers signed for the body that stands first?

A joint document has one block of titles and a name for each body, one below the other or side by side; the symbol names
the bodies in their order (`TTLT-BTC-BNV`), as does the masthead.
"""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from nlp.borders import AUTHORITY, BODY, POSITION, is_person
from nlp.letters import bare
from nlp.lexicon import load
from nlp.lines import Printed

_SHORT = frozenset({"UBND", "TAND", "TANDTC"})
_SMALL = frozenset({"", "va", "cac", "cua", "-", "–", "&"})


def first_signer(lines: Sequence[Printed], number: str | None, agency: str | None) -> Sequence[Printed]:
    """Give the lines of the signer of the first body; all lines where one alone signs."""
    blocks = _blocks([line for line in lines if not line.is_blank])
    if len(blocks) < 2:
        return lines
    codes = re.split(r"[-/]", re.sub(r"^[^A-ZĐ]*(?:\d{4}/)?[A-ZĐ][A-Za-zĐđ]*", "", number or ""))
    owners = [_owner(blocks, re.sub(r"[^A-ZĐ]", "", code)) for code in codes if code]
    if owners and owners[0]:
        return owners[0]
    others = [block for block in blocks if block not in owners]
    return max(others or blocks, key=lambda block: _nearness(block, agency or ""))


def _owner(blocks: Sequence[list[Printed]], code: str) -> list[Printed] | None:
    """Give the block of the body that a code stands for, if it is one alone."""
    fits = [block for block in blocks if len(code) > 1 and code in _initials(block)]
    return fits[0] if len(fits) == 1 else None


def _blocks(lines: Sequence[Printed]) -> list[list[Printed]]:
    """Part the lines of a signature into blocks, each of titles and a name; one block where they cannot be paired."""
    runs = [(named, list(run)) for named, run in groupby(lines, key=_is_name)]
    blocks: list[list[Printed]] = []
    for (named, above), (_, names) in pairwise(runs):
        if named or not any(_is_title(line) for line in above):
            continue
        groups = _groups(above) if len(names) > 1 else [above]
        if len(groups) == len(names):
            blocks += [[*group, name] for group, name in zip(groups, names, strict=True)]
        else:
            blocks.append([*above, *names])
    return blocks


def _groups(lines: Sequence[Printed]) -> list[list[Printed]]:
    """Part titles that stand above several names: a mark of authority begins a new block, without marks each position does."""
    marked = any(AUTHORITY.match(line.bare) for line in lines)
    groups: list[list[Printed]] = []
    for line in lines:
        held = marked and groups and not any(POSITION.match(before.bare) for before in groups[-1])
        if not groups or (_begins(line, marked=marked) and not held):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _begins(line: Printed, *, marked: bool) -> bool:
    return line.is_caps and bool((AUTHORITY if marked else POSITION).match(line.bare))


def _is_title(line: Printed) -> bool:
    return line.is_caps and bool(AUTHORITY.match(line.bare) or POSITION.match(line.bare) or BODY.match(line.bare))


def _is_name(line: Printed) -> bool:
    text = line.plain.strip(" *.,;:-_")
    return is_person(text) and not line.is_caps and bare(text.split()[0]) in load("people")["surnames"]


def _initials(block: Sequence[Printed]) -> str:
    """Give the first letters of the words of the titles, words that are letters already (`HĐND`) whole."""
    words = re.split(r"[\s./,-]+", " ".join(line.plain for line in block if line.is_caps))
    return "".join(
        word if word in _SHORT or not re.search(r"[aeiouy]", bare(word)) else word[0] for word in words if bare(word) not in _SMALL
    )


def _nearness(block: Sequence[Printed], agency: str) -> float:
    """Say how many words a block's titles share with the body named first, less those shared with the others."""
    first, _, others = agency.partition(" - ")
    words = set(" ".join(line.bare for line in block if line.is_caps).split())
    return len(words & set(bare(first).split())) - len(words & set(bare(others).split()))
