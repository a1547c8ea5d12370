"""Asks an agency over HTTPS, and names each way it can fail."""

from __future__ import annotations

import dataclasses
from typing import Any

import httpx2

from actions.agencies.errors import (
    AgencyRefused,
    AgencyUnavailable,
    AgencyUnderMaintenance,
    AnswerNotUnderstood,
)

MOST_BYTES = 1_000_000


@dataclasses.dataclass(frozen=True)
class AgencyAddress:
    """Where an agency answers, and the key it gave us."""

    url: str
    api_key: str = dataclasses.field(repr=False)


def connect(address: AgencyAddress, timeout_seconds: float) -> httpx2.AsyncClient:
    """Return one connection pool to an agency; nothing waits longer than this."""
    return httpx2.AsyncClient(
        base_url=address.url,
        headers={"x-api-key": address.api_key, "Accept": "application/json"},
        timeout=httpx2.Timeout(timeout_seconds),
        follow_redirects=False,
    )


async def post_json(
    http: httpx2.AsyncClient, path: str, question: dict[str, Any], *, request_id: str
) -> Any | None:
    """Return an agency's JSON answer, or None if it has no such record.

    Raises:
        AgencyError: which one says how it failed.
    """
    try:
        response = await http.post(
            path, json=question, headers={"X-Request-Id": request_id}
        )
    except httpx2.TransportError as error:
        raise AgencyUnavailable(f"{path}: {type(error).__name__}") from None
    if response.status_code == httpx2.codes.NOT_FOUND:
        return None
    _check(path, response)
    if len(response.content) > MOST_BYTES:
        raise AnswerNotUnderstood(f"{path}: the answer is too long")
    try:
        return response.json()
    except ValueError:
        raise AnswerNotUnderstood(f"{path}: the answer is not JSON") from None


def _check(path: str, response: httpx2.Response) -> None:
    said = f"{path}: answered {response.status_code}"
    unavailable = response.status_code == httpx2.codes.SERVICE_UNAVAILABLE
    if unavailable and "Retry-After" in response.headers:
        raise AgencyUnderMaintenance(said)
    if (
        response.is_server_error
        or response.status_code == httpx2.codes.TOO_MANY_REQUESTS
    ):
        raise AgencyUnavailable(said)
    if response.is_client_error:
        raise AgencyRefused(said)
    if not response.is_success:
        raise AnswerNotUnderstood(said)
