"""Each rule of Canvas's importer, and what its exporter writes."""

import csv
import io
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.exchange.grades import Person
from tests.exchange.samples import graded, grades, made, only, told

HEAD = "Student,ID,SIS User ID,SIS Login ID,Section,"
ANN = '"Doe, Ann",11,s01,ann,L1,'


def patched(tmp_path: Path, text: str, **fields: str) -> str:
    return only(made("canvas", grades(tmp_path), text, folder=tmp_path, **fields)).decode()


def created(tmp_path: Path, *people: Person) -> list[list[str]]:
    given = grades(
        tmp_path, graded("ann", 4.25), graded("bob", 0.0, state="missing"), people=people
    )
    return list(csv.reader(io.StringIO(only(made("canvas", given)).decode(), newline="")))


def test_who_is_not_graded_is_told_by_a_name_rather_than_a_number(tmp_path: Path) -> None:
    text = f'{HEAD}A small assignment (1)\n{ANN},\n"Roe, Zoe",99,,zoe,L1,\n'
    notes = made("canvas", grades(tmp_path), text, folder=tmp_path).notes
    assert "1 in the file but not graded: zoe" in notes


def test_rule_1_the_header_begins_with_student_and_id_and_ends_the_persons_with_section(
    tmp_path: Path,
) -> None:
    header = created(tmp_path)[0]
    assert len(header) > 3
    assert ("Student" in header[0], "ID" in header[1], "Section" in header[4]) == (True,) * 3


@pytest.mark.parametrize(
    "header",
    [
        "Student,ID,Section,",
        "Student,ID,SIS Login ID,Section,",
        "Student,ID,SIS User ID,SIS Login ID,Section,",
        "Student,ID,SIS User ID,SIS Login ID,Integration ID,Section,",
        "Student,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section,",
        "LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,",
    ],
)
def test_rule_2_persons_may_take_any_width_that_canvas_writes(header: str, tmp_path: Path) -> None:
    cells = ["ann" if "ID" in title else "x" for title in header.split(",")[:-1]]
    row = ",".join(cells) + ","
    text = patched(tmp_path, f"{header}A small assignment (1)\n{row}\n")
    assert text.endswith(f"{row}4.25\n")


def test_rule_3_the_number_behind_a_title_tells_the_assignment(tmp_path: Path) -> None:
    text = f"{HEAD}Renamed (98765),Other (7)\n{ANN},\n"
    assert patched(tmp_path, text, column="98765").endswith(f"{ANN}4.25,\n")


def test_rule_3_a_title_without_a_number_tells_it_too(tmp_path: Path) -> None:
    assert patched(tmp_path, f"{HEAD}A small assignment\n{ANN}\n").endswith(f"{ANN}4.25\n")


def test_rule_3_a_title_that_two_columns_have_is_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="several columns"):
        patched(tmp_path, f"{HEAD}A small assignment (1),A small assignment (2)\n{ANN},\n")


def test_rule_4_points_possible_stand_in_a_row_with_four_blanks_and_nobodys_ids(
    tmp_path: Path,
) -> None:
    assert created(tmp_path)[1] == ["    Points Possible", "", "", "", "", "5.00"]


def test_rule_4_a_column_that_is_read_only_is_refused(tmp_path: Path) -> None:
    text = f"{HEAD}A small assignment (1)\n    Points Possible,,,,,(read only)\n{ANN}\n"
    with pytest.raises(UsageError, match="read only"):
        patched(tmp_path, text)


@pytest.mark.parametrize("row", [",,,,,Manual Posting", ",,,,,Muted", ", ,,,,", ";;;"])
def test_rule_5_rows_that_say_nothing_are_kept_and_passed_over(row: str, tmp_path: Path) -> None:
    text = f"{HEAD}A small assignment (1)\n{row}\n{ANN}\n"
    assert patched(tmp_path, text) == text.replace(ANN, f"{ANN}4.25")


def test_rule_6_the_id_counts_before_the_login(tmp_path: Path) -> None:
    people = (Person("one", ids={"ID": "11"}), Person("two", ids={"SIS Login ID": "ann"}))
    given = grades(tmp_path, graded("one", 1.0), graded("two", 2.0), people=people)
    export = made("canvas", given, f"{HEAD}small (1)\n{ANN}\n", folder=tmp_path)
    assert told(export) == [("one", "", "1.00")]


def test_rule_6_nobody_is_matched_by_name(tmp_path: Path) -> None:
    given = grades(tmp_path, graded("Doe, Ann", 1.0))
    export = made("canvas", given, f"{HEAD}small (1)\n{ANN}\n", folder=tmp_path)
    assert export.changes == []
    assert "1 graded but not in the file: Doe, Ann" in export.notes


def test_rule_7_what_is_excused_stays_excused(tmp_path: Path) -> None:
    text = f"{HEAD}small (1)\n{ANN}ex\n"
    assert patched(tmp_path, text) == text


def test_rule_7_who_has_no_score_keeps_what_is_there(tmp_path: Path) -> None:
    text = f"{HEAD}small (1)\nMia,15,,mia,L1,3.00\n"
    assert patched(tmp_path, text) == text


def test_rule_8_columns_that_canvas_computes_are_never_the_assignment(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no column"):
        patched(tmp_path, f"{HEAD}small (1)x,Current Score\n{ANN},\n", column="Current Score")


def test_rule_9_semicolons_and_decimal_commas_are_kept(tmp_path: Path) -> None:
    head = HEAD.replace(",", ";")
    text = f"\ufeff{head}small (1)\n  Points Possible;;;;;5,00\nAnn;11;s01;ann;L1;1.234,5\n"
    assert patched(tmp_path, text) == text.replace("1.234,5", "4,25")


def test_rule_10_who_is_not_assigned_stays_so(tmp_path: Path) -> None:
    text = f"{HEAD}small (1)\n{ANN}N/A\n"
    export = made("canvas", grades(tmp_path), text, folder=tmp_path)
    assert only(export).decode() == text
    assert "1 left as they are: not assigned in Canvas (N/A)" in export.notes


def test_scores_that_canvas_would_call_unchanged_are_not_changed(tmp_path: Path) -> None:
    text = f"{HEAD}small (1)\n{ANN}4.250000001\n"
    assert patched(tmp_path, text) == text


def test_a_roster_fills_the_ids_that_canvas_matches(tmp_path: Path) -> None:
    ann = Person("ann", "Doe, Ann", section="L1", ids={"ID": "11", "SIS User ID": "s01"})
    assert created(tmp_path, ann)[2] == ["Doe, Ann", "11", "s01", "", "L1", "4.25"]


def test_without_a_roster_the_student_is_the_login(tmp_path: Path) -> None:
    assert created(tmp_path)[2:] == [
        ["ann", "", "", "ann", "", "4.25"],
        ["bob", "", "", "bob", "", ""],
    ]
