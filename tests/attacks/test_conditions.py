"""A few attacks of each family under the conditions that are hardest; `make redteam` tries all under all of them."""

from pathlib import Path

import pytest

from tests.attacks import conditions
from tests.attacks.conditions import CONDITIONS, Condition, redteam

pytestmark = pytest.mark.needs("landlock")

ROOT, USER = "root", "ordinary user"
SAMPLE = (
    "reading/reads_the_hidden_suite",
    "reading/reads_the_graders_memory",
    "forging/forges_an_answer",
    "escaping/enters_namespaces",
    "escaping/talks_over_a_unix_socket",
    "escaping/writes_a_file",
    "exhausting/asks_for_much_memory",
    "lingering/plants_a_module",
    "leaking/tells_in_an_exception",
    "files/links_to_the_reference",
)
AS_ROOT = pytest.mark.needs("root")
NAMESPACES = pytest.mark.needs("user namespaces")
HARDEST = [
    pytest.param(Condition(ROOT, "refused", "oldest"), marks=AS_ROOT),
    pytest.param(Condition(USER, "refused", "oldest")),
    pytest.param(Condition(USER, "entered", "newest"), marks=NAMESPACES),
]
#: Prints who asks, the most users that its namespace knows, and what the kernel says to a new one.
PROBE = """\
import ctypes, os
users = sum(int(line.split()[2]) for line in open("/proc/self/uid_map"))
print(os.geteuid(), users, ctypes.CDLL(None).unshare(0x10000000))
"""


@pytest.mark.slow
@pytest.mark.usefixtures("looks_around")
@pytest.mark.parametrize("condition", HARDEST, ids=str)
def test_a_sample_of_attacks_is_withstood(condition: Condition) -> None:
    outcome = redteam(condition, *SAMPLE, "--jobs", "1")
    assert {each["attempt"]: each["complaints"] for each in outcome["attempts"]} == {
        name: [] for name in SAMPLE
    }
    assert outcome["left_behind"] == []


@pytest.mark.parametrize("condition", HARDEST, ids=str)
def test_a_condition_is_what_it_says(condition: Condition, tmp_path: Path) -> None:
    said = conditions.run(condition, tmp_path, "-c", PROBE)
    user, known, refused = map(int, said.stdout.split())
    entered = condition.namespaces == "entered"
    assert (user == 0) == (condition.who == ROOT or entered)
    assert (known == 1) == entered
    assert (refused != 0) == (condition.namespaces == "refused")


def test_every_condition_is_tried_once() -> None:
    assert len(set(CONDITIONS)) == (2 * 3 - 1) * 2
