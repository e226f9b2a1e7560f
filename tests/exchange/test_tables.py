"""Rosters, teams and times as people hand them over: read whole, or refused with the place of the fault."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.course import Assignment
from grader.errors import UsageError
from grader.exchange.folders import read_submission
from grader.exchange.grades import Person
from grader.exchange.people import read_people
from grader.exchange.rosters import read_roster, read_teams
from grader.exchange.spreadsheet import cell, read_table, table_text
from grader.exchange.times import parse_time, parse_timestamp, read_times
from tests.small_course import REFERENCE, write_course


def put(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "table.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_roster_is_read_whatever_wrote_it(tmp_path: Path, delimiter: str, end: str) -> None:
    lines = ["id,name,email,canvas", 'ann,"Last, Ann",a@x,17', "Jose\u0301,,,"]
    text = end.join(lines).replace(",", delimiter).replace(f"Last{delimiter}", "Last,")
    roster = read_roster(put(tmp_path, text, "utf-8-sig"))
    assert list(roster) == ["ann", "Jos\u00e9"]
    assert (roster["ann"].name, roster["ann"].ids) == ("Last, Ann", {"canvas": "17"})


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Homework (98765)
    Points Possible,,,,,20.00
"Doe, Ann",1234,s0001,ann,L1,17.50
"Student, Test",99,,f2a,L1,
"""
PARTICIPANTS = """\
First name,Last name,ID number,Email address,Groups,Username
Ann,Doe,s0001,a@x,L1,ann
"""


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (CANVAS, {"ID": "1234", "SIS User ID": "s0001", "SIS Login ID": "ann"}),
        (PARTICIPANTS, {"ID number": "s0001", "Username": "ann"}),
    ],
    ids=["canvas", "moodle"],
)
def test_a_roster_of_another_system_is_read_as_it_is(
    tmp_path: Path, text: str, ids: dict[str, str]
) -> None:
    roster = read_roster(put(tmp_path, text))
    assert list(roster) == ["ann"]
    assert (roster["ann"].name, roster["ann"].section) == ("Doe, Ann", "L1")
    assert roster["ann"].ids == ids


def test_teams_have_a_row_for_each_member(tmp_path: Path) -> None:
    teams = read_teams(put(tmp_path, "team,student\nred,ann\nblue,cem\nred,bob\n"))
    assert {name: team.members for name, team in teams.items()} == {
        "red": ("ann", "bob"),
        "blue": ("cem",),
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("name\nann\n", "no column says who a student is"),
        ("id,name\nann\n", "row 2: it has not as many fields"),
        ("id,name\nann,a,b\n", "row 2: it has not as many fields"),
        ("id\nann\nann\n", "row 3: 'ann' stands there twice"),
        ("id,name\n,Ann\n", "row 2: no id"),
        ('id\n"ann\n', "line 1: unexpected end"),
    ],
)
def test_a_table_with_a_fault_is_refused_with_its_place(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        read_roster(put(tmp_path, text))


def test_a_table_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        read_table(tmp_path / "nowhere.csv", "id")
    with pytest.raises(UsageError, match="UTF-8"):
        read_table(put(tmp_path, "id\nJosé\n", "latin-1"), "id")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("red,\n", "row 2: no student"),
        (",ann\n", "'ann' is in no team"),
        ("red,ann\nblue,ann\n", "row 3: 'ann' stands there twice"),
    ],
)
def test_a_team_without_a_name_or_with_another_teams_member_is_refused(
    tmp_path: Path, rows: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        read_teams(put(tmp_path, f"team,student\n{rows}"))


def test_a_table_of_an_old_mac_is_read(tmp_path: Path) -> None:
    assert list(read_people(put(tmp_path, "student;name\rann;Ann\rbob;Bob\r"))) == ["ann", "bob"]


def test_accents_of_any_roster_are_put_together(tmp_path: Path) -> None:
    people = read_people(put(tmp_path, "student,name\nJose\u0301,Jose\u0301\n"))
    assert people == {"Jos\u00e9": Person("Jos\u00e9", "Jos\u00e9", ids={})}


def test_a_name_that_begins_with_an_apostrophe_keeps_it(tmp_path: Path) -> None:
    assert read_roster(put(tmp_path, "id,name\nann,'t Hooft\n"))["ann"].name == "'t Hooft"


@pytest.mark.parametrize(
    "text",
    [
        "'t Hooft",
        "''",
        "\uff1d1+1",
        "=1+1",
        "+1",
        "-1",
        "@x",
        "'quoted",
        "\tx",
        "a,b",
        'a"b',
        "a\nb",
    ],
)
def test_a_cell_is_inert_and_is_read_back_as_it_was(tmp_path: Path, text: str) -> None:
    assert not cell(text).startswith(("\uff1d", "=", "+", "-", "@", "\t"))
    written = table_text([["id", "x"], [text, "y"]])
    assert read_table(put(tmp_path, written), "id") == [{"id": text, "x": "y"}]


TWO_HOURS = timedelta(hours=2)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2030-05-01 18:00:00.000000 UTC", 18),
        ("2030-05-01 18:00:00", 18),
        ("2030-05-01 18:00:00 Europe/Berlin\n", 16),
        ("2030-05-01T18:00:00+02:00", 16),
        ("2030-05-01 18:00:00 +0200", 16),
    ],
)
def test_a_timestamp_is_read_as_nbgrader_writes_it(text: str, hour: int) -> None:
    assert parse_timestamp(text) == datetime(2030, 5, 1, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2030-05-01 18:00 ../../etc/passwd",
        "2030-05-01 18:00 Nowhere",
        "\0",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31 23:59:59 America/New_York",
        "0001-01-01 00:00:00 +14:00",
    ],
)
def test_what_is_no_timestamp_is_none(text: str) -> None:
    assert parse_timestamp(text) is None


def test_times_in_a_table_need_a_zone(tmp_path: Path) -> None:
    table = put(tmp_path, "student,submitted\nann,2030-05-01T18:00:00+02:00\n")
    assert read_times(table) == {"ann": datetime(2030, 5, 1, 16, tzinfo=UTC)}
    with pytest.raises(UsageError, match="ann: '2030-05-01' has no time zone"):
        read_times(put(tmp_path, "student,submitted\nann,2030-05-01\n"))
    with pytest.raises(UsageError, match="is no time"):
        parse_time("soon", "here")


def test_a_submission_brings_its_timestamp(tmp_path: Path) -> None:
    assignment: Assignment = write_course(tmp_path / "course")
    for name in ("small.py", "small/small.py"):
        file = tmp_path / "in" / name.partition("/")[0].removesuffix(".py") / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(REFERENCE)
    folder = tmp_path / "in" / "small"
    assert read_submission("ann", folder, assignment).submitted is None
    (folder / "timestamp.txt").write_text("2030-05-01 18:00:00 UTC")
    read = read_submission("ann", folder, assignment)
    assert (read.submitted, read.source) == ("2030-05-01T18:00:00+00:00", "timestamp.txt")
    (folder / "timestamp.txt").write_text("soon")
    read = read_submission("ann", folder, assignment)
    assert (read.submitted, read.notes) == (None, ("timestamp.txt holds no time",))
