"""Whatever lies in a folder of submissions, each entry gets a clear answer, and none costs time or memory."""

import os
import zipfile
from pathlib import Path

import pytest

from grader.exchange.folders import read_submissions, survey
from tests.small_course import REFERENCE, write_course


@pytest.mark.needs("linux")
def test_every_entry_gets_a_clear_answer(tmp_path: Path) -> None:
    folder = tmp_path / "submissions"

    def put(name: str, text: str = REFERENCE) -> Path:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file.parent

    put("right.py")
    crowd = put("crowd/small.py")
    modules = put("modules/small.py")
    for number in range(2000):
        (crowd / f"a{number}").touch()
        (modules / f"a{number}.py").touch()
    with (put("huge/other.py", "") / "small.py").open("wb") as file:
        file.truncate(2 << 30)
    with zipfile.ZipFile(put("bomb/notes", "") / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("small.py", b"\0" * (20 << 20))
    (put("link/notes", "") / "small.py").symlink_to("/etc/passwd")
    os.mkfifo(put("pipe/notes", "") / "small.py")
    os.mkfifo(folder / "pipe" / "timestamp.txt")
    os.mkfifo(folder / "fifo.py")
    (folder / "elsewhere").symlink_to("/etc")
    put("..%2f..%2fetc/small.py")
    put("Jose\N{COMBINING ACUTE ACCENT}.py")
    put("Jos\N{LATIN SMALL LETTER E WITH ACUTE}/small.py")
    put("\N{RIGHT-TO-LEFT OVERRIDE}evil.py")

    intake = survey(folder)
    assert set(intake.ignored) == {
        "..%2f..%2fetc",
        "Jos\u00e9, a second entry of Jos\u00e9",
        "elsewhere",
        "fifo.py",
    }
    read = read_submissions(intake, write_course(tmp_path / "course"))
    answers = {each.student: each.problem or sorted(each.files) or each.notes[0] for each in read}
    assert answers == {
        "Jos\u00e9": ["small"],
        "bomb": "no Python file among 2 other files",
        "crowd": ["small"],
        "huge": "small.py is larger than 1 MiB",
        "link": "small.py is ignored: it is not a regular file",
        "modules": "it has more than 50 Python files",
        "pipe": "small.py is ignored: it is not a regular file",
        "right": ["small"],
        "\N{RIGHT-TO-LEFT OVERRIDE}evil": ["small"],
    }
