"""The steps a browser takes, between its request and the page that answers it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from fastapi import Request, Response
from starlette.datastructures import FormData

from citizen.errors import ThaIDError, ThaIDUnavailable
from citizen.sign_ins import Arrival, Asked
from citizen.thaid import read_refusal
from gateway.sign_in.addresses import back_to, origin_of
from gateway.sign_in.browser import Browsers, form_token, is_form_token
from gateway.sign_in.drawing import (
    Drawing,
    Message,
    known_language,
    quoted,
    redirect,
)
from gateway.sign_in.failures import Ended, NoCookie, message_for
from gateway.sign_in.parts import CANCELLED, DENIED, SignInParts

ACCESS_DENIED = "access_denied"
GONE_BACK = "cancelled"


@dataclass(frozen=True)
class Steps:
    """The steps, over the parts they need."""

    parts: SignInParts
    drawing: Drawing
    browsers: Browsers

    async def show_start(self, request: Request, secret: str) -> Response:
        """Show which chat asks, before anything is bound."""
        browser = self.browsers.known_or_new(request)
        asked = await self.parts.citizens.sign_ins.look(secret, browser)
        question = await self.parts.pending_question(asked.conversation_id)
        language = known_language(request.query_params.get("lang"))
        page = self.drawing.page(
            "start.html",
            language,
            form_targets=(self.parts.thaid.issuer_origin, origin_of(asked.return_url)),
            site=origin_of(asked.return_url).partition("://")[2],
            asked_at=self.drawing.moment(asked.asked_at, language),
            question=quoted(question) if question else None,
            match_code=asked.match_code,
            thaid_host=self.parts.thaid.issuer_origin.partition("://")[2],
            token=form_token(browser, secret),
        )
        self.browsers.remember(page, browser)
        return page

    async def leave_start(self, request: Request, secret: str) -> Response:
        """Go on to ThaID, or end a sign-in that nobody here asked for."""
        form, browser = await self._form(request, secret)
        language = known_language(form.get("lang"))
        sign_ins = self.parts.citizens.sign_ins
        if form.get("decision") != "continue":
            asked = await sign_ins.look(secret, browser)
            also = self.parts.tell_chat_if_there(CANCELLED)
            await sign_ins.end(asked.id, "cancelled", also)
            back = back_to(asked.return_url, GONE_BACK)
            return self.drawing.message(Message("stopped", 200, back), language)
        departure = await sign_ins.open(secret, browser, language)
        try:
            url = await self.parts.thaid.authorization_url(
                departure.state, departure.nonce
            )
        except ThaIDUnavailable as error:
            again = f"/sign-in/{secret}?lang={language}"
            message = Message("thaid_unavailable", 503, again=again)
            raise Ended(message, language) from error
        return redirect(url)

    async def come_back(
        self, request: Request, state: str, code: str | None, error: str | None
    ) -> Response:
        """Read what ThaID says, then ask for consent unless it was given before."""
        browser = self.browsers.known(request)
        arrival = await self.parts.citizens.sign_ins.arrive(state, browser)
        if error == ACCESS_DENIED:
            return await self._cancelled(arrival.asked)
        await self._identified(arrival, code, error)
        sign_in_id = arrival.asked.id
        if not await self.parts.citizens.agreements.is_known(sign_in_id):
            return redirect(f"/sign-in/consent/{sign_in_id}")
        return await self._agreed(arrival.asked, browser)

    async def show_consent(self, request: Request, sign_in_id: uuid.UUID) -> Response:
        """Show what would be kept, why and how long."""
        browser = self.browsers.known(request)
        asked = await self.parts.citizens.agreements.waiting(sign_in_id, browser)
        language = known_language(request.query_params.get("lang", asked.language))
        return self.drawing.page(
            "consent.html",
            language,
            form_targets=(origin_of(asked.return_url),),
            text=self.parts.citizens.consent_texts[language],
            token=form_token(browser or "", str(sign_in_id)),
        )

    async def leave_consent(self, request: Request, sign_in_id: uuid.UUID) -> Response:
        """Record the choice and go back to the chat."""
        form, browser = await self._form(request, str(sign_in_id))
        asked = await self.parts.citizens.agreements.waiting(sign_in_id, browser)
        if form.get("decision") != "agree":
            return await self._cancelled(asked)
        if form.get("version") != self.parts.citizens.consent_texts["th"].version:
            return redirect(f"/sign-in/consent/{sign_in_id}")
        return await self._agreed(asked, browser)

    async def _form(self, request: Request, name: str) -> tuple[FormData, str]:
        """Return a form this browser was given, and the browser's secret."""
        form, browser = await request.form(), self.browsers.known(request)
        token = form.get("token")
        if browser is None or not is_form_token(token, browser, name):
            raise NoCookie
        return form, browser

    async def _identified(
        self, arrival: Arrival, code: str | None, error: str | None
    ) -> None:
        """Keep who signed in; without proof, end the sign-in."""
        sign_ins, thaid = self.parts.citizens.sign_ins, self.parts.thaid
        try:
            if error is not None or code is None:
                raise read_refusal(error or "")
            identity = await thaid.finish(code, arrival.nonce)
        except ThaIDError as failure:
            await self._end_unproven(arrival.asked, failure)
            raise Ended(
                self._with_way_back(arrival.asked, failure), arrival.asked.language
            ) from failure
        await sign_ins.identify(arrival.asked.id, identity)

    async def _end_unproven(self, asked: Asked, failure: ThaIDError) -> None:
        """End a sign-in that ThaID did not vouch for, and tell the chat if denied."""
        sign_ins = self.parts.citizens.sign_ins
        if isinstance(failure, ThaIDUnavailable):
            await sign_ins.end(asked.id, "failed")
            return
        also = self.parts.tell_chat_if_there(DENIED)
        await sign_ins.end(asked.id, "denied", also)

    def _with_way_back(self, asked: Asked, failure: ThaIDError) -> Message:
        """Return the page for a failure, with the way back to the chat."""
        plain = message_for(failure)
        return Message(plain.name, plain.status, back=asked.return_url)

    async def _cancelled(self, asked: Asked) -> Response:
        """End a sign-in the citizen does not want, and go back to the chat."""
        also = self.parts.tell_chat_if_there(CANCELLED)
        await self.parts.citizens.sign_ins.end(asked.id, "cancelled", also)
        return redirect(back_to(asked.return_url, GONE_BACK))

    async def _agreed(self, asked: Asked, browser: str | None) -> Response:
        """Go back to the chat with the code that only it can use."""
        code = await self.parts.citizens.agreements.agree(asked.id, browser)
        return redirect(back_to(asked.return_url, code))
