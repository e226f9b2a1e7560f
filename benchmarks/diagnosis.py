"""How often diagnosis names what is wrong, stays silent or says something false, and what it costs.

    python benchmarks/diagnosis.py [--assignment NAME ...] [--save] [--show]

Every listed mistake of every assignment is graded as a submission, and its failures are diagnosed twice: as in a batch,
and once more without the list, which shows what the rules find out by themselves. A sentence that is found so is tried
on inputs that diagnosis has not seen; one that does not hold there counts as false. Then 200 functions that return
random arrays are diagnosed, and every other right version, as if it had failed: nothing may be said of either.
`--save` renews docs/diagnosis.md and docs/diagnosis.json, `--show` prints every sentence.
"""

import argparse
import ast
import functools
import hashlib
import io
import json
import statistics
import sys
import time
import tokenize
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np

from grader.course import Course
from grader.diagnose.answers import Answer
from grader.diagnose.bench import SIZES
from grader.diagnose.evidence import Seen
from grader.diagnose.examination import Examination
from grader.diagnose.perform import perform
from grader.diagnose.record import Failure
from grader.diagnose.versions import function_of
from grader.findings import Explainer, failures
from grader.mistakes import load_alternatives, load_mistakes, put_in_place
from grader.models import Submission
from grader.suite.place import hidden_place
from grader.suite.reference import sources
from grader.suite.runner import Runner
from grader.suite.session import with_suite
from grader.suite.workers import make_spawner

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
#: Inputs on which a sentence is tried afterwards.
TRIALS = 12
RANDOM = 200


@dataclass
class Row:
    """One listed mistake."""

    function: str
    id: str
    name: str
    relation: str
    #: Its failing tests, and those of them about which something is said.
    tests: int = 0
    told: int = 0
    #: named, rule (a rule's sentence in place of the name), silent or false.
    outcome: str = "silent"
    sentence: str = ""
    #: The same without the list: rule, silent or false.
    alone: str = "silent"
    sentence_alone: str = ""
    #: CPU milliseconds of diagnosis for each failing test, with the list.
    cpu: float = 0.0


@dataclass
class Result:
    """One assignment."""

    digest: str
    rows: list[Row] = field(default_factory=list)
    random: int = 0
    random_told: int = 0
    right: int = 0
    right_told: int = 0


def digest(name):
    """What a result depends on: the code of diagnosis, and an assignment's domains, mistakes and reference."""
    hidden = ROOT / "tests" / "hidden" / name
    found = hashlib.sha256()
    files = [*(ROOT / "grader" / "diagnose").rglob("*"), *(hidden / "mistakes").glob("*.py")]
    files += [hidden / "domains.py", *(ROOT / "solutions" / name).glob("*.py")]
    for file in sorted(files):
        if file.suffix == ".py":
            found.update(_without_texts(file).encode())
        elif file.name == "en.toml":
            found.update(file.read_bytes())
    return found.hexdigest()[:16]


@functools.cache
def _without_texts(file):
    """Code as it is compared, the same in every version of Python: without comments and docstrings."""
    source = file.read_text("utf-8")
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            line, column = token.start
            lines[line - 1] = lines[line - 1][:column]
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        first = body[0] if isinstance(body, list) and body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            lines[first.lineno - 1 : first.end_lineno] = [""] * (
                first.end_lineno - first.lineno + 1
            )
    return "\n".join(line.rstrip() for line in lines if line.strip())


class Direct:
    """Asks a function of this process in place of a worker's."""

    def __init__(self, function):
        self._function = function

    def answer(self, function, args, errstate=None):
        """What the function does with these arguments."""
        return perform(self._function, args, errstate, watch=True)


def examined(judge, wrong):
    """The causes that are found for a value test that fails because of `wrong`."""
    examination = Examination(judge, Direct(wrong), lambda *_: Answer(lost="timeout"))
    examination.run([Failure("test", judge.bench.function, "value", ())])
    return examination


