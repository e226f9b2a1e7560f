"""Draws with matplotlib to SVG that stands in a page: its colours and fonts are the page's, in light and dark.

Figures are drawn without pyplot, so no state is shared and no window system is asked for.
"""

import io
import math
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.errors import MissingExtraError
from grader.feedback.catalogue import Catalogue
from grader.models import Picture

#: Colours that stand for those of the page while matplotlib draws.
INK, SOFT, LINE, FIRST, SECOND, PAPER = (
    "#010101",
    "#020202",
    "#030303",
    "#040404",
    "#050505",
    "#060606",
)
_VARIABLES: Final = {
    INK: "--ink",
    SOFT: "--soft",
    LINE: "--line",
    FIRST: "--plot-1",
    SECOND: "--plot-2",
    PAPER: "--paper",
}
_STYLE: Final = {
    "axes.edgecolor": LINE,
    "axes.facecolor": "none",
    "axes.labelcolor": SOFT,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": SOFT,
    "axes.titlesize": 10,
    "figure.facecolor": "none",
    "font.size": 9,
    "legend.frameon": False,
    "legend.labelcolor": INK,
    "svg.fonttype": "none",
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": LINE,
    "xtick.labelcolor": SOFT,
    "ytick.color": LINE,
    "ytick.labelcolor": SOFT,
}
_PREAMBLE = re.compile(r"^.*?(?=<svg)|<metadata>.*?</metadata>|<style.*?</style>", re.DOTALL)
_FONT = re.compile(r"font: ([\d.]+)px [^;\"]*")
_SIZE = re.compile(r'(<svg[^>]*?) height="[\d.]+pt"([^>]*?) width="([\d.]+)pt"')


