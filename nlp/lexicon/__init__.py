"""What is known before any document is read: kinds, agencies, phrases, as checked tables (TOML) with a loader."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Give the table called name, parsed (`load("kinds")["kind"]` is a list of rows); FileNotFoundError if there is none."""
    return tomllib.loads(files("nlp.lexicon").joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def alternatives(name: str, key: str) -> str:
    """Give the phrases of a list in a table as one group of a pattern, longest first."""
    return "(?:" + "|".join(re.escape(phrase) for phrase in sorted(load(name)[key], key=len, reverse=True)) + ")"