class Measurement:
    """One assignment's suite, ready to grade and to diagnose."""

    def __init__(self, assignment, suite):
        self.assignment = assignment
        self.suite = suite
        self.spawner = make_spawner(assignment)
        self.limits = assignment.manifest.limits
        self.runner = Runner(suite, self.spawner, self.limits)
        self.reference = sources(assignment.solution_dir)
        self.workers = []
        self.load = self.runner.load
        self.runner.load = self._watched
        self.listed = Explainer(suite, self.runner, self.limits)
        self.alone = Explainer(suite, self.runner, self.limits)
        self.alone.diagnoser.mistakes = ()

    def _watched(self, submission, left):
        loaded = self.load(submission, left)
        self.workers.append(loaded[0])
        return loaded

    def end(self):
        """End every worker."""
        self.listed.close()
        self.alone.close()
        self.runner.close()
        self.spawner.close()

    def run(self, submission, function):
        """Grade with the tests that a function can fail: its own, and those of the functions that use it."""
        uses = self.assignment.functions
        touched = {name for name in uses if name == function or function in uses[name].uses}
        everything = self.suite.tests
        self.suite.tests = [test for test in everything if test.spec.function in touched]
        try:
            return self.runner.run(submission, "benchmark")
        finally:
            self.suite.tests = everything

    def row(self, mistake):
        """What is said of a listed mistake."""
        row = Row(mistake.function, mistake.id, mistake.name, mistake.relation)
        files = put_in_place(self.assignment, self.reference, mistake)
        submission = Submission(mistake.name, files)
        run = self.run(submission, mistake.function)
        failed = [one.test for one in failures(run)]
        own = [one.test for one in failures(run) if one.function == mistake.function]
        self.workers.clear()
        start = time.process_time()
        found = self.listed.explain(submission, run)
        spent = time.process_time() - start + sum(worker.cpu for worker in self.workers)
        row.tests, row.told = len(failed), len(found)
        row.cpu = 1000 * spent / max(len(failed), 1)
        top = next((found[test][0] for test in own if test in found), None)
        if top is not None:
            row.sentence = top.message
            named = top.params.get("mistake")
            row.outcome = "rule" if named is None else "named" if named == mistake.id else "other"
        if row.outcome in ("rule", "other"):
            # Another mistake's name, or a rule: right if what it says is true of this mistake, too.
            row.outcome = "rule" if self.holds(self.listed, mistake, top) else "false"
        found = self.alone.explain(submission, run)
        top = next((found[test][0] for test in own if test in found), None)
        if top is not None:
            row.sentence_alone = top.message
            row.alone = "rule" if self.holds(self.alone, mistake, top) else "false"
        return row

    def holds(self, explainer, mistake, finding):
        """Whether a finding's explanation is true of inputs that diagnosis has not seen."""
        judge = explainer.diagnoser.judge(mistake.function)
        wrong = function_of(mistake, judge.bench.namespace)
        causes = examined(judge, wrong).causes
        if not causes:
            return True
        explanation = causes[0].explanation
        shown = next(filter(explanation.explains, causes[0].seen), None)
        if shown is None or explanation.words(shown).text != finding.params["text"]:
            # What was found in a test's own calls was tried on fresh inputs already.
            return True
        for number in range(TRIALS):
            args = judge.bench.draw("benchmark", number, SIZES[number % len(SIZES)])
            if args is None:
                continue
            case = judge.bench.case(args, SIZES[number % len(SIZES)])
            seen = Seen(judge.bench, case, perform(wrong, args, watch=True))
            if seen.wrong and explanation.applies(seen) and not explanation.holds(seen):
                return False
        return True

    def noise(self, result, count):
        """Diagnose functions that return random numbers in the right shape."""
        names = [name for name in self.suite.domains if self._numeric(name)]
        for number in range(count):
            name = names[number % len(names)]
            judge = self.alone.diagnoser.judge(name)
            found = examined(judge, Noise(judge.bench.reference, number)).findings()
            result.random += 1
            result.random_told += bool(found)
            for one in found.get("test", ()):
                print(f"  said of random numbers in {name}: {one.message}")

    def _numeric(self, name):
        """Whether a function returns numbers of many values, in which something random can be random."""
        bench = self.alone.diagnoser.judge(name).bench
        value = bench.ordinary(0).wanted.value
        return bench.comparable and (
            isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")
        )

    def right(self, result):
        """Diagnose the right versions as if they had failed."""
        versions = [
            (name, judge.bench.reference)
            for name in self.suite.domains
            for judge in [self.listed.diagnoser.judge(name)]
        ]
        for variant in load_alternatives(self.assignment):
            if variant.function in self.suite.domains:
                bench = self.listed.diagnoser.judge(variant.function).bench
                versions.append((variant.function, function_of(variant, bench.namespace)))
        for name, function in versions:
            found = examined(self.listed.diagnoser.judge(name), function).findings()
            result.right += 1
            result.right_told += bool(found)
            for one in found.get("test", ()):
                print(f"  said of a right version of {name}: {one.message}")


class Noise:
    """A function that returns random numbers in the shape of the right ones, the same for the same input."""

    def __init__(self, reference, number):
        self._reference = reference
        self._number = number

    def __call__(self, *args):
        right = self._reference(*args)
        seed = hashlib.sha256(repr((self._number, right)).encode()).digest()
        rng = np.random.default_rng(list(seed))
        shape = np.shape(right)
        made = (
            lambda: rng.normal(size=shape),
            lambda: rng.exponential(size=shape),
            lambda: rng.uniform(size=shape),
            lambda: rng.integers(-50, 50, shape).astype(float),
        )[self._number % 4]()
        return made if shape else float(made)


