"""What other systems hand over becomes a folder that is graded; what was guessed or ignored is told."""

import json
import os
import stat
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from grader.course import Assignment
from grader.errors import UsageError
from grader.exchange.folders import read_submission, survey
from grader.exchange.grades import Person
from grader.exchange.intake import sources
from grader.exchange.intake.collect import REPORT_FILE, Collected, collect, folder_of
from grader.exchange.people import read_people
from tests.exchange.patched import CANVAS, MOODLE
from tests.small_course import write_course

CODE = "def total(v):\n    return sum(v)\n"


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return write_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "submissions"


def zipped(folder: Path, files: dict[str, str | bytes]) -> Path:
    file = folder / "download.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file


def laid_out(folder: Path, *names: str) -> Path:
    root = folder / "download"
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(CODE)
    return root


def named(*names: str) -> dict[str, str | bytes]:
    return dict.fromkeys(names, CODE)


def found(collected: Collected) -> dict[str, list[str]]:
    return {student: sorted(files) for student, files in collected.found.items()}


def test_canvas_the_number_is_the_student_and_late_is_told(
    assignment: Assignment, tmp_path: Path, out: Path
) -> None:
    names = named("doeann_101_9001_small.py", "roebob_LATE_102_9002_small.py")
    collected = collect(zipped(tmp_path, names), assignment, out=out)
    assert collected.layout == "canvas"
    assert found(collected) == {"101": ["small.py"], "102": ["small.py"]}
    assert collected.late == ["102"]
    assert (out / "101" / "small.py").read_text() == CODE


def test_canvas_of_several_attempts_the_newest_counts(
    assignment: Assignment, tmp_path: Path, out: Path
) -> None:
    names: dict[str, str | bytes] = {
        "doeann_101_9001_small.py": "first",
        "doeann_101_9001_small-1.py": "second",
        "doeann_101_9001_small-10.py": "last",
    }
    collected = collect(zipped(tmp_path, names), assignment, out=out)
    assert (out / "101" / "small.py").read_text() == "last"
    assert "101: small-10.py is taken for small.py" in collected.guessed


def test_canvas_a_roster_gives_students_their_own_ids(
    assignment: Assignment, tmp_path: Path
) -> None:
    roster = tmp_path / "canvas.csv"
    roster.write_text(CANVAS.format(ann="", zoe=""), newline="")
    people = read_people(roster)
    names = named("doeann_11_9001_small.py", "x_999_1_small.py")
    collected = collect(zipped(tmp_path, names), assignment, people=people)
    assert set(collected.found) == {"ann", "999"}
    assert "999: not on the roster" in collected.guessed
    assert collected.expected == len(people)
    assert "bob" in collected.missing


@pytest.mark.parametrize(
    "name",
    [
        "Ann Doe_501_assignsubmission_file/small.py",
        "Ann Doe_501_assignsubmission_file_/small.py",
        "Ann Doe_501_assignsubmission_file/code/small.py",
        "Ann Doe_501_assignsubmission_file_small.py",
        "Participant_501_assignsubmission_file_small.py",
    ],
)
def test_moodle_both_layouts_and_older_and_anonymous_names_are_known(
    name: str, assignment: Assignment, tmp_path: Path
) -> None:
    collected = collect(zipped(tmp_path, named(name)), assignment)
    assert (collected.layout, found(collected)) == ("moodle", {"501": ["small.py"]})


@pytest.mark.parametrize(
    "name",
    ["Team A_77_assignsubmission_file/small.py", "Team A_77_assignsubmission_file_small.py"],
)
def test_moodle_a_team_hands_in_under_its_number_in_both_layouts(
    name: str, assignment: Assignment, tmp_path: Path
) -> None:
    people = {"red": Person("red", "Team A", ids={"Group": "77"})}
    collected = collect(zipped(tmp_path, named(name)), assignment, people=people)
    assert found(collected) == {"red": ["small.py"]}


