"""The `thamrat` command.

Imports are inside the commands: `thamrat parse` must not pay for a web server.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from ops.settings import ROOT, Settings

main = typer.Typer(
    name="thamrat",
    help="ThamRat: an open assistant for government services in Thailand.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say(sentence: str) -> None:
    """Tell the person at the terminal, beside what the command prints."""
    typer.echo(sentence, err=True)


def _fail(problem: Exception) -> NoReturn:
    """End with a sentence instead of a traceback."""
    _say(f"error: {problem}")
    raise typer.Exit(1) from problem


@main.command()
def up() -> None:
    """Run the whole house until Ctrl-C; prints the web page's address."""
    from ops.house import House, HouseNotUp

    enough = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: enough.set())
    house = House(Settings(), _say)
    house.start()
    try:
        while not enough.is_set() and not house.is_ready():
            house.check()
            enough.wait(0.1)
        if not enough.is_set():
            typer.echo(f"\nThamRat is ready: {house.settings.page_url}/\n")
            _say(f"logs: {house.logs_folder}    Ctrl-C stops everything")
        while not enough.wait(0.5):
            house.check()
    except HouseNotUp as problem:
        _fail(problem)
    finally:
        if enough.is_set():
            _say("stopping")
        house.stop()


@main.command()
def migrate() -> None:
    """Bring the database to this version's tables."""
    from contextlib import nullcontext

    from ops.database import embedded_server, libpq_url
    from ops.migrate import migrate as apply

    settings = Settings()
    server = embedded_server(settings)
    with server.running() if server else nullcontext():
        apply(libpq_url(settings))


@main.command()
def train() -> None:
    """Train the model, unless nothing it learns from has changed."""
    from ops.model import TrainingFailed, trained_model

    try:
        typer.echo(trained_model(_say).relative_to(ROOT))
    except TrainingFailed as problem:
        _fail(problem)


@main.command()
def talk() -> None:
    """Chat in the terminal, over the same API as the web page."""
    from ops.house import HouseNotUp
    from ops.talk import talk as converse

    try:
        converse(Settings(), _say)
    except HouseNotUp as problem:
        _fail(problem)


@main.command()
def parse() -> None:
    """Read one message a line, write what was understood as one JSON object a line."""
    from ops.model import BOT_ENVIRONMENT, BOT_PYTHON, TrainingFailed, trained_model

    try:
        model = trained_model(_say)
    except TrainingFailed as problem:
        _fail(problem)
    os.environ.update(BOT_ENVIRONMENT)
    os.chdir(ROOT)
    command = [str(BOT_PYTHON), "-m", "bot.parse", "--model", str(model)]
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted here


@main.command()
def serve(
    process: Annotated[
        Literal["gateway", "actions", "sandbox", "rasa"], typer.Argument()
    ],
) -> None:
    """Run one process of the house in the foreground, as a container would."""
    from ops.serve import serve as serve_process

    serve_process(process, Settings())


@main.command(
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def catalogue(context: typer.Context) -> None:
    """Facts and answers: check them, see them (thamrat catalogue --help)."""
    from ops.catalogue_command import catalogue as serve_catalogue

    serve_catalogue(context.args, prog_name="thamrat catalogue")


@main.command()
def bench(
    what: Annotated[Literal["nlu"], typer.Argument()],
    *,
    quick: Annotated[bool, typer.Option(help="a smoke test of minutes")] = False,
    json: Annotated[Path | None, typer.Option(help="write the figures here")] = None,
) -> None:
    """Train and score our understanding beside stock Rasa's and Bürokratt's."""
    from ops.bench.measured import MeasuringFailed
    from ops.bench.nlu import bench as bench_nlu

    try:
        bench_nlu(_say, quick=quick, out=json)
    except MeasuringFailed as problem:
        _fail(problem)


@main.command()
def version() -> None:
    """Print the version."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    typer.echo(project["project"]["version"])


if __name__ == "__main__":
    main()
