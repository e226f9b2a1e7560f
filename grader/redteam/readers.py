"""What the readers of a report are told, searched for what an attempt smuggled into it."""

import importlib.util
import io
from collections.abc import Iterator
from itertools import product
from typing import Final

from rich.console import Console

from grader.course import Assignment
from grader.feedback.catalogue import ORIGINAL, catalogue
from grader.feedback.compose import About, Reading, view
from grader.feedback.markdown import markdown
from grader.feedback.report import print_view
from grader.feedback.students import as_json
from grader.feedback.view import View
from grader.models import GradeReport
from grader.readers import Audience, Phase

#: The word that attempts put before what they try to carry out.
SMUGGLED: Final = "smuggled"
#: What steers a terminal or turns text around, and what runs in a page.
_STEERING: Final = ("\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\x00")
_RUNNING: Final = ("<script>alert",)
_HAS_HTML: Final = importlib.util.find_spec("jinja2") is not None


def told(report: GradeReport, assignment: Assignment) -> list[str]:
    """What a reader of this report should not have met."""
    about = About(assignment.name, assignment.manifest.title)
    words = catalogue(ORIGINAL)
    found = set()
    read: list[tuple[bool, View]] = []
    for audience, phase in product(Audience, Phase):
        shown = view(report, about, Reading(audience, phase), words)
        early = audience is Audience.STUDENT and phase is not Phase.AFTER_RELEASE
        # Many readers are shown the same but for who they are, which is no word of the attempt's.
        same = (
            early,
            shown.model_copy(update={"audience": Audience.STAFF, "phase": Phase.BEFORE_DUE}),
        )
        if same in read:
            continue
        read.append(same)
        for form, text in _forms(shown):
            if early and SMUGGLED in text:
                found.add(f"a hidden input is told to the student {phase} ({form})")
            if any(sign in text for sign in (*_STEERING, *(_RUNNING if form == "HTML" else ()))):
                found.add(f"the {form} report steers what shows it")
    return sorted(found)


def _forms(shown: View) -> Iterator[tuple[str, str]]:
    terminal = io.StringIO()
    print_view(Console(file=terminal, width=100, force_terminal=False), shown)
    yield "terminal", terminal.getvalue()
    yield "markdown", markdown(shown)
    yield "JSON", as_json(shown)
    if _HAS_HTML:
        from grader.feedback.html import html

        yield "HTML", html(shown)
