"""The class report as one HTML page, and as JSON."""

import json
from pathlib import Path
from typing import Any, Final

import numpy as np

from grader.errors import UsageError
from grader.feedback.catalogue import ORIGINAL, Catalogue, catalogue, say_in
from grader.feedback.classroom import BINS, ClassView, Distribution, Item, Shared, class_view
from grader.feedback.files import write_private
from grader.feedback.html import environment
from grader.feedback.pictures import FIRST, INK, LINE, SECOND, SOFT, draw
from grader.feedback.titles import title
from grader.feedback.view import Sentence
from grader.models import ReportFile

#: An item below this that neither everybody nor nobody masters should be looked at.
WEAK: Final = 0.1
#: Shared causes that the page shows; the JSON has all.
MOST: Final = 40
_BLOCKED: Final = {
    "stub": "class.stub",
    "missing": "class.missing_function",
    "not callable": "class.not_callable",
    "load": "class.load",
    "timeouts": "class.given_up",
}


def write_class_report(
    reports: ReportFile, page: Path | None, data: Path | None, language: str
) -> None:
    """Write the report of a class as a page, as JSON or both. Raises UsageError, StoreError, MissingExtraError."""
    if page is None and data is None:
        raise UsageError("name a file: --out PAGE.html, --json FILE.json, or both")
    view = class_view(reports)
    if page is not None:
        write_private(page, class_html(view, language))
    if data is not None:
        write_private(data, json.dumps(view.model_dump(by_alias=True), indent=1) + "\n")


def class_html(view: ClassView, language: str) -> str:
    """The page; complete in itself, without scripts."""
    words = catalogue(language)
    from markupsafe import Markup

    plots = {name: Markup(text) for name, text in _plots(view, words).items()}  # noqa: S704  # drawn by us
    page: str = (
        environment()
        .get_template("class.html.j2")
        .render(
            view=view,
            language=language,
            t=words.say,
            number=words.number,
            plots=plots,
            title=title,
            suspect=suspect,
            alike=lambda cause: _alike(cause, view, words),
            causes=[c for c in view.causes if len(c.students) > 1 or c.basis == "finding"][:MOST],
        )
    )
    return page


def suspect(item: Item) -> bool:
    """Whether an item tells nothing of the rest of the work although some master it and some do not."""
    return (
        item.discrimination is not None
        and item.discrimination < WEAK
        and item.facility is not None
        and 0.05 < item.facility < 0.95
    )


def _alike(cause: Shared, view: ClassView, words: Catalogue) -> Sentence:
    if cause.basis == "finding":
        translated = say_in(cause.params, words)
        if translated is not None:
            return Sentence(text=translated[0])
        return Sentence(text=cause.text, lang=None if words.language == ORIGINAL else ORIGINAL)
    if cause.basis == "blocked":
        return Sentence(text=words.say(_BLOCKED.get(cause.text, "class.blocked")))
    if cause.basis == "error":
        return Sentence(text=words.say("class.error", error=cause.text))
    if len(cause.tests) == sum(item.function == cause.function for item in view.tests):
        return Sentence(text=words.say("class.unexplained_all"))
    return Sentence(text=words.say("class.unexplained", n=len(cause.tests)))


def _plots(view: ClassView, words: Catalogue) -> dict[str, str]:
    plots = {}
    if view.distribution is not None:
        plots["histogram"] = _histogram(view, view.distribution, words)
    if view.functions:
        plots["functions"] = _functions(view.functions, words)
        plots["tests"] = _tests(view.tests, words)
    return plots


def _histogram(view: ClassView, distribution: Distribution, words: Catalogue) -> str:
    counts = distribution.histogram
    edges = np.linspace(0, view.max_score or 1.0, BINS + 1)

    def paint(figure: Any) -> None:
        axes = figure.add_subplot()
        axes.bar(edges[:-1], counts, width=np.diff(edges) * 0.92, align="edge", color=FIRST)
        axes.axvline(distribution.median, color=SECOND, linewidth=1.5, linestyle="--")
        axes.annotate(
            words.say("class.median"),
            (distribution.median, 1),
            xycoords=("data", "axes fraction"),
            xytext=(4, -4),
            textcoords="offset points",
            va="top",
            color=SECOND,
        )
        axes.set_xlabel(words.say("class.points_axis", max=view.max_score))
        axes.set_ylabel(words.say("class.submissions_axis"))
        axes.yaxis.get_major_locator().set_params(integer=True)
        axes.grid(axis="y", color=LINE, linewidth=0.6)
        axes.set_axisbelow(True)

    said = [
        words.say("class.bin", count=count, low=low, high=high)
        for count, low, high in zip(counts, edges[:-1], edges[1:], strict=True)
        if count
    ]
    says = words.say("class.histogram", counts=", ".join(said))
    return draw(paint, width=9, height=2.8, name="histogram", says=says)


def _functions(items: tuple[Item, ...], words: Catalogue) -> str:
    def paint(figure: Any) -> None:
        axes = figure.add_subplot()
        places = range(len(items))
        axes.barh(places, [1.0] * len(items), color=LINE, height=0.55, alpha=0.35)
        axes.barh(places, [item.facility or 0.0 for item in items], color=FIRST, height=0.55)
        for place, item in zip(places, items, strict=True):
            share = item.facility or 0.0
            axes.text(1.01, place, words.number(round(share, 2)), va="center", color=SOFT)
        axes.set_yticks(places, [item.name for item in items])
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.set_xlabel(words.say("class.facility_axis"))
        axes.tick_params(axis="y", length=0, labelcolor=INK)
        axes.spines["left"].set_visible(False)

    height = 0.7 + 0.26 * len(items)
    says = words.say("class.functions_plot")
    return draw(paint, width=9, height=height, name="functions", says=says)


def _tests(items: tuple[Item, ...], words: Catalogue) -> str:
    placed = [
        (item.facility, item.discrimination, suspect(item))
        for item in items
        if item.facility is not None and item.discrimination is not None
    ]

    def paint(figure: Any) -> None:
        axes = figure.add_subplot()
        for weak, colour, sign in ((False, FIRST, "o"), (True, SECOND, "D")):
            points = [(x, y) for x, y, is_weak in placed if is_weak is weak]
            axes.plot(
                [x for x, _ in points],
                [y for _, y in points],
                sign,
                color=colour,
                alpha=0.75,
                markersize=5,
            )
        axes.axhline(WEAK, color=SOFT, linewidth=1, linestyle="--")
        axes.set_xlim(-0.02, 1.02)
        axes.set_ylim(min([-0.1, *(y for _, y, _ in placed)]) - 0.05, 1.05)
        axes.set_xlabel(words.say("class.facility_axis"))
        axes.set_ylabel(words.say("class.discrimination_axis"))
        axes.grid(color=LINE, linewidth=0.5)
        axes.set_axisbelow(True)

    says = words.say("class.tests_plot")
    return draw(paint, width=9, height=3.2, name="tests", says=says)
