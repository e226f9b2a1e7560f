"""Proves an assignment fair before students see it: right work earns all, wrong work is caught, luck decides nothing.

Everything is graded as an ordinary submission, in workers, by the engine that grades students. Where the whole would
take long a part is enough: mutants meet the tests of their own function and of those that use it until one fails; of
the tests under ten other seeds, mistakes and alternatives meet those of their own function that draw, in a first run
only, while the reference meets them all.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader import grading
from grader.authoring import candidates
from grader.authoring.equivalents import load_equivalents
from grader.authoring.jobs import Answer, Inspect, Inspected, Job, Kill, Plan, Try
from grader.authoring.judge import Judge
from grader.authoring.mutants import Mutant, mutants
from grader.authoring.trials import serve
from grader.authoring.validation import Timed, Validation, current_digests
from grader.course import Assignment
from grader.executors import Lost, Processes
from grader.mistakes import Alternative, Mistake, load_alternatives, load_mistakes
from grader.suite.place import Place, hidden_place, public_place

SEEDS = 10

Watch = Callable[[int, int], None]


def validate(assignment: Assignment, *, jobs: int = 1, watch: Watch | None = None) -> Timed:
    """Validate one assignment; `watch(done, total)` follows the work. Raises CourseError for what cannot be tried."""
    return _Validator(assignment, jobs, watch or (lambda done, total: None)).run()


@dataclass
class _Validator:
    """One validation in progress."""

    assignment: Assignment
    processes: int
    watch: Watch
    _done: int = field(default=0, init=False)
    _total: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        assignment = self.assignment
        self.files = candidates.reference(assignment).files
        self.users = candidates.dependents(self.files, assignment)
        self.base = grading.derive_seed(None, assignment, "")
        self.mutants: list[tuple[str, Mutant]] = [
            (module, mutant)
            for module in assignment.manifest.modules
            for mutant in mutants(self.files[module])
            # What no graded function calls cannot change a result.
            if self.users[mutant.function]
        ]
        found = [mutant for _, mutant in self.mutants]
        self.judge = Judge(assignment, self.base, found, self.users)

    def run(self) -> Timed:
        """Try everything and judge it."""
        start = time.monotonic()
        assignment, judge = self.assignment, self.judge
        digests = current_digests(assignment)
        # First, so that what cannot be read is told at once.
        known = load_equivalents(assignment)
        work, public = self._jobs(), self._public_jobs()
        self._total = len(work) + len(public)
        answers = self._answers(hidden_place(assignment), work, self.processes)
        for answer in answers:
            if isinstance(answer.value, Inspected):
                judge.inspected(answer.value)
        judge.all_hidden(answers)
        if public:
            for answer in self._answers(public_place(assignment.release_dir), public, 1):
                judge.public(answer)
        survivors = judge.explained(known)
        judge.missing()
        return Timed(
            validation=Validation(
                assignment=assignment.name,
                digests=digests,
                seeds=SEEDS,
                functions=tuple(judge.numbers(name) for name in assignment.functions),
                problems=judge.told(),
                survivors=survivors,
            ),
            seconds=time.monotonic() - start,
            spent={name: row.spent for name, row in judge.rows.items()},
            reference_cpu=judge.reference_cpu,
        )

    def _jobs(self) -> list[Job]:
        """Everything that is tried on the hidden suite; what takes longest comes first."""
        assignment, files = self.assignment, self.files
        others = tuple(f"{self.base} {number}" for number in range(SEEDS))
        reached = {name: frozenset(functions) for name, functions in self.users.items()}
        jobs: list[Job] = [Inspect()]
        whole = candidates.reference(assignment)
        jobs += [Try(whole, seed) for seed in (self.base, *others)]
        jobs += [Try(other, self.base) for other in candidates.worthless(assignment, files)]
        variants: list[Mistake | Alternative] = [
            *load_mistakes(assignment),
            *load_alternatives(assignment),
        ]
        for variant in variants:
            candidate = candidates.of_variant(assignment, files, variant)
            measured = candidate.kind == "mistake"
            name = variant.function
            jobs.append(Try(candidate, self.base, reached[name], others, (name,), measured))
        for name in assignment.functions:
            single = candidates.in_single_precision(assignment, files, name)
            jobs.append(Try(single, self.base, reached[name]))
            backwards = candidates.in_other_order(assignment, files, name)
            if backwards is not None:
                jobs.append(Try(backwards, self.base, reached[name], measured=True))
        for number, (module, mutant) in enumerate(self.mutants):
            mutated = {**files, module: mutant.source}
            jobs.append(Kill(number, mutated, self.users[mutant.function], self.base))
        return jobs

    def _public_jobs(self) -> list[Job]:
        """What full-mark submissions meet of the public suite."""
        if not (self.assignment.release_dir / "public").is_dir():
            return []
        right = [candidates.reference(self.assignment)]
        right += [
            candidates.of_variant(self.assignment, self.files, variant)
            for variant in load_alternatives(self.assignment)
        ]
        return [Try(candidate, self.base) for candidate in right]

    def _answers(self, place: Place, work: Sequence[Job], count: int) -> list[Answer]:
        answers: list[Answer] = []

        def emit(result: Any) -> None:
            self._done += 1
            self.watch(self._done, self._total)
            if isinstance(result, Lost):
                job = result.job
                what = job.candidate.name if isinstance(job, Try) else "the suite"
                self.judge.blame("lost", None, f"{what} held or ended the grader's own process")
            else:
                answers.append(result)

        plan = Plan(self.assignment, place)
        patience = max(self.assignment.manifest.limits.test * 8, 30.0)
        Processes[Job](serve, plan, count, patience=patience).run(work, emit)
        return answers
