"""A table for Moodle's gradebook import, in which a person says which column is what.

Feedback has a column of its own beside each grade: Moodle loses grades whose feedback is mapped and which are not.
"""

from grader.exchange.export import Export, Format, Request, new_scores
from grader.exchange.grades import Grades
from grader.exchange.tables import Cell, csv_of


def make(grades: Grades, request: Request) -> Export:
    """The table."""
    header: list[Cell] = ["Username", "Email address", "ID number"]
    for sheet in grades.sheets:
        header += [sheet.title, f"{sheet.title} (Feedback)"]
    rows = [header]
    for student in grades.students:
        person = grades.person(student)
        row: list[Cell] = [
            person.ids.get("Username", student),
            person.email,
            person.ids.get("ID number", ""),
        ]
        for sheet in grades.sheets:
            result = sheet.results.get(student)
            row.append(sheet.score(student, request.places))
            row.append(result.remark if result is not None else "")
        rows.append(row)
    return Export({FORMAT.file: csv_of(rows)}, new_scores(grades, request))


FORMAT = Format(
    "moodle-gradebook", "A CSV for Moodle's gradebook import.", "moodle-gradebook.csv", make
)
