"""Keeps who is in the course, and who hands in together."""

from collections.abc import Mapping

from sqlalchemy import Connection

from grader.gradebook.decisions import Decision, Student, Team, decide, standing


def import_students(
    connection: Connection, students: Mapping[str, Student], why: str
) -> tuple[int, int]:
    """Put students on the roster, in a writer's transaction; returns how many are new and how many changed."""
    known = standing(connection, [Student])
    before = {student: decided[0].body for (_, student), decided in known.items()}
    changed = {student: body for student, body in students.items() if before.get(student) != body}
    decide(connection, (Decision(body, why, student=name) for name, body in changed.items()))
    new = sum(student not in before for student in changed)
    return new, len(changed) - new


def import_teams(
    connection: Connection, teams: Mapping[str, Team], assignment: str, why: str
) -> int:
    """Note teams, for one assignment or ("") for all, in a writer's transaction; returns how many are new or other."""
    known = standing(connection, [Team], assignment=assignment)
    before = {team: decided[0].body for (_, team), decided in known.items()}
    changed = {team: body for team, body in teams.items() if before.get(team) != body}
    decide(connection, (Decision(body, why, assignment, team) for team, body in changed.items()))
    return len(changed)
