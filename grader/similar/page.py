"""The page of pairs, for staff: complete in itself, without scripts, whatever the submissions hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.course import Assignment
from grader.feedback.catalogue import catalogue
from grader.feedback.files import write_private
from grader.feedback.html import environment
from grader.similar.alike import Pair, pairs
from grader.similar.documents import code_of, document, grouped
from grader.similar.sides import sides
from grader.suite.reference import sources

#: Pairs that the page shows side by side.
MOST: Final = 60
#: Colours of passages that stand beside each other.
HUES: Final = 6


@dataclass(frozen=True)
class Found:
    """The pairs that are worth a look, out of how many submissions."""

    count: int
    pairs: tuple[Pair, ...]


def find(assignment: Assignment, submissions: Iterable[tuple[str, dict[str, bytes]]]) -> Found:
    """Compare submissions, each a student's name and files. Raises MissingExtraError, CourseError without the stubs."""
    texts = [(student, code_of(files)) for student, files in submissions]
    known = sources(assignment.release_dir)
    notebook = assignment.release_dir / f"{assignment.name}.ipynb"
    if notebook.is_file():
        known[notebook.name] = notebook.read_bytes()
    return Found(len(texts), tuple(pairs(grouped(texts), document(code_of(known)))))


def html(assignment: Assignment, found: Found, language: str) -> str:
    """The page. Raises MissingExtraError where Jinja2 is not installed."""
    words = catalogue(language)
    page: str = (
        environment()
        .get_template("similar.html.j2")
        .render(
            title=assignment.manifest.title,
            language=language,
            t=words.say,
            number=words.number,
            count=found.count,
            total=len(found.pairs),
            shown=[sides(pair) for pair in found.pairs[:MOST]],
            hues=HUES,
        )
    )
    return page


def write_page(assignment: Assignment, found: Found, language: str, file: Path) -> None:
    """Write the page, readable by its owner alone. Raises StoreError, MissingExtraError."""
    write_private(file, html(assignment, found, language))
