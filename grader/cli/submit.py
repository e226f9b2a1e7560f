"""`grader submit` and `grader receipt verify`: work is handed in, and that it was can be shown."""

from pathlib import Path
from typing import Annotated

import typer

receipt = typer.Typer(name="receipt", help="Receipts of what was handed in.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command()(submit)
    app.add_typer(receipt)


def submit(
    folder: Annotated[Path, typer.Argument(help="The assignment's folder.")] = Path(),
    to: Annotated[
        Path | None, typer.Option(help="The course's inbox; default: GRADER_INBOX.")
    ] = None,
    student: Annotated[
        str | None, typer.Option("--as", help="Who you are; default: your user name.")
    ] = None,
) -> int:
    """Hand in the modules and notebooks of an assignment's folder, and keep a receipt.

    Example: grader submit --to inbox/
    """
    from grader.exchange.handing_in import submit as hand_in
    from grader.exchange.handing_in import unreadable
    from grader.selfcheck import split_arguments
    from grader.suite.place import public_place

    place, _ = split_arguments([str(folder)])
    done, file = hand_in(place, public_place(place).assignment, to, student)
    for name in done.files:
        print(f"  {name}")
    print(f"{done.assignment} of {done.student} is handed in at {done.at:%Y-%m-%d %H:%M:%S} UTC")
    print(f"Receipt: {file}")
    for problem in unreadable(place):
        print(f"note: {problem}; so nothing in it can be graded: mend it, and hand in again")
    return 0


@receipt.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A receipt.")],
    inbox: Annotated[Path, typer.Option("--inbox", help="The course's inbox.")],
) -> int:
    """Hold a receipt against what the inbox holds. Exit code 0 when it is true, 1 when not.

    Example: grader receipt verify receipt-20300501-180000.json --inbox inbox/
    """
    from grader.exchange.handing_in import read_receipt
    from grader.exchange.handing_in import verify as hold_against
    from grader.feedback.escape import one_line

    shown = read_receipt(file)
    objections, notes = hold_against(shown, inbox)
    for objection in objections:
        print(f"not true: {one_line(objection, 200)}")
    for note in notes:
        print(f"note: {note}")
    if not objections:
        print(
            f"true: {one_line(shown.student)} handed in {one_line(shown.assignment)}"
            f" at {shown.at:%Y-%m-%d %H:%M:%S} UTC"
        )
    return 1 if objections else 0
