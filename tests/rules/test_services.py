"""A service is one name in every room, and nothing outside its own files."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
import yaml

from tests.rules.files import ROOT, THAI

EVERY_SERVICE = {
    "nlu": "nlu/{}.yml",
    "domain": "bot/domain/{}.yml",
    "responses": "bot/responses/{}.yml",
    "stories": "stories/{}.yml",
}
WITH_ACTIONS = {
    "actions": "actions/{}.py",
    "tests": "tests/actions/test_{}.py",
}
NAMES = yaml.safe_load((Path(__file__).parent / "names.yml").read_text("utf-8"))
SHARED_SLOTS = {"period", "province"}  # nouns that more than one service asks for


def stems(pattern):
    """Return the names of the files that a pattern matches."""
    folder, _, name = pattern.rpartition("/")
    before, after = name.split("{}")
    found = (ROOT / folder).glob(f"{before}*{after}")
    return {path.name.removeprefix(before).removesuffix(after) for path in found}


@functools.cache
def read(pattern, service):
    """Return what a service's file of YAML says."""
    text = (ROOT / pattern.format(service)).read_text("utf-8")
    return yaml.load(text, yaml.CSafeLoader) or {}


SERVICES = sorted(set().union(*map(stems, EVERY_SERVICE.values())))
DOMAINS = sorted(stems(EVERY_SERVICE["domain"]))


def names_of(declared):
    """Return the names in a part of a domain, written as a list or as a mapping."""
    return [name if isinstance(name, str) else next(iter(name)) for name in declared]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("room", EVERY_SERVICE)
def test_service_is_in_every_room(service, room):
    """Missing one file is how half a service reaches citizens."""
    path = ROOT / EVERY_SERVICE[room].format(service)
    by_agency = path.with_suffix("")  # questions and answers: one file an agency

    assert path.is_file() or any(by_agency.glob("*.yml")), (
        f"{service} has no {path}; copy the one of another service"
    )


@pytest.mark.parametrize("service", DOMAINS)
def test_service_with_actions_has_code_and_tests(service):
    """Actions live in the file of their service, and so do the tests of them."""
    actions = read(EVERY_SERVICE["domain"], service).get("actions", [])
    there = [(ROOT / path.format(service)).is_file() for path in WITH_ACTIONS.values()]

    assert there == [bool(actions)] * len(there)


@pytest.mark.parametrize("service", DOMAINS)
def test_service_is_one_we_promised(service):
    """The stems and intents are a contract; other programs compare against them."""
    intents = names_of(read(EVERY_SERVICE["domain"], service).get("intents", []))
    external = {name for name in intents if name.startswith("identity_sign")}

    assert service in NAMES["services"]
    assert {*intents} - external <= {*NAMES["services"][service]}


@pytest.mark.parametrize("service", DOMAINS)
def test_names_begin_with_the_service(service):
    """Then two services can never claim the same name, and grep finds all of one."""
    domain = read(EVERY_SERVICE["domain"], service)
    names = names_of([*domain.get("intents", []), *domain.get("slots", {})])
    names += [name.removeprefix("action_") for name in domain.get("actions", [])]
    names += [name.removesuffix("_form") for name in domain.get("forms", {})]
    responses = read(EVERY_SERVICE["responses"], service).get("responses", {})
    names += [name.removeprefix("utter_") for name in responses]
    strays = [name for name in names if not name.startswith(service)]

    assert [name for name in strays if name not in SHARED_SLOTS] == []


@pytest.mark.parametrize("service", DOMAINS)
def test_entities_are_ones_we_promised(service):
    """An entity's name is part of what `thamrat parse` answers.

    One that begins with its service is carried by buttons, and never found in text.
    """
    entities = names_of(read(EVERY_SERVICE["domain"], service).get("entities", []))
    found = {name for name in entities if not name.startswith(f"{service}_")}

    assert found <= {*NAMES["entities"]}


def spoken(variation):
    """Yield every text of a response that a citizen sees."""
    custom = variation.get("custom", {})
    yield from (
        custom[key] for key in ("text", "label", "expired_text") if key in custom
    )
    if "text" in variation:
        yield variation["text"]
    for button in (*variation.get("buttons", ()), *custom.get("choices", ())):
        yield button["title"]
    if custom.get("link"):
        yield custom["link"]["label"]


@pytest.mark.parametrize("service", sorted(stems(EVERY_SERVICE["responses"])))
def test_responses_are_said_in_their_language(service):
    """An empty response is silence; an English one is a wall to most citizens."""
    responses = read(EVERY_SERVICE["responses"], service).get("responses", {})
    silent = [name for name, variations in responses.items() if not variations]
    wrong = [
        f"{name}: {text!r}"
        for name, variations in responses.items()
        for variation in variations or ()
        for text in (*spoken(variation),) or ("",)
        if not str(text).strip() or not is_right(str(text), variation)
    ]

    assert silent == []
    assert wrong == []


def is_right(text, variation):
    """Tell whether a text is in the language that its variation is for."""
    conditions = variation.get("condition", [])
    is_english = any(condition.get("value") == "en" for condition in conditions)
    is_name = text.isascii() and " " not in text.strip()  # "English", "@ssothai"
    return is_name or bool(THAI.search(text)) != is_english


def steps(stories):
    """Yield every step of a file of rules and stories."""
    for part in (*stories.get("rules", ()), *stories.get("stories", ())):
        yield from part.get("steps", ())


@pytest.mark.parametrize("service", sorted(stems(EVERY_SERVICE["stories"])))
def test_stories_name_what_exists(service):
    """A renamed response is found here, not after a minute of training."""
    said = {
        name
        for other in stems(EVERY_SERVICE["responses"])
        for name in read(EVERY_SERVICE["responses"], other).get("responses", {})
    }
    done = {
        name
        for other in DOMAINS
        for name in read(EVERY_SERVICE["domain"], other).get("actions", [])
    }
    shared = yaml.load((ROOT / "domain.yml").read_text("utf-8"), yaml.CSafeLoader)
    known = said | done | {*shared.get("actions", []), *shared.get("responses", {})}
    named = {
        step["action"]
        for step in steps(read(EVERY_SERVICE["stories"], service))
        if "action" in step
    }

    assert {n for n in named - known if n != "action_listen"} == set()
