"""Reports as files: named for their student, and nobody else's to read."""

import io
import json
import re
import stat
from pathlib import Path

import pytest
from rich.console import Console

from grader.course import Course
from grader.errors import UsageError
from grader.feedback.files import file_name, read_reports, write_private
from grader.feedback.students import NAMES, Told, print_reports, views, write_reports
from grader.models import GradeReport, ReportFile
from grader.readers import Audience, Format, Phase
from tests.feedback.samples import outcome, report
from tests.small_course import write_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    write_course(tmp_path)
    return Course.find(tmp_path)


def kept(folder: Path, *reports: GradeReport) -> Path:
    file = folder / "reports.json"
    made = ReportFile(assignment="small", reports=reports)
    file.write_text(made.model_dump_json(by_alias=True))
    return file


def test_each_student_gets_a_file_that_only_its_owner_reads(course: Course, tmp_path: Path) -> None:
    file = kept(tmp_path, report(outcome("total")), report(outcome("total"), student="bob"))
    out = tmp_path / "new" / "feedback"
    shown = views(
        course, Told(read_reports(file)), audience=Audience.STUDENT, phase=Phase.BEFORE_DUE
    )
    assert write_reports(shown, None, out) == 2
    assert sorted(path.name for path in out.iterdir()) == ["ann.html", "bob.html"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    assert stat.S_IMODE(out.stat().st_mode) == 0o700


def test_a_file_to_publish_has_a_name_that_only_the_secret_tells(
    course: Course, tmp_path: Path
) -> None:
    file = kept(tmp_path, report(outcome("total")), report(outcome("total"), student="bob"))
    listed: list[dict[str, str]] = []
    for secret in (b"one", b"one", b"two"):
        out = tmp_path / f"feedback-{len(listed)}"
        shown = views(
            course, Told(read_reports(file)), audience=Audience.STUDENT, phase=Phase.BEFORE_DUE
        )
        assert write_reports(shown, None, out, secret) == 2
        listed.append(json.loads((out / NAMES).read_text()))
        assert {path.name for path in out.iterdir()} == {NAMES, *listed[-1].values()}
        assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    one, again, other = listed
    assert one == again
    assert one.keys() == {"ann", "bob"}
    assert all(re.fullmatch(r"[0-9a-f]{32}\.html", name) for name in one.values())
    assert not {*one.values()} & {*other.values()}


@pytest.mark.parametrize("form", [None, *Format])
def test_of_an_empty_class_there_is_nothing_to_show(form: Format | None) -> None:
    console = Console(file=io.StringIO())
    print_reports(console, [], form)
    assert console.file.getvalue() == ""  # type: ignore[attr-defined]  # it was given above


def test_a_file_is_replaced_and_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "ann.html").symlink_to(victim)
    write_private(tmp_path / "ann.html", "new")
    assert victim.read_text() == "mine"
    assert (tmp_path / "ann.html").read_text() == "new"


@pytest.mark.parametrize(
    "student", ["../../etc/passwd", "a/b", ".hidden", "", "x" * 500, "é", "a\0b", "\ud83d"]
)
def test_no_name_leads_out_of_the_folder(student: str) -> None:
    name = file_name(student)
    assert "/" not in name
    assert not name.startswith(".")
    assert 0 < len(name) < 100
    assert name.isascii()


def test_names_that_look_alike_when_cleaned_stay_apart() -> None:
    assert len({file_name(name) for name in ("a/b", "a_b", "a\\b", "a:b")}) == 4
    assert file_name("ann.lee-2") == "ann.lee-2"


def test_names_that_some_disks_do_not_tell_apart_stay_apart() -> None:
    assert file_name("Ann", ["ann"]).startswith("Ann-")
    assert file_name("Ann", ["bob"]) == "Ann"


def test_the_rules_of_the_assignment_count(course: Course, tmp_path: Path) -> None:
    manifest = course.root / "source" / "small" / "assignment.toml"
    manifest.write_text(manifest.read_text() + '\n[[feedback]]\nlevel = "nothing"\n')
    file = kept(tmp_path, report(outcome("total")))
    (view,) = views(
        course, Told(read_reports(file)), audience=Audience.STUDENT, phase=Phase.BEFORE_DUE
    )
    assert view.score is None


def test_a_student_without_a_report_is_a_usage_error(course: Course, tmp_path: Path) -> None:
    file = kept(tmp_path, report(outcome("total")))
    with pytest.raises(UsageError, match="no report of 'zoe'"):
        views(
            course,
            Told(read_reports(file)),
            audience=Audience.STUDENT,
            phase=Phase.BEFORE_DUE,
            students=["zoe"],
        )


def test_a_file_that_holds_no_reports_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"schema": 1}')
    with pytest.raises(UsageError, match="no file of reports"):
        read_reports(tmp_path / "x.json")


def test_a_folder_gets_no_terminal_output(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write_reports([], Format.TERMINAL, tmp_path)
