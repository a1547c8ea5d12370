"""Tells a citizen her own social security contributions."""

from __future__ import annotations

import dataclasses
import datetime
from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.agencies.sso.card import Asked, draw, draw_nobody
from actions.agencies.sso.card_words import ContributionWords
from actions.agencies.sso.client import Asker, SocialSecurity
from actions.service_action import Events, OwnRecordAction
from actions.turn import Turn
from catalogue.calendar import BANGKOK
from citizen.live import LiveSession
from connectors.reply import Card, Choice
from nlu.thai.periods import Period, PeriodNotUnderstood, resolve

THIS_YEAR = "relative:0Y"
PURPOSE = "ask_agencies_about_own_record"
# The Social Security Act is of 1990; no contribution is older.
FIRST_MONTH = "1990-09"


class PeriodRefused(Exception):
    """The period cannot be looked up; `response` says why."""

    def __init__(self, response: str, period: Period | None = None) -> None:
        super().__init__(response)
        self.response = response
        self.period = period


class ActionContributionCheck(OwnRecordAction):
    """Look up the contributions of a month, some months or a year."""

    agency: ClassVar[str] = "sso"

    def name(self) -> str:
        """Return the name `bot/domain/contribution.yml` and the stories use."""
        return "action_contribution_check"

    def remember(self, tracker: Tracker, turn: Turn) -> Events:
        """Keep which period and section the question is about."""
        period, section = _question(tracker, turn)
        return [
            SlotSet("contribution_period", period),
            SlotSet("contribution_section", section),
        ]

    async def serve_citizen(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        turn: Turn,
        session: LiveSession,
    ) -> Events:
        """Ask the agency and send the card."""
        period, section = _question(tracker, turn)
        today = self.connections.clock().astimezone(BANGKOK).date()
        words = ContributionWords(self.connections.catalogue, turn.language)
        try:
            asked = what_was_asked(period or THIS_YEAR, section, today)
        except PeriodRefused as refused:
            _refuse(dispatcher, words, refused)
            return []
        card = await self._look_up(turn, session, asked, words)
        await self.utter_card(
            dispatcher,
            turn,
            card,
            expired_text=words.say("expired"),
            choices=self._choices(asked, today, turn.language),
        )
        return []

    async def _look_up(
        self, turn: Turn, session: LiveSession, asked: Asked, words: ContributionWords
    ) -> Card:
        office = SocialSecurity(self.connections.agencies["sso"])
        asker = Asker(
            citizen_id=await self.connections.citizens.citizen_id(session),
            consent_id=session.consent_id,
            purpose=PURPOSE,
            request_id=turn.id_for("sso.contributions"),
        )
        async with self.asking(session, "contributions", PURPOSE):
            record = await office.contributions(asker, asked.first, asked.last)
        if record is None:
            return draw_nobody(words, asked, self.connections.clock())
        return draw(words, record, asked)

    def _choices(
        self, asked: Asked, today: datetime.date, language: str
    ) -> tuple[Choice, ...]:
        """Return what she may look at next, without what she sees already."""
        shown = (asked.first, asked.last)
        return tuple(
            Choice(title=choice.title.within(language), payload=choice.payload)
            for choice in self.connections.catalogue.cards["contribution"].choices
            if dataclasses.astuple(resolve(choice.shows, today)) != shown
        )


def what_was_asked(value: str, section: str | None, today: datetime.date) -> Asked:
    """Return the months a period means today, none of them still to come.

    Raises:
        PeriodRefused: it is no period, lies ahead, or is before there was a fund.
    """
    try:
        period = resolve(value, today)
    except PeriodNotUnderstood:
        raise PeriodRefused("utter_contribution_period_not_understood") from None
    this_month = f"{today:%Y-%m}"
    if period.first > this_month:
        raise PeriodRefused("utter_contribution_period_to_come", period)
    if period.last < FIRST_MONTH:
        raise PeriodRefused("utter_contribution_period_too_early", period)
    return Asked(
        first=max(period.first, FIRST_MONTH),
        last=min(period.last, this_month),
        section=section,
        cut_short=period.last > this_month,
    )


def _question(tracker: Tracker, turn: Turn) -> tuple[str | None, str | None]:
    """Return the period and section asked about: now, or before she signed in."""
    if turn.intent == "contribution_check":
        return turn.entities.get("period"), turn.entities.get("section")
    return (
        tracker.get_slot("contribution_period"),
        tracker.get_slot("contribution_section"),
    )


def _refuse(
    dispatcher: CollectingDispatcher, words: ContributionWords, refused: PeriodRefused
) -> None:
    period = refused.period
    named = words.calendar.months(period.first, period.last) if period else ""
    dispatcher.utter_message(response=refused.response, period=named)
