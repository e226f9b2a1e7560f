"""One page for one student: complete in itself, without scripts, and the same to every reader's machine."""

import itertools
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from grader.errors import MissingExtraError
from grader.feedback.catalogue import Catalogue, catalogue
from grader.feedback.escape import safe
from grader.feedback.pictures import describe, picture
from grader.feedback.view import FunctionRow, View
from grader.models import GROUPS, Picture
from grader.readers import Audience

#: Longer texts are cut; 64 KiB of printed numbers help nobody.
LONGEST = 4000
#: Signs beside the words for a state, so that it never depends on colour.
SIGNS = {
    "right": "✓",
    "partly": "◐",
    "wrong": "✗",
    "blocked": "○",
    "excused": "↷",
    "unknown": "·",
    "review": "!",
}


def html(view: View) -> str:
    """The page. Raises MissingExtraError where Jinja2 is not installed."""
    words = catalogue(view.language)
    passed = {
        (row.name, one.group): f"{one.passed}/{one.total}"
        for row in view.functions
        for one in row.groups
    }
    groups = [group for group in GROUPS if any(group == one for _, one in passed)]
    drawn = itertools.count(1)

    def draw(data: Picture) -> Any:
        # The writer of pictures escapes its own labels.
        from markupsafe import Markup

        return Markup(picture(data, f"picture-{next(drawn)}", words))  # noqa: S704  # as said above

    def function(row: FunctionRow) -> Any:
        tests = tuple(passed.get((row.name, group)) for group in groups)
        points = row.points, row.max_points
        return _function(
            view.language, row.name, row.anchors[:1], row.state, row.note, tests, *points
        )

    page: str = (
        environment()
        .get_template("student.html.j2")
        .render(
            view=view,
            t=words.say,
            number=words.number,
            signs=SIGNS,
            groups=groups,
            function=function,
            titles={message.anchor: message.what.text for message in view.messages},
            preview=_preview(view, words),
            draw=draw,
            describe=lambda data: describe(data, words),
            share=lambda score, top: 100 * score / top if top else 0.0,
        )
    )
    return page


# A class has the same few results of each function.
@lru_cache(4096)
def _function(language: str, *row: object) -> Any:
    """A function's row of the table."""
    from markupsafe import Markup

    names = ("name", "anchors", "state", "note", "tests", "points", "max_points")
    words = catalogue(language)
    facts = dict(zip(names, row, strict=True))
    template = environment().get_template("function.html.j2")
    return Markup(  # noqa: S704  # the template escapes
        template.render(facts, t=words.say, number=words.number, signs=SIGNS)
    )


def _preview(view: View, words: Catalogue) -> str:
    """Who sees this, for readers who could take it for what students see."""
    if view.audience is Audience.STUDENT:
        return ""
    audience, phase = words.say(f"audience.{view.audience}"), words.say(f"phase.{view.phase}")
    return words.say("page.preview", audience=audience, phase=phase)


@cache
def environment() -> Any:
    """Templates in which everything is escaped, and made visible where it would be unseen."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from markupsafe import Markup, escape
    except ImportError as error:
        raise MissingExtraError("staff", "feedback as HTML") from error

    def seen(value: Any) -> Any:
        return (
            safe(value, LONGEST)
            if isinstance(value, str) and not isinstance(value, Markup)
            else value
        )

    # The pages of a class say the same few things of every student.
    @lru_cache(4096)
    def prose(text: str) -> Markup:
        """Text in which what stands between backticks is code."""
        pieces = [escape(piece) for piece in safe(text, LONGEST).split("`")]
        if len(pieces) % 2 == 0:
            return Markup("`").join(pieces)
        return Markup("").join(
            Markup("<code>{}</code>").format(piece) if number % 2 else piece
            for number, piece in enumerate(pieces)
        )

    def breakable(name: str) -> Markup:
        """A name that may go on in the next line after each underscore."""
        return Markup("_<wbr>").join(safe(name, LONGEST).split("_"))

    templates = resources.files("grader.feedback") / "templates"
    made = Environment(
        loader=FileSystemLoader(str(templates)),
        autoescape=True,
        finalize=seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["prose"] = prose
    made.filters["breakable"] = breakable
    made.filters["shortened"] = lambda text: safe(text, LONGEST)
    made.globals["style"] = Markup((templates / "style.css").read_text("utf-8"))  # noqa: S704  # ours
    return made
