"""Proves an assignment fair before students see it: right work earns all, wrong work is caught, luck decides nothing.

Everything is graded as an ordinary submission, in workers, by the engine that grades students. Where the whole would
take long a part is enough: mutants meet the tests of their own function and of those that use it until one fails; of
the tests under ten other seeds, mistakes and alternatives meet those of their own function that draw, in a first run
only, while the reference meets them all.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader import grading
from grader.authoring import candidates
from grader.authoring.candidates import Candidate
from grader.authoring.equivalents import as_toml, load_equivalents
from grader.authoring.mutants import Mutant, mutants
from grader.authoring.trials import (
    Answer,
    Failure,
    Inspect,
    Inspected,
    Job,
    Kill,
    Killed,
    Plan,
    Tried,
    Try,
    serve,
)
from grader.authoring.validation import (
    FunctionNumbers,
    Problem,
    Survivor,
    Timed,
    Validation,
    current_digests,
)
from grader.course import Assignment
from grader.executors import Lost, Processes
from grader.mistakes import Alternative, Mistake, load_alternatives, load_mistakes
from grader.models import Verdict
from grader.suite.place import Place, hidden_place, public_place

SEEDS = 10
MIN_ALTERNATIVES = 2
#: Tolerance classes that are narrower than float32 is.
_NARROW = ("T0", "T1")

Watch = Callable[[int, int], None]


def validate(assignment: Assignment, *, jobs: int = 1, watch: Watch | None = None) -> Timed:
    """Validate one assignment; `watch(done, total)` follows the work. Raises CourseError for what cannot be tried."""
    return _Validator(assignment, jobs, watch or (lambda done, total: None)).run()


@dataclass
class _Row:
    """What is known of one function so far."""

    points: float
    tests: int = 0
    mistakes: int = 0
    caught: int = 0
    alternatives: int = 0
    right: int = 0
    mutants: int = 0
    killed: int = 0
    equivalent: int = 0
    told_apart: bool | None = None
    order: float | None = None
    margin: float | None = None
    spent: float = 0.0


@dataclass
class _Validator:
    """One validation in progress."""

    assignment: Assignment
    processes: int
    watch: Watch
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, _Row] = field(default_factory=dict)
    survivors: list[Mutant] = field(default_factory=list)
    reference_cpu: float = 0.0
    tolerances: Mapping[str, str | None] = field(default_factory=dict)

    def run(self) -> Timed:
        start = time.monotonic()
        assignment = self.assignment
        digests = current_digests(assignment)
        place = hidden_place(assignment)
        self.rows = {name: _Row(f.points) for name, f in assignment.functions.items()}
        self.files = candidates.reference(assignment).files
        self.base = grading.derive_seed(None, assignment, "")
        self.mutants = [
            mutant
            for module in assignment.manifest.modules
            for mutant in mutants(self.files[module])
        ]
        work = self._jobs()
        public = self._public_jobs()
        self._total, self._done = len(work) + len(public), 0
        answers = self._answers(place, work, self.processes)
        for answer in answers:
            if isinstance(answer.value, Inspected):
                self._inspected(answer.value)
        for answer in answers:
            self._judge(answer)
        if public:
            for answer in self._answers(public_place(assignment.release_dir), public, 1):
                self._judge_public(answer)
        survivors = self._equivalents()
        self._missing()
        order = {name: place for place, name in enumerate(assignment.functions)}
        validation = Validation(
            assignment=assignment.name,
            digests=digests,
            seeds=SEEDS,
            functions=tuple(self._numbers(name) for name in self.rows),
            problems=tuple(
                sorted(self.problems, key=lambda p: (order.get(p.function or "", -1), p.kind))
            ),
            survivors=survivors,
        )
        return Timed(
            validation=validation,
            seconds=time.monotonic() - start,
            spent={name: row.spent for name, row in self.rows.items()},
            reference_cpu=self.reference_cpu,
        )

    def _jobs(self) -> list[Job]:
        """Everything that is tried on the hidden suite; what takes longest comes first."""
        assignment, files = self.assignment, self.files
        others = tuple(f"{self.base} {number}" for number in range(SEEDS))
        users = candidates.dependents(files, assignment)
        reached = {name: frozenset(functions) for name, functions in users.items()}
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
        for number, mutant in enumerate(self.mutants):
            module = self._module_of(mutant)
            mutated = {**files, module: mutant.source}
            jobs.append(Kill(number, mutated, users.get(mutant.function, ()), self.base))
        return jobs

    def _module_of(self, mutant: Mutant) -> str:
        if len(self.files) == 1 or mutant.function not in self.assignment.functions:
            return next(
                name
                for name in self.assignment.manifest.modules
                if f"def {mutant.function}(".encode() in self.files[name]
            )
        return self.assignment.module_of(mutant.function)

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
                self._blame("lost", None, f"{what} held or ended the grader's own process")
            else:
                answers.append(result)

        plan = Plan(self.assignment, place)
        patience = max(self.assignment.manifest.limits.test * 8, 30.0)
        Processes[Job](serve, plan, count, patience=patience).run(work, emit)
        return answers

    def _blame(self, kind: Any, function: str | None, message: str) -> None:
        problem = Problem(kind=kind, function=function, message=message)
        if problem not in self.problems:
            self.problems.append(problem)

    def _inspected(self, found: Inspected) -> None:
        self.tolerances = found.tolerances
        for function, problem in found.problems:
            self._blame("inputs", function or None, problem)
        for name, count in found.tests.items():
            self.rows[name].tests = count

    def _judge(self, answer: Answer) -> None:
        job, value = answer.job, answer.value
        if isinstance(job, Kill) and isinstance(value, Killed):
            mutant = self.mutants[job.number]
            row = self.rows.get(mutant.function) or self.rows[job.functions[0]]
            row.spent += answer.seconds
            row.mutants += 1
            if value.by is None:
                self.survivors.append(mutant)
            else:
                row.killed += 1
        elif isinstance(job, Try) and isinstance(value, Tried):
            if job.candidate.function is not None:
                self.rows[job.candidate.function].spent += answer.seconds
            for failure in value.failures:
                if failure.verdict is Verdict.FAULT:
                    what = f"with {job.candidate.name}, {_told(failure)}"
                    self._blame("reference", failure.function, what)
            judges: Mapping[str, Callable[[Try, Tried], None]] = {
                "reference": self._judge_reference,
                "stub": self._judge_worthless,
                "trivial": self._judge_worthless,
                "mistake": self._judge_mistake,
                "alternative": self._judge_alternative,
                "single precision": self._judge_single,
                "other order": self._judge_order,
            }
            judges[job.candidate.kind](job, value)

    def _lost(self, value: Tried) -> dict[str, float]:
        """Points lost by function, where any were."""
        return {
            name: self.rows[name].points - earned
            for name, earned in value.points.items()
            if earned < self.rows[name].points
        }

    def _judge_reference(self, job: Try, value: Tried) -> None:
        if job.seed == self.base:
            self.reference_cpu = value.cpu
        for failure in value.failures:
            if job.seed == self.base:
                self._blame("reference", failure.function, f"the reference: {_told(failure)}")
            else:
                what = f"the reference, under another seed: {_told(failure)}"
                self._blame("seeds", failure.function, what)

    def _judge_worthless(self, job: Try, value: Tried) -> None:
        for name, earned in value.points.items():
            if earned:
                what = f"a submission that {_does(job.candidate)} earns {earned:g} points"
                self._blame("worthless", name, what)

    def _judge_mistake(self, job: Try, value: Tried) -> None:
        candidate, lost = job.candidate, self._lost(value)
        assert candidate.function is not None
        row = self.rows[candidate.function]
        row.mistakes += 1
        if candidate.function in lost:
            row.caught += 1
        else:
            self._blame("mistake", candidate.function, f"mistake {candidate.name} loses nothing")
        subtle = all(
            failure.group != "value"
            for failure in value.failures
            if failure.function == candidate.function
        )
        for name in lost:
            # A sibling that fails no value test excuses nobody, so what it gets wrong at the edges counts in its users.
            shared = subtle and candidate.function in self.assignment.uses(name)
            if name != candidate.function and not shared:
                told = _first(value.failures, name)
                what = f"mistake {candidate.name} of {candidate.function} costs points here: {told}"
                self._blame("mistake", name, what)
        if value.ratio is not None and value.ratio > 1:
            row.margin = min(row.margin or value.ratio, value.ratio)
        self._judge_steadiness(job, value)

    def _judge_alternative(self, job: Try, value: Tried) -> None:
        candidate, lost = job.candidate, self._lost(value)
        assert candidate.function is not None
        row = self.rows[candidate.function]
        row.alternatives += 1
        row.right += not lost
        for name in lost:
            what = f"the right alternative {candidate.name} of {candidate.function} loses points here: "
            self._blame("alternative", name, what + _first(value.failures, name))
        self._judge_steadiness(job, value)

    def _judge_steadiness(self, job: Try, value: Tried) -> None:
        for test in value.unsteady:
            what = f"{job.candidate.kind} {job.candidate.name}: {test} ends otherwise under another seed"
            self._blame("seeds", job.candidate.function, what)

    def _judge_single(self, job: Try, value: Tried) -> None:
        name = job.candidate.function
        assert name is not None
        if self.tolerances.get(name) not in _NARROW:
            return
        self.rows[name].told_apart = name in self._lost(value)
        if not self.rows[name].told_apart:
            self._blame("tolerance", name, "results rounded to float32 lose no points")

    def _judge_order(self, job: Try, value: Tried) -> None:
        name = job.candidate.function
        assert name is not None
        self.rows[name].order = value.ratio
        for other in self._lost(value):
            told = _first(value.failures, other)
            self._blame(
                "tolerance", other, f"{name} {job.candidate.name} loses points here: {told}"
            )

    def _judge_public(self, answer: Answer) -> None:
        if isinstance(answer.job, Try) and isinstance(answer.value, Tried):
            for failure in answer.value.failures:
                what = f"{answer.job.candidate.name} fails a public test: {_told(failure)}"
                self._blame("public", failure.function, what)

    def _equivalents(self) -> tuple[Survivor, ...]:
        """Take from the survivors what is listed; tell the others, and what is listed in vain."""
        known = load_equivalents(self.assignment)
        reached = candidates.dependents(self.files, self.assignment)
        left = []
        for mutant in sorted(self.survivors, key=self.mutants.index):
            row = self.rows.get(mutant.function) or self.rows[reached[mutant.function][0]]
            if known.reason(mutant) is not None:
                row.equivalent += 1
                continue
            what = f"no test catches line {mutant.line}: {mutant.before} → {mutant.after}"
            self._blame("mutant", mutant.function, what)
            left.append(
                Survivor(
                    function=mutant.function,
                    line=mutant.line,
                    before=mutant.before,
                    after=mutant.after,
                    entry=as_toml(mutant),
                )
            )
        for entry in known.stale():
            self._blame("stale", None, f"equivalent.toml lists what is caught or gone: {entry}")
        return tuple(left)

    def _missing(self) -> None:
        for name, row in self.rows.items():
            if not row.mistakes:
                self._blame("missing", name, "no mistake is listed")
            if row.alternatives < MIN_ALTERNATIVES:
                what = f"{row.alternatives} alternatives are listed, {MIN_ALTERNATIVES} are wanted"
                self._blame("missing", name, what)

    def _numbers(self, name: str) -> FunctionNumbers:
        row = self.rows[name]
        return FunctionNumbers(
            name=name,
            points=row.points,
            tests=row.tests,
            mistakes=row.mistakes,
            caught=row.caught,
            alternatives=row.alternatives,
            right=row.right,
            mutants=row.mutants,
            killed=row.killed,
            equivalent=row.equivalent,
            told_apart=row.told_apart,
            order=_rounded(row.order),
            margin=_rounded(row.margin),
        )


def _rounded(number: float | None) -> float | None:
    """Two digits, which other machines repeat."""
    return None if number is None else float(f"{number:.1e}")


def _does(candidate: Candidate) -> str:
    return "is the stub" if candidate.kind == "stub" else candidate.name


def _told(failure: Failure) -> str:
    name = failure.test.partition("::")[2]
    message = failure.message.partition("\n")[0]
    return (
        f"{name} is {failure.verdict.value}: {message}"
        if message
        else f"{name} is {failure.verdict.value}"
    )


def _first(failures: Iterable[Failure], function: str) -> str:
    """The first failure of a function that costs points."""
    for failure in failures:
        if failure.function == function and failure.consequential_of is None:
            return _told(failure)
    return "points of a whole group"
