"""A gateway's web API without a gateway, for tests of the widget alone.

It keeps conversations in memory, answers from a table, and can be told to fail:
to hold an answer, to lose a confirmation, to refuse, to cut or silence the stream.
"""

from __future__ import annotations

import asyncio
import json
import threading
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles

from tests.browser.stub_talk import Reply, Talk, event_of, session_event, text_reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

WEB = Path(__file__).resolve().parents[2] / "connectors" / "web"
STRICT = (
    "default-src 'none'; script-src {0}; style-src 'self'; connect-src {0}; "
    "img-src 'self' data:; font-src 'self'"
)
HOST_PAGE = """<!doctype html><html lang="en"><head><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/mark.svg">
<script type="module" src="{origin}/widget/thamrat.js" {options}></script></head>
<body><main><h1>A page of somebody else</h1>
<p><a href="#more">More</a></p></main></body></html>"""


def refusal(status: int, code: str, message: str, **headers: str) -> JSONResponse:
    """Return an error as the gateway words it."""
    error = {"code": code, "message": message, "message_en": f"{code} in English"}
    return JSONResponse({"error": error}, status, headers=headers)


class ChatStub:
    """The state that tests read and turn; `with` serves it on a free port."""

    def __init__(self) -> None:
        """Build the app; it is not served yet."""
        self.reset()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.url = ""
        self.app = build_app(self)

    def reset(self) -> None:
        """Forget everything, as before a test."""
        self.talks: dict[str, Talk] = {}
        self.answers: Callable[[str], list[Reply]] = lambda text: [
            text_reply(f"echo {text}")
        ]
        self.greeting: list[Reply] = [text_reply("Good day", "First", "Second")]
        self.posts: list[dict[str, Any]] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.refusals: list[JSONResponse] = []
        self.hold = False
        self.lose_confirmations = 0
        self.completion: JSONResponse | None = None
        self.csp_reports: list[str] = []

    @property
    def talk(self) -> Talk:
        """Return the newest conversation."""
        return list(self.talks.values())[-1]

    def do(self, act: Callable[[], Any]) -> Any:
        """Run something inside the server's loop, from a test."""
        assert self._loop is not None

        async def run() -> Any:
            return act()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(10)

    def say(self, *replies: Reply) -> None:
        """Let the assistant say something by itself."""
        for reply in replies:
            entry = {"from": "assistant", "reply": reply}
            self.do(lambda entry=entry: self.talk.add(entry))

    def session(self, *, signed_in: bool) -> None:
        """Sign the newest conversation in or out."""

        def change() -> None:
            self.talk.signed_in = signed_in
            self.talk.tell(session_event(signed_in=signed_in))

        self.do(change)

    def cut(self) -> None:
        """End every stream, as a restarted server does."""
        self.do(lambda: [talk.tell(None) for talk in self.talks.values()])

    def __enter__(self) -> Self:
        """Serve until the end of the `with`."""
        config = uvicorn.Config(
            self.app, port=0, log_level="error", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        started = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(started,))
        self._thread.start()
        started.wait(20)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join(10)

    def _serve(self, started: threading.Event) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            task = asyncio.create_task(self._server.serve())
            while not self._server.started:  # noqa: ASYNC110 - uvicorn has no event
                await asyncio.sleep(0.01)
            started.set()
            await task

        asyncio.run(serve())


async def answer(stub: ChatStub, talk: Talk, entry: dict[str, Any]) -> None:
    """Run one turn: say that it runs, answer it, say that it is answered."""

    def turn(status: str) -> None:
        data = json.dumps({"entry_id": entry["id"], "status": status})
        talk.tell(f"event: turn\ndata: {data}\n\n")

    talk.running += 1
    async with talk.in_turn:
        turn("running")
        while stub.hold:  # noqa: ASYNC110 - a test's thread ends it
            await asyncio.sleep(0.02)
        for reply in stub.answers(entry["text"]):
            talk.add({"from": "assistant", "reply": reply})
        talk.running -= 1
        turn("answered")


async def stream(talk: Talk, after: int) -> AsyncIterator[str]:
    """Send what was said after a seq, then what is said from now on."""
    queue: asyncio.Queue[str | None] = asyncio.Queue()
    missed = [event_of(entry) for entry in talk.entries if entry["seq"] > after]
    talk.listeners.add(queue)
    try:
        yield ": hello\n\n"
        yield session_event(signed_in=talk.signed_in)
        for event in missed:
            yield event
        while (event := await queue.get()) is not None:
            yield event
    finally:
        talk.listeners.discard(queue)


