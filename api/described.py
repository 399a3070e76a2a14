"""What does the description of the API say of every address: which refusals may come, how are days and hours written?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import FastAPI
from pydantic import BeforeValidator, WithJsonSchema

MOST_ID = (1 << 63) - 1
"""The largest number that a database keeps: no id or count in an address is larger."""
_DAY = r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"  # years of wording.AGE


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value of a request that cannot be: where it stands, and what is the matter with it."""

    loc: tuple[str | int, ...]
    type: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a program is told instead of an answer: a sentence for people, and which values cannot be."""

    detail: str
    errors: tuple[Wrong, ...] = ()


def refusals(sentences: Mapping[int, str]) -> dict[int | str, dict[str, Any]]:
    """Describe the refusals that any address may answer with, each with the sentence that is usual for it."""
    return {number: {"model": Told, "description": sentence} for number, sentence in sentences.items()}


def describe(app: FastAPI) -> None:
    """Let the application describe an hour as it writes it: `08:00:00`, where the format called time asks for an offset (RFC 3339)."""
    usual = app.openapi

    def description() -> dict[str, Any]:
        told: dict[str, Any] = _with_hours(usual())
        return told

    app.openapi = description  # type: ignore[method-assign]  # the way that FastAPI gives


def _with_hours(part: Any) -> Any:  # noqa: ANN401  any part of a description
    if isinstance(part, list):
        return [_with_hours(one) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("format") == "time":
        return {name: value for name, value in part.items() if name != "format"} | {"pattern": r"^\d{2}:\d{2}:\d{2}$"}
    return {name: _with_hours(value) for name, value in part.items()}


def _iso_day(text: object) -> object:
    """Give a text back that is written as a day. Raises ValueError: a number could be taken for seconds since 1970."""
    if isinstance(text, str) and not re.fullmatch(_DAY, text, re.ASCII):
        raise ValueError(text)
    return text


IsoDay = Annotated[date, BeforeValidator(_iso_day), WithJsonSchema({"type": "string", "format": "date", "pattern": _DAY})]
"""A day in an address: YYYY-MM-DD, of the years that a person may ask for."""
