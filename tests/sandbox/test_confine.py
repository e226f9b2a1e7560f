import errno
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import confine
from grader.sandbox.confine import ConfinementUnavailable, Step
from tests.sandbox.cage import IS_ROOT, Cage, World, lay_out, readable_by_others
from tests.sandbox.snippets import ATTACKS, BY_NUMBER, WORKS, Attack

pytestmark = pytest.mark.needs("landlock")

ORDINARY = 1000 if IS_ROOT else os.geteuid()
AS_ROOT = pytest.mark.needs("root")


@pytest.fixture(scope="module")
def open_python(place: Path) -> Path:
    """An interpreter with numpy that every user may read."""
    here = Path(sys.executable).resolve()
    if not IS_ROOT or (readable_by_others(here) and readable_by_others(Path(confine.__file__))):
        return Path(sys.executable)
    return lay_out(place / "open")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that every user may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="confine-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


VARIANTS = [
    pytest.param(("root", None), id="root", marks=AS_ROOT),
    pytest.param(("root", 1), id="root-abi1", marks=AS_ROOT),
    pytest.param(("user", None), id="user"),
    pytest.param(("user", 1), id="user-abi1"),
]


@pytest.fixture(scope="module", params=VARIANTS)
def caged(
    request: pytest.FixtureRequest, open_python: Path, place: Path
) -> Iterator[tuple[Cage, World]]:
    who, abi_cap = request.param
    user = confine.NOBODY if who == "root" else ORDINARY
    world = World(place / f"{who}-{abi_cap}", user)
    start = {"user": user} if who == "user" and IS_ROOT else {}
    cage = Cage(open_python, abi_cap=abi_cap, inherited=world.secret, **start)
    yield cage, world
    cage.close()
    world.close()


@pytest.fixture(scope="module")
def cage(open_python: Path) -> Iterator[Cage]:
    """A server with short limits, started as whoever runs the tests."""
    cage = Cage(open_python, cpu_seconds=1)
    yield cage
    cage.close()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_refused(caged: tuple[Cage, World], attack: Attack) -> None:
    cage, world = caged
    outcome = cage.run(attack.code, world.at)
    if outcome.raised is not None:
        assert outcome.errno in attack.errnos or outcome.raised in attack.raised, outcome
    else:
        assert -outcome.exit in attack.signals, outcome


@pytest.mark.parametrize("caged", VARIANTS[::2], indirect=True)
@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if a.unconfined], ids=lambda attack: attack.name
)
def test_the_same_attack_gets_through_where_nothing_confines_it(
    caged: tuple[Cage, World], attack: Attack
) -> None:
    cage, world = caged
    outcome = cage.run(attack.code, world.at_will, confined=False)
    assert outcome.result is not None, outcome


def test_attacks_leave_nothing_behind(caged: tuple[Cage, World]) -> None:
    cage, world = caged
    folder = Path(world.at["folder"])
    before = Path(world.at["own"]).stat()
    for attack in ATTACKS:
        if "at['folder']" in attack.code or "at['own']" in attack.code:
            cage.run(attack.code, world.at)
    assert list(folder.iterdir()) == []
    assert Path(world.at["own"]).stat() == before
    assert world.victim.poll() is None


def test_system_calls_outside_the_list_are_refused(caged: tuple[Cage, World]) -> None:
    column = {"x86_64": 1, "aarch64": 2}[platform.machine()]
    names = {row[column]: row[0] for row in BY_NUMBER if row[column] is not None}
    answers = (
        caged[0]
        .run(
            """
result = {}
for number in at["numbers"]:
    try:
        refused(number, number, -1, -1, -1, -1, -1, -1)
    except OSError as error:
        result[number] = error.errno
""",
            {"numbers": list(names)},
        )
        .result
    )
    assert {names[int(n)]: answer for n, answer in answers.items()} == dict.fromkeys(
        names.values(), errno.EPERM
    )


@pytest.mark.parametrize("what", WORKS)
def test_ordinary_code_works(caged: tuple[Cage, World], what: str) -> None:
    outcome = caged[0].run(WORKS[what])
    assert outcome.result, outcome


def test_a_crash_ends_only_the_worker(cage: Cage) -> None:
    assert cage.run("import ctypes; ctypes.string_at(0)").exit == -signal.SIGSEGV
    assert cage.run("import os; os._exit(3)").exit == 3
    assert cage.run("import os; os.abort()").exit < 0
    assert cage.run("result = 1").result == 1


def test_the_limits_are_those_that_were_asked_for(cage: Cage) -> None:
    code = """
import resource
names = ["AS", "CPU", "FSIZE", "NOFILE", "CORE", "MEMLOCK", "MSGQUEUE"]
result = {name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names}
"""
    limits = cage.run(code).result
    soft, hard = limits.pop("AS")
    assert soft == hard
    assert soft > 1 << 30
    assert limits == {
        "CPU": [1, 2],
        "NOFILE": [64, 64],
        **{name: [0, 0] for name in ("FSIZE", "CORE", "MEMLOCK", "MSGQUEUE")},
    }


def test_the_cpu_limit_ends_a_loop_with_its_own_signal(cage: Cage) -> None:
    assert cage.run("while True: pass").exit == -signal.SIGXCPU


def test_only_the_descriptors_to_keep_stay_open(cage: Cage) -> None:
    code = """
import os
def open_ones():
    for n in range(256):
        try:
            os.fstat(n)
            yield n
        except OSError:
            pass
"""
    assert cage.run(code + "result = list(open_ones())").result == [0, 1, 2, 3]
    prelude = "import os; os.dup2(3, 9); os.dup2(3, 11)\n"
    outcome = cage.run(
        prelude + "prepared_enter([11, 3])" + code + "result = list(open_ones())", confined=False
    )
    assert outcome.result == [3, 11]


