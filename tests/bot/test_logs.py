"""The log is JSON and holds nothing a citizen wrote."""

from __future__ import annotations

import json
import logging
import sys

from bot.logs import JsonLines


def line_of(error):
    """Return what is logged of an exception."""
    try:
        raise error
    except ValueError:
        record = logging.LogRecord(
            "bot", logging.ERROR, "x.py", 1, "a turn failed", (), sys.exc_info()
        )
    return JsonLines().format(record)


def test_exceptions_do_not_quote():
    """An exception's message may hold her words; its kind and place are enough."""
    line = line_of(ValueError("สมใจ 1101700230708"))
    read = json.loads(line)

    assert "1101700230708" not in line
    assert read["error"] == "ValueError"
    assert any("test_logs.py" in place for place in read["where"])


def test_a_line_is_one_line():
    """A reader of logs splits at line ends."""
    record = logging.LogRecord("bot", logging.INFO, "x", 1, "a\nb", (), None)

    assert "\n" not in JsonLines().format(record)