def measure(course, name, share):
    """The result of one assignment; `share` of the random functions."""
    assignment = course.assignment(name)
    result = Result(digest(name))

    def work(suite):
        measurement = Measurement(assignment, suite)
        try:
            for mistake in load_mistakes(assignment):
                result.rows.append(measurement.row(mistake))
            measurement.noise(result, share)
            measurement.right(result)
        finally:
            measurement.end()

    with_suite(hidden_place(assignment), work)
    return result


def line(name, results):
    """One line of the table."""
    rows = [row for result in results for row in result.rows]
    count = Counter(row.outcome for row in rows)
    alone = Counter(row.alone for row in rows)
    cpu = [row.cpu for row in rows if row.tests]
    cells = [
        name,
        len(rows),
        f"{count['named'] + count['rule']} ({(count['named'] + count['rule']) / len(rows):.0%})",
        count["silent"],
        count["false"],
        f"{alone['rule']} ({alone['rule'] / len(rows):.0%})",
        alone["silent"],
        alone["false"],
        f"{statistics.median(cpu):.0f}",
        f"{max(cpu):.0f}",
    ]
    return "| " + " | ".join(map(str, cells)) + " |"


COLUMNS = (
    "assignment",
    "mistakes",
    "named",
    "silent",
    "false",
    "by rules alone",
    "silent",
    "false",
    "CPU ms a failing test, median",
    "worst",
)
HEAD = f"| {' | '.join(COLUMNS)} |\n| --- |{' ---: |' * (len(COLUMNS) - 1)}"
INTRODUCTION = """\
# What diagnosis says of the listed mistakes

Generated by `make diagnosis`; the numbers behind it are in `diagnosis.json`.

Every mistake that an assignment lists was graded as a submission. *Named* means that the first finding names that
mistake, or says by a rule what is true of it on inputs that diagnosis had not seen; *false* that it says what is not.
*By rules alone* is the same with the list of mistakes taken away, as for a mistake that nobody has thought of.
"""
ENDING = """
Something was said of {told} of {random} functions that return random arrays, and of {wrongly} of {right} right versions
that were diagnosed as if they had failed.
"""


def table(results):
    """All results as a table."""
    lines = [line(name, [result]) for name, result in results.items()]
    if len(results) > 1:
        lines.append(line("all", list(results.values())))
    return "\n".join([HEAD, *lines])


def page(results):
    """The page that is kept in docs/."""
    random = sum(result.random for result in results.values())
    told = sum(result.random_told for result in results.values())
    right = sum(result.right for result in results.values())
    wrongly = sum(result.right_told for result in results.values())
    parts = [INTRODUCTION, table(results)]
    parts.append(ENDING.format(told=told, random=random, wrongly=wrongly, right=right).rstrip())
    for name, result in results.items():
        parts += [
            "",
            f"## {name}",
            "",
            "| function | mistake | how it differs | what is said | by rules alone |",
        ]
        parts.append("| --- | --- | --- | --- | --- |")
        for row in result.rows:
            said = _cell(row.sentence) or "*nothing*"
            alone = _cell(row.sentence_alone) or "*nothing*"
            marks = [" **false**" * (outcome == "false") for outcome in (row.outcome, row.alone)]
            parts.append(
                f"| {row.function} | {row.id} | {_cell(row.relation)} | {said}{marks[0]} | {alone}{marks[1]} |"
            )
    return "\n".join(parts) + "\n"


def _cell(text):
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")


def stored(results):
    """The results without what is never the same twice."""
    return {
        name: asdict(replace(result, rows=[])) | {"rows": [_stored(row) for row in result.rows]}
        for name, result in results.items()
    }


def _stored(row):
    return {key: value for key, value in asdict(row).items() if key != "cpu"} | {
        "cpu": round(row.cpu)
    }


def main():
    """Measure, print, and save."""
    course = Course.find(ROOT)
    names = list(course.names)
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--assignment", action="append", choices=names)
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    chosen = options.assignment or names
    results = {}
    for name in chosen:
        share = RANDOM // len(names) + (names.index(name) < RANDOM % len(names))
        print(f"{name} ...", file=sys.stderr, flush=True)
        results[name] = measure(course, name, share)
    text = page(results)
    print(text if options.show else text.partition("\n## ")[0])
    if options.save:
        file = DOCS / "diagnosis.json"
        kept = json.loads(file.read_text()) if options.assignment and file.exists() else {}
        kept |= stored(results)
        kept = {name: kept[name] for name in names if name in kept}
        file.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
        again = {
            name: Result(**{**value, "rows": [Row(**row) for row in value["rows"]]})
            for name, value in kept.items()
        }
        (DOCS / "diagnosis.md").write_text(page(again))


if __name__ == "__main__":
    main()
