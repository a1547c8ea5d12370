"""What the gateway counts, for Prometheus. No label ever names a citizen."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 600)


class Metrics:
    """The counters of one gateway process."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.requests = Histogram(
            "thamrat_http_request_seconds",
            "Time to answer a request; streams are counted when they end.",
            ("method", "path", "status"),
            registry=registry,
            buckets=_SECONDS,
        )
        self.accepted = Counter(
            "thamrat_messages_accepted",
            "Turns stored in the inbox.",
            ("kind",),
            registry=registry,
        )
        self.masked = Counter(
            "thamrat_messages_masked",
            "Messages in which an id number was hidden.",
            registry=registry,
        )
        self.refused = Counter(
            "thamrat_requests_refused",
            "Requests answered with an error.",
            ("code",),
            registry=registry,
        )
        self.turns = Counter(
            "thamrat_turns", "Turns that ended.", ("outcome",), registry=registry
        )
        self.attempts = Counter(
            "thamrat_turn_attempts_without_answer",
            "Attempts at a turn that got no answer.",
            ("reason",),
            registry=registry,
        )
        self.turn_seconds = Histogram(
            "thamrat_turn_seconds",
            "Time from receiving a message to its answer.",
            registry=registry,
            buckets=_SECONDS,
        )
        self.rasa_seconds = Histogram(
            "thamrat_rasa_seconds",
            "Time Rasa took for a turn.",
            registry=registry,
            buckets=_SECONDS,
        )
        self.rescued = Counter(
            "thamrat_jobs_rescued",
            "Jobs taken from workers that died.",
            registry=registry,
        )
        self.streams = Gauge(
            "thamrat_open_streams", "Open event streams.", registry=registry
        )
        self.waiting = Gauge(
            "thamrat_turns_waiting", "Turns without an answer yet.", registry=registry
        )
        self.oldest = Gauge(
            "thamrat_turns_waiting_oldest_seconds",
            "Age of the oldest turn without an answer.",
            registry=registry,
        )
