"""Draws the pictures of the measurements; matplotlib comes with Rasa.

`python -m bot.measure.draw confusion --out picture.png` reads JSON from standard input.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

INK = "#1f2a44"
BLUES = ("#173a7a", "#7f95bd", "#c9a227")
DOTS_PER_INCH = 110


def main() -> None:
    """Draw one picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("picture", choices=PICTURES)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    plt.rcParams.update({"font.size": 10, "text.color": INK, "axes.edgecolor": INK})
    PICTURES[given.picture](json.load(sys.stdin))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    plt.savefig(given.out, dpi=DOTS_PER_INCH, bbox_inches="tight", facecolor="white")


def confusion(data: dict[str, Any]) -> None:
    """Draw `{"title", "labels", "counts"}`: rows are what was meant."""
    labels, counts = data["labels"], np.array(data["counts"])
    side = 3 + 0.36 * len(labels)
    _, axes = plt.subplots(figsize=(side, side))
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    axes.imshow(np.sqrt(shares), cmap="Blues", vmin=0, vmax=1.15)
    for row, column in zip(*counts.nonzero(), strict=False):
        is_right = row == column
        axes.text(
            column,
            row,
            counts[row, column],
            ha="center",
            va="center",
            color="white" if is_right else "#a3123a",
            fontweight="normal" if is_right else "bold",
        )
    places = range(len(labels))
    axes.set_xticks(places, labels, rotation=60, ha="right", rotation_mode="anchor")
    axes.set_yticks(places, labels)
    axes.set_xticks(np.arange(-0.5, len(labels)), minor=True)
    axes.set_yticks(np.arange(-0.5, len(labels)), minor=True)
    axes.grid(which="minor", color="#e8ebf2", linewidth=0.6)
    axes.tick_params(which="both", length=0)
    axes.set_xlabel("understood as")
    axes.set_ylabel("meant")
    axes.set_title(data["title"], loc="left", pad=12)


def bench(data: dict[str, Any]) -> None:
    """Draw `{"title", "names", "panels": [{"title", "values"}]}`, a panel each."""
    panels, names = data["panels"], data["names"]
    columns = 3
    rows = -(-len(panels) // columns)
    figure, grid = plt.subplots(rows, columns, figsize=(13, 2.6 * rows), squeeze=False)
    for axes, panel in zip(grid.flat, panels, strict=False):
        _bars(axes, panel, names)
    for axes in list(grid.flat)[len(panels) :]:
        axes.set_visible(False)
    for axes in grid[:, 1:].flat:
        axes.set_yticklabels([])
    figure.suptitle(data["title"], x=0.01, ha="left", fontsize=13)
    figure.tight_layout()


def _bars(axes: Axes, panel: dict[str, Any], names: list[str]) -> None:
    """Draw one measure of every pipeline."""
    values = [0.0 if value is None else value for value in panel["values"]]
    places = list(range(len(names)))[::-1]
    axes.barh(places, values, color=BLUES[: len(names)], height=0.62)
    longest = max(values) or 1.0
    for place, value, known in zip(places, values, panel["values"], strict=True):
        text = "not measured" if known is None else panel["format"].format(known)
        axes.text(value + 0.02 * longest, place, text, va="center")
    axes.set_yticks(places, names)
    axes.set_xlim(0, 1.28 * longest)
    axes.set_title(panel["title"], loc="left", fontsize=10.5)
    axes.tick_params(left=False, bottom=False, labelbottom=False)
    for spine in axes.spines.values():
        spine.set_visible(False)


PICTURES = {"confusion": confusion, "bench": bench}

if __name__ == "__main__":
    main()
