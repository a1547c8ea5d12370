"""What can go wrong when we ask an agency.

* AgencyError
  + AgencyUnavailable      no answer in time, or the agency says it is broken
    - AgencyUnderMaintenance  it says so itself
  + AgencyRefused          it understood the question and declined it
  + AnswerNotUnderstood    it answered, but not in the agreed form

A record that does not exist is an answer, not an error: clients return None. The
messages name fields and status codes, never values: they are logged.
"""


class AgencyError(Exception):
    """An agency did not answer our question."""

    outcome = "failed"


class AgencyUnavailable(AgencyError):
    """No answer in time, or the agency says it is broken."""

    outcome = "unavailable"


class AgencyUnderMaintenance(AgencyUnavailable):
    """The agency says it is under maintenance (503 with Retry-After)."""

    outcome = "maintenance"


class AgencyRefused(AgencyError):
    """The agency understood the question and declined it."""

    outcome = "refused"


class AnswerNotUnderstood(AgencyError):
    """The agency answered, but not in the agreed form."""

    outcome = "not_understood"
