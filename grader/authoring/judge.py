"""Judges what became of everything that was tried, and keeps the numbers of each function."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.authoring.candidates import Candidate
from grader.authoring.equivalents import Equivalents, as_toml
from grader.authoring.jobs import Answer, Failure, Inspected, Kill, Killed, Tried, Try
from grader.authoring.mutants import Mutant
from grader.authoring.validation import FunctionNumbers, Problem, ProblemKind, Survivor
from grader.course import Assignment
from grader.models import Verdict

MIN_ALTERNATIVES = 2
#: Tolerance classes that are narrower than float32 is.
_NARROW = ("T0", "T1")
_ENDED = {
    Verdict.FAILED: "fails",
    Verdict.RAISED: "stops with an error",
    Verdict.TIMEOUT: "takes too long",
    Verdict.KILLED: "loses its process",
    Verdict.REFUSED: "gets no answer that can be read",
    Verdict.BLOCKED: "does not run",
    Verdict.FAULT: "cannot be judged",
}


@dataclass
class Row:
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


class Judge:
    """One validation's findings so far."""

    def __init__(
        self,
        assignment: Assignment,
        base: str,
        mutants: Sequence[Mutant],
        users: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.assignment = assignment
        #: The seed under which points are counted.
        self.base = base
        self.mutants = mutants
        #: The graded functions that each function of the reference may change.
        self.users = users
        self.problems: list[Problem] = []
        self.rows = {name: Row(f.points) for name, f in assignment.functions.items()}
        self.survivors: list[Mutant] = []
        self.reference_cpu = 0.0
        self.tolerances: Mapping[str, str | None] = {}
        #: The tests that the reference itself does not pass.
        self.hopeless: set[str] = set()

    def blame(self, kind: ProblemKind, function: str | None, message: str) -> None:
        """Tell something once."""
        problem = Problem(kind=kind, function=function, message=message)
        if problem not in self.problems:
            self.problems.append(problem)

    def inspected(self, found: Inspected) -> None:
        """Take in what the suite itself is; before anything else is judged."""
        self.tolerances = found.tolerances
        for function, problem in found.problems:
            self.blame("inputs", function or None, problem)
        for name, count in found.tests.items():
            self.rows[name].tests = count

    def all_hidden(self, answers: Sequence[Answer]) -> None:
        """Judge everything that was tried on the hidden suite, beginning with what the reference fails."""
        for answer in answers:
            if isinstance(answer.job, Try) and isinstance(answer.value, Tried):
                job = answer.job
                if job.candidate.kind == "reference" and job.seed == self.base:
                    self.hopeless |= {failure.test for failure in answer.value.failures}
        for answer in answers:
            self.hidden(answer)

    def hidden(self, answer: Answer) -> None:
        """Judge what was tried on the hidden suite."""
        job, value = answer.job, answer.value
        if isinstance(job, Kill) and isinstance(value, Killed):
            mutant = self.mutants[job.number]
            row = self._row(mutant)
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
                # What the reference itself does not pass is told of the reference, and not of everyone.
                if failure.verdict is Verdict.FAULT and failure.test not in self.hopeless:
                    what = f"with {_whose(job.candidate)}, {_told(failure)}"
                    self.blame("reference", failure.function, what)
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
            self._judge_flaky(value)

    def _judge_flaky(self, value: Tried) -> None:
        for test, function in value.flaky.items():
            what = f"{test} fails right work and then passes it: all that it draws must come from `rng`"
            self.blame("seeds", function, what)

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
                self.blame("reference", failure.function, f"the reference: {_told(failure)}")
            elif failure.test not in self.hopeless:
                what = f"the reference, under another seed: {_told(failure)}"
                self.blame("seeds", failure.function, what)

    def _judge_worthless(self, job: Try, value: Tried) -> None:
        for name, earned in value.points.items():
            if earned:
                unit = "point" if earned == 1 else "points"
                what = f"a submission that {_does(job.candidate)} earns {earned:g} {unit}"
                self.blame("worthless", name, what)

    def _judge_mistake(self, job: Try, value: Tried) -> None:
        candidate, lost = job.candidate, self._lost(value)
        assert candidate.function is not None
        row = self.rows[candidate.function]
        row.mistakes += 1
        if candidate.function in lost:
            row.caught += 1
        else:
            self.blame("mistake", candidate.function, f"mistake {candidate.name} loses nothing")
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
                self.blame("mistake", name, what)
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
            self.blame("alternative", name, what + _first(value.failures, name))
        self._judge_steadiness(job, value)

    def _judge_steadiness(self, job: Try, value: Tried) -> None:
        for test in value.unsteady:
            what = f"{job.candidate.kind} {job.candidate.name}: {test} ends otherwise under another seed"
            self.blame("seeds", job.candidate.function, what)

    def _judge_single(self, job: Try, value: Tried) -> None:
        name = job.candidate.function
        assert name is not None
        if self.tolerances.get(name) not in _NARROW:
            return
        self.rows[name].told_apart = name in self._lost(value)
        if not self.rows[name].told_apart:
            self.blame("tolerance", name, "results rounded to float32 lose no points")

    def _judge_order(self, job: Try, value: Tried) -> None:
        name = job.candidate.function
        assert name is not None
        self.rows[name].order = value.ratio
        for other in self._lost(value):
            told = _first(value.failures, other)
            self.blame("tolerance", other, f"{name} {job.candidate.name} loses points here: {told}")

    def public(self, answer: Answer) -> None:
        """Judge what was tried on the public suite."""
        if isinstance(answer.job, Try) and isinstance(answer.value, Tried):
            for failure in answer.value.failures:
                what = f"{answer.job.candidate.name} fails a public test: {_told(failure)}"
                self.blame("public", failure.function, what)

    def explained(self, known: Equivalents) -> tuple[Survivor, ...]:
        """Take from the survivors what is listed; tell the others, and what is listed in vain."""
        left = []
        for mutant in sorted(self.survivors, key=self.mutants.index):
            row = self._row(mutant)
            if known.reason(mutant) is not None:
                row.equivalent += 1
                continue
            what = f"no test catches line {mutant.line}: {mutant.before} → {mutant.after}"
            self.blame("mutant", mutant.function, what)
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
            self.blame("stale", None, f"equivalent.toml lists what is caught or gone: {entry}")
        return tuple(left)

    def told(self) -> tuple[Problem, ...]:
        """Every problem, in the order of the functions."""
        order = {name: place for place, name in enumerate(self.assignment.functions)}
        return tuple(
            sorted(
                self.problems,
                key=lambda problem: (
                    order.get(problem.function or "", -1),
                    problem.kind,
                    problem.message,
                ),
            )
        )

    def _row(self, mutant: Mutant) -> Row:
        """Where a mutant counts: of a helper, the first function that uses it."""
        return self.rows[self.users[mutant.function][0]]

    def missing(self) -> None:
        """Tell what is not there to be tried."""
        for name, row in self.rows.items():
            if not row.mistakes:
                self.blame("missing", name, "no mistake is listed")
            if row.alternatives < MIN_ALTERNATIVES:
                what = f"{row.alternatives} alternatives are listed, {MIN_ALTERNATIVES} are wanted"
                self.blame("missing", name, what)

    def numbers(self, name: str) -> FunctionNumbers:
        """What is known of one function."""
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


def _whose(candidate: Candidate) -> str:
    if candidate.kind in ("stub", "trivial"):
        return f"a submission that {_does(candidate)}"
    return candidate.name


def _told(failure: Failure) -> str:
    name = failure.test.partition("::")[2]
    message = failure.message.partition("\n")[0]
    ended = f"{name} {_ENDED[failure.verdict]}"
    return f"{ended}: {message}" if message else ended


def _first(failures: Iterable[Failure], function: str) -> str:
    """The first failure of a function that costs points."""
    for failure in failures:
        if failure.function == function and failure.consequential_of is None:
            return _told(failure)
    return "points of a whole group"