def test_moodle_a_number_that_is_somebody_elses_on_the_roster_is_told(
    assignment: Assignment, tmp_path: Path
) -> None:
    people = {"ann": Person("ann", "Ann Doe", ids={"Participant": "77"})}
    team = named("Team A_77_assignsubmission_file/small.py")
    collected = collect(zipped(tmp_path, team), assignment, people=people)
    assert "ann: handed in as 'Team A', on the roster as 'Ann Doe'" in collected.guessed


def test_moodle_text_that_was_typed_in_is_told(assignment: Assignment, tmp_path: Path) -> None:
    names = named(
        "Ann Doe_501_assignsubmission_file/small.py",
        "Ann Doe_501_assignsubmission_onlinetext/onlinetext.html",
    )
    (ignored,) = collect(zipped(tmp_path, names), assignment).ignored
    assert ignored.endswith("onlinetext.html: neither a module nor a notebook")


def test_gradescope_its_metadata_tell_who_and_when(
    assignment: Assignment, tmp_path: Path, out: Path
) -> None:
    metadata = (
        "---\nsubmission_7:\n  :submitters:\n  - :name: Ann\n    :sid: 's01'\n"
        "    :email: ann@example.org\n  :created_at: 2030-05-01 10:00:00.000000000 Z\n"
    )
    files = named("export/submission_7/small.py", "export/submission_8/small.py")
    files["export/submission_metadata.yml"] = metadata
    people = {"ann": Person("ann", ids={"SID": "s01"})}
    collected = collect(zipped(tmp_path, files), assignment, people=people, out=out)
    assert collected.layout == "gradescope"
    assert set(collected.found) == {"ann", "submission_8"}
    assert (out / "ann" / "timestamp.txt").read_text().startswith("2030-05-01 10:00")


def test_nbgrader_files_lie_under_student_and_assignment(
    assignment: Assignment, tmp_path: Path, out: Path
) -> None:
    root = laid_out(tmp_path, "ann/small/small.py", "ann/small/small.ipynb", "bob/other/small.py")
    (root / "ann" / "small" / "timestamp.txt").write_text("2030-05-01 10:00:00 UTC\n")
    collected = collect(root, assignment, layout="nbgrader", out=out)
    assert found(collected) == {"ann": ["small.ipynb", "small.py", "timestamp.txt"]}
    submission = read_submission("ann", out / "ann", assignment)
    assert submission.submitted == "2030-05-01T10:00:00+00:00"


def test_github_clones_are_known_by_what_their_names_do_not_share(
    assignment: Assignment, tmp_path: Path
) -> None:
    root = laid_out(
        tmp_path,
        "small-submissions/small-ann-d/.git/config",
        "small-submissions/small-ann-d/small.py",
        "small-submissions/small-bob/.git/config",
        "small-submissions/small-bob/src/small.py",
    )
    collected = collect(root, assignment)
    assert collected.layout == "github"
    assert found(collected) == {"ann-d": ["small.py"], "bob": ["small.py"]}


def test_github_one_clone_is_known_by_the_assignments_name(
    assignment: Assignment, tmp_path: Path
) -> None:
    root = laid_out(tmp_path, "small-ann-d/.git/config", "small-ann-d/small.py")
    assert found(collect(root, assignment, layout="github")) == {"ann-d": ["small.py"]}


def test_github_what_a_template_brings_is_not_the_submission(
    assignment: Assignment, tmp_path: Path
) -> None:
    names = ("small/small.py", "small/public/test_small.py", ".github/workflows/classroom.yml")
    clones = [f"small-{who}/{name}" for who in ("ann", "bob") for name in (*names, ".git/HEAD")]
    collected = collect(laid_out(tmp_path, *clones), assignment)
    assert found(collected) == {"ann": ["small.py"], "bob": ["small.py"]}


def test_folders_and_single_notebooks_are_taken_as_they_are(
    assignment: Assignment, tmp_path: Path
) -> None:
    collected = collect(laid_out(tmp_path, "ann/small.py", "bob.py", "zoë.ipynb"), assignment)
    assert found(collected) == {"ann": ["small.py"], "bob": ["small.py"], "zoë": ["small.ipynb"]}


