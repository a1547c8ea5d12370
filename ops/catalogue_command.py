"""`thamrat catalogue`: what its keepers need to see before citizens do."""

from __future__ import annotations

import datetime
import json
import re
from typing import Annotated, Literal, NoReturn

import typer

from actions.faq import reply
from catalogue.calendar import BANGKOK
from catalogue.loader import Catalogue, read_catalogue
from catalogue.reading import CatalogueBroken
from catalogue.review import review
from catalogue.speaking import LONGEST_ANSWER, Answer, NoSuchAnswer
from connectors.reply import Link, Text
from connectors.web.render import render
from ops.settings import ROOT

UNDERSTOOD = re.compile(r"^\s*- intent: faq/([a-z0-9_]+)", re.MULTILINE)
FORM = ["%Y-%m-%d"]

catalogue = typer.Typer(
    name="catalogue",
    help="Facts and answers: check them, see them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@catalogue.command()
def check(
    day: Annotated[
        datetime.datetime | None, typer.Option(formats=FORM, help="not today")
    ] = None,
    *,
    brief: Annotated[bool, typer.Option(help="only what must be put right")] = False,
) -> None:
    """Say what is overdue, unused, too long or missing; fail if it must be mended."""
    found = review(_read(), _date(day), understood_questions())
    sections = found.failures if brief else found.failures | found.remarks
    for title, names in sections.items():
        if names or not brief:
            typer.echo(f"{title}: {len(names)}")
        for name in names:
            typer.echo(f"  {name}")
    if not found.passed:
        raise typer.Exit(1)


@catalogue.command()
def preview(
    faq_id: Annotated[str, typer.Argument(help="such as sso_m33_ceiling")],
    day: Annotated[
        datetime.datetime | None,
        typer.Option(formats=FORM, help="the day asked about"),
    ] = None,
    today: Annotated[
        datetime.datetime | None,
        typer.Option(formats=FORM, help="the day she asks on"),
    ] = None,
    language: Annotated[Literal["th", "en"], typer.Option()] = "th",
) -> None:
    """Show an answer as each channel will show it."""
    asks_on = _date(today)
    try:
        answer = _read().answer(
            faq_id,
            asked_about=day.date() if day else asks_on,
            today=asks_on,
            language=language,
        )
    except NoSuchAnswer:
        _fail(f"there is no answer {faq_id}; their ids are in catalogue/answers/")
    said = reply(answer)
    typer.echo(f"{faq_id}: {answer.outcome}, {_length(answer)}")
    typer.echo(f"\n--- web\n{_as_json(said)}")
    typer.echo(f"\n--- LINE, Telegram\n{as_plain_text(said)}")


def understood_questions() -> list[str]:
    """Return the FAQ ids that the assistant has examples for."""
    files = sorted((ROOT / "nlu" / "faq").glob("*.yml"))
    return [
        id_ for file in files for id_ in UNDERSTOOD.findall(file.read_text("utf-8"))
    ]


def as_plain_text(said: Link | Text) -> str:
    """Return a reply as a channel of plain text and buttons shows it."""
    lines = [said.text]
    if isinstance(said, Link):
        lines.append(f"{said.link.label}: {said.link.url}")
    return "\n".join(lines + [f"[ {choice.title} ]" for choice in said.choices])


def _length(answer: Answer) -> str:
    return f"{len(answer.text)} of {LONGEST_ANSWER} characters"


def _as_json(said: Link | Text) -> str:
    drawn = render(said).model_dump(mode="json")
    return json.dumps(drawn, ensure_ascii=False, indent=2)


def _date(day: datetime.datetime | None) -> datetime.date:
    return day.date() if day else datetime.datetime.now(BANGKOK).date()


def _read() -> Catalogue:
    try:
        return read_catalogue()
    except CatalogueBroken as problem:
        _fail(str(problem))


def _fail(problem: str) -> NoReturn:
    typer.echo(f"error: {problem}", err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    catalogue()
