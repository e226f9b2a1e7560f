"""How far a validation is, and the table that it ends with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from grader.authoring.validation import FunctionNumbers, Timed, Validation
from grader.cli.counted import counted

#: Heading, side, and whether a narrow terminal does without: what is wrong there is told below the table anyway.
_COLUMNS = (
    ("function", "left", False),
    ("pts", "right", False),
    ("tests", "right", False),
    ("mistakes", "right", False),
    ("right", "right", False),
    ("mutants", "right", False),
    ("equal", "right", False),
    ("float32", "left", True),
    ("order", "right", True),
    ("margin", "right", False),
    ("s", "right", True),
)
_WIDE = 100


@contextmanager
def following(console: Console, name: str) -> Iterator[Callable[[int, int], None]]:
    """A line that grows while an assignment is tried; it shows in a terminal only and disappears at the end."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task(name, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def print_validation(console: Console, timed: Timed) -> None:
    """One assignment: a table by function, what is wrong, and a line that sums up."""
    validation = timed.validation
    table = Table(
        title=Text(validation.assignment, "bold"),
        title_justify="left",
        box=None,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="dim",
    )
    wide = console.width >= _WIDE
    shown = [place for place, column in enumerate(_COLUMNS) if wide or not column[2]]
    for place in shown:
        heading, side, _ = _COLUMNS[place]
        table.add_column(heading, justify="right" if side == "right" else "left", no_wrap=True)
    for row in validation.functions:
        cells = _cells(row, timed.spent.get(row.name, 0.0))
        table.add_row(*(cells[place] for place in shown))
    console.print(table)
    _print_problems(console, validation)
    console.print(_summary(timed), soft_wrap=True, highlight=False)


def _cells(row: FunctionNumbers, spent: float) -> list[Text]:
    none = Text("–", "dim")

    def share(good: int, all_of: int, wanted: int) -> Text:
        return Text(f"{good}/{all_of}", "" if good == all_of >= wanted else "bold red")

    apart = {True: Text("apart", "green"), False: Text("not apart", "bold red"), None: none}
    return [
        Text(row.name),
        Text(f"{row.points:g}"),
        Text(str(row.tests)),
        share(row.caught, row.mistakes, 1),
        share(row.right, row.alternatives, 2),
        Text(f"{row.killed}/{row.mutants - row.equivalent}", "bold red" if row.survived else ""),
        Text(str(row.equivalent)) if row.equivalent else none,
        apart[row.told_apart],
        none if row.order is None else Text(_power(row.order)),
        none if row.margin is None else Text(f"×{_power(row.margin)}"),
        Text(f"{spent:.1f}", "dim"),
    ]


def _power(number: float) -> str:
    return f"{number:.0e}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e")


def _print_problems(console: Console, validation: Validation) -> None:
    """What is wrong, by function; surviving mutants as the change that nobody noticed."""
    before: str | None = ""
    for problem in validation.problems:
        if problem.kind == "mutant":
            continue
        if problem.function != before:
            console.print(Text(f"\n{problem.function or validation.assignment}", "bold"))
        before = problem.function
        line = Text.assemble(("  ✗ ", "red"), (f"{problem.kind}: ", "red"), problem.message)
        console.print(line, soft_wrap=True)
    if validation.survivors:
        console.print(Text("\nMutants that no test catches", "bold"))
    for survivor in validation.survivors:
        place = f"{survivor.function}, line {survivor.line} of the reference"
        console.print(Text(f"  {place}", "dim"), soft_wrap=True)
        console.print(Text(f"    - {survivor.before}", "red"), soft_wrap=True)
        console.print(Text(f"    + {survivor.after}", "green"), soft_wrap=True)


def _summary(timed: Timed) -> Text:
    validation = timed.validation
    rows = validation.functions
    killed, equivalent = sum(row.killed for row in rows), sum(row.equivalent for row in rows)
    wanted = sum(row.mutants for row in rows) - equivalent
    share = f" ({100 * killed / wanted:.1f} %)" if wanted else ""
    parts = [
        f"{sum(row.caught for row in rows)} of {sum(row.mistakes for row in rows)} mistakes caught",
        f"{sum(row.right for row in rows)} of {sum(row.alternatives for row in rows)} alternatives right",
        f"{killed} of {wanted} mutants caught{share}",
        f"{equivalent} equivalent",
        f"the same under {validation.seeds} other seeds"
        if not any(problem.kind == "seeds" for problem in validation.problems)
        else "not the same under other seeds",
        f"{timed.seconds:.0f} s",
    ]
    text = "\n" + ", ".join(parts) + ": "
    count = len(validation.problems)
    if not count:
        return Text.assemble(text, ("ready for students", "bold green"), "\n")
    return Text.assemble(text, (counted(count, "problem"), "bold red"), "\n")
