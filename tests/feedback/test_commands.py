"""The commands as people type them."""

import json
from pathlib import Path

import pytest

from grader.models import ReportFile
from tests.called import Call, caller
from tests.feedback.samples import outcome, report
from tests.small_course import write_course


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs a command line in a small course that has a file of two reports."""
    write_course(tmp_path)
    reports = (
        report(
            outcome("total", verdict="failed", compared=True, message="returned 4; 5 was wanted")
        ),
        report(outcome("total"), student="bob"),
    )
    made = ReportFile(assignment="small", reports=reports)
    (tmp_path / "reports.json").write_text(made.model_dump_json(by_alias=True))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return caller(monkeypatch, capsys)


FEEDBACK = ("feedback", "--from", "reports.json")


def test_a_student_is_told_the_cause_in_the_terminal(run: Call) -> None:
    code, out, _ = run(*FEEDBACK, "--student", "ann")
    assert code == 0
    assert "total gives something else than what is wanted" in out
    assert "5 was wanted" not in out
    assert "bob" not in out


def test_the_release_tells_the_gap(run: Call) -> None:
    assert "5 was wanted" in run(*FEEDBACK, "-s", "ann", "--phase", "after-release")[1]
    assert "5 was wanted" in run(*FEEDBACK, "-s", "ann", "--as", "ta")[1]


def test_every_report_becomes_a_file(run: Call) -> None:
    code, out, _ = run(*FEEDBACK, "--out", "pages", "--format", "markdown")
    assert (code, out) == (0, "2 reports in pages\n")
    assert sorted(file.name for file in Path("pages").iterdir()) == ["ann.md", "bob.md"]


def test_one_report_is_printed_as_json_and_two_are_a_usage_error(run: Call) -> None:
    _, out, _ = run(*FEEDBACK, "-s", "bob", "--format", "json")
    assert json.loads(out)["student"] == "bob"
    code, _, err = run(*FEEDBACK, "--format", "json")
    assert code == 2
    assert "--out DIR" in err


def test_the_course_chooses_the_language_and_an_option_another(run: Call) -> None:
    course = Path("course.toml")
    course.write_text(course.read_text().replace("schema = 1\n", 'schema = 1\nlanguage = "de"\n'))
    assert "liefert etwas anderes" in run(*FEEDBACK, "-s", "ann")[1]
    assert "gives something else" in run(*FEEDBACK, "-s", "ann", "--language", "en")[1]
    code, _, err = run(*FEEDBACK, "--language", "tlh")
    assert code == 2
    assert "there are: de, en" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("feedback", "--from", "no.json"), "cannot read no.json"),
        (("feedback", "--from", "course.toml"), "course.toml is no file of reports: Invalid JSON"),
        ((*FEEDBACK, "-s", "zoe"), "no report of 'zoe'"),
        ((*FEEDBACK, "--out", "x", "--format", "terminal"), "html, markdown or json"),
        (("class-report", "--from", "reports.json"), "--out PAGE.html"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    run: Call, words: tuple[str, ...], said: str
) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_a_class_becomes_a_page_and_data(run: Call) -> None:
    line = ("class-report", "--from", "reports.json", "--out", "class.html", "--json", "class.json")
    code, out, _ = run(*line)
    assert (code, out) == (0, "Report: class.html\nReport: class.json\n")
    assert "<h1>small</h1>" in Path("class.html").read_text()
    assert json.loads(Path("class.json").read_text())["graded"] == 2
