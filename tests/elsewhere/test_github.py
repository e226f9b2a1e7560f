"""The kit for GitHub Classroom: its workflow is run step by step over a checkout, as a runner does."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from grader.course import Course
from grader.elsewhere.github import WORKFLOW_FILE, result, write_kit
from tests.feedback.samples import outcome, report, seen
from tests.small_course import REFERENCE, STUB, TOTAL, write_course


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    assignment = write_course(root)
    write_kit(Course.find(root), assignment, root / "kit")
    return root / "kit"


@pytest.fixture(scope="module")
def steps(kit: Path) -> list[dict[str, Any]]:
    """The steps of the job, as any reader of YAML sees them."""
    workflow = YAML(typ="safe").load(kit / WORKFLOW_FILE)
    (job,) = workflow["jobs"].values()
    listed: list[dict[str, Any]] = job["steps"]
    return listed


class Runner:
    """What a runner does of a job: check out, run, hand outputs on."""

    def __init__(self, root: Path, kit: Path, submission: str, python: Path | None) -> None:
        self.root = root
        self.kit = kit
        self.submission = submission
        self.values = {"github.repository": "course/small-ann"}
        self.log = ""
        # Where what the step before set up has nothing installed yet.
        self.python = python
        if python is None:
            (root / "bin").mkdir()
            # A link to the interpreter would not lead every version of it to its environment.
            (root / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
            (root / "bin" / "python").chmod(0o755)

    def expand(self, text: str) -> str:
        return re.sub(r"\$\{\{ *([^}]+?) *\}\}", lambda found: self.values.get(found[1], ""), text)

    def step(self, step: dict[str, Any]) -> None:
        action = step.get("uses", "").partition("@")[0]
        if action == "actions/checkout":
            place = self.root / step["with"]["path"]
            if "repository" in step["with"]:
                shutil.copytree(self.kit / "grading", place)
            else:
                shutil.copytree(self.kit / "students", place)
                (place / "small.py").write_text(self.submission)
        elif "run" in step and (self.python or not step["name"].startswith("Install")):
            self.shell(step)

    def shell(self, step: dict[str, Any]) -> None:
        output, summary = self.root / "output", self.root / "summary"
        output.touch()
        if self.python is None:
            # The project's own packages; a runner's Python has them installed.
            found = {"PYTHONPATH": os.pathsep.join(sys.path)}
        else:
            found = {name: value for name, value in os.environ.items() if "PYTHON" not in name}
        place = self.root / "bin" if self.python is None else self.python.parent
        environment = {
            **found,
            "PATH": f"{place}:{os.environ['PATH']}",
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            **{name: self.expand(value) for name, value in step.get("env", {}).items()},
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self.log += done.stdout
        if "id" not in step:
            return
        for line in output.read_text().splitlines():
            name, _, value = line.partition("=")
            self.values[f"steps.{step['id']}.outputs.{name}"] = value


def reported(steps: list[dict[str, Any]], runner: Runner) -> tuple[dict[str, Any], float, float]:
    """What the reporter reads, as its source does it, and the two totals that it tells the classroom."""
    (step,) = [one for one in steps if "grading-reporter" in one.get("uses", "")]
    (name,) = re.split(r"[\s,]", step["with"]["runners"])
    encoded = runner.expand(step["env"][f"{name.upper()}_RESULTS"])
    content: dict[str, Any] = json.loads(base64.b64decode(encoded, validate=True).decode("utf-8"))
    return content, sum(test["score"] for test in content["tests"]), content["max_score"]


def run(
    steps: list[dict[str, Any]],
    kit: Path,
    root: Path,
    submission: str,
    python: Path | None = None,
) -> Runner:
    runner = Runner(root, kit, submission, python)
    for step in steps:
        runner.step(step)
    return runner


@pytest.mark.needs("landlock")
def test_the_steps_grade_a_checkout_in_confinement(
    steps: list[dict[str, Any]], kit: Path, tmp_path: Path
) -> None:
    runner = run(steps, kit, tmp_path, REFERENCE)
    content, points, top = reported(steps, runner)
    assert (content["status"], points, top) == ("pass", 5, 5)
    assert runner.log == "confinement: base\n"
    assert "confinement: base" in (tmp_path / "summary").read_text()


@pytest.mark.slow
@pytest.mark.needs("landlock")
def test_the_steps_install_all_that_grading_takes(
    steps: list[dict[str, Any]], kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # To compile all of it takes longer than to grade with it.
    monkeypatch.setenv("PIP_COMPILE", "0")
    venv.create(tmp_path / "env", with_pip=True)
    runner = run(steps, kit, tmp_path, REFERENCE, tmp_path / "env" / "bin" / "python")
    content, points, _ = reported(steps, runner)
    assert (content["status"], points) == ("pass", 5)


@pytest.mark.needs("landlock")
def test_an_untouched_stub_is_a_result_too(
    steps: list[dict[str, Any]], kit: Path, tmp_path: Path
) -> None:
    content, points, top = reported(steps, run(steps, kit, tmp_path, STUB))
    assert (content["status"], points, top) == ("fail", 0, 5)
    assert {test["name"]: test["status"] for test in content["tests"]} == {
        "total": "fail",
        "scaled": "fail",
    }


def test_the_schema_of_workflows_finds_nothing_wrong(kit: Path) -> None:
    checked = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "github-workflows"]
    done = subprocess.run(
        [*checked, str(kit / WORKFLOW_FILE)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_students_get_the_workflow_and_nothing_that_grades(kit: Path) -> None:
    files = [file for file in (kit / "students").rglob("*") if file.is_file()]
    assert files == [kit / WORKFLOW_FILE]
    assert TOTAL in [file.read_text() for file in (kit / "grading").rglob("*.py")]


def test_no_step_leaves_a_token_where_a_submission_could_read_it(
    steps: list[dict[str, Any]],
) -> None:
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout")]
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False, False]
    assert not any("TOKEN" in str(step.get("env", "")) for step in steps)


def test_what_a_person_must_look_at_is_an_error_and_no_zero(tmp_path: Path) -> None:
    one = report(outcome("total"), outcome("scaled", verdict="fault"), state="needs_review")
    content = result(one, seen(one))
    assert content["status"] == "error"
    assert [test["status"] for test in content["tests"]] == ["pass", "error", "error"]


def test_nothing_graded_still_holds_a_test_for_the_reporter() -> None:
    missing = report(state="missing")
    assert result(missing, seen(missing))["tests"]
