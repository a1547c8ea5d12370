"""Reads the catalogue's YAML, and names the file and the key of what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError


class CatalogueBroken(ValueError):
    """A file of the catalogue cannot be used; the message says where and why."""


class _OnceOnly(yaml.CSafeLoader):
    """YAML that refuses a key written twice: PyYAML keeps the last and is silent."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML calls it so
        """Return a mapping.

        Raises:
            yaml.constructor.ConstructorError: one key is there twice.
        """
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"written twice: {sorted(twice)}", node.start_mark
            )
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> Any:
    """Return what a file says.

    Raises:
        CatalogueBroken: it is not YAML, or says one key twice.
    """
    try:
        return yaml.load(path.read_text("utf-8"), _OnceOnly)  # noqa: S506 - it is a safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise CatalogueBroken(f"{named(path)}, line {line}: {error.problem}") from error


def read_folder(folder: Path) -> Iterator[tuple[Path, Any]]:
    """Yield every file of a folder with what it says, in a fixed order."""
    for path in sorted(folder.glob("*.yml")):
        yield path, read_yaml(path)


def shaped[Shape: BaseModel](
    shape: type[Shape], value: object, path: Path, key: str
) -> Shape:
    """Return a value in its shape.

    Raises:
        CatalogueBroken: it does not have this shape.
    """
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        raise CatalogueBroken(f"{named(path)}: {key}: {_problems(error)}") from error


def part(content: object, name: str, path: Path) -> Any:
    """Return what a file says under its one heading.

    Raises:
        CatalogueBroken: it has another heading, or none.
    """
    if not isinstance(content, dict) or set(content) != {name}:
        raise CatalogueBroken(f"{named(path)}: it must begin with `{name}:`")
    return content[name] or type(content[name])()


def check_known(
    names: Iterable[str | None], known: Iterable[str], what: str, where: str
) -> None:
    """Refuse a name that nothing has.

    Raises:
        CatalogueBroken: there is no such thing.
    """
    strange = sorted({name for name in names if name is not None} - set(known))
    if strange:
        raise CatalogueBroken(f"{where}: there is no {what} {', '.join(strange)}")


def named(path: Path) -> str:
    """Return a file as people name it: with its folder, without the way there."""
    return f"{path.parent.name}/{path.name}"


def _problems(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(map(str, problem['loc'])) or 'entry'}: {problem['msg']}"
        for problem in error.errors()
    )
