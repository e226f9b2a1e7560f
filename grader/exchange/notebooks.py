"""Finds the functions of an assignment in a notebook, where the modules of a submission lack them.

Only the text of code cells is kept: whatever a notebook shows as output was written by its author. What of the code is
run, and how, is decided in the worker (`grader.sandbox.notebook`); nothing of it is parsed in this process.
"""

from collections.abc import Mapping

from grader.course import Assignment
from grader.sandbox.notebook import SUFFIX, code_cells, mentions, without_outputs

#: Code alone; more than this nobody writes by hand.
MAX_CODE = 1 << 20


def lacking(assignment: Assignment, files: Mapping[str, bytes]) -> list[str]:
    """The graded names that the modules do not seem to hold, or may hold as an unwritten stub only."""
    return [
        name
        for name in assignment.functions
        if not mentions(name, files.get(assignment.module_of(name), b""))
        or b"NotImplementedError" in files[assignment.module_of(name)]
    ]


def functions_in(
    data: bytes, assignment: Assignment, files: Mapping[str, bytes], notes: list[str]
) -> dict[str, bytes]:
    """The code of a notebook, as files for each module that it completes; a note says what was guessed."""
    try:
        text = "\n".join(code_cells(data)).encode("utf-8", "replace")
        code = without_outputs(data)
    except ValueError as error:
        notes.append(f"its notebook cannot be read: {str(error)[:200]}")
        return {}
    named = [name for name in lacking(assignment, files) if mentions(name, text)]
    if not named:
        if not files:
            notes.append("its notebook defines no function of the assignment")
        return {}
    if len(code) > MAX_CODE:
        notes.append(
            f"the code of its notebook is larger than {MAX_CODE >> 20} MiB and was ignored"
        )
        return {}
    homes = dict.fromkeys(assignment.module_of(name) for name in named)
    for home in homes:
        if home not in files:
            notes.append(f"guessed: there is no {home}.py, its notebook is read in its place")
        else:
            notes.append(f"guessed: its notebook is read for what {home}.py lacks")
    return {f"{home}{SUFFIX}": code for home in homes}
