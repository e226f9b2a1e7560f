"""Blackboard, Brightspace, nbgrader and LTI: each rule of theirs."""

import csv
import io
import json
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.exchange.formats.lti_ags import scores_url
from grader.exchange.grades import Person, Points
from grader.models import GradeReport, ManualItem
from tests.exchange.samples import AT, graded, grades, made, only, told


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


@pytest.mark.parametrize(
    "title",
    [
        "A small assignment [Total Pts: 5 Score] |1",
        "A small assignment [Total Pts: up to 5 Score] |1",
        "A small assignment [Total Pts: 5] |1",
    ],
)
def test_blackboard_a_column_is_known_by_what_stands_before_its_points(
    title: str, tmp_path: Path
) -> None:
    text = f'"Username","{title}"\n"ann",""\n'
    export = made("blackboard", grades(tmp_path), text, folder=tmp_path)
    assert only(export).decode() == text.replace('""', '"4.25"')


def test_blackboard_a_column_without_a_number_would_become_text_and_is_refused(
    tmp_path: Path,
) -> None:
    with pytest.raises(UsageError, match="no column"):
        made("blackboard", grades(tmp_path), '"Username","small"\n"ann",""\n', folder=tmp_path)


def test_blackboard_the_username_is_the_key_and_has_to_be_there(tmp_path: Path) -> None:
    text = '"Student ID","A small assignment [Total Pts: 5 Score] |1"\n"ann",""\n'
    with pytest.raises(UsageError, match="Username"):
        made("blackboard", grades(tmp_path), text, folder=tmp_path)


def test_blackboard_the_number_of_a_column_chooses_it(tmp_path: Path) -> None:
    text = '"Username","Renamed [Total Pts: 5 Score] |409586"\n"ann",""\n'
    export = made("blackboard", grades(tmp_path), text, folder=tmp_path, column="409586")
    assert told(export) == [("ann", "", "4.25")]


def test_brightspace_a_new_table_ends_each_line_with_a_mark(tmp_path: Path) -> None:
    ann = Person("ann", ids={"OrgDefinedId": "s01"})
    table = rows(only(made("brightspace", grades(tmp_path, graded("ann", 4.25), people=(ann,)))))
    assert table == [
        ["OrgDefinedId", "Username", "A small assignment Points Grade", "End-of-Line Indicator"],
        ["s01", "ann", "4.25", "#"],
    ]


@pytest.mark.parametrize("key", ["OrgDefinedId", "Username"])
def test_brightspace_one_of_the_two_keys_is_enough(key: str, tmp_path: Path) -> None:
    text = f"{key},A small assignment Points Grade,End-of-Line Indicator\nann,,#\n"
    export = made("brightspace", grades(tmp_path), text, folder=tmp_path)
    assert told(export) == [("ann", "", "4.25")]


def test_brightspace_a_plain_title_is_known_as_well_as_an_exported_one(tmp_path: Path) -> None:
    text = "Username,A small assignment Points Grade,End-of-Line Indicator\nann,,#\n"
    export = made("brightspace", grades(tmp_path), text, folder=tmp_path)
    assert told(export) == [("ann", "", "4.25")]


def test_nbgrader_who_handed_nothing_in_has_a_row_with_no_time_and_no_points(
    tmp_path: Path,
) -> None:
    at = "2030-05-01T10:00:00+00:00"
    reports = graded("a, b", 4.25, submitted=at), graded("mia", 0.0, state="missing")
    table = rows(only(made("nbgrader", grades(tmp_path, *reports))))
    assert table[1][2:4] == [at, "a, b"]
    assert table[1][7:] == ["4.25", "0.00", "4.25", "5.00"]
    assert table[2][2:4] == ["", "mia"]
    assert table[2][7:10] == ["0.00", "0.00", "0.00"]


