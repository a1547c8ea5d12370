"""Rooms have one direction: who may import whom, and what each room never knows."""

from __future__ import annotations

import sys

import pytest

from tests.rules.files import ROOMS, ROOT, code, imports, short

RASA = {"rasa", "rasa_sdk"}
MAY_IMPORT = {
    "bot": {"bot", "nlu", "rasa"},
    "nlu/thai": {"nlu.thai"},
    "nlu/components": {"nlu.thai", "nlu.components", "rasa"},
    "actions": {
        "actions",
        "catalogue",
        "citizen",
        "connectors.reply",
        "nlu.thai",
        "rasa_sdk",
    },
    "actions/agencies": {
        "actions.agencies",
        "catalogue",
        "connectors.reply",
        "nlu.thai",
    },
    "connectors": {"connectors"},
    "gateway": {"catalogue", "citizen", "connectors", "gateway", "nlu.thai"},
    "citizen": {"citizen"},
    "catalogue": {"catalogue"},
    "sandbox": {"sandbox"},
    "ops": {*ROOMS} - {"bot"},
}
# Rooms that must stay light enough to be read by any Python, or by anybody.
LIBRARIES = {
    "nlu/thai": {"nlpo3", "pythainlp", "rapidfuzz", "stdnum"},
    "catalogue": {"pydantic", "yaml"},
}
CHANNELS = [path.name for path in (ROOT / "connectors").iterdir() if path.is_dir()]


def is_within(module, names):
    """Tell whether a module is one of these or lies below one of them."""
    return any(f"{module}.".startswith(f"{name}.") for name in names)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_stay_inside(room):
    """The agencies know no Rasa, the bot knows no agency, and nobody knows `ops`."""
    strays = [
        f"{short(path)}: {module}"
        for path in code(room)
        for module in imports(path)
        if module.split(".")[0] in {*ROOMS, *RASA}
        and not is_within(module, MAY_IMPORT[room])
    ]

    assert strays == []


@pytest.mark.parametrize("room", LIBRARIES)
def test_light_rooms_stay_light(room):
    """Rasa's old environment reads `nlu.thai`; everybody reads the catalogue."""
    known = {*sys.stdlib_module_names, *ROOMS, *LIBRARIES[room]}
    strays = [
        f"{short(path)}: {module}"
        for path in code(room)
        for module in imports(path)
        if module.split(".")[0] not in known
    ]

    assert strays == []


@pytest.mark.parametrize("channel", CHANNELS)
def test_channels_do_not_know_each_other(channel):
    """A channel can be taken out without touching another."""
    known = {f"connectors.{channel}", "connectors.reply"}
    strays = [
        f"{short(path)}: {module}"
        for path in code(f"connectors/{channel}")
        for module in imports(path)
        if is_within(module, {"connectors"}) and not is_within(module, known)
    ]

    assert strays == []


@pytest.mark.parametrize("room", [*ROOMS, "stories", "tests"])
def test_every_room_says_what_it_is_for(room):
    """One paragraph at the door of every room."""
    readme = ROOT / room / "README.md"

    assert readme.is_file()
    assert readme.read_text("utf-8").strip()
