"""Each rule of Moodle's importers: the grading worksheet, feedback files, the gradebook."""

import io
import zipfile
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.exchange.formats.moodle_feedback import folder_name
from grader.exchange.grades import Person
from tests.exchange.patched import PATCHED
from tests.exchange.samples import graded, grades, made, only, told
from tests.feedback.samples import finding, outcome, report

HEAD = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade)"
)
ROW = "Participant 501,Ann Doe,ann,Submitted,{grade},{top},{open},-,{time}"


def sheet(grade: str = "", top: str = "5.00", open_: str = "Yes", time: str = "-") -> str:
    return f"{HEAD}\n{ROW.format(grade=grade, top=top, open=open_, time=time)}\n"


def patched(tmp_path: Path, text: str, **fields: str) -> str:
    return only(made("moodle", grades(tmp_path), text, folder=tmp_path, **fields)).decode()


def test_the_importer_needs_identifier_grade_and_the_time_of_the_grade_and_keeps_that_time(
    tmp_path: Path,
) -> None:
    for time in ("-", '"Tuesday, 2 April 2030, 10:00 AM"'):
        assert patched(tmp_path, sheet(time=time)) == sheet("4.25", time=time)


def test_the_number_of_a_participant_is_an_id_of_the_roster(tmp_path: Path) -> None:
    given = grades(tmp_path, graded("x", 2.0), people=(Person("x", ids={"Moodle": "501"}),))
    text = "Identifier,Status,Grade,Last modified (grade)\nParticipant 501,-,,-\n"
    assert told(made("moodle", given, text, folder=tmp_path)) == [("x", "", "2.00")]


@pytest.mark.parametrize("grade", ["4.25", "4.250", "4,25"])
def test_an_unchanged_grade_is_left_as_it_is_written(grade: str, tmp_path: Path) -> None:
    text = sheet(f'"{grade}"')
    assert patched(tmp_path, text) == text


def test_a_grade_above_the_maximum_is_not_written(tmp_path: Path) -> None:
    export = made("moodle", grades(tmp_path), sheet(top="4.00"), folder=tmp_path)
    assert export.changes == []
    assert "1 skipped: above the maximum there" in export.notes


def test_a_grade_below_zero_is_not_written(tmp_path: Path) -> None:
    given = grades(tmp_path, graded("ann", -1.0))
    export = made("moodle", given, sheet("2.00"), folder=tmp_path)
    assert export.changes == []
    assert "1 skipped: below zero" in export.notes


def test_an_empty_grade_never_takes_the_place_of_one_that_is_there(tmp_path: Path) -> None:
    given = grades(tmp_path, graded("ann", 0.0, state="missing"))
    assert only(made("moodle", given, sheet("2.00"), folder=tmp_path)).decode() == sheet("2.00")


def test_a_locked_grade_is_not_written(tmp_path: Path) -> None:
    export = made("moodle", grades(tmp_path), sheet(open_="No"), folder=tmp_path)
    assert export.changes == []
    assert "1 skipped: locked in Moodle" in export.notes


def test_a_scale_is_refused_rather_than_given_points(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="scale"):
        patched(tmp_path, sheet(top="Satisfactory"))


def test_titles_in_another_language_are_named_by_a_person(tmp_path: Path) -> None:
    text = "ID;Name;E-Mail-Adresse;Bewertung;Zuletzt geändert\nTeilnehmer/in501;Ann;ann;;-\n"
    given = grades(tmp_path, graded("501", 4.25))
    export = made("moodle", given, text, folder=tmp_path, column="Bewertung")
    assert only(export).decode() == text.replace(";;-", ";4.25;-")


def test_a_title_that_nobody_named_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--column"):
        patched(tmp_path, "ID,Bewertung\nTeilnehmer501,\n")


def test_causes_are_put_where_nobody_commented_as_text_and_never_as_markup(tmp_path: Path) -> None:
    wrong = outcome("total", verdict="failed", findings=(finding(),))
    given = grades(tmp_path, report(wrong, outcome("scaled"), student="ann"))
    text = f"{HEAD},Feedback comments\n" + sheet().splitlines()[1] + ",\n"
    export = made("moodle", given, text, folder=tmp_path)
    (comment,) = [change for change in export.changes if change.column == "Feedback comments"]
    assert "total" in comment.after
    assert "<" not in comment.after.replace("<br>", "")


def feedback(tmp_path: Path) -> zipfile.ZipFile:
    sample = PATCHED["moodle"].before
    export = made("moodle-feedback", grades(tmp_path), sample, folder=tmp_path)
    return zipfile.ZipFile(io.BytesIO(only(export)))


@pytest.mark.needs("staff")
def test_feedback_files_lie_where_the_importer_takes_names_apart(tmp_path: Path) -> None:
    for name in feedback(tmp_path).namelist():
        # As importziplib.php does: at most five pieces, the participant, the plug-in's kind and name.
        pieces = name.replace("/", "_", 1).split("_", 4)
        assert pieces[1].isdecimal()
        assert pieces[2:4] == ["assignfeedback", "file"]
        assert not pieces[4].startswith((".", "~"))


@pytest.mark.needs("staff")
def test_feedback_holds_a_page_for_each_participant_with_a_score(tmp_path: Path) -> None:
    archive = feedback(tmp_path)
    assert archive.namelist() == [
        "Ann Doe_501_assignfeedback_file_/feedback.html",
        "Bob Roe_502_assignfeedback_file_/feedback.html",
        "Zoë Low_503_assignfeedback_file_/feedback.html",
    ]
    assert archive.testzip() is None
    assert all(archive.read(name).startswith(b"<!DOCTYPE html>") for name in archive.namelist())


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Ann_Doe", "Ann Doe_1_"),
        ("../../x", "x_1_"),
        (".hidden", "hidden_1_"),
        ("~x", "x_1_"),
        ("/", "Participant_1_"),
        ("a\nb\\c", "a b c_1_"),
    ],
)
def test_no_name_of_a_person_leads_out_of_the_zip(name: str, folder: str) -> None:
    assert folder_name(name, "1") == f"{folder}assignfeedback_file_"


def test_the_gradebook_table_has_a_column_of_feedback_beside_each_grade(tmp_path: Path) -> None:
    ann = Person("ann", email="ann@example.org", ids={"ID number": "s01"})
    data = only(made("moodle-gradebook", grades(tmp_path, graded("ann", 4.25), people=(ann,))))
    assert data.decode().splitlines() == [
        '"Username","Email address","ID number","A small assignment","A small assignment (Feedback)"',
        '"ann","ann@example.org","s01",4.25,""',
    ]
