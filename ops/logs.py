"""Writes every log line of our processes as one JSON object, and nothing personal.

An exception is written as its type and the places it went through. Its message is
kept only where one of our own classes wrote it: those of libraries quote what they
were given, which may be a citizen's words or number.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

ROOT = Path(__file__).resolve().parent.parent
OUR_ROOMS = (
    "actions",
    "catalogue",
    "citizen",
    "connectors",
    "gateway",
    "ops",
    "sandbox",
)
_TALKATIVE = (
    "httpx2",
    "httpcore2",
    "asyncio",
    "sse_starlette",
    "procrastinate.blueprints",
)
_FRAMES = 12


def log_as_json(process: str, level: str) -> None:
    """Send every logger of this process to standard error as JSON lines."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _named(process),
                describe_error,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in _TALKATIVE:  # they write addresses with secrets in them
        logging.getLogger(name).setLevel(logging.WARNING)


def describe_error(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its types, our own messages, and its way."""
    given = event.pop("exc_info", None)
    error = sys.exception() if given is True else given
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = [*_chain(error)]
        event["way"] = _way(error.__traceback__)
    return event


def _chain(error: BaseException | None) -> Iterator[str]:
    """Yield what happened, then what caused it."""
    while error is not None:
        kind = type(error)
        ours = kind.__module__.split(".")[0] in OUR_ROOMS
        yield f"{kind.__qualname__}: {error}" if ours else kind.__qualname__
        error = error.__cause__ or error.__context__


def _way(trace: TracebackType | None) -> list[str]:
    """Return the last places an exception went through, without any value."""
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(filename: str) -> str:
    """Return a file's path inside the project or its environment."""
    path = Path(filename)
    if "site-packages" in path.parts:
        return filename.rpartition("site-packages/")[2]
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def _named(process: str) -> Processor:
    """Return the step that writes which process speaks."""

    def name(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event["process"] = process
        return event

    return name
