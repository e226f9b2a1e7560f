"""What people said to students of their work."""

from collections.abc import Mapping

from sqlalchemy import Connection

from grader.gradebook.decisions import Comment, history
from grader.gradebook.ledger import Ledger


def remarks(
    connection: Connection, ledger: Ledger, assignment: str, attempts: Mapping[str, int | None]
) -> dict[tuple[str, str], str]:
    """Remarks by student and item, which is empty for the work as a whole; `attempts` tells whose work is meant.

    Those on items of a team's work are for each of its members.
    """
    latest = {
        (each.student, each.body.item): each.body.text
        for each in history(connection, [Comment], assignment)
    }
    said = {key: text for key, text in latest.items() if text}
    items = {item for _, item in said if item}
    found = {key: text for key, text in said.items() if not key[1]}
    for student, attempt in attempts.items() if items else ():
        row = ledger.handed_in(student, assignment, attempt)
        whose = student if row is None else row.student
        found |= {(student, item): said[whose, item] for item in items if (whose, item) in said}
    return found
