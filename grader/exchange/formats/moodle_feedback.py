"""A zip of pages for Moodle's "Upload multiple feedback files in a zip", addressed by the grading worksheet."""

import io
import re
import zipfile

from grader.exchange.cells import clean
from grader.exchange.export import Export, Format, Into, Request, new_scores, only_sheet
from grader.exchange.formats.moodle import identifiers, ids
from grader.exchange.grades import Grades
from grader.exchange.shown import viewer
from grader.feedback.html import html

#: The same bytes from the same grades; zip files know no earlier time.
_TIME = (1980, 1, 1, 0, 0, 0)
_UNSAFE = re.compile(r"[\\/:*?\"<>|_\n\t]+")


def make(grades: Grades, request: Request) -> Export:
    """The zip: for each participant with a score a folder that Moodle knows, with one page in it."""
    sheet = only_sheet(grades, FORMAT.name)
    see = viewer(grades, sheet, request.phase)
    table = request.table()
    identifier = identifiers(table)
    full_name = table.column("Full name")
    out = io.BytesIO()
    told = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in range(1, len(table.rows)):
            known = ids(table, row, identifier)
            student = grades.student(*filter(None, known))
            result = sheet.results.get(student) if student is not None else None
            if student is None or result is None or result.score is None or len(known) < 2:
                continue
            shown = see(result)
            if shown is None:
                continue
            folder = folder_name(table.cell(row, full_name) or "Participant", known[1])
            info = zipfile.ZipInfo(f"{folder}/feedback.html", _TIME)
            info.external_attr = 0o600 << 16
            archive.writestr(info, html(shown), zipfile.ZIP_DEFLATED, 1)
            told.add(student)
    changes = [change for change in new_scores(grades, request) if change.student in told]
    return Export({FORMAT.file: out.getvalue()}, changes)


def folder_name(name: str, participant: str) -> str:
    """The folder in which Moodle looks for a participant's feedback files."""
    # Moodle takes the name apart at underscores, and ignores what begins with a dot or a tilde.
    plain = " ".join(_UNSAFE.sub(" ", clean(name, 100)).split()).lstrip(".~ ") or "Participant"
    return f"{plain}_{participant}_assignfeedback_file_"


FORMAT = Format(
    "moodle-feedback",
    "A zip of feedback pages for Moodle.",
    "moodle-feedback.zip",
    make,
    Into.READS,
)