@pytest.mark.parametrize(
    ("sabotage", "step"),
    [
        ("prepared._limits._table = [(99, (0, 0))]", Step.LIMITS),
        ("prepared._server = 1", Step.PARENT),
        ("import os; os.close(prepared._ruleset)", Step.LANDLOCK),
        ("prepared._close = None", Step.DESCRIPTORS),
        ("prepared._filter.length = 0", Step.SECCOMP),
        ("prepared._filter_at = 0", Step.SECCOMP),
    ],
)
def test_a_worker_whose_confinement_fails_never_runs(cage: Cage, sabotage: str, step: Step) -> None:
    outcome = cage.run("result = 1", before=sabotage)
    assert (outcome.exit, outcome.result) == (step, None)


def test_a_worker_dies_with_its_fork_server(open_python: Path) -> None:
    cage = Cage(open_python)
    cage.send("import os, time; os.write(3, b'{}'); os.close(3); time.sleep(600)")
    children = Path(f"/proc/{cage.process.pid}/task/{cage.process.pid}/children")
    deadline = time.monotonic() + 30
    while not (workers := children.read_text().split()) and time.monotonic() < deadline:
        time.sleep(0.01)
    (worker,) = workers
    cage.close()
    while (runs := is_running(worker)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not runs


def is_running(process: str) -> bool:
    """Whether it is there and not just waiting for its new parent to take note of its end."""
    try:
        return Path("/proc", process, "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_the_fork_server_keeps_no_rights(
    caged: tuple[Cage, World], request: pytest.FixtureRequest
) -> None:
    state = caged[0].state
    user = str(confine.NOBODY if "root" in request.node.name else ORDINARY)
    assert state["Uid"].split() == [user] * 4
    assert int(state["CapPrm"], 16) == int(state["CapEff"], 16) == int(state["CapInh"], 16) == 0
    assert state["NoNewPrivs"] == "1"
    assert state["notes"] == []
    if "root" in request.node.name:
        assert state["Groups"] == ""
        assert int(state["CapBnd"], 16) == 0


def test_landlock_is_restricted_to_the_abi_that_was_asked_for(
    caged: tuple[Cage, World], request: pytest.FixtureRequest
) -> None:
    asked = 1 if "abi1" in request.node.name else 10
    assert caged[0].state["abi"] == min(asked, confine.landlock_abi())


@AS_ROOT
def test_an_interpreter_in_a_closed_folder_keeps_one_capability(place: Path) -> None:
    folder = place / "closed"
    folder.mkdir(mode=0o700)
    python = lay_out(folder / "python")
    secret = place / "closed" / "secret"
    secret.write_text("for root alone")
    cage = Cage(python)
    try:
        (note,) = cage.state["notes"]
        late = cage.run(WORKS["imports numpy's polynomials late"])
        theft = cage.run("open(at['secret'])", {"secret": str(secret)})
        by_handle = cage.run("refused(304, 265, -1, -1, -1)")
    finally:
        cage.close()
    assert str(folder) in note
    assert int(cage.state["CapEff"], 16) == 1 << 2
    assert late.result, late
    assert theft.errno == errno.EACCES
    assert by_handle.errno == errno.EPERM


@AS_ROOT
def test_root_may_stay_root_without_its_powers(open_python: Path, place: Path) -> None:
    cage = Cage(open_python, drop_to=None)
    try:
        state, theft = cage.state, cage.run("open('/etc/shadow')")
    finally:
        cage.close()
    assert state["Uid"].split()[0] == "0"
    assert int(state["CapEff"], 16) == int(state["CapPrm"], 16) == 0
    assert state["notes"] == ["the workers run as root, without its capabilities"]
    assert theft.raised == "PermissionError"


def test_nothing_is_prepared_where_the_kernel_has_no_landlock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(confine, "landlock_abi", lambda: -errno.ENOSYS)
    with pytest.raises(ConfinementUnavailable, match=r"landlock, which Linux has from 5\.13 on"):
        confine.prepare([], 1 << 30, 60)


def test_all_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confine, "landlock_abi", lambda: -errno.EOPNOTSUPP)
    monkeypatch.setattr(confine, "has_seccomp_filter", lambda: False)
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(ConfinementUnavailable) as caught:
        confine.prepare([], 1 << 30, 60)
    assert caught.value.missing == (
        "a 64-bit Python on x86-64 or aarch64",
        "landlock, which this kernel has but did not enable at boot",
        "seccomp filters",
    )


def test_the_whole_machine_is_no_tree_to_read(tmp_path: Path) -> None:
    everything = tmp_path / "link"
    everything.symlink_to("/")
    with pytest.raises(ConfinementUnavailable, match="narrower"):
        confine.prepare([str(everything)], 1 << 30, 60)


def test_what_lies_in_a_readable_tree_is_exposed(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "inner").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tree / "inner")
    within, beside, linked = str(tree / "inner"), str(tmp_path / "tree-too"), str(tmp_path / "link")
    assert confine.exposed([str(tree)], [within, beside, linked, str(tmp_path)]) == [within, linked]
    assert confine.exposed([str(tree)], [str(tree)]) == [str(tree)]


def test_the_interpreters_trees_hold_its_library_and_not_this_checkout() -> None:
    import numpy as np

    trees = confine.interpreter_trees()
    assert confine.exposed(trees, [os.__file__, np.__file__]) == [os.__file__, np.__file__]
    assert confine.exposed(trees, [__file__]) == []
