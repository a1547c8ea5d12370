"""A text under rewriting that remembers where its characters came from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Draft:
    """A text and the first and last place of each character's origin."""

    text: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> Draft:
        """Begin with the text itself."""
        places = range(len(text))
        return cls(text, list(places), [place + 1 for place in places])

    def translate(self, table: dict[int, str]) -> None:
        """Change single characters into single characters."""
        self.text = self.text.translate(table)

    def sub(
        self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str | None]
    ) -> None:
        """Replace every match by what `new` says; None leaves it as it is."""
        changes = []
        for match in pattern.finditer(self.text):
            put = new(match)
            if put is not None and put != match.group():
                changes.append((match.start(), match.end(), put))
        if changes:
            self.replace(changes)

    def replace(self, changes: list[tuple[int, int, str]]) -> None:
        """Put other text in the given places, which are in order and apart."""
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, put in changes:
            text += (self.text[done:start], put)
            old_starts, old_ends = self._origin(start, end, put)
            starts += self.starts[done:start] + old_starts
            ends += self.ends[done:start] + old_ends
            done = end
        self.text = "".join([*text, self.text[done:]])
        self.starts = starts + self.starts[done:]
        self.ends = ends + self.ends[done:]

    def _origin(self, start: int, end: int, put: str) -> tuple[list[int], list[int]]:
        """Return the origins of `put`: kept letters keep theirs."""
        old = self.text[start:end]
        if len(old) == len(put):
            return self.starts[start:end], self.ends[start:end]
        head = _same(old, put)
        tail = _same(old[head:][::-1], put[head:][::-1])
        middle = len(put) - head - tail
        first, last = start + head, end - tail
        if middle == 0:
            # Letters only went away: the last one kept before them takes them in.
            return self._taken_in(start, end, head, tail)
        left = min(first, len(self.text) - 1)
        right = max(last - 1, left)
        starts = self.starts[start:first] + [self.starts[left]] * middle
        ends = self.ends[start:first] + [self.ends[right]] * middle
        if first == last:
            # Letters only came in: they stand for the letter next to them.
            starts = (
                self.starts[start:first] + [self.starts[max(first - 1, 0)]] * middle
            )
            ends = self.ends[start:first] + [self.ends[max(first - 1, 0)]] * middle
        return starts + self.starts[last:end], ends + self.ends[last:end]

    def _taken_in(
        self, start: int, end: int, head: int, tail: int
    ) -> tuple[list[int], list[int]]:
        starts = self.starts[start : start + head] + self.starts[end - tail : end]
        ends = self.ends[start : start + head] + self.ends[end - tail : end]
        if head:
            ends[head - 1] = self.ends[end - tail - 1]
        elif tail:
            starts[0] = self.starts[start]
        return starts, ends


def _same(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
