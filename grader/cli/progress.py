"""How far a batch is: a live line in a terminal, plain lines elsewhere, and the table at the end."""

import time
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from grader.cli.counted import counted
from grader.feedback.escape import one_line
from grader.feedback.terminal import print_batch
from grader.models import Graded
from grader.orders import Batch

#: Rows that are printed in full; of a larger batch, those that a person must look at.
MAX_ROWS = 60
#: Seconds between two lines where the output is no terminal.
_PLAIN_PAUSE = 5.0


class Progress:
    """Counts finished submissions; `start` and `advance` are called by the batch."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.total = self.done = 0
        self._begun = self._told = time.monotonic()
        self._live: Live | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        if self._live is not None:
            self._live.stop()

    def start(self, total: int, ignored: tuple[str, ...]) -> None:
        """The batch knows how many submissions there are."""
        self.total = total
        self._begun = self._told = time.monotonic()
        for name in ignored[:10]:
            self._console.print(Text(f"ignored: {one_line(name)}", "yellow"), soft_wrap=True)
        if len(ignored) > 10:
            self._console.print(Text(f"ignored: {len(ignored) - 10} more", "yellow"))
        if self._console.is_terminal:
            self._live = Live(
                self._line(), console=self._console, transient=True, refresh_per_second=8
            )
            self._live.start()
        else:
            self._console.print(
                f"grading {counted(total, 'submission')}", soft_wrap=True, highlight=False
            )

    def advance(self, graded: Graded) -> None:
        """One submission is finished."""
        self.done += 1
        if self._live is not None:
            self._live.update(self._line())
        elif time.monotonic() - self._told >= _PLAIN_PAUSE and self.done < self.total:
            self._told = time.monotonic()
            self._console.print(
                f"{self.done}/{self.total}{self._pace()}", soft_wrap=True, highlight=False
            )

    def _pace(self) -> str:
        elapsed = time.monotonic() - self._begun
        if not self.done or elapsed < 1:
            return ""
        rate = self.done / elapsed
        left = (self.total - self.done) / rate
        return f", {rate:.1f} a second, {_clock(left)} left"

    def _line(self) -> Table:
        grid = Table.grid(padding=(0, 1))
        bar = ProgressBar(total=self.total or 1, completed=self.done, width=30)
        grid.add_row(bar, f"{self.done}/{self.total}{self._pace()}")
        return grid

    def finish(self, console: Console, batch: Batch, json: Path | None) -> None:
        """Print the table and what came of the whole."""
        rows = sorted(batch.rows)
        if len(rows) > MAX_ROWS:
            rows = [row for row in rows if row[1] != "graded"]
        if rows:
            print_batch(console, rows)
        elapsed = max(time.monotonic() - self._begun, 1e-9)
        counts = f"{counted(len(batch.rows), 'submission')}: {batch.graded} graded"
        counts += f", {batch.needs_review} to review" if batch.needs_review else ""
        counts += f", {batch.missing} missing" if batch.missing else ""
        if batch.unchanged:
            how = f"before it was stopped (begun: {batch.begun})" if batch.begun else "unchanged"
            counts += f"; {batch.unchanged} {how}"
        console.print(
            f"\n{counts}; {elapsed:.1f} s, isolation {batch.isolation}",
            soft_wrap=True,
            highlight=False,
            markup=False,
        )
        if json is not None:
            console.print(f"Reports: {json}", soft_wrap=True, highlight=False)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
