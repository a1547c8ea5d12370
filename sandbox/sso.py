"""The Social Security Office's record of contributions, as we would like it to be.

No such interface is public; this is our proposal to the agency, run over real HTTP.
"""

from __future__ import annotations

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from sandbox.database import Contribution, Insured, Records
from sandbox.faults import Faults

MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


class ContributionQuestion(BaseModel):
    """Whose contributions are asked for, why, and for which months."""

    model_config = ConfigDict(extra="forbid")

    request_id: str = Field(min_length=1, max_length=64)
    citizen_id: str = Field(pattern=r"^\d{13}$")
    purpose: str = Field(min_length=1, max_length=200)
    consent_id: str = Field(min_length=1, max_length=64)
    first: str = Field(alias="from", pattern=MONTH)
    last: str = Field(alias="to", pattern=MONTH)


def sso_router(records: Records, faults: Faults, api_key: str) -> APIRouter:
    """Return the Social Security Office's interface."""

    def check_key(x_api_key: Annotated[str, Header()] = "") -> None:
        if not hmac.compare_digest(x_api_key.encode(), api_key.encode()):
            raise HTTPException(401, "UNAUTHENTICATED")

    router = APIRouter(prefix="/sso", tags=["sso"], dependencies=[Depends(check_key)])

    @router.post("/v1/contributions")
    async def read_contributions(
        question: ContributionQuestion,
        x_request_id: Annotated[str, Header()] = "",
    ) -> dict[str, Any]:
        """Return the insured months asked about; 404 when not insured."""
        answer = await _contributions(records, question)
        if (await faults.current("sso")).kind == "partial":
            answer = _in_part(answer)
        return answer | {"request_id": x_request_id or question.request_id}

    return router


async def _contributions(
    records: Records, question: ContributionQuestion
) -> dict[str, Any]:
    async with records.session() as session:
        insured = await session.get(Insured, question.citizen_id)
        if insured is None:
            raise HTTPException(404, "NOT_FOUND")
        rows = await session.scalars(
            select(Contribution)
            .where(Contribution.citizen_id == question.citizen_id)
            .where(Contribution.period.between(question.first, question.last))
            .order_by(Contribution.period)
        )
        months = [_month(row) for row in rows]
    return {
        "section": insured.section,
        "option": insured.option,
        "as_of": records.now().isoformat(timespec="seconds"),
        "months": months,
        "unavailable": [],
    }


def _month(row: Contribution) -> dict[str, Any]:
    return {
        "period": row.period,
        "section": row.section,
        "employer": row.employer,
        "wage_base": row.wage_base,
        "employee": row.employee,
        "employer_share": row.employer_share,
        "government": row.government,
        "status": row.status,
        "paid_at": row.paid_at.isoformat() if row.paid_at else None,
    }


def _in_part(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer that says which months could not be read (the older half)."""
    months = answer["months"]
    lost, kept = months[: (len(months) + 1) // 2], months[(len(months) + 1) // 2 :]
    return answer | {
        "months": kept,
        "unavailable": [month["period"] for month in lost],
    }