def draw(paint: Callable[[Any], None], *, width: float, height: float, name: str, says: str) -> str:
    """What `paint` does to a figure of that size in inches, as an `svg` element that tells screen readers `says`.

    `name` keeps its ids apart from those of other pictures on the page. Raises MissingExtraError.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("staff", "feedback with pictures") from error
    with mpl.rc_context({**_STYLE, "svg.hashsalt": name}):
        figure = Figure(figsize=(width, height), layout="constrained")
        paint(figure)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    text = _PREAMBLE.sub("", file.getvalue())
    for colour, variable in _VARIABLES.items():
        text = text.replace(colour, f"var({variable})")
    text = _FONT.sub(r"font-size: \1px; font-family: inherit", text)
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'(href="#|url\(#)', rf"\g<1>{name}-", text)
    text = _SIZE.sub(r'\1\2 width="\3pt"', text, count=1)
    label = says.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return text.replace("<svg", f'<svg role="img" aria-label="{label}"', 1).strip()


def picture(data: Picture, name: str, catalogue: Catalogue) -> str:
    """A wrong result beside the right one; told apart by more than colour."""
    says = describe(data, catalogue)
    labels = catalogue.say("label.got"), catalogue.say("label.expected")
    if data.kind == "curve":
        return draw(
            lambda figure: _curve(figure, data, labels), width=6, height=2.9, name=name, says=says
        )
    rows = max(len(data.got), len(data.expected), 1)
    height = min(1.2 + 0.36 * rows, 4.5)
    return draw(
        lambda figure: _matrices(figure, data, labels), width=6, height=height, name=name, says=says
    )


def describe(data: Picture, catalogue: Catalogue) -> str:
    """The picture in words."""
    got, expected = _array(data.got), _array(data.expected)
    if got.shape != expected.shape:
        if data.kind == "curve":
            points = {"got": got.shape[1], "expected": expected.shape[1]}
            return catalogue.say("label.picture_points", **points)
        shapes = [" × ".join(map(str, array.shape)) for array in (got, expected)]
        return catalogue.say("label.picture_shapes", got=shapes[0], expected=shapes[1])
    worst = _worst(data)
    if worst is None:
        return catalogue.say("label.picture_same")
    row, column = worst
    if data.kind == "curve":
        gap = abs(got[0, column] - expected[0, column])
        return catalogue.say("label.picture_curve", gap=catalogue.number(gap), position=column)
    return catalogue.say(
        "label.picture_matrix",
        row=row,
        column=column,
        got=catalogue.number(got[worst]),
        expected=catalogue.number(expected[worst]),
    )


def _array(rows: Sequence[Sequence[float | None]]) -> NDArray[np.float64]:
    width = max((len(row) for row in rows), default=0)
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    return np.array(
        [[math.nan if value is None else value for value in row] for row in filled], dtype=float
    ).reshape(len(rows), width)


def _worst(data: Picture) -> tuple[int, int] | None:
    """The place that is furthest off: where one side is not finite, or the largest difference."""
    got, expected = _array(data.got), _array(data.expected)
    if got.shape != expected.shape or not got.size:
        return None
    gap = np.abs(got - expected)
    gap[np.isnan(got) & np.isnan(expected)] = 0
    gap[np.isnan(gap)] = np.inf
    row, column = np.unravel_index(int(np.argmax(gap)), gap.shape)
    return (int(row), int(column)) if gap[row, column] > 0 else None


def _curve(figure: Any, data: Picture, labels: tuple[str, str]) -> None:
    axes = figure.add_subplot()
    for label, rows, x, colour, style, width in (
        (labels[1], data.expected, data.expected_x, FIRST, "-", 2.4),
        (labels[0], data.got, data.got_x, SECOND, "--", 1.8),
    ):
        y = _array(rows)[0]
        where = np.arange(len(y)) if x is None else _array([x])[0]
        marker = "o" if len(y) < 12 else None
        axes.plot(where, y, style, color=colour, linewidth=width, marker=marker, label=label)
    worst = _worst(data)
    if worst is not None and data.got_x == data.expected_x:
        at = worst[1]
        place = at if data.got_x is None else data.got_x[at]
        ends = data.got[0][at], data.expected[0][at]
        if place is not None and None not in ends:
            axes.plot([place, place], ends, "-", color=INK, linewidth=1.2, zorder=0)
    axes.set_xlabel(data.x_label)
    axes.set_ylabel(data.y_label)
    axes.legend(loc="best")


def _matrices(figure: Any, data: Picture, labels: tuple[str, str]) -> None:
    import matplotlib as mpl

    got, expected = _array(data.got), _array(data.expected)
    values = np.concatenate([got.ravel(), expected.ravel()])
    values = values[np.isfinite(values)]
    low, high = (values.min(), values.max()) if values.size else (0.0, 1.0)
    shade = mpl.colors.Normalize(low, high if high > low else low + 1)
    worst = _worst(data)
    sides = (got, SECOND, labels[0]), (expected, FIRST, labels[1])
    for axes, (array, colour, label) in zip(figure.subplots(1, 2), sides, strict=True):
        _cells(axes, array, colour, shade, worst)
        axes.set_title(label)


def _cells(axes: Any, array: NDArray[np.float64], colour: str, shade: Any, worst: Any) -> None:
    import matplotlib as mpl

    rows, columns = array.shape
    for (row, column), value in np.ndenumerate(array):
        alpha = 0.08 + 0.5 * float(shade(value)) if math.isfinite(value) else 0.0
        cell = (column - 0.5, row - 0.5), 1, 1
        axes.add_patch(
            mpl.patches.Rectangle(*cell, facecolor=colour, alpha=alpha, edgecolor="none")
        )
        if array.size <= 64:
            shown = f"{value:.3g}" if math.isfinite(value) else "–"
            axes.text(column, row, shown, ha="center", va="center", fontsize=8)
    if worst is not None:
        row, column = worst
        axes.add_patch(
            mpl.patches.Rectangle(
                (column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor=INK, linewidth=1.8
            )
        )
    axes.set_xlim(-0.5, max(columns, 1) - 0.5)
    axes.set_ylim(max(rows, 1) - 0.5, -0.5)
    axes.set_xticks(range(columns) if columns <= 12 else [0, columns - 1])
    axes.set_yticks(range(rows) if rows <= 12 else [0, rows - 1])
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