def test_one_notebook_is_a_submission(assignment: Assignment, tmp_path: Path) -> None:
    root = laid_out(tmp_path, "ann.ipynb")
    assert found(collect(root / "ann.ipynb", assignment)) == {"ann": ["small.ipynb"]}


def test_the_only_module_is_taken_for_the_one_that_is_wanted(
    assignment: Assignment, tmp_path: Path
) -> None:
    collected = collect(laid_out(tmp_path, "ann/homework 1.py"), assignment)
    assert found(collected) == {"ann": ["small.py"]}
    assert "ann: homework 1.py is taken for small.py" in collected.guessed


def test_what_lies_beside_the_module_comes_with_it_and_what_lies_elsewhere_does_not(
    assignment: Assignment, tmp_path: Path
) -> None:
    collected = collect(
        laid_out(tmp_path, "ann/code/small.py", "ann/code/shapes.py", "ann/code/old/small.py"),
        assignment,
    )
    assert found(collected) == {"ann": ["shapes.py", "small.py"]}
    assert any(line.startswith("ann/code/old/small.py") for line in collected.ignored)


def test_a_zip_that_a_student_handed_in_is_opened(
    assignment: Assignment, tmp_path: Path, out: Path
) -> None:
    inner = zipped(tmp_path, named("my work/small.py", "__MACOSX/small.py")).read_bytes()
    whole = zipped(tmp_path, {"doeann_101_9001_work.zip": inner})
    assert found(collect(whole, assignment, out=out)) == {"101": ["small.py"]}
    assert (out / "101" / "small.py").read_text() == CODE


def test_accents_are_put_together_as_a_roster_has_them(
    assignment: Assignment, tmp_path: Path
) -> None:
    decomposed = unicodedata.normalize("NFD", "zoë")
    assert set(collect(zipped(tmp_path, named(f"{decomposed}/small.py")), assignment).found) == {
        "zoë"
    }


@pytest.mark.parametrize(
    "name", ["../small.py", "ann/../../small.py", "/etc/small.py", "C:/small.py", "..\\small.py"]
)
def test_a_path_that_leads_out_of_the_zip_is_ignored(
    name: str, assignment: Assignment, tmp_path: Path, out: Path
) -> None:
    source = zipped(tmp_path, named(name, "bob/small.py"))
    collected = collect(source, assignment, out=out)
    assert set(collected.found) == {"bob"}
    assert any("leads out of the zip" in line for line in collected.ignored)
    assert sorted(path.name for path in out.iterdir()) == [REPORT_FILE, "bob"]


