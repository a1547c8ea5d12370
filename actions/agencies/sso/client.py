"""Asks the Social Security Office about an insured person."""

from __future__ import annotations

import dataclasses
import uuid

import httpx2

from actions.agencies.asking import post_json
from actions.agencies.sso.contributions import Contributions


@dataclasses.dataclass(frozen=True)
class Asker:
    """On whose behalf we ask, with which consent, and why."""

    citizen_id: str = dataclasses.field(repr=False)
    consent_id: uuid.UUID
    purpose: str
    request_id: uuid.UUID


class SocialSecurity:
    """The Social Security Office."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self._http = http

    async def contributions(
        self, asker: Asker, first: str, last: str
    ) -> Contributions | None:
        """Return the contributions of some months, None if not insured.

        Months are written `2026-03`. Raises AgencyError.
        """
        answer = await post_json(
            self._http,
            "/v1/contributions",
            {
                "request_id": str(asker.request_id),
                "citizen_id": asker.citizen_id,
                "purpose": asker.purpose,
                "consent_id": str(asker.consent_id),
                "from": first,
                "to": last,
            },
            request_id=str(asker.request_id),
        )
        return None if answer is None else Contributions.from_json(answer)
