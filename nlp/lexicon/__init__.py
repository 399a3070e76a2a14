"""What is known before any document is read: kinds, agencies, phrases, as checked tables (TOML) with a loader."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Give the table called name, parsed (`load("kinds")["kind"]` is a list of rows); FileNotFoundError if there is none."""
    return tomllib.loads(files("nlp.lexicon").joinpath(f"{name}.toml").read_text("utf-8"))
