"""What came of the corpus on this machine: tried, compared with a plain grader, told."""

import json
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.feedback.escape import safe
from grader.redteam.corpus import FAMILIES, Attempt
from grader.redteam.outside import adopt_orphans, traces
from grader.redteam.plain import against_plain
from grader.redteam.survey import Trial, survey, tallies


@dataclass(frozen=True)
class Outcome:
    """Every trial, what was left behind, and how a plain grader did on the harmless ones."""

    trials: tuple[Trial, ...]
    left_behind: tuple[str, ...]
    plain: dict[str, bool]

    @property
    def held(self) -> bool:
        """Whether every attack was withstood and nothing was left behind."""
        return all(trial.held for trial in self.trials) and not self.left_behind

    @property
    def isolation(self) -> str:
        """The level of confinement that was in force."""
        return " and ".join(sorted({trial.isolation for trial in self.trials}))

    def as_json(self) -> str:
        """Everything, for a program."""
        attempts = [
            {
                "attempt": trial.attempt.name,
                "technique": trial.attempt.technique,
                "ended": trial.verdicts,
                "held": trial.held,
                "complaints": trial.complaints,
                "plain": self.plain.get(trial.attempt.name),
            }
            for trial in sorted(self.trials, key=lambda trial: trial.attempt.name)
        ]
        families = {
            tally.family: {"survived": tally.survived, "total": tally.total}
            for tally in tallies(self.trials)
        }
        about = {
            "isolation": self.isolation,
            "kernel": platform.release(),
            "machine": platform.machine(),
            "python": platform.python_version(),
        }
        whole = {
            **about,
            "held": self.held,
            "families": families,
            "left_behind": self.left_behind,
            "attempts": attempts,
        }
        return json.dumps(whole, indent=1) + "\n"


def try_all(
    attempts: Sequence[Attempt],
    *,
    jobs: int,
    abi_cap: int | None,
    plain: bool,
    announce: Callable[[], None],
) -> Outcome:
    """Try attempts; `announce` is called after each. This process becomes the parent of whatever they orphan."""
    adopt_orphans()
    before = traces()
    trials = []
    for trial in survey(attempts, jobs=jobs, abi_cap=abi_cap):
        trials.append(trial)
        announce()
    left_behind = tuple(sorted(traces() - before))
    compared = against_plain(attempts) if plain else ()
    return Outcome(tuple(trials), left_behind, {attempt.name: held for attempt, held in compared})


def print_outcome(console: Console, outcome: Outcome) -> None:
    """Survived and total for each family, then what did not hold and why."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    table.add_column("family")
    table.add_column("survived", justify="right")
    if outcome.plain:
        table.add_column("plain pytest", justify="right")
    counts = tallies(outcome.trials)
    for tally in counts:
        table.add_row(
            tally.family, f"{tally.survived}/{tally.total}", _plain(outcome, (tally.family,))
        )
    survived, total = sum(t.survived for t in counts), sum(t.total for t in counts)
    table.add_row(
        Text("all", "bold"), Text(f"{survived}/{total}", "bold"), _plain(outcome, FAMILIES)
    )
    console.print(table)
    if outcome.plain:
        console.print(
            "\nplain pytest: of those that are harmless without a sandbox; "
            "survived means that no test passed.",
            highlight=False,
        )
    for trial in outcome.trials:
        for complaint in trial.complaints:
            console.print(
                Text(f"\n{trial.attempt.name}: {safe(complaint, 1000)}", "red"), soft_wrap=True
            )
    for thing in outcome.left_behind:
        console.print(Text(f"\nleft behind: {safe(thing)}", "red"), soft_wrap=True)
    console.print(f"\nlevel of confinement: {outcome.isolation}", highlight=False)


def _plain(outcome: Outcome, families: Sequence[str]) -> str:
    tried = [held for name, held in outcome.plain.items() if name.split("/")[0] in families]
    return f"{sum(tried)}/{len(tried)}" if tried else ""