def test_a_link_in_a_zip_is_ignored(assignment: Assignment, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("ann/small.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    source = zipped(tmp_path, named("bob/small.py"))
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    collected = collect(source, assignment)
    assert set(collected.found) == {"bob"}
    assert "ann/small.py: a link" in collected.ignored


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_in_a_folder_is_never_followed(
    assignment: Assignment, tmp_path: Path, out: Path
) -> None:
    (tmp_path / "secret.py").write_text("secret")
    root = laid_out(tmp_path, "bob/small.py", "ann/other.txt")
    (root / "ann" / "small.py").symlink_to(tmp_path / "secret.py")
    (root / "eve").symlink_to(tmp_path)
    collected = collect(root, assignment, out=out)
    assert set(collected.found) == {"bob"}
    assert "eve: a link" in collected.ignored


def test_a_device_or_pipe_is_told_and_not_waited_for(
    assignment: Assignment, tmp_path: Path
) -> None:
    root = laid_out(tmp_path, "bob/small.py", "ann/readme.md")
    if hasattr(os, "mkfifo"):
        os.mkfifo(root / "ann" / "small.py")
        collected = collect(root, assignment)
        assert set(collected.found) == {"bob"}
        assert "ann/small.py: small.py is not a regular file" in collected.ignored


def test_a_bomb_is_not_unpacked(
    assignment: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_NOTEBOOK", 1 << 16)
    source = zipped(tmp_path, {"ann/small.py": b"0" * (1 << 20), "bob/small.py": CODE})
    collected = collect(source, assignment)
    assert set(collected.found) == {"bob"}
    assert any("larger than" in line for line in collected.ignored)


def test_a_bomb_in_a_students_zip_costs_that_zip(
    assignment: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_INNER", 100)
    inner = zipped(tmp_path, {"small.py": b"0" * 1000}).read_bytes()
    collected = collect(zipped(tmp_path, {"ann/work.zip": inner, "bob/small.py": CODE}), assignment)
    assert set(collected.found) == {"bob"}


def test_of_too_many_files_the_first_are_read(
    assignment: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_MEMBERS", 3)
    source = zipped(tmp_path, named(*(f"s{number}/small.py" for number in range(9))))
    collected = collect(source, assignment)
    assert len(collected.found) == 3
    assert "the zip: it holds more than 3 files" in collected.ignored


def damaged(data: bytes) -> Iterator[bytes]:
    yield b""
    yield b"PK\x03\x04" + b"\0" * 40
    yield data[:-8]
    yield data[: len(data) // 2] + b"\xff" * 30 + data[len(data) // 2 + 30 :]


def test_a_damaged_zip_is_told_and_never_an_exception(
    assignment: Assignment, tmp_path: Path
) -> None:
    source = zipped(tmp_path, named("ann/small.py", "bob/small.py"))
    for data in list(damaged(source.read_bytes())):
        source.write_bytes(data)
        with suppress(UsageError):
            collect(source, assignment)


@pytest.mark.parametrize(
    "name", ["a/b", "..", ".hidden", "CON:", "a\nb", "x" * 200, "\u202eab", " "]
)
def test_no_student_is_a_folder_elsewhere(name: str) -> None:
    folder = folder_of(name)
    assert "/" not in folder
    assert not folder.startswith(".")
    assert folder.isprintable()


def test_what_was_collected_is_what_grade_reads(
    assignment: Assignment, tmp_path: Path, out: Path
) -> None:
    source = zipped(tmp_path, named("doeann_101_9001_small.py"))
    collected = collect(source, assignment, out=out)
    intake = survey(out)
    assert (list(intake.entries), intake.ignored) == (["101"], ())
    assert json.loads((out / REPORT_FILE).read_text())["found"] == collected.found


def test_a_folder_with_something_in_it_is_left_alone(
    assignment: Assignment, tmp_path: Path, out: Path
) -> None:
    out.mkdir()
    (out / "mine").write_text("")
    with pytest.raises(UsageError, match="not empty"):
        collect(zipped(tmp_path, named("ann/small.py")), assignment, out=out)


def test_a_file_in_the_place_of_the_folder_is_left_alone(
    assignment: Assignment, tmp_path: Path, out: Path
) -> None:
    out.write_text("mine")
    with pytest.raises(UsageError, match="name a new folder"):
        collect(zipped(tmp_path, named("ann/small.py")), assignment, out=out)
    assert out.read_text() == "mine"


def test_nothing_to_collect_is_told(assignment: Assignment, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no submissions"):
        collect(zipped(tmp_path, named("readme.txt")), assignment)


def test_a_roster_comes_from_canvas_moodle_or_any_table(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(CANVAS.format(ann="", zoe=""), newline="")
    canvas = read_people(file)["ann"]
    file.write_text(MOODLE.format(ann="", zoe=""))
    moodle = read_people(file)["ann"]
    file.write_text("id;name;email;section\nann;Doe, Ann;ann@example.org;L1\n")
    plain = read_people(file)["ann"]
    assert (canvas.name, canvas.section, canvas.ids["ID"]) == ("Doe, Ann", "L1, L2", "11")
    assert (moodle.name, moodle.ids["Participant"]) == ("Ann Doe", "501")
    assert (plain.name, plain.email, plain.section) == ("Doe, Ann", "ann@example.org", "L1")


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "id,name\n", "id\nann\nann\n", ""])
def test_a_table_that_is_no_roster_is_told(text: str, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(text)
    with pytest.raises(UsageError):
        read_people(file)
