"""A person's social security contributions, as the agency tells them."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import re
from collections.abc import Callable
from typing import Any

from actions.agencies.errors import AnswerNotUnderstood

SECTIONS = ("33", "39", "40")
STATUSES = ("posted", "pending", "missing")
PERIOD = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


@dataclasses.dataclass(frozen=True)
class Month:
    """One insured month. Money is satang; None where there is no such payer."""

    period: str
    section: str
    employer: str | None
    wage_base: int | None
    person: int
    employer_share: int | None
    government: int | None
    status: str
    paid_on: datetime.date | None

    @classmethod
    def from_json(cls, answer: dict[str, Any]) -> Month:
        """Read one month; a month that was not paid need have no day."""
        paid_on = answer["paid_at"]
        return cls(
            period=_period(answer["period"]),
            section=_one_of(answer["section"], SECTIONS),
            employer=_text(answer["employer"]),
            wage_base=_money(answer["wage_base"]),
            person=_sum(answer["employee"]),
            employer_share=_money(answer["employer_share"]),
            government=_money(answer["government"]),
            status=_one_of(answer["status"], STATUSES),
            paid_on=None if paid_on is None else datetime.date.fromisoformat(paid_on),
        )

    @property
    def total(self) -> int:
        """Return what everybody together paid for the month."""
        return self.person + (self.employer_share or 0) + (self.government or 0)


@dataclasses.dataclass(frozen=True)
class Contributions:
    """The months asked about, and those the agency could not read."""

    section: str
    option: int | None
    as_of: datetime.datetime
    months: tuple[Month, ...]
    unavailable: tuple[str, ...]

    @classmethod
    def from_json(cls, answer: Any) -> Contributions:
        """Read the agency's answer.

        Raises:
            AnswerNotUnderstood: a field is missing or is not what was agreed.
        """
        try:
            return cls._read(answer)
        except KeyError as error:
            raise AnswerNotUnderstood(f"contributions lack {error}") from None
        except (AttributeError, TypeError, ValueError) as error:
            kind = type(error).__name__
            raise AnswerNotUnderstood(f"contributions: {kind}") from None

    @classmethod
    def _read(cls, answer: Any) -> Contributions:
        as_of = datetime.datetime.fromisoformat(answer["as_of"])
        if as_of.tzinfo is None:
            raise ValueError("an instant needs its zone")
        months = sorted(
            (Month.from_json(month) for month in answer["months"]),
            key=lambda month: month.period,
        )
        unavailable = map(_period, answer.get("unavailable", ()))
        return cls(
            section=_one_of(answer["section"], SECTIONS),
            option=answer["option"],
            as_of=as_of,
            months=tuple(months),
            unavailable=tuple(sorted(unavailable)),
        )

    def within(self, section: str | None) -> Contributions:
        """Return the record with the months of one section only."""
        months = (m for m in self.months if section in {None, m.section})
        return dataclasses.replace(self, months=tuple(months))

    def with_status(self, status: str) -> tuple[Month, ...]:
        """Return the months that are posted, pending or missing."""
        return tuple(month for month in self.months if month.status == status)

    def employers(self) -> list[tuple[str, str, str]]:
        """Return each employer in turn with the first and the last month there."""
        spells: list[tuple[str, str, str]] = []
        for employer, months in itertools.groupby(self.months, lambda m: m.employer):
            periods = [month.period for month in months]
            if employer is not None:
                spells.append((employer, periods[0], periods[-1]))
        return spells


def add(months: tuple[Month, ...], share: Callable[[Month], int | None]) -> int | None:
    """Return what the months' shares come to, None where there is no such payer."""
    shares = [amount for amount in map(share, months) if amount is not None]
    return sum(shares) if shares else None


def _period(value: str) -> str:
    if not PERIOD.fullmatch(value):
        raise ValueError("not a month")
    return value


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError("not one of the agreed words")
    return value


def _text(value: str | None) -> str | None:
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    raise ValueError("not a text")


def _sum(value: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("not an amount in satang")
    return value


def _money(value: int | None) -> int | None:
    return None if value is None else _sum(value)
