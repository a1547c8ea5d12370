"""How long a turn may take, and when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass

import procrastinate
from procrastinate.jobs import Job
from procrastinate.types import TimeDeltaParams

from gateway.rasa import NoAnswer, TurnFailed

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0
DOUBLINGS = 10


@dataclass(frozen=True)
class Patience:
    """How long a turn may take, in seconds since the message came in.

    `broken_after` is for a turn that breaks Rasa or the action server while they
    are up: the citizen's next messages wait behind it. A turn is given up only after
    `attempts` in any case, so that a long stop of everything does not lose it.
    """

    notice_after: float = 8.0
    give_up_after: float = 600.0
    broken_after: float = 120.0
    attempts: int = 8
    slow_at_least: float = 4.0

    def quiet_seconds(self, age: float) -> float:
        """Return how long to ask Rasa before the citizen hears that it takes long."""
        return max(self.notice_after - age, self.slow_at_least)

    def is_over(self, error: Exception, age: float, attempts: int) -> bool:
        """Return whether a turn has had its time and its tries."""
        elsewhere = isinstance(error, NoAnswer) and not isinstance(error, TurnFailed)
        longest = self.give_up_after if elsewhere else self.broken_after
        return age > longest and attempts >= self.attempts


class Backoff(procrastinate.BaseRetryStrategy):
    """Try again after 0.5, 1, 2, 4, then every 5 seconds, for whatever reason.

    `Turns` decides when to stop trying. The job keeps its lock, and with it its
    place before the citizen's later messages.
    """

    def get_retry_decision(
        self, *, exception: BaseException, job: Job
    ) -> procrastinate.RetryDecision:
        """Return when to try again."""
        seconds = FIRST_PAUSE_SECONDS * 2 ** min(job.attempts, DOUBLINGS)
        milliseconds = int(min(seconds, LONGEST_PAUSE_SECONDS) * 1000)
        wait: TimeDeltaParams = {"milliseconds": milliseconds}
        return procrastinate.RetryDecision(retry_in=wait)
