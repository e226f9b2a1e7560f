"""What people said to students of their work."""

from collections.abc import Mapping

from sqlalchemy import Connection

from grader.gradebook.decisions import Comment, history
from grader.gradebook.ledger import Ledger


def comments(
    connection: Connection, ledger: Ledger, assignment: str, attempts: Mapping[str, int | None]
) -> dict[tuple[str, str], str]:
    """Comments by student and item, which is empty for the work as a whole; `attempts` tells whose work is meant.

    Those on a team's work are for each of its members.
    """
    by_work: dict[str, dict[str, str]] = {}
    for each in history(connection, [Comment], assignment):
        by_work.setdefault(each.student, {})[each.body.item] = each.body.text
    found = {(student, ""): said[""] for student, said in by_work.items() if said.get("")}
    for student, attempt in attempts.items() if by_work else ():
        row = ledger.handed_in(student, assignment, attempt)
        said = by_work.get(student if row is None else row.student, {})
        for item, text in said.items():
            if text:
                found.setdefault((student, item), text)
    return found
