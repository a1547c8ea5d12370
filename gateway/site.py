"""Serves the widget to any site, and the demonstration page around it."""

from __future__ import annotations

import os
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

WEB = Path(__file__).resolve().parent.parent / "connectors" / "web"
# The browser asks each time whether the file changed, and mostly hears "no" (304).
REVALIDATE = "no-cache"


class PublicFiles(StaticFiles):
    """Files that any site may load."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return a file with leave to use it elsewhere."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Cache-Control"] = REVALIDATE
        return response


class PageFiles(StaticFiles):
    """Files of our own pages."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return a file that the browser keeps and asks about."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = REVALIDATE
        return response


def mount_site(app: FastAPI) -> None:
    """Mount the files; the last, because the page's folder takes every address."""
    widget, demo = WEB / "widget", WEB / "demo"
    app.mount("/widget", PublicFiles(directory=widget, check_dir=False), "widget")
    app.mount("/", PageFiles(directory=demo, html=True, check_dir=False), "demo")