def build_app(stub: ChatStub) -> FastAPI:  # noqa: C901, PLR0915 - one route after another
    """Return the web API, the widget's files, the demo page and two host pages."""
    app = FastAPI()
    tasks: set[asyncio.Task[None]] = set()

    @app.middleware("http")
    async def common(request: Request, call_next: Any) -> Any:
        """Note every request and let any page read the answers."""
        stub.requests.append((request.url.path, dict(request.headers)))
        cors = {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "*, Authorization",
            "Access-Control-Expose-Headers": "Retry-After",
        }
        if request.method == "OPTIONS":
            return JSONResponse({}, headers=cors)
        response = await call_next(request)
        response.headers.update(cors)
        if response.headers.get("content-type", "").startswith("text/html"):
            origin = request.query_params.get("script", "'self'")
            response.headers["Content-Security-Policy"] = STRICT.format(origin)
        return response

    def talk_of(request: Request) -> Talk | None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        return stub.talks.get(token)

    bad_token = refusal(401, "token_invalid", "This conversation cannot go on")

    @app.post("/chat/conversations", status_code=201)
    async def start() -> Any:
        if stub.refusals:
            return stub.refusals.pop(0)
        talk = Talk(token=uuid.uuid4().hex)
        stub.talks[talk.token] = talk
        return {
            "token": talk.token,
            "expires_at": "2099-01-01T00:00:00Z",
            "greeting": stub.greeting,
        }

    @app.get("/chat/history")
    async def history(request: Request, after: int = 0) -> Any:
        talk = talk_of(request)
        if talk is None:
            return bad_token
        return {
            "entries": [entry for entry in talk.entries if entry["seq"] > after],
            "pending": talk.running > 0,
            "signed_in": talk.signed_in,
            "session_expires_at": None,
        }

    @app.post("/chat/messages", status_code=202)
    async def message(request: Request) -> Any:
        talk, body = talk_of(request), await request.json()
        if talk is None:
            return bad_token
        stub.posts.append(body)
        if stub.refusals:
            return stub.refusals.pop(0)
        own = body["client_message_id"]
        known = [e for e in talk.entries if e.get("client_message_id") == own]
        if known:
            return JSONResponse({"entry": known[0]})
        text = body.get("text")
        if text is None:
            offer = next(
                e for e in talk.entries if e["id"] == body["choice"]["entry_id"]
            )
            text = offer["reply"]["choices"][body["choice"]["index"]]["title"]
        said = {"from": "citizen", "text": text, "client_message_id": own}
        entry = talk.add(said)
        task = asyncio.create_task(answer(stub, talk, entry))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        if stub.lose_confirmations:
            stub.lose_confirmations -= 1
            return refusal(503, "unavailable", "Please wait a moment")
        return {"entry": entry}

    @app.get("/chat/events")
    async def events(request: Request) -> Any:
        talk = talk_of(request)
        if talk is None:
            return bad_token
        after = int(request.headers.get("last-event-id", "0"))
        return StreamingResponse(stream(talk, after), media_type="text/event-stream")

    @app.post("/chat/sign-in", status_code=201)
    async def sign_in(request: Request) -> Any:
        if talk_of(request) is None:
            return bad_token
        place = (await request.json())["return_url"]
        return {
            "url": f"{stub.url}/thaid?back={place}",
            "match_code": "4821",
            "expires_at": "2099-01-01T00:00:00Z",
        }

    @app.post("/chat/sign-in/complete")
    async def complete(request: Request) -> Any:
        talk, body = talk_of(request), await request.json()
        if talk is None:
            return bad_token
        if stub.completion:
            return stub.completion
        assert body == {"code": "right"}
        talk.signed_in = True
        talk.tell(session_event(signed_in=True))
        return {"status": "signed_in"}

    @app.get("/thaid")
    async def thaid(back: str) -> HTMLResponse:
        return HTMLResponse(
            f'<html lang="en"><title>T</title>'
            f'<a href="{back}#thamrat-sign-in=right">Agree</a>'
            f'<a href="{back}#thamrat-sign-in=cancelled">Cancel</a>'
        )

    @app.get("/host")
    async def host(script: str = "", options: str = "") -> HTMLResponse:
        return HTMLResponse(HOST_PAGE.format(origin=script, options=options))

    app.mount("/widget", StaticFiles(directory=WEB / "widget"))
    app.mount("/", StaticFiles(directory=WEB / "demo", html=True))
    return app
