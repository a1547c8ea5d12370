"""Facts with the days they hold for, and the sources they were read in."""

from __future__ import annotations

import dataclasses
import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from catalogue.models import Both, Entry, Line

# Primary, secondary, derived by arithmetic, unverified.
Confidence = Literal["P", "S", "D", "U"]
Counted = Literal[
    "THB",
    "percent",
    "months",
    "days",
    "years",
    "weeks",
    "hours",
    "minutes",
    "people",
    "children",
    "times",
    "instalments",
    "places",
    "day_of_month",
]
Named = Literal["phone", "address", "name", "text"]
# What an office, a form or a page is called changes less than what it costs.
LASTING = frozenset({"phone", "address", "name"})
ONE_DAY = datetime.timedelta(days=1)


class Source(Entry):
    """Where facts were read; `address` is where a person can check them."""

    title: Both
    address: Annotated[str, Field(pattern=r"^https://")] | None = None
    retrieved_at: datetime.date


class Fact(Entry):
    """One value and the days it holds for, both ends included.

    Without `effective_from` it holds now, and nobody wrote down since when.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]+-[A-Za-z0-9_.]+$")]
    value: Decimal | Line | Both
    unit: Counted | Named
    audience: tuple[Line, ...] = ()
    effective_from: datetime.date | None = None
    effective_to: datetime.date | None = None
    after_gap: bool = False
    source: Line | None = None
    confidence: Confidence
    retrieved_at: datetime.date | None = None
    review_by: datetime.date

    @model_validator(mode="after")
    def _makes_sense(self) -> Fact:
        """Refuse a number written as text, an end before a start, no source."""
        if isinstance(self.value, Decimal) != (self.unit not in _NAMED):
            raise ValueError(f"{self.unit} does not fit {self.value!r}; quote phones")
        last = self.effective_to or datetime.date.max
        if self.effective_from and self.effective_from > last:
            raise ValueError("effective_to is before effective_from")
        if self.source is None and self.confidence != "U":
            raise ValueError("a fact without a source is confidence U")
        return self

    def holds_on(self, day: datetime.date) -> bool:
        """Tell whether this is the value of a day."""
        begun = self.effective_from is None or self.effective_from <= day
        return begun and (self.effective_to is None or day <= self.effective_to)

    @property
    def bounds(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The first and the last day it holds for, where they are known."""
        return self.effective_from, self.effective_to

    @property
    def is_undated(self) -> bool:
        """Whether this may have been otherwise in another year."""
        return self.bounds == (None, None) and self.unit not in LASTING


_NAMED = frozenset({"phone", "address", "name", "text"})


@dataclasses.dataclass(frozen=True)
class History:
    """Every row of one fact, the oldest first."""

    rows: tuple[Fact, ...]

    @classmethod
    def from_rows(cls, rows: list[Fact]) -> History:
        """Put rows in order.

        Raises:
            ValueError: two rows hold for one day, or no row for a day between two.
        """
        ordered = sorted(rows, key=lambda row: row.effective_from or datetime.date.min)
        for before, after in pairwise(ordered):
            _check_meeting(before, after)
        return cls(tuple(ordered))

    def on(self, day: datetime.date) -> Fact | None:
        """Return the row that holds on a day."""
        return next((row for row in self.rows if row.holds_on(day)), None)

    @property
    def since(self) -> datetime.date | None:
        """The first day that is known, if a first one is."""
        return self.rows[0].effective_from

    @property
    def until(self) -> datetime.date | None:
        """The last day that is known, if a last one is."""
        return self.rows[-1].effective_to


def _check_meeting(before: Fact, after: Fact) -> None:
    """Refuse two rows that overlap or leave days between them without a value."""
    if before.effective_to is None or after.effective_from is None:
        raise ValueError("two rows hold at once; give one effective_to or _from")
    if after.effective_from <= before.effective_to:
        raise ValueError(f"two rows hold on {after.effective_from}")
    if after.effective_from > before.effective_to + ONE_DAY and not after.after_gap:
        raise ValueError(
            f"no row holds between {before.effective_to} and {after.effective_from}; "
            "write `after_gap: true` if that is so"
        )
