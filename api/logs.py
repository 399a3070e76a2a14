"""What does the program write down of its own work, without a word of what it works on?

One line of JSON a request and a job, with their ids, so that what one person saw is found again; errors with their kind and the places in
the program, never with their text: that may quote a document, a name, a search. Addresses are written as the route has them, without
what was asked.
"""

import logging
import sys
import time
from contextlib import suppress
from typing import Any, TextIO
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import EventDict, Processor, WrappedLogger

from api.places import places

log = structlog.get_logger()


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Write lines of JSON to a stream (standard error) from here on."""
    structlog.configure(
        processors=[*_SHARED, _WRITTEN],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )


def gather(stream: TextIO | None = None) -> None:
    """Write into the same stream, in the same form, what other packages warn of."""
    handler = logging.StreamHandler(stream or sys.stderr)
    told: list[Processor] = [_only_where, structlog.stdlib.ProcessorFormatter.remove_processors_meta, _WRITTEN]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_SHARED, processors=told))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def bare(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Tell of an error its kind, the system's number where it has one, and where in the program it was raised."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"], event["at"] = type(error).__name__, places(error.__traceback__)
        with suppress(AttributeError):
            event["errno"] = error.errno  # type: ignore[attr-defined]
    return event


def _only_where(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Keep of another package's line which package and where it was written: its words may quote what it was given."""
    record: logging.LogRecord = event["_record"]
    return {**event, "event": record.name, "at": event.get("at", [f"{record.filename}:{record.lineno} {record.funcName}"])}


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    bare,
]
_WRITTEN = structlog.processors.JSONRenderer(ensure_ascii=False)


class Logged:
    """Stands before the application (ASGI): gives each request an id, which its answer and all lines about it carry."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through and write its line when it was answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        name, began, answer = uuid4().hex[:16], time.monotonic(), {"status": 500}

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer["status"] = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = name
            await send(message)

        with structlog.contextvars.bound_contextvars(request=name):
            try:
                await self.app(scope, receive, named)
            finally:
                log.info("request", **_of(scope), **answer, ms=round((time.monotonic() - began) * 1000))


def _of(scope: Scope) -> dict[str, Any]:
    route = scope.get("route")
    return {"method": scope["method"], "route": getattr(route, "path", None) or "-"}
