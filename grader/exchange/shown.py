"""What a student may see of a result, for formats that show it to students."""

from collections.abc import Callable

from grader.errors import UsageError
from grader.exchange.grades import Grades, Result, Sheet
from grader.feedback.catalogue import catalogue
from grader.feedback.compose import About, Reading, view
from grader.feedback.view import View
from grader.readers import Audience, Phase


def viewer(grades: Grades, sheet: Sheet, phase: Phase) -> Callable[[Result], View | None]:
    """Tells what a student sees of a result by the assignment's policy. Raises UsageError where there is none."""
    if sheet.source is None:
        raise UsageError(f"course.toml lists no {sheet.assignment}: nothing says what students see")
    manifest = sheet.source.manifest
    about = About(
        sheet.assignment, manifest.title, tuple(sheet.source.functions), parts=manifest.parts
    )
    reading = Reading(Audience.STUDENT, phase, manifest.feedback)
    words = catalogue(grades.language)

    def shown(result: Result) -> View | None:
        return None if result.report is None else view(result.report, about, reading, words)

    return shown


def summary(view: View) -> str:
    """The causes in a view, a line each."""
    lines = [" ".join(message.what.text.replace("`", "").split()) for message in view.messages]
    return "\n".join(lines or [notice.text for notice in view.notices])
