"""Which right does a route need, and which roles have it? (roles.toml beside this file says.)"""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.routing import compile_path

TABLE = Path(__file__).with_name("roles.toml")
OPEN, OWN = "open", "own"
"""Rights that need no role: of everybody, and of everybody who is logged in."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The table: rights with their roles, deeds about duties and routes with their rights; patterns are tried in order."""

    rights: dict[str, frozenset[str]]
    deeds: dict[str, str]
    routes: dict[str, str]
    patterns: tuple[tuple[str, re.Pattern[str], str], ...]

    def right_of(self, method: str, path: str) -> str | None:
        """Give the right that a request needs; None for an address that no row names: it is refused, as one that is not there."""
        asked = "GET" if method == "HEAD" else method
        return next((right for verb, pattern, right in self.patterns if verb == asked and pattern.match(path)), None)

    def methods_of(self, path: str) -> list[str]:
        """Give the methods with which an address may be asked for."""
        return sorted({verb for verb, pattern, _ in self.patterns if pattern.match(path)})

    def may(self, roles: Collection[str], right: str) -> bool:
        """Say whether one of the roles has a right."""
        return right in (OPEN, OWN) or not self.rights[right].isdisjoint(roles)


@lru_cache(maxsize=1)
def roles() -> Roles:
    """Read the table; an address without a parameter goes before one with, which would match it too."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    rows = sorted(table["routes"].items(), key=lambda row: (row[0].count("{"), row[0]))
    patterns = tuple((*_compiled(route), right) for route, right in rows)
    return Roles({right: frozenset(held) for right, held in table["rights"].items()}, table["deeds"], table["routes"], patterns)


def _compiled(route: str) -> tuple[str, re.Pattern[str]]:
    method, path = route.split(" ")
    return method, compile_path(path)[0]