def test_nbgrader_a_submission_that_a_person_must_look_at_is_not_zero(tmp_path: Path) -> None:
    review = graded("roy", 0.0, state="needs_review")
    table = rows(only(made("nbgrader", grades(tmp_path, review))))
    assert table[1][7:] == ["", "0.00", "", "5.00"]


def bodies(tmp_path: Path, *reports: GradeReport) -> list[dict[str, object]]:
    data = only(made("lti-ags", grades(tmp_path, *reports)))
    return [json.loads(line) for line in data.decode().splitlines()]


def test_lti_every_body_has_what_the_specification_requires(tmp_path: Path) -> None:
    required = {"userId", "activityProgress", "gradingProgress", "timestamp"}
    assert all(required <= set(body) for body in bodies(tmp_path))


def test_lti_zero_points_are_sent_as_zero(tmp_path: Path) -> None:
    (body,) = bodies(tmp_path, graded("bob", 0.0))
    assert (body["scoreGiven"], body["scoreMaximum"]) == (0.0, 5.0)


def test_lti_no_score_is_below_zero_and_one_may_exceed_the_maximum(tmp_path: Path) -> None:
    low, high = bodies(tmp_path, graded("ann", -1.0), graded("bob", 6.0, max_score=5.0))
    assert (low["scoreGiven"], high["scoreGiven"], high["scoreMaximum"]) == (0.0, 6.0, 5.0)


def test_lti_the_note_says_what_each_line_is_sent_as(tmp_path: Path) -> None:
    export = made("lti-ags", grades(tmp_path), address="https://lms.test/item/7")
    assert (
        "POST each line to https://lms.test/item/7/scores as application/vnd.ims.lis.v1.score+json"
        in export.notes
    )


def test_lti_a_score_has_a_maximum_above_zero(tmp_path: Path) -> None:
    with_score = [body for body in bodies(tmp_path) if "scoreGiven" in body]
    assert all(float(str(body["scoreMaximum"])) > 0 for body in with_score)


def test_lti_times_increase_by_less_than_a_second(tmp_path: Path) -> None:
    times = [str(body["timestamp"]) for body in bodies(tmp_path)]
    assert times[0] == AT.isoformat(timespec="milliseconds")
    assert times == sorted(set(times))


def test_lti_what_a_person_must_look_at_is_pending_and_has_no_score(tmp_path: Path) -> None:
    (body,) = bodies(tmp_path, graded("roy", 0.0, state="needs_review"))
    assert body["gradingProgress"] == "PendingManual"
    assert "scoreGiven" not in body


def test_lti_scores_go_before_what_follows_a_question_mark() -> None:
    assert (
        scores_url("https://lms.test/item/7?type_id=1")
        == "https://lms.test/item/7/scores?type_id=1"
    )
    assert scores_url("https://lms.test/item/7/") == "https://lms.test/item/7/scores"


def by_hand(points: float | None) -> tuple[ManualItem, ...]:
    return (ManualItem(item="E1", points=points, max_points=2.0),)


def test_parts_that_people_graded_count_when_they_are_asked_for(tmp_path: Path) -> None:
    done = graded("ann", 4.0, manual=by_hand(1.5))
    given = grades(tmp_path, done, points=Points.ALL)
    assert told(made("csv", given)) == [("ann", "", "5.50")]
    assert given.sheets[0].max_score == 7


def test_while_a_part_is_open_there_is_no_total(tmp_path: Path) -> None:
    export = made(
        "csv", grades(tmp_path, graded("ann", 4.0, manual=by_hand(None)), points=Points.ALL)
    )
    assert export.changes == []
    assert "1 without a score: a part is still to be graded by a person" in export.notes


def test_who_handed_nothing_in_has_zero_when_that_is_asked_for(tmp_path: Path) -> None:
    missing = graded("mia", 0.0, state="missing")
    assert told(made("csv", grades(tmp_path, missing, missing_as_zero=True))) == [
        ("mia", "", "0.00")
    ]
