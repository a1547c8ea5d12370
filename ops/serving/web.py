"""Serves an ASGI app until it is asked to stop."""

from __future__ import annotations

import uvicorn
from fastapi import FastAPI

_GRACE_SECONDS = 5


def serve(app: FastAPI, *, host: str, port: int, trusted_proxies: str = "") -> None:
    """Listen on a port; open event streams are cut after a moment of grace.

    There is no access log: addresses carry one-time secrets.
    """
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=trusted_proxies or None,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
