"""Logs one JSON object a line, and never what a citizen wrote.

The message of an exception may quote her words or a row, so only its kind and the
places it passed through are written. Rasa's own debug lines hold whole messages:
they are never let through.
"""

from __future__ import annotations

import datetime
import json
import logging
import sys
import traceback
import warnings

import structlog

QUIET = (
    "apscheduler",
    "asyncio",
    "matplotlib",
    "tensorflow",
    "urllib3",
    "psycopg.pool",
)
# Rasa says this of every domain with slots.
EXPECTED = (".*Slot auto-fill",)


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.datetime.fromtimestamp(
                record.created, datetime.timezone.utc
            ).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["error"] = type(error).__name__
            line["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)[-8:]
            ]
        return json.dumps(line, ensure_ascii=False)


def log_as_json() -> None:
    """Send every log line to standard error as JSON, from INFO up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    for message in EXPECTED:
        warnings.filterwarnings("ignore", message=message)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # Rasa hands texts to structlog at debug and warning level.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL)
    )
