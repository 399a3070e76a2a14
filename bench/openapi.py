"""Does the API answer as it says it does, whatever it is asked? `python -m bench.openapi --cases 10000`

schemathesis makes questions out of the API's own description, some that follow it and some that do not, and checks each answer: no fault
of the server, only statuses and forms that are described, what cannot be is refused, what can be is not. A seed makes them again.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode

from api.app import make_app
from api.pipeline import open_workshop
from api.settings import Settings
from api.wording import today
from bench.filled import fill

HOST = {"Host": "127.0.0.1:8000"}
LEFT_OUT = {
    "/api/ingest": "negative_data_rejection",  # parts of a form are sent as text, whatever they should be, and an empty one is none
    "/api/health": "not_a_server_error",  # 503 is what it says where nobody reads
}
"""A check that says nothing of an address."""
load_all_checks()
KNOWN_EVERY = 3  # cases of so many ask for a document that is there


@dataclass(frozen=True, slots=True)
class Asked:
    """One address, asked in one way: how often, and what was wrong."""

    name: str
    cases: int
    wrong: str | None


def ask_all(app: FastAPI, *, cases: int, known: Sequence[int], headers: Mapping[str, str] = HOST, number: int = 1) -> Iterator[Asked]:
    """Ask every address about so many times in each way; known are ids that exist, headers name the host and who asks."""
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=dict(headers))
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # one that is described wrongly ends it
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            yield _ask(operation, mode, cases=cases, known=known, headers=headers, number=number)


def _ask(operation: Any, mode: GenerationMode, *, cases: int, known: Sequence[int], headers: Mapping[str, str], number: int) -> Asked:  # noqa: ANN401  schemathesis names no type for it
    left_out = [CHECKS.get_one(name) for name in (LEFT_OUT.get(operation.path),) if name]
    count = 0

    @seed(number)
    @settings(max_examples=cases, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:  # noqa: ANN401
        nonlocal count
        count += 1
        if known and mode is GenerationMode.POSITIVE and count % KNOWN_EVERY == 0:
            case.path_parameters = {name: known[count % len(known)] for name in case.path_parameters or ()}
        case.call_and_validate(headers=dict(headers), excluded_checks=left_out)

    name = f"{operation.method.upper()} {operation.path} {mode.name.lower()}"
    try:
        ask()
    except Unsatisfiable:  # an address without anything that can be wrong
        return Asked(name, count, None)
    except (Exception, FailureGroup) as error:  # noqa: BLE001  groups of failures, and whatever the application itself raised
        return Asked(name, count, _told(error))
    return Asked(name, count, None)


def _told(error: BaseException) -> str:
    parts = getattr(error, "exceptions", (error,))
    return "\n".join(f"{type(part).__name__}: {part}" for part in parts)


def main(arguments: Sequence[str]) -> int:
    """Ask an application over some documents; 1 when an answer was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        workshop = open_workshop(Settings(home=Path(folder) / "home", free_mb=0, demo=True))
        fill(workshop.engine, 200, today())
        found = []
        for one in ask_all(make_app(workshop), cases=asked.cases // 18, known=range(1, 200), number=asked.seed):
            sys.stdout.write(f"{one.cases:6} {one.name}{'' if one.wrong is None else f': {one.wrong}'}\n")
            sys.stdout.flush()
            found.append(one)
        workshop.engine.dispose()
    wrong = sum(one.wrong is not None for one in found)
    sys.stdout.write(f"{sum(one.cases for one in found)} cases, {wrong} of {len(found)} ways wrong\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
